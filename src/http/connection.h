#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/core.h"
#include "http/event_stream.h"
#include "http/request_reader.h"
#include "http/stream.h"

namespace entente::http {

struct Peer {
    std::string address, network;
    bool loopback = false, local_socket = false;
};

/// One client: reads its requests one after the other, and answers each before it reads the next.
/// Thread-safety  the network's thread only
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Clock = std::chrono::steady_clock;

    /// `core` must outlive the connection.
    Connection(Core& core, std::unique_ptr<Stream> stream, Peer peer);
    ~Connection();

    /// Runs until the connection has ended. The connection lives at least as long.
    Awaitable<void> serve();
    /// Answers 503 to whatever comes, and ends.
    Awaitable<void> turn_away(std::string_view why);
    /// Called a few times a second: ends what takes too long.
    void tick(Clock::time_point now);
    const Peer& peer() const { return peer_; }
    /// Since when nothing is asked of it; nothing: it is at work, or on its way out.
    std::optional<Clock::time_point> idle_since() const;
    /// Ends an idle one, for another in its place.
    void give_way();
    /// Ends after the request that is being read or answered.
    void drain();
    /// Ends at once.
    void abort();

private:
    Awaitable<bool> serve_one();
    Awaitable<void> read_request();
    Awaitable<std::size_t> read_more();
    Awaitable<bool> answer(Response response, bool keep_alive);
    Awaitable<Response> ask_handler();
    Awaitable<std::optional<Response>> ask_about_body();
    Awaitable<Response> ask_worker(std::function<Response()> question);
    Awaitable<bool> send(std::string_view head, std::string_view body);
    Awaitable<void> send_events(std::shared_ptr<EventStream> events, bool chunked);
    Awaitable<void> watch_client(std::shared_ptr<EventStream> events);
    Awaitable<void> refuse(Refusal refusal);
    Awaitable<void> end(bool unread);

    std::expected<std::size_t, Refusal> judge(Request& request) const;
    bool hold(std::size_t size, bool is_long);
    void release();
    std::string_view unread() const;
    void keep_moving(Clock::time_point since, std::size_t bytes);
    void wait_no_longer_than(Clock::duration time) { deadline_ = Clock::now() + time; }
    void wait_as_long_as_it_takes() { deadline_ = Clock::time_point::max(); }

    Core& core_;
    std::unique_ptr<Stream> stream_;
    Peer peer_;
    ReaderLimits limits_;
    RequestReader reader_;
    std::string buffer_;
    std::size_t begin_ = 0, end_ = 0;  ///< of what was received and not read yet
    std::size_t served_ = 0;           ///< requests
    std::size_t held_ = 0;             ///< bytes of bodies, as told to the core
    std::size_t long_held_ = 0;        ///< of these as long ones
    std::optional<Response> refused_;  ///< why the body of this request is not read
    Clock::time_point deadline_ = Clock::time_point::max();
    bool idle_ = false;  ///< between two requests
    bool gives_way_ = false;
    Clock::time_point idle_since_{};
    bool answering_ = false;  ///< a request is whole and its answer is not out
    bool too_slow_ = false;   ///< `tick` has ended what was under way
    bool no_room_ = false;    ///< the body would not fit beside the others
    bool ended_ = false;
    std::shared_ptr<EventStream> events_;
};

}  // namespace entente::http
