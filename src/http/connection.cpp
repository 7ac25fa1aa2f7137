#include "http/connection.h"

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "http/host.h"
#include "http/problem.h"

namespace entente::http {
namespace {

constexpr std::size_t kBuffer = 8 * 1024;       ///< of a connection at rest
constexpr std::size_t kBufferMost = 64 * 1024;  ///< while a body comes
constexpr std::size_t kLong = 256 * 1024;       ///< an answer beyond this counts against the memory of bodies

/// Headers by which a proxy says that it speaks for another.
bool speaks_for_another(const Request& request) {
    return request.header("Forwarded") || request.header("X-Forwarded-For") || request.header("X-Real-IP") ||
           request.header("Via");
}

bool wants_close(const Response& response) {
    return std::ranges::any_of(response.headers, [](const auto& field) {
        return same_name(field.first, "Connection") && same_name(field.second, "close");
    });
}

}  // namespace

Connection::Connection(Core& core, std::unique_ptr<Stream> stream, Peer peer)
    : core_(core),
      stream_(std::move(stream)),
      peer_(std::move(peer)),
      limits_{
          .header = core.options.header_limit,
          .target = core.options.target_limit,
          .judge = [this](Request& request) { return judge(request); }},
      reader_(limits_),
      buffer_(kBuffer, '\0') {}

Connection::~Connection() {
    release();
}

Awaitable<void> Connection::serve() {
    const auto self = shared_from_this();
    wait_no_longer_than(core_.options.header_time);
    bool go_on = co_await stream_->handshake();
    while (go_on) go_on = co_await serve_one();
    ended_ = true;
    stream_->close();
}

Awaitable<void> Connection::turn_away(std::string_view why) {
    const auto self = shared_from_this();
    co_await refuse({503, why});
    ended_ = true;
    stream_->close();
}

/// One request and its answer. False when the connection has ended.
Awaitable<bool> Connection::serve_one() {
    reader_ = RequestReader(limits_);
    refused_.reset();
    co_await read_request();
    if (refused_) {
        const bool sent = co_await answer(*std::move(refused_), /*keep_alive=*/false);
        if (sent) co_await end(/*unread=*/true);
        co_return false;
    }
    if (reader_.state() == RequestReader::State::refused) {
        CounterCells::add(core_.cells.malformed);
        co_await refuse(reader_.refusal());
        co_return false;
    }
    if (reader_.state() != RequestReader::State::done) {
        if (no_room_) CounterCells::add(core_.cells.overloaded);
        const bool slow = too_slow_ && reader_.begun();  // to be idle is no fault
        if (slow) CounterCells::add(core_.cells.too_slow);
        if (no_room_)
            co_await refuse({503, "Too many bodies are being received."});
        else if (slow)
            co_await refuse({408, "The request did not come in time."});
        co_return false;
    }

    ++served_;
    answering_ = true;
    const auto begun = Clock::now();
    wait_as_long_as_it_takes();
    Response response = co_await ask_handler();
    if (response.body.size() > kLong && !hold(reader_.body_held() + response.body.size(), /*is_long=*/true)) {
        CounterCells::add(core_.cells.overloaded);
        response = problem(503, "Too many long answers are being sent.").with("Retry-After", "5");
    }
    const bool keep_alive = reader_.keep_alive() && !core_.draining && !gives_way_ && !response.events &&
                            served_ < core_.options.requests_per_connection && !wants_close(response);
    const bool eventful = response.events != nullptr;
    const bool sent = co_await answer(std::move(response), keep_alive);
    release();
    answering_ = false;
    if (!eventful) core_.cells.took(Clock::now() - begun);
    if (!sent) co_return false;
    if (!keep_alive) co_await end(/*unread=*/begin_ < end_);
    co_return keep_alive;
}

/// Reads until the request is whole, refused, or nothing more comes.
Awaitable<void> Connection::read_request() {
    bool told_to_go_on = false, head_timed = served_ == 0;
    bool is_long = false;
    std::size_t received = 0;  // of this request's body
    Clock::time_point body_since{};
    while (true) {
        const std::size_t taken = reader_.take(unread());
        begin_ += taken;
        const auto state = reader_.state();
        if (state == RequestReader::State::done || state == RequestReader::State::refused) break;
        if (state == RequestReader::State::body) {
            if (body_since == Clock::time_point{}) {
                is_long = reader_.body_most() > core_.options.body_small;
                if (is_long) refused_ = co_await ask_about_body();
                if (refused_) break;
                body_since = Clock::now();
            }
            if (!hold(reader_.body_held(), is_long)) break;
            received += taken;
            if (reader_.expects_continue() && !told_to_go_on) {
                told_to_go_on = true;
                const bool sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n", "");
                if (!sent) break;
            }
            keep_moving(body_since, received);
            deadline_ = std::min(deadline_, body_since + core_.options.body_time);
        } else if (!reader_.begun()) {
            if (core_.draining) break;
            if (!std::exchange(idle_, true)) idle_since_ = Clock::now();
            if (served_ > 0) wait_no_longer_than(core_.options.idle_time);
        } else {
            idle_ = false;
            if (!head_timed) wait_no_longer_than(core_.options.header_time);
            head_timed = true;
        }
        const std::size_t count = co_await read_more();
        if (count == 0) break;
    }
    idle_ = false;
    (void)hold(reader_.body_held(), is_long);
}

/// Makes room and reads once; 0 when nothing more comes.
Awaitable<std::size_t> Connection::read_more() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size() && begin_ > 0) {
        std::copy(
            buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
            buffer_.begin()
        );
        end_ -= std::exchange(begin_, 0);
    }
    const bool in_body = reader_.state() == RequestReader::State::body;
    if (end_ == buffer_.size() || (in_body && buffer_.size() < kBufferMost))
        buffer_.resize(std::max(buffer_.size() * 2, in_body ? kBufferMost : kBuffer));
    too_slow_ = false;
    const std::size_t count = co_await stream_->read_some(buffer_.data() + end_, buffer_.size() - end_);
    end_ += count;
    CounterCells::add(core_.cells.bytes_in, count);
    co_return count;
}

