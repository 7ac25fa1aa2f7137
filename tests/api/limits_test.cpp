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

constexpr const char* kMeeting =
    R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-11-28","level":"working",)"
    R"("title":"Maritime talks","citations":"unknown"}})";

json::object problem_of(const http::Response& response) {
    return parse_json(response.body)->as_object();
}

TEST(Limits, APreviewAskedAnewTakesThePlaceOfTheOneBefore) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    const auto until_stopped = [](api::TaskHandle& task) -> Result<json::object> {
        while (!task.stopped()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return fail(ErrorCode::unavailable, "", "stopped");
    };
    const auto first = work.tasks().start({"preview 1", "a map", "Previewing", true}, until_stopped);
    ASSERT_TRUE(first);
    for (const char* map : {"a mended map", "one mended again"}) {
        const auto next = work.tasks().start({"preview 1", map, "Previewing", true}, until_stopped);
        ASSERT_TRUE(next) << next.error().message;
        EXPECT_TRUE(next->anew);
    }
    for (int i = 0; i < 2000; ++i) {
        if (text_at(*work.tasks().show(1), "state") == "stopped") break;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(text_at(*work.tasks().show(1), "state"), "stopped");
    EXPECT_EQ(text_at(*work.tasks().show(3), "state"), "running");
}

TEST(Limits, WhoWaitsToWriteLeavesWorkersToThoseWhoRead) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    api::Api api(work, {.visitor = api::demonstration_visitor});
    std::latch writing(1), go_on(1);
    const auto begun = work.tasks().start(
        {"import", "", "Taking in visits.xlsx"},
        [&](api::TaskHandle& task) -> Result<json::object> {
            return work.write<json::object>(task, {}, [&](service::Node&) -> Result<json::object> {
                writing.count_down();
                go_on.wait();
                return json::object{};
            });
        }
    );
    ASSERT_TRUE(begun);
    writing.wait();
    const auto post = [&] {
        return api.answer(request_of({.method = "POST", .path = "/api/records/engagement", .body = kMeeting})
        );
    };
    std::atomic<int> made{0}, refused{0};
    std::vector<std::jthread> many;
    for (std::size_t i = 0; i < api::WriterTurns::kMostRequests + 3; ++i)
        many.emplace_back([&] {
            const auto response = post();
            if (response.status == 201) ++made;
            if (response.status != 503) return;
            ++refused;
            EXPECT_NE(header_of(response, "Retry-After"), "");
            EXPECT_NE(
                text_at(problem_of(response), "detail").find("Taking in visits.xlsx"), std::string::npos
            ) << response.body;
        });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (refused < 3 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(refused, 3) << "at once";
    go_on.count_down();
    many.clear();
    EXPECT_EQ(made, static_cast<int>(api::WriterTurns::kMostRequests));
}

TEST(Limits, NobodyWaitsToWriteOnceTheServerEnds) {
    const TemporaryNode node(false);
    api::Workspace work(node.path(), TemporaryNode::stores(), domain::Schema::builtin());
    work.stop();
    const auto outcome =
        work.write<json::object>({}, [](service::Node&) -> Result<json::object> { return json::object{}; });
    ASSERT_FALSE(outcome);
    EXPECT_NE(outcome.error().message.find("stopping"), std::string::npos) << outcome.error().message;
    EXPECT_FALSE(work.tasks().start({"a", "", "A"}, [](api::TaskHandle&) { return json::object{}; }));
}

/// Runs until it is asked to stop.
Result<json::object> endless(api::TaskHandle& task) {
    while (!task.stopped()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fail(ErrorCode::unavailable, "", "it was stopped");
}

TEST(Limits, OneTaskOfAKindAndTwoInAll) {
    http::EventTopics topics;
    api::Tasks tasks(topics);
    const auto first = tasks.start({"verify", "", "Checking the record"}, endless);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->anew);
    const auto same = tasks.start({"verify", "", "Checking the record"}, endless);
    ASSERT_TRUE(same);
    EXPECT_FALSE(same->anew);
    EXPECT_EQ(text_at(same->task, "id"), text_at(first->task, "id"));
    const auto other = tasks.start({"verify", "deep", "Checking the record"}, endless);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::conflict);
    ASSERT_TRUE(tasks.start({"rebuild", "", "Making the index again"}, endless));
    const auto third = tasks.start({"validate", "", "Judging the measures"}, endless);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, ErrorCode::unavailable);
    EXPECT_NE(
        third.error().message.find("'Checking the record' and 'Making the index again'"), std::string::npos
    ) << third.error().message;
    EXPECT_EQ(tasks.list().size(), 2U);
}

