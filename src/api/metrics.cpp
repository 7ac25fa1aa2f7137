#include "api/metrics.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace entente::api {
namespace {

/// Writes families of one value or several; each begins with what it is.
class Page {
public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
    }
    template <class T>
    void value(const T& number, std::string_view labels = {}, std::string_view ending = {}) {
        text_ += labels.empty() ? fmt::format("{}{} {}\n", name_, ending, number)
                                : fmt::format("{}{}{{{}}} {}\n", name_, ending, labels, number);
    }
    template <class T>
    void one(std::string_view name, std::string_view type, std::string_view help, const T& number) {
        family(name, type, help);
        value(number);
    }
    std::string take() && { return std::move(text_); }

private:
    std::string name_, text_;
};

double seconds(std::uint64_t microseconds) {
    return static_cast<double>(microseconds) / 1e6;
}

void add_server(Page& page, const http::Counters& server) {
    page.one(
        "entente_http_connections_open", "gauge", "Connections that are open now.", server.connections_open
    );
    page.one("entente_http_connections_total", "counter", "Connections that were taken.", server.connections);
    page.one(
        "entente_http_connections_refused_total",
        "counter",
        "Connections that were one too many.",
        server.connections_refused
    );
    page.one(
        "entente_http_event_streams_open",
        "gauge",
        "Pages that listen for events now.",
        server.event_streams_open
    );
    page.one("entente_http_workers_busy", "gauge", "Workers that answer now.", server.running);
    page.one(
        "entente_http_requests_waiting", "gauge", "Requests that wait for a worker now.", server.waiting
    );
    page.family("entente_http_answers_total", "counter", "Answers by class of status, whoever gave them.");
    for (std::size_t i = 1; i < server.answers.size(); ++i)
        page.value(server.answers[i], fmt::format("class=\"{}xx\"", i));
    page.one(
        "entente_http_overloaded_total",
        "counter",
        "Requests refused because too many waited.",
        server.overloaded
    );
    page.one("entente_http_too_slow_total", "counter", "Clients that were too slow.", server.too_slow);
    page.one("entente_http_malformed_total", "counter", "Requests that are no HTTP.", server.malformed);
    page.one("entente_http_received_bytes_total", "counter", "Bytes that came.", server.bytes_in);
    page.one("entente_http_sent_bytes_total", "counter", "Bytes that went.", server.bytes_out);
    page.family(
        "entente_http_request_duration_seconds",
        "histogram",
        "From a request being whole to the last byte of its answer; event streams apart."
    );
    std::uint64_t upto = 0;
    for (std::size_t i = 0; i < server.latency.size(); ++i) {
        upto += server.latency[i];
        const auto bound = i < http::Counters::kLatencyBounds.size()
                               ? fmt::format("{}", seconds(http::Counters::kLatencyBounds[i]))
                               : std::string("+Inf");
        page.value(upto, fmt::format("le=\"{}\"", bound), "_bucket");
    }
    page.value(seconds(server.latency_microseconds), {}, "_sum");
    page.value(upto, {}, "_count");
}

}  // namespace

void Metrics::answered(const std::string& route, const std::string& method, unsigned status) {
    const std::lock_guard lock(lock_);
    ++requests_[{route, method, status}];
}

void Metrics::set_server(std::function<http::Counters()> counters) {
    const std::lock_guard lock(lock_);
    server_ = std::move(counters);
}

std::string Metrics::text(const Standing& standing) const {
    Page page;
    page.one("entente_log_entries", "gauge", "Entries of the log.", standing.entries);
    page.one(
        "entente_log_unsigned_entries",
        "gauge",
        "Entries beyond the last checkpoint.",
        standing.unsigned_entries
    );
    page.one(
        "entente_readers_idle", "gauge", "Openings for reading that nobody uses now.", standing.readers_idle
    );
    page.family("entente_views_total", "counter", "States of the record that were asked for.");
    page.value(views_kept_.load(), "from=\"kept\"");
    page.value(views_made_.load(), "from=\"made\"");
    page.one("entente_answers_remembered", "gauge", "Answers that are kept.", standing.answers_remembered);
    page.family("entente_answers_remembered_total", "counter", "Dear answers that were asked for.");
    page.value(answers_kept_.load(), "from=\"kept\"");
    page.value(answers_made_.load(), "from=\"made\"");
    page.family("entente_api_requests_total", "counter", "Answers of the API by route, method and status.");
    const std::lock_guard lock(lock_);
    for (const auto& [key, count] : requests_) {
        const auto& [route, method, status] = key;
        page.value(
            count,
            fmt::format(
                "route=\"{}\",method=\"{}\",status=\"{}\"", route.empty() ? "none" : route, method, status
            )
        );
    }
    if (server_) add_server(page, server_());
    return std::move(page).take();
}

}  // namespace entente::api
