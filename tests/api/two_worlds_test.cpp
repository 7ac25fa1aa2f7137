// A partner cannot tell a record that it may not see from one that is not there: every route answers the same bytes
// before and after such records came (TRUST.md P10).
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include <fmt/format.h>

#include "asked.h"
#include "leaky_index.h"

namespace entente::tests {
namespace {

struct Said {
    unsigned status;
    http::Fields headers;
    std::string body;
    friend bool operator==(const Said&, const Said&) = default;
};

/// A cursor is sealed anew each time it is given; all are as long.
Said without_cursors(const http::Response& response) {
    static const std::regex cursor("\"next\":\"([A-Za-z0-9_-]+)\"");
    std::smatch found;
    Said out{response.status, response.headers, response.body};
    if (std::regex_search(response.body, found, cursor)) {
        out.body =
            found.prefix().str() + fmt::format("\"next\":{}", found[1].length()) + found.suffix().str();
        std::erase_if(out.headers, [](const auto& header) { return header.first == "ETag"; });
    }
    return out;
}

std::string meeting(int day, const std::string& title, const std::string& to) {
    return fmt::format(
        R"({{"fields":{{"category":"DLG","participations":["USA","CHN"],"held":"2026-{:02}-{:02}","level":"working",)"
        R"("title":"{}","places":["{}"],"people":["General {}"],"citations":"unknown"}},"releasable_to":[{}]}})",
        1 + day / 28,
        1 + day % 28,
        title,
        to.empty() ? "Beijing city" : "Beijing",
        title,
        to.empty() ? "" : "\"" + to + "\""
    );
}

/// Questions by every route that can be asked on behalf of another nation.
std::vector<std::string> questions(const std::vector<std::string>& ids) {
    std::vector<std::string> out{
        "/api/relationships?on=2026-11-30",
        "/api/relationships?home=CHN&on=2026-11-30",
        "/api/relationships/USA/CHN?on=2026-11-30",
        "/api/relationships/USA/CHN/brief.pdf?on=2026-11-30",
        "/api/relationships/CHN/USA?on=2026-06-30",
        "/api/compare?home=CHN&with=USA,JPN&at=2026-11-30",
        "/api/records",
        "/api/records?type=engagement",
        "/api/records?type=engagement&limit=2",
        "/api/records?type=engagement&pair=USA,CHN",
        "/api/records?type=engagement&text=talks",
        "/api/records?type=engagement&text=hidden",
        "/api/records?text=hid*",
        "/api/records?type=engagement&where=level=working&sort=title",
        "/api/records?type=engagement&format=csv",
        "/api/records?type=engagement&format=ndjson",
        "/api/records?type=engagement,shock&since=2026-03-01",
        "/api/facets/engagement?fields=category,level,status",
        "/api/facets/engagement?fields=participations.actor&by=year",
        "/api/facets/shock?fields=kind",
        "/api/resolve?text=CHN",
        "/api/imports",
        "/api/imports?format=csv",
        "/api/search?q=hidden",
        "/api/search?q=talks",
        "/api/search?q=chn",
        "/api/search?q=@General",
        "/api/names/review",
        "/api/names/review?kind=place&least_score=0.1&format=csv",
        "/api/names/summary",
        "/api/names/cluster?text=Beijing&kind=place",
        "/api/names/cluster?text=Hidden place&kind=place",
        "/api/export",
        "/api/export?form=ndjson",
        "/api/calendar.ics",
        "/api/reconcile/fmtrpt/2009_2010",
        "/api/reconcile/fmtrpt/2009_2010/repairs",
        "/api/reconcile/fmtrpt"};
    for (const auto& id : ids)
        for (const auto* what : {"", "/history"}) out.push_back("/api/records/" + id + what);
    for (const auto& id : ids) out.push_back("/api/resolve?text=" + id.substr(0, 6));
    for (const auto& id : ids) out.push_back("/api/documents/" + id + "/file");
    for (const auto& route : api::all_routes())
        if (route.path.starts_with("/api/measures/")) {
            out.push_back(route.path + "?a=USA&b=CHN&at=2026-11-30");
            out.push_back(route.path + "?a=CHN&b=USA&at=2026-11-30&format=csv");
        }
    for (auto& path : out) path += path.find('?') == std::string::npos ? "?as=CHN" : "&as=CHN";
    return out;
}

class TwoWorldsTest : public testing::Test {
protected:
    TemporaryNode node_{false};
    Asker asker_{node_};

