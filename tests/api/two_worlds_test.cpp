// A partner cannot tell a record that it may not see from one that is not there: every route answers the same bytes
// before and after such records came (TRUST.md P10).
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include <fmt/format.h>

#include "asked.h"

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
        R"("title":"{}","citations":"unknown"}},"releasable_to":[{}]}})",
        1 + day / 28,
        1 + day % 28,
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
        "/api/calendar.ics",
        "/api/reconcile/fmtrpt"};
    for (const auto& id : ids)
        for (const auto* what : {"", "/history"}) out.push_back("/api/records/" + id + what);
    for (const auto& id : ids) out.push_back("/api/resolve?text=" + id.substr(0, 6));
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

TEST_F(TwoWorldsTest, ALeakThatIsPlantedIsSeen) {
    record("engagement", meeting(1, "Talks", "CHN"));
    // An unfiltered count: the same question, asked at home.
    const std::string path = "/api/facets/engagement?fields=category";
    const auto before = without_cursors(asker_.ask({.path = path}));
    record("engagement", meeting(2, "Hidden talks", ""));
    EXPECT_NE(before, without_cursors(asker_.ask({.path = path})));
}

}  // namespace
}  // namespace entente::tests
