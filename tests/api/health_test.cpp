// Whether a node is well is for everybody; what it is busy with is for those at home.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "asked.h"

namespace entente::tests {
namespace {

/// Value of a sample; nothing where there is none.
std::optional<double> sample(const std::string& page, const std::string& name) {
    std::istringstream in(page);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name + " ")) return std::stod(line.substr(name.size() + 1));
    return {};
}

http::Response asked_by(
    const TemporaryNode& node, api::Visitor visitor, const char* path, bool here, bool proxy = false
) {
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    api::Api api(work, {.visitor = [&](const http::Request&) { return visitor; }, .behind_proxy = proxy});
    auto request = request_of({.path = path});
    request.from_this_machine = here;
    return api.answer(request);
}

TEST(Health, IsToldToEverybodyAndSaysNothingElse) {
    const TemporaryNode node(false);
    const auto response = asked_by(node, {}, "/healthz", false);
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, R"({"status":"ok"})");
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
    EXPECT_EQ(
        asked_by(node, {.account = "x", .role = api::Role::reader, .nation = "CHN"}, "/healthz", false)
            .status,
        200U
    );
}

TEST(Health, ANodeThatCannotBeReadIsNotWell) {
    const TemporaryNode node(false);
    std::filesystem::remove_all(node.path());
    EXPECT_GE(asked_by(node, {}, "/healthz", true).status, 400U);
}

TEST(Metrics, AreForHomeAlone) {
    const TemporaryNode node(false);
    const auto status = [&](api::Visitor visitor, bool here, bool proxy = false) {
        return asked_by(node, std::move(visitor), "/metrics", here, proxy).status;
    };
    const auto as = [](api::Role role, const char* nation = "") {
        return api::Visitor{.account = "somebody", .role = role, .nation = nation};
    };
    EXPECT_EQ(status({}, true), 200U) << "whoever sits here";
    EXPECT_EQ(status({}, false), 401U);
    EXPECT_EQ(status({}, true, true), 401U) << "through a proxy everybody comes from here";
    EXPECT_EQ(status(as(api::Role::auditor), false), 200U);
    EXPECT_EQ(status(as(api::Role::administrator), false), 200U);
    EXPECT_EQ(status(as(api::Role::reader), true), 403U);
    EXPECT_EQ(status(as(api::Role::officer), false), 403U);
    for (const auto role : api::kRoles)
        for (const bool here : {true, false})
            EXPECT_EQ(status(as(role, "CHN"), here), 403U) << "the numbers tell of the log";
    EXPECT_EQ(status({.owner = true}, false), 200U) << "the socket of the owner";
}

TEST(Metrics, CountWhatWasAsked) {
    const TemporaryNode node(false);
    Asker asker(node);
    const auto page = [&] { return asker.ask({.path = "/metrics"}).body; };
    const std::string list = R"(entente_api_requests_total{route="listRecords",method="GET",status="200"})";
    EXPECT_FALSE(sample(page(), list));
    asker.get("/api/records?type=engagement");
    asker.get("/api/records?type=engagement");
    asker.ask({.path = "/api/nothing"});
    const auto text = page();
    EXPECT_EQ(sample(text, list), 2.0);
    EXPECT_EQ(sample(text, R"(entente_api_requests_total{route="none",method="GET",status="404"})"), 1.0);
    EXPECT_EQ(sample(text, R"(entente_views_total{from="made"})"), 1.0);
    EXPECT_EQ(sample(text, R"(entente_views_total{from="kept"})"), 1.0);
    const auto checkpoint = asker.get("/api/checkpoint").as_object();
    EXPECT_EQ(sample(text, "entente_log_entries"), checkpoint.at("entries").to_number<double>());
    EXPECT_EQ(sample(text, "entente_log_unsigned_entries"), checkpoint.at("unsigned").to_number<double>());
    EXPECT_EQ(asker.get("/api/access-log").at("lines").to_number<int>(), 0)
        << "whoever watches the server carries nothing away";
}

TEST(Metrics, TellOfTheNetworkInTheFormThatPrometheusReads) {
    api::Metrics metrics;
    http::Counters counters;
    counters.connections_open = 3, counters.running = 2, counters.waiting = 1, counters.answers[2] = 40;
    counters.latency[0] = 10, counters.latency[1] = 5, counters.latency.back() = 1;
    counters.latency_microseconds = 2'500'000;
    metrics.set_server([&] { return counters; });
    metrics.answered("listRecords", "GET", 200);
    const auto text = metrics.text({.entries = 54, .unsigned_entries = 2});
    EXPECT_EQ(sample(text, "entente_http_connections_open"), 3.0);
    EXPECT_EQ(sample(text, "entente_http_workers_busy"), 2.0);
    EXPECT_EQ(sample(text, R"(entente_http_request_duration_seconds_bucket{le="0.0001"})"), 10.0);
    EXPECT_EQ(sample(text, R"(entente_http_request_duration_seconds_bucket{le="0.00025"})"), 15.0);
    EXPECT_EQ(sample(text, R"(entente_http_request_duration_seconds_bucket{le="10"})"), 15.0);
    EXPECT_EQ(sample(text, R"(entente_http_request_duration_seconds_bucket{le="+Inf"})"), 16.0);
    EXPECT_EQ(sample(text, "entente_http_request_duration_seconds_count"), 16.0);
    EXPECT_EQ(sample(text, "entente_http_request_duration_seconds_sum"), 2.5);
    // Every line is a comment or a sample, and each family is declared before its samples.
    static const std::regex line(
        R"(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)"
    );
    std::istringstream in(text);
    std::string family;
    for (std::string one; std::getline(in, one);) {
        EXPECT_TRUE(std::regex_match(one, line)) << one;
        if (one.starts_with("# TYPE ")) family = one.substr(7, one.find(' ', 7) - 7);
        EXPECT_TRUE(one.starts_with("#") || one.starts_with(family)) << one;
    }
}

}  // namespace
}  // namespace entente::tests
