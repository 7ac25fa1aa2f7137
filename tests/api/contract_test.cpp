// What the contract says of answers holds of the answers, and the contract is whole.
#include <gtest/gtest.h>

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/contract.h"
#include "asked.h"
#include "base/files.h"
#include "measures/register.h"
#include "schema_check.h"

namespace entente::tests {
namespace {

/// One question for every route that reads.
const std::vector<std::pair<std::string, std::string>>& questions() {
    static const auto all = [] {
        std::vector<std::pair<std::string, std::string>> out{
            {"showSession", "/api/session"},
            {"listRelationships", "/api/relationships?on=2024-01-31"},
            {"showRelationship", "/api/relationships/USA/CHN?on=2026-05-31"},
            {"showRelationship", "/api/relationships/USA/DEU?on=2016-09-30"},
            {"listMeasures", "/api/measures"},
            {"compareTies", "/api/compare?home=USA&with=CHN,IDN&at=2012-06-30"},
            {"listRecords", "/api/records?type=engagement&pair=USA,CHN&limit=3"},
            {"listRecords", "/api/records?text=maritime"},
            {"listRecords", "/api/records?type=engagement&as=CHN"},
            {"countFacets", "/api/facets/engagement?fields=category,level&top=3"},
            {"countFacets", "/api/facets/engagement?fields=participations.actor&by=year&top=5"},
            {"resolveName", "/api/resolve?text=CHN&types=actor"},
            {"search", "/api/search?q=china"},
            {"search", "/api/search?q=usa chn 2022-2023"},
            {"search", "/api/search?q=2024-05"},
            {"search", "/api/search?q=%22maritime"},
            {"health", "/healthz"},
            {"showRecord", "/api/records/c0304"},
            {"showHistory", "/api/records/c0304/history"},
            {"proveRecord", "/api/records/c0304/proof"},
            {"reviewNames", "/api/names/review?limit=3"},
            {"reviewNames", "/api/names/review?kind=person&least_score=0.9&page=2"},
            {"summariseNames", "/api/names/summary"},
            {"showCluster", "/api/names/cluster?text=Tel Aviv&kind=place"},
            {"showCheckpoint", "/api/checkpoint"},
            {"listChanges", "/api/changes"},
            {"listImports", "/api/imports"},
            {"listTasks", "/api/tasks"},
            {"reconcileReports", "/api/reconcile/fmtrpt"},
            {"showParameters", "/api/parameters"},
            {"showParameters", "/api/parameters?rules=1"},
            {"listAccounts", "/api/accounts"},
            {"listOwnSessions", "/api/account/sessions"},
            {"showAccessLog", "/api/access-log?limit=3"},
            {"checkAccessLog", "/api/access-log/check"},
            {"listRepairs", "/api/reconcile/fmtrpt/2009_2010/repairs"},
            {"showSchema", "/api/schema"},
            {"showCodes", "/api/codes/engagement_category"}};
        for (const auto& route : api::all_routes())
            if (route.path.starts_with("/api/measures/"))
                out.emplace_back(route.name, route.path + "?a=USA&b=CHN&at=2024-01-31");
        return out;
    }();
    return all;
}

class ContractTest : public testing::Test {
protected:
    static void SetUpTestSuite() { node() = std::make_unique<TemporaryNode>(true); }
    static void TearDownTestSuite() { node().reset(); }
    static std::unique_ptr<TemporaryNode>& node() {
        static std::unique_ptr<TemporaryNode> made;
        return made;
    }
};

const api::Route& route_of(const std::string& name) {
    for (const auto& route : api::all_routes())
        if (route.name == name) return route;
    throw std::runtime_error("no route " + name);
}

TEST_F(ContractTest, EveryAnswerIsWhatItSays) {
    Asker asker(*node());
    const auto schemas = parse_json(api::schemas_text())->as_object();
    for (const auto& [name, path] : questions()) {
        const auto& route = route_of(name);
        const auto found = faults(asker.get(path), schemas.at(route.reply).as_object(), schemas);
        EXPECT_TRUE(found.empty()) << path << "\n  "
                                   << fmt::format("{}", fmt::join(found, "\n  ")).substr(0, 2000);
    }
    const auto problem = asker.json_of({.path = "/api/records/nothing-of-that-name"}, 404);
    EXPECT_TRUE(faults(problem, schemas.at("Problem").as_object(), schemas).empty());
}

TEST_F(ContractTest, EveryRouteThatReadsJsonIsAsked) {
    std::set<std::string> asked{"showTask", "reconcileProgrammes"};  // in import_test
    for (const auto& [name, path] : questions()) asked.insert(name);
    for (const auto& route : api::all_routes())
        EXPECT_TRUE(route.unsafe() || route.reply.empty() || asked.contains(route.name)) << route.name;
}

TEST_F(ContractTest, OtherFormsAreWhatTheySay) {
    Asker asker(*node());
    const auto starts = [&](const std::string& path, const std::string& type, const std::string& magic) {
        const auto response = asker.ask({.path = path});
        EXPECT_EQ(response.status, 200U) << path;
        EXPECT_TRUE(header_of(response, "Content-Type").starts_with(type)) << path;
        EXPECT_TRUE(response.body.starts_with(magic)) << path << ": " << response.body.substr(0, 60);
        return response.body;
    };
    const auto csv = starts("/api/records?type=channel&format=csv", "text/csv", "id,");
    const auto total = asker.get("/api/records?type=channel&limit=1").at("total").to_number<std::size_t>();
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(csv, '\n')), total + 1)
        << "a line each, and the heading";
    const auto lines = starts("/api/records?type=channel&format=ndjson", "application/x-ndjson", "{");
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(lines, '\n')), total);
    starts("/api/records?type=channel&format=xlsx", "application/vnd.openxml", "PK");
    starts("/api/names/review?limit=2&format=csv", "text/csv", "kind,nation,mention,");
    starts("/api/names/review?limit=2&format=xlsx", "application/vnd.openxml", "PK");
    starts("/api/imports?format=csv", "text/csv", "entry,");
    starts("/api/access-log?format=ndjson", "application/x-ndjson", "{\"number\":");
    starts("/api/export", "application/zip", "PK");
    starts("/api/relationships/USA/CHN/brief.pdf?on=2026-05-31", "application/pdf", "%PDF-");
    starts("/api/measures/strength?a=USA&b=CHN&format=svg", "image/svg+xml", "<?xml");
    starts("/api/measures/strength?a=USA&b=CHN&format=csv", "text/csv", "table,row,");
}

