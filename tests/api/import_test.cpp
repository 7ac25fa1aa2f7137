// A file is handed over, looked at, previewed, taken in and undone, by what a page sends.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include <boost/json/serialize.hpp>

#include "api/contract.h"
#include "asked.h"
#include "schema_check.h"

namespace entente::tests {
namespace {

constexpr const char* kVisits =
    "Date,Country,Event,Type\n"
    "2024-03-05,China,Port call in Hong Kong,Visit\n"
    "2024-04-09,Thailand,Staff talks,Meeting\n"
    "2024-13-40,China,Broken day,Meeting\n"
    "2024-05-11,Nowhereland,Unknown side,Meeting\n"
    "2024-06-20,Indonesia,Exercise Garuda,Exercise\n";

class ImportTest : public testing::Test {
protected:
    TemporaryNode node_{false};
    Asker asker_{node_};

    std::string upload() {
        return text_at(
            asker_.json_of({.method = "POST", .path = "/api/uploads?name=visits.csv", .body = kVisits}, 201)
                .as_object(),
            "upload"
        );
    }
    /// Waits for a task that was begun. The test's own time limit is the only one.
    json::object done(const json::value& begun) {
        const auto id = text_at(begun.as_object(), "id");
        while (true) {
            auto task = asker_.get("/api/tasks/" + id).as_object();
            const auto schemas = parse_json(api::schemas_text())->as_object();
            EXPECT_TRUE(faults(task, schemas.at("Task").as_object(), schemas).empty());
            const auto state = text_at(task, "state");
            if (state != "running" && state != "stopping") return task;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
    json::object import(const json::object& body) {
        return done(
            asker_.json_of({.method = "POST", .path = "/api/imports", .body = json::serialize(body)}, 202)
        );
    }
    std::size_t engagements() {
        return asker_.get("/api/records?type=engagement").at("total").to_number<std::size_t>();
    }
};

TEST_F(ImportTest, AFileIsLookedAtPreviewedTakenInAndUndone) {
    const auto id = upload();
    const auto proposal =
        asker_.json_of({.method = "POST", .path = "/api/uploads/" + id + "/proposal"}).as_object();
    EXPECT_NE(text_at(proposal, "map").find("held"), std::string::npos) << text_at(proposal, "map");
    EXPECT_FALSE(proposal.at("samples").as_array().empty());

    json::object asked{{"upload", id}, {"map", proposal.at("map")}, {"preview", true}};
    const auto preview = import(asked);
    ASSERT_EQ(text_at(preview, "state"), "done") << json::serialize(preview);
    const auto& seen = preview.at("result").as_object();
    EXPECT_EQ(seen.at("total").at("seen").to_number<int>(), 5);
    EXPECT_EQ(seen.at("total").at("set_aside").to_number<int>(), 2);
    EXPECT_EQ(seen.at("set_aside").as_array().size(), 2U);
    EXPECT_NE(text_at(seen, "set_aside_csv").find("Nowhereland"), std::string::npos);
    EXPECT_EQ(engagements(), 0U) << "a preview keeps nothing";

    asked["preview"] = false;
    const auto taken = import(asked);
    ASSERT_EQ(text_at(taken, "state"), "done") << json::serialize(taken);
    EXPECT_EQ(engagements(), 3U);
    const auto entry = taken.at("result").at("entry").to_number<int>();

    const auto path = "/api/imports/" + std::to_string(entry);
    asker_.json_of({.method = "DELETE", .path = path, .body = "{}"}, 422);
    const auto shown = asker_.json_of(
        {.method = "DELETE", .path = path, .body = R"({"reason":"wrong_record","preview":true})"}
    );
    EXPECT_GE(shown.at("withdrawn").to_number<int>(), 3);
    EXPECT_EQ(engagements(), 3U);
    asker_.json_of({.method = "DELETE", .path = path, .body = R"({"reason":"wrong_record"})"});
    EXPECT_EQ(engagements(), 0U);
    EXPECT_TRUE(asker_.get("/api/imports").at("items").as_array().back().as_object().contains("undone_by"));
}

TEST_F(ImportTest, WhatIsWrongIsToldAndNothingIsKept) {
    const auto id = upload();
    const auto broken = import({{"upload", id}, {"map", "{}"}});
    EXPECT_EQ(text_at(broken, "state"), "failed");
    EXPECT_EQ(text_at(broken.at("problem").as_object(), "field"), "map");
    EXPECT_EQ(engagements(), 0U);
    const auto refused = [&](const char* body, unsigned status) {
        asker_.json_of({.method = "POST", .path = "/api/imports", .body = body}, status);
    };
    refused(R"({"upload":"nothing"})", 404);
    refused("{}", 422);
    refused(R"({"upload":"x","previw":true})", 422);
    EXPECT_EQ(asker_.ask({.method = "POST", .path = "/api/uploads?name=..", .body = "x"}).status, 422U);
    EXPECT_EQ(asker_.ask({.method = "POST", .path = "/api/uploads?name=a.csv"}).status, 422U);
}

TEST_F(ImportTest, ATaskThatIsOverIsForgottenWhenAsked) {
    const auto task = done(asker_.json_of({.method = "POST", .path = "/api/verify", .body = "{}"}, 202));
    EXPECT_TRUE(task.at("result").at("holds").as_bool());
    const auto path = "/api/tasks/" + text_at(task, "id");
    asker_.json_of({.method = "DELETE", .path = path});
    asker_.json_of({.path = path}, 404);
}

TEST(Tasks, TellHowFarTheyAreAndStop) {
    http::EventTopics topics;
    const auto stream = topics.subscribe({"task"}, "");
    api::Tasks tasks(topics);
    const auto begun =
        tasks.start({"wait", "", "Waiting"}, [](api::TaskHandle& task) -> Result<json::object> {
            task.tell(0.25, "a quarter");
            while (!task.stopped()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return fail(ErrorCode::unavailable, "", "it was stopped; nothing was kept");
        });
    ASSERT_TRUE(begun);
    const auto id = std::stoul(text_at(begun->task, "id"));
    ASSERT_TRUE(tasks.stop(id));
    while (text_at(*tasks.show(id), "state") == "stopping")
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(text_at(*tasks.show(id), "state"), "stopped");
    const auto said = stream->take();
    EXPECT_NE(said.find("a quarter"), std::string::npos) << said;
    EXPECT_NE(said.find("\"stopped\""), std::string::npos) << said;
}

TEST_F(ImportTest, TheCalendarIsOneThatOthersRead) {
    asker_.json_of(
        {.method = "POST",
         .path = "/api/records/engagement",
         .body =
             R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-11-27..2026-11-28",)"
             R"("title":"Talks, in a rather long line that has to be folded; with a semicolon and more words",)"
             R"("citations":"unknown"}})"},
        201
    );
    const auto response = asker_.ask({.path = "/api/calendar.ics?pair=USA,CHN"});
    EXPECT_EQ(response.status, 200U);
    EXPECT_NE(
        response.body.find("DTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261129\r\n"), std::string::npos
    ) << response.body;
    EXPECT_NE(response.body.find("SUMMARY:Talks\\, in a"), std::string::npos);
    EXPECT_NE(response.body.find("STATUS:CONFIRMED"), std::string::npos);
    std::size_t begin = 0;
    for (auto end = response.body.find("\r\n"); end != std::string::npos;
         end = response.body.find("\r\n", begin)) {
        EXPECT_LE(end - begin, 75U) << response.body.substr(begin, end - begin);
        begin = end + 2;
    }
}

}  // namespace
}  // namespace entente::tests
