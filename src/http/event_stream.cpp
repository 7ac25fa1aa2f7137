#include "http/event_stream.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/check.h"

namespace entente::http {
namespace {

bool is_one_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// One event as it goes over the wire. A line of data may end in \n, \r or \r\n.
std::string formatted(std::uint64_t id, std::string_view event, std::string_view data) {
    std::string out = "id: " + std::to_string(id) + "\nevent: ";
    out.append(event).append("\ndata: ");
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] != '\r' && data[i] != '\n') {
            out += data[i];
            continue;
        }
        if (data[i] == '\r' && i + 1 < data.size() && data[i + 1] == '\n') ++i;
        out += "\ndata: ";
    }
    return out += "\n\n";
}

}  // namespace

bool EventStream::publish(std::string_view event, std::string_view data, std::optional<std::uint64_t> id) {
    check(is_one_line(event), "the name of an event is one line");
    {
        std::lock_guard lock(mutex_);
        if (closed_) return false;
        last_ = id.value_or(last_ + 1);
        const std::string text = formatted(last_, event, data);
        if (waiting_.size() + text.size() > capacity_) {
            closed_ = true;  // whole events only: what waits still goes out
        } else {
            waiting_ += text;
        }
    }
    tell();
    return !closed();
}

void EventStream::close() {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    tell();
}

bool EventStream::closed() const {
    std::lock_guard lock(mutex_);
    return closed_;
}

std::string EventStream::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

void EventStream::heartbeat() {
    {
        std::lock_guard lock(mutex_);
        if (closed_ || !waiting_.empty()) return;
        waiting_ += ":\n\n";
    }
    tell();
}

void EventStream::on_news(std::function<void()> call) {
    std::lock_guard lock(mutex_);
    call_ = std::move(call);
    if (call_) call_();
}

void EventStream::tell() {
    std::lock_guard lock(mutex_);
    if (call_) call_();
}

std::shared_ptr<EventStream> EventTopics::subscribe(
    std::vector<std::string> topics, std::string_view last_event_id
) {
    auto stream = std::make_shared<EventStream>();
    std::uint64_t seen = 0;
    const auto* end = last_event_id.data() + last_event_id.size();
    const auto [stopped, error] = std::from_chars(last_event_id.data(), end, seen);
    const bool resumes = !last_event_id.empty() && error == std::errc() && stopped == end;

    std::lock_guard lock(mutex_);
    if (resumes && seen != last_) {
        // A number that was never given comes from a server that ran before this one.
        const std::uint64_t oldest = last_ + 1 - events_.size();
        if (seen > last_ || seen + 1 < oldest) {
            stream->publish("reset", "", last_);
        } else {
            for (const Event& event : events_)
                if (event.id > seen && std::ranges::count(topics, event.topic))
                    stream->publish(event.topic, event.data, event.id);
        }
    }
    listeners_.push_back({std::move(topics), stream});
    return stream;
}

void EventTopics::publish(const std::string& topic, std::string_view data) {
    std::lock_guard lock(mutex_);
    events_.push_back({++last_, topic, std::string(data)});
    if (events_.size() > kept_) events_.pop_front();
    std::erase_if(listeners_, [&](const Listener& listener) {
        if (!std::ranges::count(listener.topics, topic)) return listener.stream->closed();
        return !listener.stream->publish(topic, data, last_);
    });
}

std::size_t EventTopics::listeners() const {
    std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(listeners_, [](const Listener& each) {
        return !each.stream->closed();
    }));
}

}  // namespace entente::http
