// What the API takes of one visitor, so that the others are served, too.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>
#include <vector>

#include <boost/json/serialize.hpp>

#include "api/access.h"
#include "asked.h"

namespace entente::tests {
namespace {

std::function<api::Visitor(const http::Request&)> as(std::optional<api::Role> role) {
    return [role](const http::Request&) {
        return api::Visitor{.account = role ? "somebody" : "", .role = role, .csrf = role ? "token" : ""};
    };
}

std::size_t most_body(const std::string& method, const std::string& path) {
    return api::Api::most_body(request_of({.method = method, .path = path}));
}

TEST(Limits, ABodyMayBeAsLongAsItsRouteSays) {
    EXPECT_EQ(most_body("POST", "/api/session"), 8192U);
    EXPECT_EQ(most_body("POST", "/api/set-up"), 8192U);
    EXPECT_EQ(most_body("POST", "/api/records/engagement"), std::size_t{1} << 20);
    EXPECT_EQ(most_body("POST", "/api/uploads"), std::size_t{64} << 20);
    EXPECT_EQ(most_body("POST", "/api/documents"), std::size_t{64} << 20);
    for (const char* method : {"GET", "HEAD", "DELETE", "PUT"})
        EXPECT_EQ(most_body(method, "/api/uploads"), 8192U) << method;
    EXPECT_EQ(most_body("POST", "/api/nothing"), 8192U);
    EXPECT_EQ(most_body("POST", "/"), 8192U);
}

TEST(Limits, WhoMayNotSendALongBodyIsToldBeforeItIsRead) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    const auto status = [&](std::optional<api::Role> role, http::Fields headers) {
        api::Api api(work, {.visitor = as(role)});
        auto request = request_of({.method = "POST", .path = "/api/uploads?name=a"});
        request.headers = std::move(headers);
        const auto refused = api.refuse(request);
        return refused ? refused->status : 0;
    };
    EXPECT_EQ(status({}, {{"X-CSRF", "token"}}), 401U);
    EXPECT_EQ(status(api::Role::reader, {{"X-CSRF", "token"}}), 403U);
    EXPECT_EQ(status(api::Role::officer, {}), 403U) << "a page elsewhere";
    EXPECT_EQ(status(api::Role::officer, {{"X-CSRF", "another"}}), 403U);
    EXPECT_EQ(status(api::Role::officer, {{"X-CSRF", "token"}}), 0U);
}

TEST(Limits, ABodyRefusedUnreadIsInTheAccessLog) {
    const TemporaryNode node(false);
    Asker asker(node);
    ASSERT_TRUE(asker.people().accounts().add(
        {.name = "ann", .password = "four unlike words here", .role = api::Role::administrator}
    ));
    auto request = request_of({.method = "POST", .path = "/api/uploads?name=a"});
    const auto refused = asker.refuse(request);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 401U);
    const auto lines = *asker.people().log().lines({.what = "denied"});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].route, "keepUpload");
}

TEST(Limits, TheDemonstrationsEventsEndWithIt) {
    const TemporaryNode node(false);
    Asker asker(node);
    const auto listening = asker.ask({.path = "/api/events"}).events;
    ASSERT_TRUE(listening);
    asker.people().close_what_ended();
    EXPECT_FALSE(listening->closed());
    ASSERT_TRUE(asker.people().accounts().add(
        {.name = "ann", .password = "four unlike words here", .role = api::Role::administrator}
    ));
    asker.people().close_what_ended();
    EXPECT_TRUE(listening->closed());
}

TEST(Limits, OnlyAProxySaysForWhomItSpeaks) {
    const TemporaryNode node(false);
    const auto store = node.accounts();
    api::People people(*store, system_clock(), {.behind_proxy = true, .proxies = {"192.0.2.7"}});
    const auto from = [&](const char* peer) {
        auto request =
            request_of({.path = "/", .headers = {{"X-Forwarded-For", "203.0.113.1, 203.0.113.2"}}});
        request.peer = peer;
        return people.from(request).peer;
    };
    EXPECT_EQ(from("127.0.0.1"), "203.0.113.2");
    EXPECT_EQ(from("::1"), "203.0.113.2");
    EXPECT_EQ(from("192.0.2.7"), "203.0.113.2");
    EXPECT_EQ(from("192.0.2.8"), "192.0.2.8") << "its header is an invention";
}

}  // namespace
}  // namespace entente::tests
