#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fmt/format.h>

#include "http/connection.h"

namespace entente::http {
namespace {

namespace asio = boost::asio;

/// Wakes a coroutine of the network's thread from any other; many calls before it looks are one.
struct Bell {
    explicit Bell(const Executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    std::atomic<bool> rung{false};
};

}  // namespace

/// Sends what is published until either side closes.
Awaitable<void> Connection::send_events(std::shared_ptr<EventStream> events, bool chunked) {
    const Executor executor = co_await asio::this_coro::executor;
    const auto bell = std::make_shared<Bell>(executor);
    events_ = events;
    core_.cells.event_streams_open.fetch_add(1, std::memory_order_relaxed);
    asio::co_spawn(executor, watch_client(events), asio::detached);
    events->on_news([executor, bell] {
        if (bell->rung.exchange(true)) return;
        asio::post(executor, [bell] { bell->timer.cancel(); });
    });
    if (core_.draining) events->close();

    while (true) {
        bell->rung = false;
        const bool last = events->closed();  // before `take`: what is published in between is not lost
        std::string text = events->take();
        if (!text.empty()) {
            if (chunked) text = fmt::format("{:x}\r\n{}\r\n", text.size(), text);
            const bool sent = co_await send(text, "");
            wait_as_long_as_it_takes();
            if (!sent) break;
            continue;
        }
        if (last) {
            if (chunked) (void)co_await send("0\r\n\r\n", "");
            break;
        }
        boost::system::error_code rung;
        bell->timer.expires_after(core_.options.heartbeat);
        co_await bell->timer.async_wait(asio::redirect_error(asio::use_awaitable, rung));
        if (!rung) events->heartbeat();
    }

    events->on_news({});
    events->close();
    events_ = nullptr;
    core_.cells.event_streams_open.fetch_sub(1, std::memory_order_relaxed);
    stream_->cancel();  // ends `watch_client`
}

/// Notices that the client has gone. Whatever it still says is not heard: the connection ends with the events.
Awaitable<void> Connection::watch_client(std::shared_ptr<EventStream> events) {
    const auto self = shared_from_this();
    char dropped[512];
    while (!events->closed()) {
        const std::size_t count = co_await stream_->read_some(dropped, sizeof dropped);
        if (count == 0) break;
    }
    events->close();
}

}  // namespace entente::http