TEST(Limits, AReaderAsksForNoDeepCheck) {
    const TemporaryNode node(false);
    const auto status = [&](api::Role role, const char* body) {
        Asker asker(node, [role](const http::Request&) {
            return api::Visitor{.account = "somebody", .role = role};
        });
        return asker.ask({.method = "POST", .path = "/api/verify", .body = body}).status;
    };
    EXPECT_EQ(status(api::Role::reader, R"({"deep":true})"), 403U);
    EXPECT_EQ(status(api::Role::reader, "{}"), 202U);
    EXPECT_EQ(status(api::Role::auditor, R"({"deep":true})"), 202U);
}

TEST(Limits, ChecksOfTheRecordTellProgressAndStop) {
    const TemporaryNode node(true);
    Asker asker(node);
    for (const std::string path : {"/api/verify", "/api/rebuild", "/api/validate"}) {
        const auto body = path == "/api/verify" ? R"({"deep":true})" : "";
        const auto begun = asker.json_of({.method = "POST", .path = path, .body = body}, 202).as_object();
        const auto at = "/api/tasks/" + text_at(begun, "id");
        // As far as its first word of progress, so that it is stopped at work.
        while (text_at(asker.get(at).as_object(), "words").empty())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        asker.json_of({.method = "DELETE", .path = at});
        const auto asked = std::chrono::steady_clock::now();
        auto state = std::string("stopping");
        while (state == "stopping") {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            state = text_at(asker.get(at).as_object(), "state");
        }
        EXPECT_EQ(state, "stopped") << path;
        // One question of validity is answered to its end before it looks.
        const auto most = std::chrono::seconds(path == "/api/validate" ? 60 : 5);
        EXPECT_LT(std::chrono::steady_clock::now() - asked, most) << path;
    }
    // What was stopped left the index as it was.
    const auto deep =
        asker.json_of({.method = "POST", .path = "/api/verify", .body = R"({"deep":true})"}, 202);
    const auto at = "/api/tasks/" + text_at(deep.as_object(), "id");
    auto task = asker.get(at).as_object();
    while (text_at(task, "state") == "running") {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        task = asker.get(at).as_object();
    }
    ASSERT_EQ(text_at(task, "state"), "done") << json::serialize(task);
    EXPECT_TRUE(task.at("result").at("holds").as_bool());
    EXPECT_NE(text_at(task, "words").find("entries and rows read"), std::string::npos);
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

class PersonsShown : public testing::Test {
protected:
    PersonsShown() {
        const auto made = asker_.ask(
            {.method = "POST",
             .path = "/api/records/engagement",
             .body = R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-11-28",)"
                     R"("title":"Maritime talks","people":"Wang Li - Minister","citations":"unknown"}})"}
        );
        EXPECT_EQ(made.status, 201U) << made.body;
    }
    std::vector<accounts::AccessLine> lines_after(const std::string& path, http::Fields headers = {}) {
        const auto before = asker_.people().log().head()->lines;
        EXPECT_LT(asker_.ask({.path = path, .headers = std::move(headers)}).status, 400U) << path;
        auto lines = *asker_.people().log().lines({});
        std::erase_if(lines, [&](const auto& line) { return line.number <= before; });
        return lines;
    }

    TemporaryNode node_{false};
    Asker asker_{node_};
};

TEST_F(PersonsShown, StandInTheAccessLog) {
    const auto lines = lines_after("/api/records?type=engagement&fields=category,people");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].what, "personal");
    EXPECT_EQ(lines[0].route, "listRecords");
    EXPECT_EQ(lines[0].detail, "people of 1 record");
    EXPECT_EQ(lines_after("/api/facets/engagement?fields=people").at(0).detail, "people of 1 record");
    EXPECT_EQ(
        lines_after("/api/records?type=engagement&fields=category&where=people=Wang Li - Minister").size(), 1U
    ) << "to ask for a person is to look one up";
    EXPECT_EQ(lines_after("/api/records?type=engagement&fields=category").size(), 0U);
    EXPECT_EQ(lines_after("/api/facets/engagement?fields=category").size(), 0U);
}