std::string_view Connection::unread() const {
    return std::string_view(buffer_).substr(begin_, end_ - begin_);
}

/// What only the connection knows of a request, and whether it goes further.
std::expected<std::size_t, Refusal> Connection::judge(Request& request) const {
    request.peer = peer_.address;
    request.local_socket = peer_.local_socket;
    request.from_this_machine = peer_.local_socket || (peer_.loopback && !speaks_for_another(request));
    request.stopping = core_.stopping.get_token();
    const auto host = request.header("Host");
    const auto name = host ? host_name(*host) : std::nullopt;
    if (!name) return std::unexpected(Refusal{400, "The request names no host."});
    if (!peer_.local_socket && !is_allowed_host(*name, core_.hosts))
        return std::unexpected(Refusal{421, "This server does not go by that name."});
    const auto& limit = core_.options.body_limit;
    return std::min(limit ? limit(request) : std::size_t{1} << 20, core_.options.body_limit_max);
}

/// Counts bytes of bodies against the memory for all of them; false when there is none left.
/// Long ones leave the reserve to the others.
bool Connection::hold(std::size_t size, bool is_long) {
    no_room_ = false;
    if (size <= held_) return true;
    const ServerOptions& options = core_.options;
    const std::size_t more = size - held_;
    no_room_ = core_.bodies_held + more > options.body_memory ||
               (is_long && core_.long_bodies_held + more > options.body_memory - options.body_reserve);
    if (no_room_) return false;
    core_.bodies_held += more, held_ = size;
    if (is_long) core_.long_bodies_held += more, long_held_ += more;
    return true;
}

void Connection::release() {
    core_.bodies_held -= std::exchange(held_, 0);
    core_.long_bodies_held -= std::exchange(long_held_, 0);
}

/// On the whole at the least rate, and never still for longer than the slack: what came fast in the beginning is
/// no credit for a stop.
void Connection::keep_moving(Clock::time_point since, std::size_t bytes) {
    const ServerOptions& options = core_.options;
    deadline_ = std::min(since + std::chrono::milliseconds(bytes * 1000 / options.rate_least), Clock::now()) +
                options.slack;
}

void Connection::tick(Clock::time_point now) {
    if (now < deadline_ || ended_) return;
    too_slow_ = true;
    wait_as_long_as_it_takes();
    stream_->cancel();
}

std::optional<Connection::Clock::time_point> Connection::idle_since() const {
    return idle_ && !gives_way_ && !ended_ ? std::optional(idle_since_) : std::nullopt;
}

void Connection::give_way() {
    gives_way_ = true;
    stream_->cancel();
}

void Connection::drain() {
    if (idle_) stream_->cancel();
    if (events_) events_->close();
}

void Connection::abort() {
    if (answering_ && !events_) ++core_.cut_off;
    if (events_) events_->close();
    stream_->close();
}

}  // namespace entente::http