TEST_F(ContractTest, AListIsWholeAcrossItsPages) {
    Asker asker(*node());
    std::set<std::string> seen;
    std::size_t total = 0, pages = 0;
    for (std::string after; pages < 40; ++pages) {
        const auto page = asker.get("/api/records?type=shock&sort=kind&limit=7" + after).as_object();
        total = page.at("total").to_number<std::size_t>();
        for (const auto& item : page.at("items").as_array())
            seen.insert(std::string(item.at("id").as_string()));
        if (page.at("next").is_null()) break;
        after = "&after=" + std::string(page.at("next").as_string());
    }
    EXPECT_EQ(seen.size(), total);
    EXPECT_EQ(pages + 1, (total + 6) / 7);
}

TEST_F(ContractTest, WhatDidNotChangeIsNotSentAgain) {
    Asker asker(*node());
    for (const char* path : {"/api/records/c0304", "/api/relationships?on=2024-01-31", "/api/schema"}) {
        const auto first = asker.ask({.path = path});
        const auto tag = header_of(first, "ETag");
        ASSERT_FALSE(tag.empty()) << path;
        const auto again = asker.ask({.path = path, .headers = {{"If-None-Match", tag}}});
        EXPECT_EQ(again.status, 304U) << path;
        EXPECT_TRUE(again.body.empty());
        EXPECT_EQ(asker.ask({.path = path, .headers = {{"If-None-Match", "\"other\""}}}).status, 200U);
    }
}

TEST(Contract, FileIsWhatTheRoutesSay) {
    EXPECT_EQ(
        read_file("api/openapi.json").value_or(""),
        pretty_json(api::contract(api::all_routes(), domain::Schema::builtin())) + "\n"
    ) << "renew it: build/dev/bin/entente reference api > api/openapi.json";
    EXPECT_EQ(read_file("docs/reference/roles.md").value_or(""), api::role_table(api::all_routes()))
        << "renew it: build/dev/bin/entente reference roles > docs/reference/roles.md";
}

TEST(Contract, EverySchemaThatIsNamedIsThereAndUsed) {
    const auto schemas = parse_json(api::schemas_text())->as_object();
    std::set<std::string> named{"Problem"};
    for (const auto& route : api::all_routes())
        for (const auto& name : {route.reply, route.body})
            if (!name.empty()) {
                EXPECT_TRUE(schemas.contains(name)) << route.name << " names " << name;
                named.insert(name);
            }
    const std::string text(api::schemas_text());
    for (const auto& member : schemas) {
        const std::string name(member.key());
        EXPECT_TRUE(named.contains(name) || text.find("schemas/" + name + "\"") != std::string::npos)
            << name << " is used by nothing";
    }
}

}  // namespace
}  // namespace entente::tests
