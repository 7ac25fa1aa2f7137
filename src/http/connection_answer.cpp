// How a request gets its answer, and the answer to the client.
#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "http/connection.h"
#include "http/problem.h"
#include "http/response_head.h"

namespace entente::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t kOnePiece = 16 * 1024;  ///< a body up to this goes out together with its head
constexpr std::size_t kPiece = 256 * 1024;    ///< how much is handed over at once
constexpr auto kLinger = 2000ms, kLingerAtTheEnd = 200ms;

/// What a handler says, whatever happens in it.
Response call_safely(const Core& core, const Handler& handler, const Request& request) {
    const auto failed = [&](std::string_view what) {
        if (core.options.on_failure) core.options.on_failure(request, what);
        return problem(500, "Something went wrong in here. The cause is in the server's log.");
    };
    try {
        Response response = handler(request);
        if (response.status < 200 || response.status > 599)
            return failed("a handler gave no status of an answer");
        if (!are_sound(response.headers)) return failed("a handler gave a header that cannot be sent");
        return response;
    } catch (const std::exception& error) {
        return failed(error.what());
    } catch (...) {
        return failed("a handler threw what is no exception");
    }
}

}  // namespace

/// Lets a worker answer; the network's thread goes on with other connections.
Awaitable<Response> Connection::ask_handler() {
    return ask_worker([this] { return call_safely(core_, core_.handler, reader_.request()); });
}

/// The answer to a client that may not send its long body; nothing: it may.
Awaitable<std::optional<Response>> Connection::ask_about_body() {
    if (!core_.options.refuse_body) co_return std::nullopt;
    wait_as_long_as_it_takes();
    bool welcome = false;
    Response response = co_await ask_worker([this, &welcome] {
        std::optional<Response> refused;
        const auto ask = [&refused, this](const Request& request) {
            refused = core_.options.refuse_body(request);
            return refused.value_or(Response{});
        };
        Response out = call_safely(core_, ask, reader_.request());
        welcome = !refused && out.status == Response{}.status;
        return out;
    });
    if (welcome) co_return std::nullopt;
    co_return response;
}

Awaitable<Response> Connection::ask_worker(std::function<Response()> question) {
    const auto executor = co_await asio::this_coro::executor;
    const auto start = [this, &executor, &question](auto done) {
        const auto reply = std::make_shared<decltype(done)>(std::move(done));
        const auto hand_over = [executor, reply](Response response) {
            asio::post(executor, [reply, response = std::move(response)]() mutable {
                (*reply)(std::move(response));
            });
        };
        Workers::Task task = [this, hand_over, question = std::move(question)] {
            if (core_.aborted) return hand_over(problem(503, "The server is stopping."));
            hand_over(question());
        };
        if (core_.workers.submit(task)) return;
        CounterCells::add(core_.cells.overloaded);
        hand_over(problem(503, "Too many requests are waiting.").with("Retry-After", "1"));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        start, asio::use_awaitable
    );
}

Awaitable<bool> Connection::answer(Response response, bool keep_alive) {
    core_.cells.answered(response.status);
    const bool head_only = reader_.request().method == "HEAD" || is_bodiless(response.status);
    HeadFacts facts{
        .http11 = reader_.is_http11(),
        .keep_alive = keep_alive,
        .date = core_.date(),
        .extra = &core_.options.headers};
    if (response.events) facts.framing = facts.http11 ? Framing::chunked : Framing::close;
    std::string head = response_head(response, facts);
    if (head_only) response.body.clear();
    if (response.events) {
        const bool sent = co_await send(head, "");
        if (sent && !head_only) co_await send_events(response.events, facts.framing == Framing::chunked);
        response.events->close();
        co_return sent;
    }
    if (response.body.size() <= kOnePiece) head += std::exchange(response.body, {});
    co_return co_await send(head, response.body);
}

/// The last answer of a connection: nothing after it can be understood, or is wanted.
Awaitable<void> Connection::refuse(Refusal refusal) {
    Response response = problem(refusal.status, refusal.detail);
    if (refusal.status == 503) response.headers.emplace_back("Retry-After", "5");
    const bool sent = co_await answer(std::move(response), /*keep_alive=*/false);
    if (sent) co_await end(/*unread=*/true);
}

/// Sends all of it; false when the client is gone or takes it too slowly.
Awaitable<bool> Connection::send(std::string_view head, std::string_view body) {
    const auto since = Clock::now();
    std::size_t sent = 0;
    while (!head.empty() || !body.empty()) {
        keep_moving(since, sent);
        too_slow_ = false;
        const std::size_t count = co_await stream_->write_some(head, body.substr(0, kPiece));
        if (count == 0) {
            if (too_slow_) CounterCells::add(core_.cells.too_slow);
            co_return false;
        }
        sent += count;
        CounterCells::add(core_.cells.bytes_out, count);
        const std::size_t of_head = std::min(count, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(count - of_head);
    }
    co_return true;
}

/// Ends so that the client can read the last answer: a close on bytes that nobody read would take it back.
Awaitable<void> Connection::end(bool unread) {
    wait_no_longer_than(core_.draining ? kLingerAtTheEnd : kLinger);
    co_await stream_->shutdown();
    if (!unread) co_return;
    std::size_t dropped = 1;
    while (dropped > 0) dropped = co_await stream_->read_some(buffer_.data(), buffer_.size());
}

}  // namespace entente::http
