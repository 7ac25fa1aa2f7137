// Every route, by every role: the table holds of the answers.
#include <gtest/gtest.h>

#include "asked.h"

namespace entente::tests {
namespace {

/// A path that means the route; what it names need not be there.
std::string path_of(const api::Route& route) {
    std::string out;
    bool skip = false;
    for (const char c : route.path) {
        if (c == '{') out += "USA", skip = true;
        if (!skip) out += c;
        if (c == '}') skip = false;
    }
    return out;
}

TEST(Roles, MayAskWhatTheTableSaysAndNothingElse) {
    const TemporaryNode node(false);
    std::size_t asked = 0, refused = 0;
    std::vector<std::optional<api::Role>> roles{std::nullopt};
    for (const auto role : api::kRoles) roles.emplace_back(role);
    for (const auto& role : roles) {
        Asker asker(node, [&](const http::Request&) {
            return api::Visitor{.account = role ? "somebody" : "", .role = role};
        });
        for (const auto& route : api::all_routes()) {
            const auto response = asker.ask({.method = route.method, .path = path_of(route)});
            const bool may = route.allowed.anyone || (role ? route.allowed.holds(*role) : route.this_machine);
            const bool denied = response.status == 401 || response.status == 403;
            EXPECT_EQ(denied, !may) << (role ? api::to_text(*role) : "nobody") << " " << route.method << " "
                                    << route.path << ": " << response.status;
            EXPECT_TRUE(may || response.status == (role ? 403U : 401U)) << route.path;
            ++asked, refused += denied;
        }
    }
    EXPECT_EQ(asked, api::all_routes().size() * 6);
    EXPECT_GT(refused, 20U);
}

TEST(Roles, TheDemonstrationIsForThisComputerAlone) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    api::Api api(work, {.visitor = api::demonstration_visitor});
    auto request = request_of({.path = "/api/checkpoint"});
    EXPECT_EQ(api.answer(request).status, 200U);
    request.from_this_machine = false;
    EXPECT_EQ(api.answer(request).status, 401U);
}

TEST(Roles, APageElsewhereCannotWrite) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    api::Api api(work, {.visitor = api::demonstration_visitor});
    const auto status_with = [&](http::Fields headers) {
        auto request = request_of({.method = "DELETE", .path = "/api/records/USA", .body = "{}"});
        request.headers = std::move(headers);
        request.headers.emplace_back("Content-Type", "application/json");
        return api.answer(request).status;
    };
    const std::pair<std::string, std::string> host{"Host", "127.0.0.1:8700"}, token{"X-CSRF", "1"};
    EXPECT_EQ(status_with({host, token, {"Origin", "http://127.0.0.1:8700"}}), 422U)
        << "ours: a reason is missing";
    EXPECT_EQ(status_with({host, token}), 422U) << "a program";
    EXPECT_EQ(status_with({host}), 403U) << "a form: no such header";
    EXPECT_EQ(status_with({host, token, {"Origin", "http://evil.example"}}), 403U);
    EXPECT_EQ(status_with({host, token, {"Origin", "null"}}), 403U);
    EXPECT_EQ(status_with({host, token, {"Sec-Fetch-Site", "cross-site"}}), 403U);
    EXPECT_EQ(status_with({host, token, {"Sec-Fetch-Site", "same-site"}}), 403U);
}

}  // namespace
}  // namespace entente::tests
