// A few words find ties, records and dates, and nothing that one may not see.
#include <gtest/gtest.h>

#include <algorithm>

#include <boost/json/serialize.hpp>

#include "asked.h"

namespace entente::tests {
namespace {

class SearchTest : public testing::Test {
protected:
    static void SetUpTestSuite() { node() = std::make_unique<TemporaryNode>(true); }
    static void TearDownTestSuite() { node().reset(); }
    static std::unique_ptr<TemporaryNode>& node() {
        static std::unique_ptr<TemporaryNode> made;
        return made;
    }
    Asker asker_{*node()};

    json::array group(const std::string& rest, const std::string& kind) {
        const auto found = asker_.get("/api/search?q=" + rest).as_object();
        for (const auto& one : found.at("groups").as_array())
            if (text_at(one.as_object(), "kind") == kind) return one.at("items").as_array();
        return {};
    }
    std::string first(const std::string& rest, const std::string& kind) {
        const auto items = group(rest, kind);
        return items.empty() ? "" : text_at(items[0].as_object(), "href");
    }
};

TEST_F(SearchTest, ANameIsATieOfHome) {
    EXPECT_EQ(first("china", "tie"), "/r/USA/CHN");
    EXPECT_EQ(first("CHN", "tie"), "/r/USA/CHN");
    EXPECT_EQ(first("ch", "tie"), "/r/USA/CHE") << "codes that begin so, in their order";
    EXPECT_EQ(first("china&home=FRA", "tie"), "/r/FRA/CHN");
    EXPECT_EQ(first("usa chn", "tie"), "/r/USA/CHN");
    EXPECT_EQ(first("jpn-china", "tie"), "/r/JPN/CHN");
    EXPECT_EQ(first("chn 2022", "tie"), "/r/USA/CHN?span=2022-01-01,2022-12-31");
    EXPECT_EQ(first("usa chn 2022-2024", "tie"), "/r/USA/CHN?span=2022-01-01,2024-12-31");
    EXPECT_EQ(first("cote", "tie"), "/r/USA/CIV") << "marks do not matter";
    EXPECT_EQ(first("chine&actor=CHN", "tie"), "/r/USA/CHN") << "the words of another language";
    EXPECT_TRUE(group("usa", "tie").empty()) << "home has no tie with itself";
}

TEST_F(SearchTest, RecordsAreFoundByNameAndByWords) {
    EXPECT_EQ(
        first("c0304", "record"), "/records/" + text_at(asker_.get("/api/records/c0304").as_object(), "id")
    );
    const auto held = asker_.get(
        "/api/records?type=engagement,disruption,channel,agreement,document,source,shock"
        "&text=maritim*&limit=10"
    );
    const auto found = asker_.get("/api/search?q=maritim").as_object();
    const auto& groups = found.at("groups").as_array();
    ASSERT_FALSE(groups.empty()) << json::serialize(found);
    EXPECT_EQ(groups.back().at("total"), held.at("total"));
    EXPECT_EQ(
        text_at(groups.back().at("items").as_array()[0].as_object(), "id"),
        text_at(held.at("items").as_array()[0].as_object(), "id")
    );
    EXPECT_EQ(group("maritim&limit=3", "record").size(), 3U);
    EXPECT_TRUE(group("#china", "tie").empty());
}

TEST_F(SearchTest, DatesArePlacesToo) {
    EXPECT_EQ(first("2024-05-31", "date"), "/?on=2024-05-31");
    EXPECT_EQ(first("2024-05", "date"), "/engagements?since=2024-05-01&until=2024-05-31");
    EXPECT_EQ(first("2024", "date"), "/engagements?since=2024-01-01&until=2024-12-31");
    EXPECT_EQ(first("31 mai 2024&day=2024-05-31", "date"), "/?on=2024-05-31");
    EXPECT_TRUE(group("2999-01-01", "date").empty()) << "nothing is known of days ahead";
    EXPECT_TRUE(group("2024-02-30", "date").empty());
}

TEST_F(SearchTest, WhatANationMayNotSeeIsNotFound) {
    EXPECT_FALSE(group("maritim", "record").empty());
    const auto theirs = asker_.get("/api/records?text=maritim*&as=CHN").at("total").to_number<std::size_t>();
    EXPECT_EQ(group("maritim&as=CHN", "record").size(), std::min<std::size_t>(theirs, 10));
    EXPECT_LT(theirs, asker_.get("/api/records?text=maritim*").at("total").to_number<std::size_t>());
    EXPECT_TRUE(asker_.get("/api/search?q=maritim&as=CHN").at("as_of").is_null());
}

}  // namespace
}  // namespace entente::tests