    std::string record(const std::string& type, const std::string& body) {
        return text_at(
            asker_.json_of({.method = "POST", .path = "/api/records/" + type, .body = body}, 201).as_object(),
            "id"
        );
    }
    std::map<std::string, Said> answers(const std::vector<std::string>& paths) {
        std::map<std::string, Said> out;
        for (const auto& path : paths) out.emplace(path, without_cursors(asker_.ask({.path = path})));
        return out;
    }
};

TEST_F(TwoWorldsTest, AreTheSameToTheLastByte) {
    std::vector<std::string> shown, hidden;
    for (int i = 0; i < 5; ++i) shown.push_back(record("engagement", meeting(20 * i, "Talks", "CHN")));
    // Ids of records that do not exist yet cannot be asked for beforehand: their form can.
    auto paths = questions(shown);
    const auto before = answers(paths);
    std::set<unsigned> statuses;
    for (const auto& [path, said] : before) statuses.insert(said.status);
    EXPECT_TRUE(statuses.contains(200U));
    const auto& list = before.at("/api/records?type=engagement&as=CHN");
    EXPECT_NE(list.body.find("\"total\":5"), std::string::npos)
        << "the partner sees what is released to it: " << list.body;

    for (int i = 0; i < 5; ++i)
        hidden.push_back(record("engagement", meeting(7 + 20 * i, "Hidden talks", "")));
    hidden.push_back(record(
        "shock",
        R"({"fields":{"kind":"incident","title":"Hidden incident","on":"2026-05-05","initiators":["CHN"],"targets":["USA"],"citations":"unknown"}})"
    ));
    const auto after = answers(paths);
    std::size_t compared = 0, different = 0;
    for (const auto& [path, said] : before) {
        ++compared;
        if (said == after.at(path)) continue;
        ++different;
        ADD_FAILURE() << path << "\n  before " << said.status << " " << said.body.substr(0, 600)
                      << "\n  after  " << after.at(path).status << " " << after.at(path).body.substr(0, 600);
    }
    RecordProperty("compared", static_cast<int>(compared));
    std::cout << compared << " requests compared, " << different << " differences\n";

    // What is there and hidden is answered like what is not there.
    for (const auto& id : hidden) {
        ASSERT_FALSE(id.empty());
        std::string other = id;
        other.replace(0, 8, "aaaaaaaa");
        for (const auto* what : {"", "/history"}) {
            const auto there = asker_.ask({.path = "/api/records/" + id + what + "?as=CHN"});
            const auto not_there = asker_.ask({.path = "/api/records/" + other + what + "?as=CHN"});
            EXPECT_EQ(there.status, 404U);
            const auto at = [](std::string body, const std::string& from) {
                for (auto place = body.find(from); place != std::string::npos; place = body.find(from))
                    body.replace(place, from.size(), "ID");
                return body.substr(
                    0, body.find("Nearest")
                );  // which names are near is told by what was typed
            };
            EXPECT_EQ(at(there.body, id), at(not_there.body, other));
        }
    }
    // Home sees all of them.
    EXPECT_EQ(asker_.get("/api/records?type=engagement").at("total").to_number<int>(), 10);
}

TEST(TwoWorlds, EveryRouteThatTheyMayAskIsAsked) {
    std::set<std::string> asked;
    for (const auto& path : questions({"abcdefgh"})) {
        const auto found = api::match(api::all_routes(), "GET", path.substr(0, path.find('?')));
        if (found.route) asked.insert(found.route->name);
    }
    for (const auto& route : api::all_routes())
        for (const auto& parameter : route.parameters)
            EXPECT_TRUE(parameter.name != "as" || asked.contains(route.name)) << route.name;
}

TEST_F(TwoWorldsTest, ALeakThatIsPlantedIsSeen) {
    auto stores = TemporaryNode::stores();
    stores.shared_index = [sound = stores.shared_index](const std::filesystem::path& file
                          ) -> Result<std::unique_ptr<ledger::RecordIndex>> {
        ENTENTE_ASSIGN_OR_RETURN(auto index, sound(file));
        return std::make_unique<LeakyIndex>(std::move(index));
    };
    Asker leaky(node_, {}, {.cost = {1, 8192}}, stores);
    const auto shown = record("engagement", meeting(1, "Talks", "CHN"));
    const auto paths = questions({shown});
    std::map<std::string, Said> before;
    for (const auto& path : paths) before.emplace(path, without_cursors(leaky.ask({.path = path})));
    record(
        "shock",
        R"({"fields":{"kind":"incident","title":"Hidden incident","on":"2026-05-05","initiators":["CHN"],"targets":["USA"],"citations":"unknown"}})"
    );
    std::set<std::string> seen;
    for (const auto& [path, said] : before)
        if (said != without_cursors(leaky.ask({.path = path}))) seen.insert(path);
    EXPECT_FALSE(seen.empty());
    std::cout << "a planted count is seen in " << seen.size() << " of " << paths.size() << " answers\n";
}

TEST_F(TwoWorldsTest, NeitherPlaceNorAuthorIsToldOfWhatIsShown) {
    const auto first = record("engagement", meeting(1, "Talks", "CHN"));
    for (int i = 0; i < 3; ++i) record("engagement", meeting(2 + i, "Hidden talks", ""));
    const auto second = record("engagement", meeting(9, "Talks", "CHN"));
    for (const auto& id : {first, second})
        for (const auto* what : {"?as=CHN", "/history?as=CHN"}) {
            const auto body = asker_.ask({.path = "/api/records/" + id + what}).body;
            for (const char* told : {"\"entry\"", "\"account\"", "\"author\"", "\"row\"", "releasable_to"})
                EXPECT_EQ(body.find(told), std::string::npos) << told << " in " << body;
        }
    const auto lines = asker_.ask({.path = "/api/records?type=engagement&format=ndjson&as=CHN"}).body;
    for (const char* told : {"\"entry\"", "\"by\"", "\"row\""})
        EXPECT_EQ(lines.find(told), std::string::npos) << lines;
}

TEST_F(TwoWorldsTest, WhatIsTakenBackIsWithdrawnAndSaysNoMore) {
    for (int i = 0; i < 3; ++i) record("engagement", meeting(10 * i, "Port visit", "CHN"));
    const auto id = record("engagement", meeting(5, "Secret talks", "CHN"));
    const auto page = asker_.get("/api/records?type=engagement&limit=1&as=CHN");
    ASSERT_EQ(page.at("total").to_number<int>(), 4);
    const auto change = [&](const std::string& body) {
        asker_.json_of({.method = "PATCH", .path = "/api/records/" + id, .body = body});
    };
    change(R"({"changes":{},"reason":"correction","releasable_to":["JPN"]})");
    const auto paths = questions({id});
    const auto before = answers(paths);
    const auto& gone = before.at("/api/records/" + id + "?as=CHN");
    EXPECT_EQ(gone.status, 200U);
    EXPECT_NE(gone.body.find("\"retracted\":true"), std::string::npos) << gone.body;
    const auto next = asker_.ask(
        {.path = "/api/records?type=engagement&limit=9&as=CHN&after=" + text_at(page.as_object(), "next")}
    );
    EXPECT_EQ(next.status, 200U) << next.body;
    EXPECT_EQ(next.body.find("Secret"), std::string::npos)
        << "an old cursor brings nothing back: " << next.body;
    for (const auto& [path, said] : before) EXPECT_EQ(said.body.find("Secret"), std::string::npos) << path;
    // What happens to it later is hidden as well.
    change(R"({"changes":{"title":["Other secret talks"]},"reason":"correction"})");
    change(R"({"changes":{"level":["minister"]},"reason":"correction"})");
    for (const auto& [path, said] : answers(paths)) EXPECT_EQ(said, before.at(path)) << path;
    EXPECT_EQ(asker_.get("/api/records?type=engagement&as=JPN").at("total").to_number<int>(), 1);
    // Nobody but home from now on; and released anew, it is there again, as its first revision.
    change(R"({"changes":{},"reason":"correction","releasable_to":[]})");
    EXPECT_EQ(asker_.get("/api/records?type=engagement&as=JPN").at("total").to_number<int>(), 0);
    EXPECT_TRUE(asker_.get("/api/records/" + id).at("releasable_to").as_array().empty());
    change(R"({"changes":{},"reason":"correction","releasable_to":["CHN"]})");
    const auto again = asker_.get("/api/records/" + id + "?as=CHN");
    EXPECT_EQ(text_at(again.as_object(), "title"), "Other secret talks");
    EXPECT_EQ(again.at("revision").to_number<int>(), 2) << "the first that it saw, and this one";
    EXPECT_EQ(asker_.get("/api/records/" + id).at("releasable_to").as_array().size(), 1U);
    // Home reads in the history to whom it was shown, and when that ended.
    std::string told;
    const auto history = asker_.get("/api/records/" + id + "/history");
    for (const auto& item : history.at("items").as_array())
        for (const auto& change : item.at("changes").as_array())
            if (text_at(change.as_object(), "field") == "releasable_to")
                told +=
                    text_at(change.as_object(), "before") + ">" + text_at(change.as_object(), "after") + " ";
    EXPECT_EQ(told, ">CHN CHN>JPN JPN> >CHN ");
}

TEST_F(TwoWorldsTest, ALinkToWhatIsHiddenIsNotThere) {
    const auto channel = record(
        "channel",
        R"({"fields":{"name":"Hidden hotline","kind":"hotline","parties":["USA","CHN"],"source_id":"HID","citations":"unknown"}})"
    );
    const auto source = record(
        "source",
        R"({"fields":{"key":"hidden-cable","title":"Hidden cable","citations":"unknown"},"releasable_to":[]})"
    );
    const auto meeting_with = [&](const std::string& more, const std::string& cited) {
        return R"({"fields":{"category":"DLG","participations":["USA","CHN"],"held":"2026-05-01","level":"working",)"
               R"("title":"Talks","citations":")" +
               cited + "\"" + more + R"(},"releasable_to":["CHN"]})";
    };
    const auto plain = record("engagement", meeting_with("", "unknown"));
    const auto linked = record("engagement", meeting_with(R"(,"channel":"HID")", "hidden-cable:p. 7"));
    for (const auto& path : questions({linked, plain})) {
        const auto said = asker_.ask({.path = path});
        for (const auto& told :
             {channel, source, std::string("HID\""), std::string("hidden-cable"), std::string("p. 7")})
            EXPECT_EQ(said.body.find(told), std::string::npos) << told << " in " << path << ": " << said.body;
    }
    for (const char* question :
         {"/api/facets/engagement?fields=channel&as=CHN",
          "/api/records?type=engagement&sort=channel&as=CHN"}) {
        const auto said = asker_.ask({.path = question});
        EXPECT_EQ(said.status, 200U) << said.body;
        EXPECT_EQ(said.body.find(channel), std::string::npos) << said.body;
    }
    EXPECT_EQ(asker_.ask({.path = "/api/records?type=engagement&where=channel=HID&as=CHN"}).status, 404U);
    EXPECT_NE(asker_.ask({.path = "/api/records/" + linked}).body.find(channel), std::string::npos)
        << "home sees it";
}

TEST_F(TwoWorldsTest, ATagIsOfTheAnswerAndNotOfTheRecord) {
    const auto id = record("engagement", meeting(1, "Talks", "CHN"));
    const auto home = header_of(asker_.ask({.path = "/api/records/" + id}), "ETag");
    const auto theirs =
        asker_.ask({.path = "/api/records/" + id + "?as=CHN", .headers = {{"If-None-Match", home}}});
    EXPECT_EQ(theirs.status, 200U);
    EXPECT_EQ(header_of(theirs, "Vary"), "Cookie");
    EXPECT_EQ(header_of(theirs, "ETag").find('.'), std::string::npos) << "nor does it name a revision";
    EXPECT_EQ(asker_.ask({.path = "/api/records/" + id, .headers = {{"If-None-Match", home}}}).status, 304U);
    EXPECT_EQ(asker_.ask({.path = "/api/records?as=ZZZ"}).status, 422U);
}

}  // namespace
}  // namespace entente::tests
