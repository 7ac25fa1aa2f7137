#include "ingest/contacts/tallies.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "domain/declaration.h"
#include "ingest/actor_table.h"
#include "ingest/contacts/contacts.h"
#include "ingest/contacts/mapping.h"

namespace entente::ingest::contacts {
namespace {

SourceFile file(const char* name, std::size_t number, const std::string& text) {
    return {name, number, text.size(), sha256(text), *parse_csv(text)};
}

Folder folder(const char* name, const std::string& text) {
    Folder out;
    out.files.push_back(file(
        "sources.csv",
        1,
        "source_key,title,publisher,date,url,licence\nfmtrpt,Reports,,,,\nmme-7,List,,,,\ndcad-1,List,,,,"
        "\natop-5-1,"
        "List,,,,\noh-visits,List,,,,\n"
    ));
    out.files.push_back(file(name, 2, text));
    return out;
}

Result<std::optional<Existing>> actors_only(const std::string& type, const std::string& handle) {
    const auto actor = type == "actor" ? find_actor(handle) : std::nullopt;
    if (!actor) return std::optional<Existing>{};
    std::string id = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    for (std::size_t i = 0; i < handle.size(); ++i) id[i] = static_cast<char>('a' + (handle[i] | 32) % 26);
    return Existing{id, {}};
}

Plan plan(const char* name, const std::string& text) {
    auto made = make_plan(folder(name, text), {}, actors_only, "{}");
    EXPECT_TRUE(made) << made.error().message;
    return *std::move(made);
}

std::vector<domain::Content> tallies(const Plan& plan) {
    std::vector<domain::Content> out;
    for (const auto& record : plan.records)
        if (record.draft.type == "tally") out.push_back(record.content);
    return out;
}

constexpr const char* kTraining =
    "deliverer,recipient,fiscal_year,programme,school_families,activities,people,people_missing,cost_usd,"
    "cost_missing\n";

TEST(Tallies, RowsOfAPartnerAndYearAreOneRecord) {
    const auto made = plan(
        "training.csv",
        std::string(kTraining) +
            "USA,COL,2015,IMET-1,whinsec;dli_english,3,5,1,100.5,\nUSA,COL,2015,,,1,,1,,1\nUSA,COL,2016,FMF,,"
            "1,0,,0,\n"
    );
    EXPECT_TRUE(made.set_aside.empty());
    const auto found = tallies(made);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(text_at(found[0], "source_id"), "training-COL-2015");
    EXPECT_EQ(
        boost::json::serialize(found[0].at("period")),
        R"({"from":"2014-10-01","precision":"range","to":"2015-09-30"})"
    );
    EXPECT_EQ(
        boost::json::serialize(found[0].at("parts")),
        R"([{"programme":"IMET-1","school_families":["whinsec","dli_english"],"number":3,"people":5,"people_missing":1,)"
        R"("cost":{"amount":"100.5","currency":"USD"}},{"programme":{"none":"unknown"},"number":1,)"
        R"("people":{"none":"unknown"},"people_missing":1,"cost":{"none":"unknown"},"cost_missing":1}])"
    );
    EXPECT_EQ(boost::json::serialize(found[1].at("parts").as_array()[0].at("people")), "0")
        << "zero is a value";
}

TEST(Tallies, ARowAtFaultSetsItsWholeRecordAside) {
    const auto made = plan(
        "training.csv",
        std::string(kTraining) +
            "USA,COL,2015,IMET-1,,3,5,,1,\nUSA,COL,2015,FMF,no_such_school,1,1,,1,\nUSA,PER,2015,FMF,,one,1,,"
            "1,\n"
            "USA,CHL,2015,FMF,,1,1,,1,\n"
    );
    EXPECT_EQ(tallies(made).size(), 1U);
    ASSERT_EQ(made.set_aside.size(), 3U);
    EXPECT_EQ(made.set_aside[0].field, "parts.school_families");
    EXPECT_EQ(made.set_aside[2].field, "activities");
    for (const auto& report : made.files)
        EXPECT_EQ(report.seen, report.added + report.changed + report.already_on_record + report.set_aside)
            << report.file;
}

TEST(Tallies, TheSameRecipientAndYearApartIsASecondTime) {
    const auto made = plan(
        "training.csv",
        std::string(kTraining) + "USA,COL,2015,A,,1,1,,1,\nUSA,PER,2015,A,,1,1,,1,\nUSA,COL,2015,B,,1,1,,1,\n"
    );
    EXPECT_EQ(tallies(made).size(), 2U);
    ASSERT_EQ(made.set_aside.size(), 1U);
    EXPECT_NE(made.set_aside[0].reason.find("a second time"), std::string::npos);
}

TEST(Tallies, PairsAndSpans) {
    const auto exercises = tallies(
        plan("exercises.csv", "a,b,source,year,exercises\nCOL,USA,mme-7,1981,2\nCOL,USA,mme-7,1983,1\n")
    );
    ASSERT_EQ(exercises.size(), 1U);
    EXPECT_EQ(exercises[0].at("parts").as_array().size(), 2U);
    const auto alliances = tallies(plan(
        "alliances_in_force.csv",
        "a,b,first_year,last_year,treaties,obligations\nCOL,USA,1948,2018,1,defence;consultation\n"
    ));
    ASSERT_EQ(alliances.size(), 1U);
    EXPECT_EQ(
        boost::json::serialize(alliances[0].at("parts").as_array()[0].at("obligations")),
        R"(["defence","consultation"])"
    );
}

TEST(Tallies, AVisitIsAnEngagementThatNobodyCounts) {
    const auto made = plan(
        "political_visits.csv",
        "id,first_day,last_day,visitor,host,office,place,source\nusv1,1991-01-01,,COL,USA,Prime "
        "Minister,,oh-visits\n"
        "usv2,1992-01-01,1992-01-03,COL,USA,Jester,,oh-visits\n"
    );
    ASSERT_EQ(made.set_aside.size(), 1U);
    EXPECT_EQ(made.set_aside[0].field, "office");
    const auto& visit = made.records.back().content;
    EXPECT_EQ(text_at(visit, "category"), "POL");
    EXPECT_EQ(text_at(visit, "subcategory"), "head_of_government_visit");
    EXPECT_EQ(boost::json::serialize(visit.at("places")), R"({"none":"unknown"})");
    EXPECT_TRUE(made.records.back().draft.sealed.empty()) << "no name, no free text";
}

TEST(Tallies, EveryRuleNamesACodeThatThereIs) {
    const auto& schema = domain::Schema::builtin();
    for (const auto& row : mapping("school_families.csv"))
        EXPECT_NE(schema.list("school_family")->find(row.at("family")), nullptr) << row.at("family");
    EXPECT_EQ(mapping("school_families.csv").size(), schema.list("school_family")->codes.size());
    for (const auto& row : mapping("office_map.csv")) {
        const auto* code = schema.list("engagement_subcategory")->find(row.at("subcategory"));
        ASSERT_NE(code, nullptr) << row.at("office");
        EXPECT_EQ(code->attributes.at("parent"), "POL");
    }
}

}  // namespace
}  // namespace entente::ingest::contacts
