// An event is entered, corrected and withdrawn, by what a page sends.
#include <gtest/gtest.h>

#include "asked.h"

namespace entente::tests {
namespace {

constexpr const char* kMeeting =
    R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-11-28","level":"working",)"
    R"("title":"Maritime talks","citations":"unknown"}})";

class WritingTest : public testing::Test {
protected:
    TemporaryNode node_{false};
    Asker asker_{node_};

    std::size_t engagements() {
        return asker_.get("/api/records?type=engagement").at("total").to_number<std::size_t>();
    }
};

TEST_F(WritingTest, AnEventIsEnteredCorrectedAndWithdrawn) {
    const auto made = asker_.ask({.method = "POST", .path = "/api/records/engagement", .body = kMeeting});
    ASSERT_EQ(made.status, 201U) << made.body;
    const auto record = parse_json(made.body)->as_object();
    const auto id = text_at(record, "id");
    EXPECT_EQ(header_of(made, "Location"), "/api/records/" + id);
    EXPECT_EQ(text_at(record, "title"), "Maritime talks");
    const auto shown = asker_.ask({.path = "/api/records/" + id});
    const auto first = header_of(shown, "ETag");
    const auto of_revision = header_of(made, "ETag");
    EXPECT_EQ(first.substr(0, of_revision.size() - 1), of_revision.substr(0, of_revision.size() - 1));

    const Asked correct{
        .method = "PATCH",
        .path = "/api/records/" + id,
        .body = R"({"changes":{"held":["2026-11-27"]},"reason":"correction","remark":"by the minutes"})",
        .headers = {{"If-Match", first}}};
    const auto corrected = asker_.json_of(correct).as_object();
    EXPECT_EQ(corrected.at("revision").to_number<int>(), 2);
    EXPECT_EQ(text_at(corrected, "when"), "27 Nov 2026");
    const auto stale = asker_.json_of(correct, 412).as_object();
    EXPECT_NE(text_at(stale, "detail").find("Nothing was written"), std::string::npos);
    EXPECT_EQ(asker_.get("/api/records/" + id).at("revision").to_number<int>(), 2);

    const auto history = asker_.get("/api/records/" + id + "/history").at("items").as_array();
    ASSERT_EQ(history.size(), 2U);
    const auto& change = history[1].at("changes").as_array().at(0).as_object();
    EXPECT_EQ(text_at(change, "before"), "28 Nov 2026");
    EXPECT_EQ(text_at(change, "after"), "27 Nov 2026");

    EXPECT_EQ(engagements(), 1U);
    asker_.json_of({.method = "DELETE", .path = "/api/records/" + id, .body = R"({"reason":"wrong_record"})"}
    );
    EXPECT_EQ(engagements(), 0U);
    EXPECT_TRUE(asker_.get("/api/records/" + id).at("retracted").as_bool());
}

TEST_F(WritingTest, APreviewKeepsNothing) {
    std::string body = kMeeting;
    body.insert(body.size() - 1, R"(,"preview":true)");
    const auto shown =
        asker_.json_of({.method = "POST", .path = "/api/records/engagement", .body = body}).as_object();
    EXPECT_TRUE(shown.at("preview").as_bool());
    EXPECT_EQ(engagements(), 0U);
}

TEST_F(WritingTest, ARetryWithItsKeyAddsNothing) {
    const Asked asked{
        .method = "POST",
        .path = "/api/records/engagement",
        .body = kMeeting,
        .headers = {{"Idempotency-Key", "k1"}}};
    const auto first = asker_.json_of(asked, 201).as_object();
    const auto second = asker_.json_of(asked, 200).as_object();
    EXPECT_EQ(text_at(first, "id"), text_at(second, "id"));
    EXPECT_TRUE(second.at("repeated").as_bool());
    EXPECT_EQ(engagements(), 1U);
    auto other = asked;
    other.body =
        R"({"fields":{"category":"EXR","participations":["USA","CHN"],"held":"2026","citations":"unknown"}})";
    asker_.json_of(other, 409);
}

TEST_F(WritingTest, WhatIsWrongIsNamedAndNothingIsKept) {
    const auto refused = [&](const std::string& body, const std::string& field) {
        const auto found =
            asker_.json_of({.method = "POST", .path = "/api/records/engagement", .body = body}, 422)
                .as_object();
        EXPECT_EQ(text_at(found, "field"), field) << body << ": " << text_at(found, "detail");
    };
    refused(
        R"({"fields":{"category":"XYZ","participations":["USA","CHN"],"held":"2026","citations":"unknown"}})",
        "category"
    );
    refused(
        R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-02-30","citations":"unknown"}})",
        "held"
    );
    refused(R"({"fields":{"kategory":"DLG"}})", "kategory");
    refused(R"({"felds":{}})", "felds");
    refused(R"({"fields":{"held":[1]}})", "held");
    refused(R"({"fields":[]})", "fields");
    refused("[]", "body");
    EXPECT_EQ(engagements(), 0U);
    const auto broken =
        asker_.ask({.method = "POST", .path = "/api/records/engagement", .body = R"({"fields":)"});
    EXPECT_EQ(broken.status, 422U);
}

TEST_F(WritingTest, WhoListensIsToldThatEntriesCame) {
    api::Workspace work(node_.path(), TemporaryNode::stores(), domain::Schema::builtin());
    const auto stream = work.topics().subscribe({"news"}, "");
    work.look_for_news();
    work.look_for_news();
    stream->take();
    asker_.json_of({.method = "POST", .path = "/api/records/engagement", .body = kMeeting}, 201);
    work.look_for_news();
    const auto said = stream->take();
    EXPECT_NE(said.find("event: news"), std::string::npos) << said;
    EXPECT_NE(said.find("\"entries\":"), std::string::npos) << said;
}

}  // namespace
}  // namespace entente::tests
