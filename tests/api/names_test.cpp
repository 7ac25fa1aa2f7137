// Names are reviewed, judged and parted again, by what a page sends.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "asked.h"

namespace entente::tests {
namespace {

class NamesTest : public testing::Test {
protected:
    TemporaryNode node_{false};
    Asker asker_{node_};

    void SetUp() override {
        line("Sergeants Academy", 2);
        line("Seargents Academy", 5);
        line("Legal Directorate, MOD", 9);
    }
    void line(const std::string& unit, int people) {
        asker_.json_of(
            {.method = "POST",
             .path = "/api/records/training_line",
             .body = fmt::format(
                 R"({{"fields":{{"course":"Seminar","recipient":"ALB","recipient_unit":"{}","people":"{}"}}}})",
                 unit,
                 people
             )},
            201
        );
    }
    json::object judge(const std::string& rest, unsigned status = 201) {
        return asker_
            .json_of(
                {.method = "POST",
                 .path = "/api/names/judgements",
                 .body = R"({"left":"Sergeants Academy","right":"Seargents Academy","nation":"ALB",)" + rest +
                         "}"},
                status
            )
            .as_object();
    }
    std::size_t members() {
        return asker_.get("/api/names/cluster?text=Seargents Academy&nation=ALB")
            .at("members")
            .as_array()
            .size();
    }
    std::size_t waiting() {
        return asker_.get("/api/names/review?nation=ALB").at("total").to_number<std::size_t>();
    }
};

TEST_F(NamesTest, AreReviewedJudgedAndPartedAgain) {
    const auto review = asker_.get("/api/names/review?nation=ALB").as_object();
    ASSERT_EQ(review.at("items").as_array().size(), 1U) << json::serialize(review);
    const auto& item = review.at("items").as_array()[0].as_object();
    // The one that matters less is listed: 2 of the 16 people, one record of three.
    EXPECT_EQ(text_at(item, "text"), "Sergeants Academy");
    EXPECT_EQ(item.at("people").to_number<int>(), 2);
    EXPECT_EQ(text_at(item.at("candidates").as_array().at(0).as_object(), "text"), "Seargents Academy");
    EXPECT_EQ(members(), 1U);

    const auto judged = judge(R"("verdict":"positive","kind":"organisation","note":"a slip of the pen")");
    EXPECT_EQ(judged.at("cluster").at("members").as_array().size(), 2U) << json::serialize(judged);
    EXPECT_TRUE(judged.at("not_on_record").as_array().empty());
    EXPECT_EQ(waiting(), 0U);
    EXPECT_EQ(members(), 2U);
    const auto cluster = asker_.get("/api/names/cluster?text=Sergeants Academy&nation=ALB").as_object();
    const auto& listed = cluster.at("judged").as_array().at(0).as_object();
    EXPECT_EQ(text_at(listed, "record"), text_at(judged, "id"));
    EXPECT_TRUE(listed.at("joins").as_bool());
    // The note is there to be read, and the record is one like any other.
    EXPECT_NE(
        asker_.ask({.path = "/api/records/" + text_at(judged, "id")}).body.find("a slip of the pen"),
        std::string::npos
    );

    asker_.json_of(
        {.method = "DELETE",
         .path = "/api/records/" + text_at(judged, "id"),
         .body = R"({"reason":"correction","remark":"two schools after all"})"}
    );
    EXPECT_EQ(members(), 1U);
    EXPECT_EQ(waiting(), 1U);

    judge(R"("verdict":"negative")");
    EXPECT_EQ(members(), 1U);
    EXPECT_EQ(waiting(), 0U) << "judged to be two things: nothing waits";
    // As it stood before, which the kept names must not have forgotten.
    const auto entries = asker_.get("/api/checkpoint").at("entries").to_number<std::uint64_t>();
    EXPECT_EQ(asker_.get(fmt::format("/api/names/review?nation=ALB&as_of={}", entries - 1)).at("total"), 1);
}

TEST_F(NamesTest, APreviewKeepsNothingAndARetryAddsNothing) {
    EXPECT_FALSE(judge(R"("verdict":"positive","preview":true)", 200).contains("id"));
    EXPECT_EQ(members(), 1U);
    const Asked asked{
        .method = "POST",
        .path = "/api/names/judgements",
        .body =
            R"({"left":"Sergeants Academy","right":"Seargents Academy","nation":"ALB","verdict":"unsure"})",
        .headers = {{"Idempotency-Key", "j1"}}};
    const auto first = asker_.json_of(asked, 201).as_object();
    const auto again = asker_.json_of(asked, 200).as_object();
    EXPECT_EQ(text_at(first, "id"), text_at(again, "id"));
    EXPECT_TRUE(again.at("repeated").as_bool());
    EXPECT_EQ(asker_.get("/api/records?type=judgement").at("total").to_number<int>(), 1);
}

TEST_F(NamesTest, ANameMayBeJudgedToMeanAnActor) {
    const auto judged =
        asker_
            .json_of(
                {.method = "POST",
                 .path = "/api/names/judgements",
                 .body =
                     R"({"left":"Legal Directorate, MOD","actor":"ALB","nation":"ALB","verdict":"positive"})"},
                201
            )
            .as_object();
    EXPECT_EQ(text_at(judged.at("cluster").as_object(), "names"), "Albania");
}

TEST_F(NamesTest, WhatIsWrongIsNamed) {
    const auto field = [&](const std::string& body, unsigned status) {
        const auto found =
            asker_.json_of({.method = "POST", .path = "/api/names/judgements", .body = body}, status);
        return text_at(found.as_object(), "field");
    };
    EXPECT_EQ(field(R"({"right":"b","verdict":"positive"})", 422), "left");
    EXPECT_EQ(field(R"({"left":"a","verdict":"positive"})", 422), "right");
    EXPECT_EQ(field(R"({"left":"a","right":"b","actor":"USA","verdict":"positive"})", 422), "right");
    EXPECT_EQ(field(R"({"left":"a","right":"b","verdict":"perhaps"})", 422), "verdict");
    EXPECT_EQ(field(R"({"left":"a","right":"b","verdict":"positive","kind":"ship"})", 422), "kind");
    EXPECT_EQ(field(R"({"left":"a","right":"b","verdict":"positive","nation":"Atlantis"})", 404), "nation");
    const auto refused = [&](const std::string& path, const std::string& named, unsigned status) {
        EXPECT_EQ(text_at(asker_.json_of({.path = path}, status).as_object(), "field"), named) << path;
    };
    refused("/api/names/review?least_score=2", "least_score", 422);
    refused("/api/names/review?page=0", "page", 422);
    refused("/api/names/review?limit=501", "limit", 422);
    refused("/api/names/review?kind=ship", "kind", 422);
    refused("/api/names/cluster", "text", 422);
    refused("/api/names/cluster?text=Seargants&nation=ALB", "text", 404);
    EXPECT_EQ(asker_.get("/api/names/review?nation=ALB&page=9").at("items").as_array().size(), 0U);
}

}  // namespace
}  // namespace entente::tests
