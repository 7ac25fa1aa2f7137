#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::http {

/// One client's server-sent events. A handler makes it and returns it in a Response; anybody may publish.
/// What is published waits until the client takes it. A client that lets more than `capacity` bytes wait is
/// closed: it comes back with Last-Event-ID.
/// Thread-safety  all functions
/// Source  HTML Living Standard, section 9.2
class EventStream {
public:
    explicit EventStream(std::size_t capacity = 1U << 20) : capacity_(capacity) {}

    /// False: nobody listens any more, and whoever publishes may drop the stream. Events are numbered from 1
    /// unless `id` is given. Line breaks in `data` are kept; `event` and `id` must not hold any.
    bool publish(std::string_view event, std::string_view data, std::optional<std::uint64_t> id = {});
    /// Ends the stream after what was published. May be called again.
    void close();
    bool closed() const;

    // The server's side.
    /// Everything that waits, as it goes over the wire.
    std::string take();
    /// A comment, so that both sides see whether the other is there.
    void heartbeat();
    /// `call` is called after each publish and close, by whoever did it, and once at once; it must not call back.
    void on_news(std::function<void()> call);

private:
    void tell();

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::string waiting_;
    std::uint64_t last_ = 0;
    bool closed_ = false;
    std::function<void()> call_;
};

/// News by topic for all who listen. Numbers are given across topics, and the last `kept` events are kept, so
/// that a client that lost its connection misses none of them.
/// Thread-safety  all functions
class EventTopics {
public:
    explicit EventTopics(std::size_t kept = 256) : kept_(kept) {}

    /// A stream of these topics. With `last_event_id` (the header of the request, may be empty) it begins with
    /// what came after it; where some of that is no longer kept, with an event `reset`.
    std::shared_ptr<EventStream> subscribe(std::vector<std::string> topics, std::string_view last_event_id);
    /// To all who listen to `topic`; the event has the topic's name.
    void publish(const std::string& topic, std::string_view data);
    /// Those who listen now.
    std::size_t listeners() const;

private:
    struct Event {
        std::uint64_t id;
        std::string topic, data;
    };
    struct Listener {
        std::vector<std::string> topics;
        std::shared_ptr<EventStream> stream;
    };

    const std::size_t kept_;
    mutable std::mutex mutex_;
    std::uint64_t last_ = 0;
    std::deque<Event> events_;
    std::vector<Listener> listeners_;
};

}  // namespace entente::http