TEST_F(PersonsShown, AlsoByAnAnswerThatTheReaderKept) {
    const auto etag = header_of(asker_.ask({.path = "/api/records?type=engagement&fields=people"}), "ETag");
    ASSERT_NE(etag, "");
    EXPECT_EQ(
        lines_after("/api/records?type=engagement&fields=people", {{"If-None-Match", etag}}).size(), 1U
    );
}

TEST_F(PersonsShown, APageHasAThousandRecordsAtMostInEveryForm) {
    for (const std::string form : {"", "&format=json"}) {
        const auto problem =
            asker_.json_of({.path = "/api/records?type=engagement&limit=1001" + form}, 422).as_object();
        EXPECT_EQ(text_at(problem, "field"), "limit");
        EXPECT_NE(text_at(problem, "detail").find("1000"), std::string::npos);
    }
    EXPECT_EQ(lines_after("/api/records?type=engagement&limit=9000&format=csv").at(0).what, "export");
}

TEST(Limits, AListLongerThanAPageIsCarriedAwayInJsonToo) {
    const auto request = request_of({.path = "/api/records"});
    const auto found = api::match(api::all_routes(), "GET", "/api/records");
    http::Response response;
    response.headers = {{"Content-Type", "application/json"}};
    const auto what = [&](std::size_t rows) {
        const auto line = api::access_of(*found.route, found, {}, request, response, {.rows = rows});
        return line ? line->what + ": " + line->detail : "";
    };
    EXPECT_EQ(what(1000), "");
    EXPECT_EQ(what(1001), "export: json, 1001 rows");
}

TEST(Forms, ABodyThatIsNoJsonIsNotRead) {
    const TemporaryNode node(false);
    Asker asker(node);
    const auto status = [&](const char* type) {
        auto request = request_of({.method = "POST", .path = "/api/records/engagement", .body = kMeeting});
        for (auto& [name, value] : request.headers)
            if (name == "Content-Type") value = type;
        return asker.answer(request).status;
    };
    EXPECT_EQ(status("text/plain"), 415U);
    EXPECT_EQ(status("application/jsonx"), 415U);
    EXPECT_EQ(status("application/json-patch+json"), 415U);
    EXPECT_EQ(status(""), 415U);
    EXPECT_EQ(status("Application/JSON; charset=utf-8"), 201U);
}

TEST(Forms, AnIdempotencyKeyHasALimit) {
    const TemporaryNode node(false);
    Asker asker(node);
    const auto ask = [&](std::size_t size) {
        return asker.ask(
            {.method = "POST",
             .path = "/api/records/engagement",
             .body = kMeeting,
             .headers = {{"Idempotency-Key", std::string(size, 'k')}}}
        );
    };
    EXPECT_EQ(ask(255).status, 201U);
    const auto refused = ask(256);
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(text_at(problem_of(refused), "field"), "Idempotency-Key");
}

TEST(Forms, IfMatchMayNameSeveralTags) {
    const TemporaryNode node(false);
    Asker asker(node);
    const auto made = asker.ask({.method = "POST", .path = "/api/records/engagement", .body = kMeeting});
    const auto tag = header_of(made, "ETag");
    const auto status = [&](const std::string& wanted) {
        return asker
            .ask(
                {.method = "PATCH",
                 .path = header_of(made, "Location"),
                 .body = R"({"changes":{"level":"minister"},"reason":"correction","preview":true})",
                 .headers = {{"If-Match", wanted}}}
            )
            .status;
    };
    EXPECT_EQ(status(tag), 200U);
    EXPECT_EQ(status("\"another\", " + tag), 200U);
    EXPECT_EQ(status(tag + " ,\"another\""), 200U);
    EXPECT_EQ(status("\"another\", \"third\""), 412U);
    EXPECT_EQ(status("W/" + tag), 412U);
}

}  // namespace
}  // namespace entente::tests
