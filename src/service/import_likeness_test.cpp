// Rows of a corrected edition that nothing but their place tells apart: told by what they say.
#include "service/import_likeness.h"

#include <gtest/gtest.h>

#include <deque>

#include <fmt/format.h>

namespace entente::service {
namespace {

/// A table of rows `partner date title place`; `?` is what could not be read.
class Table {
public:
    Table& row(
        const std::string& place,
        const std::string& partner,
        const std::string& held,
        const std::string& title = "Visit",
        const std::string& where = "Paris"
    ) {
        domain::Content content{{"category", "KLE"}, {"status", "completed"}};
        content["source_id"] = place;
        bool partial = false;
        for (const auto& [name, value] :
             {std::pair("held", &held), std::pair("title", &title), std::pair("places", &where)})
            if (*value == "?")
                partial = true;
            else
                content[name] = *value;
        json::array parties{json::object{{"actor", "USA"}}};
        if (partner == "?")
            partial = true;
        else
            parties.push_back(json::object{{"actor", partner}});
        content["participations"] = std::move(parties);
        contents_.push_back(std::move(content));
        rows_.push_back({place, &contents_.back(), partial});
        return *this;
    }
    const std::vector<PlacedRow>& rows() const { return rows_; }

private:
    std::deque<domain::Content> contents_;
    std::vector<PlacedRow> rows_;
};

// `2=2 3~4 5+ 6?`: row 2 is the earlier 2, 3 is 4 and changed, 5 is new, 6 may be several.
std::string matches(const Table& earlier, const Table& now) {
    std::string out;
    const auto found = match_by_likeness(earlier.rows(), now.rows());
    for (std::size_t j = 0; j < found.rows.size(); ++j) {
        const auto& row = found.rows[j];
        out += (out.empty() ? "" : " ") + now.rows()[j].place;
        if (row.earlier)
            out += (row.same ? "=" : "~") + earlier.rows()[*row.earlier].place;
        else
            out += row.ambiguous ? "?" : "+";
    }
    for (const auto i : found.perhaps) out += " perhaps " + earlier.rows()[i].place;
    return out;
}

TEST(Likeness, ARowThatMovedIsTheSameRow) {
    Table before, after;
    before.row("2", "FRA", "2024-01").row("3", "ITA", "2024-02").row("4", "ITA", "2024-02");
    after.row("2", "ESP", "2023-12", "Talks", "Madrid").row("3", "FRA", "2024-01");
    after.row("4", "ITA", "2024-02").row("5", "ITA", "2024-02");
    EXPECT_EQ(matches(before, after), "2+ 3=2 4=4 5=3")
        << "of two equal rows the one that did not move is itself";
}

TEST(Likeness, ACorrectedDateIsOneChange) {
    Table before, after;
    before.row("2", "FRA", "2024-01").row("3", "FRA", "2024-05", "Talks").row("4", "ITA", "2024-02");
    after.row("2", "ESP", "2023-12").row("3", "FRA", "2024-03").row("4", "FRA", "2024-05", "Talks");
    after.row("5", "ITA", "2024-02");
    EXPECT_EQ(matches(before, after), "2+ 3~2 4=3 5=4");
}

TEST(Likeness, TheMostAlikeIsTakenAndFewFieldsInCommonAreNone) {
    Table before, after;
    before.row("2", "FRA", "2024-01", "Visit", "Paris").row("3", "FRA", "2024-05", "Talks", "Brest");
    after.row("2", "DEU", "2024-09").row("3", "FRA", "2024-06", "Talks", "Brest");
    after.row("4", "FRA", "2024-01", "Visit", "Lyon").row("5", "ITA", "2024-01", "Dinner", "Rome");
    EXPECT_EQ(matches(before, after), "2+ 3~3 4~2 5+");
}

TEST(Likeness, ACorrectedPartnerIsOneChangeWhenAllElseIsTheSame) {
    Table before, after;
    before.row("2", "FRA", "2024-01").row("3", "ITA", "2024-02");
    after.row("2", "DEU", "2024-01").row("3", "DEU", "2024-03");
    EXPECT_EQ(matches(before, after), "2~2 3+") << "the second differs in partner and date";
}

TEST(Likeness, SeveralAsLikeAreNotTakenUnlessNothingMoved) {
    Table before, after, moved;
    before.row("2", "ITA", "2024-01").row("3", "FRA", "2024-02").row("4", "FRA", "2024-03");
    before.row("5", "ESP", "2024-04");
    after.row("2", "ITA", "2024-01").row("3", "FRA", "2024-06").row("4", "FRA", "2024-07");
    after.row("5", "ESP", "2024-04");
    EXPECT_EQ(matches(before, after), "2=2 3~3 4~4 5=5") << "between rows that stand where they stood";
    moved.row("2", "DEU", "2023-01", "Talks").row("3", "ITA", "2024-01").row("4", "FRA", "2024-06");
    moved.row("5", "FRA", "2024-07").row("6", "ESP", "2024-04");
    EXPECT_EQ(matches(before, moved), "2+ 3=2 4? 5? 6=5");
}

TEST(Likeness, ARowTakenOutInFrontOfChangedOnesIsNotTakenForThem) {
    Table before, after;
    before.row("2", "ITA", "2024-01").row("3", "FRA", "2024-02").row("4", "FRA", "2024-03");
    before.row("5", "FRA", "2024-04");
    after.row("2", "ITA", "2024-01").row("3", "FRA", "2024-06").row("4", "FRA", "2024-07");
    EXPECT_EQ(matches(before, after), "2=2 3? 4?");
}

TEST(Likeness, ARowReadInPartIsToldByTheRest) {
    Table before, after;
    before.row("2", "FRA", "2024-01")
        .row("3", "ITA", "2024-02", "Talks")
        .row("4", "ESP", "2024-03", "Dinner");
    after.row("2", "DEU", "2024-09", "Ball", "Bonn").row("3", "FRA", "?").row("4", "?", "2024-02", "Talks");
    after.row("5", "ESP", "2024-03", "Dinner");
    EXPECT_EQ(matches(before, after), "2+ 3~2 4~3 5=4");
}

TEST(Likeness, ARowOfWhichNothingCanBeReadIsToldByItsPlaceWhenNothingMoved) {
    Table before, after, moved;
    before.row("2", "FRA", "2024-01").row("3", "ITA", "2024-02").row("4", "POL", "2024-02");
    before.row("5", "ESP", "2024-03");
    after.row("2", "FRA", "2024-01").row("3", "?", "?", "?", "?").row("4", "POL", "2024-04", "Talks", "Bonn");
    after.row("5", "ESP", "2024-03");
    EXPECT_EQ(matches(before, after), "2=2 3~3 4+ 5=5");
    moved.row("3", "FRA", "2024-01").row("4", "?", "?", "?", "?").row("5", "ESP", "2024-03");
    EXPECT_EQ(matches(before, moved), "3=2 4+ 5=5");
}

TEST(Likeness, ARowReadInPartMayBeEitherOfTwo) {
    Table before, after;
    before.row("2", "FRA", "2024-01").row("3", "ITA", "2024-02").row("4", "ITA", "2024-03");
    before.row("5", "ITA", "2024-04", "Talks");
    after.row("3", "FRA", "2024-01").row("4", "ITA", "?");
    EXPECT_EQ(matches(before, after), "3=2 4? perhaps 3 perhaps 4");
}

// The rule again, written down naively: among rows that changed, a pair is taken when no other pair of either
// row has as many fields in common.
TEST(Likeness, AgreesWithTheRuleWrittenDownNaively) {
    std::uint32_t seed = 7;
    const auto draw = [&](std::uint32_t below) {
        seed = seed * 1664525U + 1013904223U;
        return (seed >> 16) % below;
    };
    for (int round = 0; round < 200; ++round) {
        Table before, after;
        const auto fill = [&](Table& table, const char* prefix) {
            for (std::uint32_t i = 0; i < 5; ++i)
                table.row(
                    fmt::format("{}{}", prefix, i),  // no place is the same
                    draw(2) ? "FRA" : "ITA",
                    fmt::format("2024-{:02}", 1 + draw(3)),
                    draw(2) ? "Visit" : "Talks",
                    draw(2) ? "Paris" : "Rome"
                );
        };
        fill(before, "b"), fill(after, "a");
        const auto found = match_by_likeness(before.rows(), after.rows());
        std::vector<bool> used(5), blocked(5);
        std::vector<int> of(5, -1);
        std::vector<bool> unclear(5);
        const auto common = [&](std::size_t i, std::size_t j) {
            int same = 0;
            for (const char* field : {"category", "status", "held", "title", "places", "participations"})
                same += before.rows()[i].content->at(field) == after.rows()[j].content->at(field);
            const bool parties = before.rows()[i].content->at("participations") ==
                                 after.rows()[j].content->at("participations");
            return same == 6 || same == 5 || (parties && same >= 4) ? same : 0;
        };
        for (std::size_t j = 0; j < 5; ++j)
            for (std::size_t i = 0; i < 5 && of[j] < 0; ++i)
                if (!used[i] && common(i, j) == 6) of[j] = static_cast<int>(i), used[i] = true;
        for (int level = 5; level >= 4; --level) {
            std::vector<std::pair<std::size_t, std::size_t>> pairs;
            for (std::size_t i = 0; i < 5; ++i)
                for (std::size_t j = 0; j < 5; ++j)
                    if (!used[i] && !blocked[i] && of[j] < 0 && !unclear[j] && common(i, j) == level)
                        pairs.emplace_back(i, j);
            for (const auto& [i, j] : pairs) {
                const auto others = std::count_if(pairs.begin(), pairs.end(), [&](const auto& pair) {
                    return pair.first == i || pair.second == j;
                });
                if (others == 1)
                    of[j] = static_cast<int>(i), used[i] = true;
                else
                    blocked[i] = true, unclear[j] = true;
            }
        }
        for (std::size_t j = 0; j < 5; ++j) {
            EXPECT_EQ(found.rows[j].earlier ? static_cast<int>(*found.rows[j].earlier) : -1, of[j])
                << round << " " << j;
            EXPECT_EQ(found.rows[j].ambiguous, unclear[j]) << round << " " << j;
        }
    }
}

}  // namespace
}  // namespace entente::service
