#include "measures/tie/strengths.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "domain/declaration.h"
#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::coverage;
using test::day;
using test::engagement;

/// A tie in memory.
struct Tie {
    std::vector<Engagement> engagements;
    std::vector<Agreement> agreements;
    std::vector<Tally> tallies;
    std::vector<Coverage> statements;

    TieFacts facts() const { return {test::kPair, engagements, agreements, tallies, {}, statements, false}; }
    Strength on(const char* at) const { return on(day(at)); }
    Strength on(Day at) const {
        const auto& parameters = builtin_parameters();
        masses = weigh(facts(), parameters, at);
        return strength(facts(), masses, *drawn(parameters), at);
    }
    mutable Masses masses;
};

Tie covered(const char* covers = "1990..2030") {
    Tie tie;
    tie.statements.push_back(coverage("v1", "census", {"usa", "chn"}, covers));
    return tie;
}

double part(const Strength& found, std::string_view strand) {
    return found.strands[builtin_parameters().strand(strand)].stock;
}

TEST(Parameters, OfTheProductAreThoseOfTheContract) {
    const auto& parameters = builtin_parameters();
    ASSERT_EQ(parameters.strands.size(), 8U);
    EXPECT_EQ(parameters.strands[parameters.strand("education")].half_life_days, 3650);
    EXPECT_EQ(parameters.strands[parameters.strand("training")].half_full, 400);
    EXPECT_EQ(parameters.draws, 2000);
}

std::string changed(std::string_view from, std::string_view to) {
    std::string text(builtin_parameters_text());
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
}

TEST(Parameters, ThatCannotBeReadAreNamed) {
    const auto field = [](const std::string& text) {
        const auto parsed = parse_parameters(text);
        return parsed ? std::string("read") : parsed.error().field;
    };
    EXPECT_EQ(
        field(changed("\"half_life_days\": 180", "\"half_life_days\": -1")), "strands[0].half_life_days"
    );
    EXPECT_EQ(field(changed("\"share\": 0.18", "\"share\": 0.28")), "strands.share");
    EXPECT_EQ(
        field(changed("\"half_life_range\": [90, 365]", "\"half_life_range\": [200, 365]")),
        "strands[0].half_life_range"
    );
    EXPECT_EQ(field(changed("\"key\": \"margins\"", "\"key\": 5")), "modes[1].key");
    EXPECT_EQ(field(changed("\"strand\": \"leaders\"", "\"strand\": \"readers\"")), "strands");
    EXPECT_EQ(field(changed("\"draws\": 2000", "\"draws\": \"many\"")), "bands.draws");
    EXPECT_NE(parse_parameters(changed("0.18", "0.180"))->hash, builtin_parameters().hash);
}

// A minister's visit 180 days ago: stock 1.5 of 6 half-full, so 1 - 2^-0.25 of the leaders, whose share is
// 0.18 of the 0.68 that a statement about engagements covers.
TEST(Strength, IsThatCountedByHand) {
    auto tie = covered();
    tie.engagements.push_back(engagement("e1", "2024-04-03", "KLE", "minister"));
    const auto found = tie.on("2024-09-30");
    EXPECT_NEAR(part(found, "leaders"), 1.5, 1e-14);
    EXPECT_NEAR(found.seen, 0.68, 1e-12);
    EXPECT_NEAR(*found.total, 100 * 0.18 / 0.68 * (1 - std::pow(2, -0.25)), 1e-12);
    EXPECT_EQ(found.words, "thin");
    EXPECT_LT(found.band.low, *found.total);
    EXPECT_GT(found.band.high, *found.total);
    // The strands that are not covered may be empty or full; the band lies within.
    const double empty = 100 * 0.18 * (1 - std::pow(2, -0.25));
    EXPECT_NEAR(found.outer.low, std::min(empty, found.band.low), 1e-12);
    EXPECT_NEAR(found.outer.high, empty + 32, 1e-9);
}

TEST(Strength, CountsWhatTheTablesSay) {
    auto tie = covered();
    auto margins = engagement("e1", "2024-04-03", "KLE", "service_chief");
    margins.subcategory = "margins";
    auto call = engagement("e2", "2024-04-03", "CAL", "");
    auto announced = engagement("e3", "2024-04-03", "DLG", "colonel");
    announced.status = "announced";
    auto table_top = engagement("e4", "2024-03-31..2024-04-03", "EXR", "minister");
    table_top.subcategory = "table_top";
    auto many = engagement("e5", "2024-04-03", "EXC", "unit");
    many.actors = {"usa", "chn", "a", "b"};
    many.unnamed_parties.value = 2;
    tie.engagements = {margins, call, announced, table_top, many};
    const auto found = tie.on("2024-04-03");
    EXPECT_NEAR(part(found, "leaders"), 2.5 * 0.5 + 0.4, 1e-12);
    EXPECT_NEAR(part(found, "dialogue"), 1.5 * 0.8, 1e-12);
    EXPECT_NEAR(part(found, "exchange"), 1.0 / 5, 1e-12);
    const double whole = (1 - std::pow(2, -4.0 / 540)) / (1 - std::pow(2, -1.0 / 540)) / 4;
    EXPECT_NEAR(part(found, "exercise"), 0.7 * std::sqrt(0.8) * whole, 1e-12);
}

TEST(Strength, LeavesOutWhatNobodyCanWeigh) {
    auto tie = covered();
    auto crowd = engagement("e1", "2024-04-03", "DLG");
    crowd.unnamed_parties.none = domain::Empty::unknown;
    auto undated = engagement("e2", "", "DLG");
    auto course = engagement("e3", "2024-04-03", "TRG");
    auto refused = engagement("e4", "2024-04-03", "DLG");
    refused.status = "refused";
    auto political = engagement("e5", "2024-04-03", "POL");
    tie.engagements = {crowd, undated, course, refused, political};
    const auto found = tie.on("2024-09-30");
    EXPECT_EQ(found.words, "none on record");
    EXPECT_EQ(*found.total, 0);
    ASSERT_EQ(tie.masses.left_out.size(), 3U);
    EXPECT_EQ(tie.masses.left_out[0].reason, "the number of unnamed parties is unknown");
}

TEST(Strength, TellsUnknownFromZero) {
    const auto zero = covered().on("2024-09-30");
    EXPECT_EQ(*zero.total, 0);
    EXPECT_EQ(zero.words, "none on record");
    const auto unknown = Tie().on("2024-09-30");
    EXPECT_FALSE(unknown.total);
    EXPECT_EQ(unknown.seen, 0);
    for (const auto& strand : unknown.strands) {
        EXPECT_FALSE(strand.fullness);
        EXPECT_EQ(strand.fullness_outer, (Interval{0, 1}));
    }
}

TEST(Strength, SaysNotReleasedAsTheLawDoes) {
    Tie tie = covered();
    auto law = coverage("v2", "not_released", {"usa", "chn"}, "1998-10-01..2016-09-30");
    law.record_types = {"training_line", "tally"};
    law.counts = {"training"};
    tie.statements.push_back(law);
    const auto found = tie.on("2024-09-30");
    const auto& training = found.strands[builtin_parameters().strand("training")];
    EXPECT_EQ(training.coverage.knowledge, StrandKnowledge::not_released);
    EXPECT_FALSE(training.fullness);
}

// Coverage ended 100 days ago after 3 years with 6 working meetings: 6/1095 a day go on.
TEST(Strength, LetsTheRateGoOnForAHalfLife) {
    auto tie = covered("2021-01-01..2023-12-31");
    for (const char* on :
         {"2021-02-01", "2021-08-01", "2022-02-01", "2022-08-01", "2023-02-01", "2023-08-01"})
        tie.engagements.push_back(engagement(on, on, "DLG", "working"));
    const Day at = day("2023-12-31") + 100;
    const auto found = tie.on(at);
    const auto& dialogue = found.strands[builtin_parameters().strand("dialogue")];
    EXPECT_EQ(dialogue.coverage.knowledge, StrandKnowledge::stale);
    double alone = 0, more = 0;
    for (const auto& one : tie.engagements) alone += std::pow(2, -(at - *one.held->from) / 365.0);
    for (int age = 0; age < 100; ++age) more += 6.0 / 1095 * std::pow(2, -age / 365.0);
    EXPECT_NEAR(dialogue.stock, alone + more, 1e-12);
    EXPECT_NEAR(dialogue.stock_outer.low, alone, 1e-12);
    EXPECT_GT(dialogue.stock_outer.high, dialogue.stock);
    // Beyond a half-life the strand is unknown, and keeps what is on record as its low end.
    const auto later = tie.on(day("2023-12-31") + 366);
    const auto& unknown = later.strands[builtin_parameters().strand("dialogue")];
    EXPECT_EQ(unknown.coverage.knowledge, StrandKnowledge::not_covered);
    EXPECT_FALSE(unknown.fullness);
    EXPECT_GT(unknown.fullness_outer.low, 0);
}

TEST(Strength, HoldsAgreementsAndTalliesInLayers) {
    Tie tie = covered();
    Agreement one;
    one.evidence.id = "a1";
    one.kind = "framework";
    one.parties = {"usa", "chn"};
    one.in_force = test::stated("2005-01-01");
    one.ended = test::stated("2007-01-01");
    tie.agreements = {one};
    Tally tally;
    tally.evidence.id = "t1";
    tally.what = "agreements_in_force";
    tally.parties = {"usa", "chn"};
    tally.period = test::date("2000..2010");
    tally.parts = {
        {test::date("2000..2004"), "", {}, {}, 1, {}, 0, {}, 0},
        {test::date("2005..2010"), "", {}, {}, 3, {}, 0, {}, 0}};
    tie.tallies = {tally};
    const auto stock = [&](const char* at) { return part(tie.on(at), "agreement"); };
    EXPECT_EQ(stock("2003-06-01"), 1);
    EXPECT_EQ(stock("2005-06-01"), 2 + 2);  // the framework counts double, and two of the three are not it
    EXPECT_NEAR(stock("2008-01-01"), 3 + 2 * std::pow(2, -366.0 / 365), 0.01);
}

Tie random_tie(std::mt19937_64& random, int records) {
    auto tie = covered("1980..2040");
    const std::vector<std::string> kinds{"KLE", "CAL", "DLG", "EXC", "PRT", "EXR", "HUM", "CBM"};
    const std::vector<std::string> levels{"", "minister", "working", "general_officer", "colonel"};
    const std::vector<const char*> statuses{"completed", "completed", "closed", "announced"};
    for (int i = 0; i < records; ++i) {
        const int year = 1985 + static_cast<int>(random() % 40);
        const int month = 1 + static_cast<int>(random() % 12), first = 1 + static_cast<int>(random() % 20);
        std::string held = std::to_string(year);
        if (i % 5 != 0) held += (month < 10 ? "-0" : "-") + std::to_string(month);
        if (i % 5 > 1) held += (first < 10 ? "-0" : "-") + std::to_string(first);
        if (i % 5 == 4) held += ".." + held.substr(0, 8) + std::to_string(first + 7 < 10 ? 10 : first + 7);
        auto one = engagement(
            "e" + std::to_string(i),
            held.c_str(),
            kinds[random() % kinds.size()],
            levels[random() % levels.size()]
        );
        one.status = statuses[random() % statuses.size()];
        if (i % 7 == 0) one.unnamed_parties.value = static_cast<std::int64_t>(random() % 4);
        tie.engagements.push_back(one);
    }
    return tie;
}

/// A tie whose strands are covered in part: some not at all, some to a day before, some as samples.
Tie partly_covered(std::mt19937_64& random) {
    auto tie = random_tie(random, static_cast<int>(random() % 60));
    tie.statements.clear();
    for (const auto& strand : builtin_parameters().strands) {
        if (random() % 4 == 0) continue;
        const int from = 1985 + static_cast<int>(random() % 20), to = 2005 + static_cast<int>(random() % 25);
        auto statement = coverage(
            "v-" + strand.strand,
            random() % 3 == 0   ? "census"
            : random() % 5 == 0 ? "sparse"
                                : "sample",
            {"usa", "chn"},
            (std::to_string(from) + ".." + std::to_string(to)).c_str()
        );
        if (random() % 2 == 0) statement.completeness_low = random() % 4 == 0 ? "0" : "0.4";
        statement.record_types = {strand.strand == "agreement" ? "agreement" : "engagement"};
        for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes)
            if (const auto of = code.attributes.find("strand");
                of != code.attributes.end() && of->second == strand.strand)
                statement.categories.push_back(code.code);
        tie.statements.push_back(statement);
    }
    return tie;
}

// The unseen can only widen what is told, and never away from it; a strand's own range holds its fullness, too.
TEST(Strength, LiesInItsOuterRangeWithItsBandWhateverIsCovered) {
    std::mt19937_64 random(17);
    int totals = 0, stale = 0, unknown = 0;
    for (int round = 0; round < 60; ++round) {
        const auto tie = partly_covered(random);
        for (const int year : {2004, 2012, 2021, 2025, 2029}) {
            const auto found = tie.on((std::to_string(year) + "-06-30").c_str());
            for (const auto& strand : found.strands) {
                stale += strand.coverage.knowledge == StrandKnowledge::stale;
                unknown += !strand.fullness;
                EXPECT_FALSE(std::isnan(strand.fullness_outer.low) || std::isnan(strand.fullness_outer.high));
                if (!strand.fullness) continue;
                EXPECT_LE(strand.fullness_outer.low, *strand.fullness + 1e-12);
                EXPECT_GE(strand.fullness_outer.high, *strand.fullness - 1e-12);
            }
            if (!found.total) continue;
            ++totals;
            EXPECT_LE(found.outer.low, *found.total);
            EXPECT_GE(found.outer.high, *found.total);
            EXPECT_LE(found.outer.low, found.band.low);
            EXPECT_GE(found.outer.high, found.band.high);
        }
    }
    EXPECT_GT(totals, 50);
    EXPECT_GT(stale, 20);
    EXPECT_GT(unknown, 50);
}

/// One draw by the definition: every record apart, at its drawn half-life, factors and day.
double naive_total(const Tie& tie, const Strength& found, std::size_t draw, Day at) {
    const auto draws = drawn(builtin_parameters());
    const auto& parameters = builtin_parameters();
    double sum = 0, seen = 0;
    for (std::size_t strand = 0; strand < parameters.strands.size(); ++strand) {
        if (!found.strands[strand].fullness) continue;
        double stock = 0;
        for (const auto& record : tie.masses.items) {
            if (record.strand != strand) continue;
            MassOnDays on = record.on;
            if (on.spread == Spread::imprecise) {
                const int days = on.last - on.first + 1;
                on.first = on.last =
                    on.first + static_cast<int>(draws->place_in_date(draw, record.evidence.id) * days);
            }
            double factor = draws->table_factor(draw, record.choice);
            if (record.announced) factor *= draws->announced(draw) / parameters.announced;
            stock += stock_of(on, draws->half_life(draw, strand), at) * factor;
        }
        sum += draws->share(draw, strand) * (1 - std::exp2(-stock / draws->half_full(draw, strand)));
        seen += draws->share(draw, strand);
    }
    return 100 * sum / seen;
}

// Between half-lives a drawn stock is interpolated; of what has faded it must not come out below nothing.
TEST(Strength, OfWhatHasFadedIsNeverBelowNothing) {
    auto tie = covered("1950..2030");
    const char* categories[] = {"EXR", "EXC", "DLG", "TRG", "PME"};
    for (int i = 0; i < 40; ++i) {
        const auto on = std::to_string(1955 + i) + "-06-01", id = "e" + std::to_string(i);
        tie.engagements.push_back(engagement(id.c_str(), on.c_str(), categories[i % 5]));
    }
    for (const char* at : {"1999-06-30", "2010-01-01", "2026-05-31"}) {
        const auto found = tie.on(at);
        for (const auto& one : found.strands) {
            if (!one.fullness) continue;
            EXPECT_GE(one.fullness_band.low, 0) << at;
            EXPECT_FALSE(std::signbit(one.fullness_band.low)) << at << ": no -0 is printed";
            EXPECT_FALSE(std::signbit(one.fullness_band.high)) << at;
            for (const double drawn : one.drawn_fullness) ASSERT_GE(drawn, 0) << at;
        }
    }
}

TEST(Strength, DrawsEqualTheDefinition) {
    std::mt19937_64 random(11);
    for (int round = 0; round < 5; ++round) {
        const auto tie = random_tie(random, 80);
        const Day at = day("2021-05-05");
        const auto found = tie.on(at);
        for (std::size_t draw = 0; draw < 2000; draw += 97)
            ASSERT_NEAR(found.drawn_totals[draw], naive_total(tie, found, draw, at), 1e-7)
                << round << " " << draw;
    }
}

TEST(Strength, OpensToSharesThatAddUp) {
    std::mt19937_64 random(12);
    const auto tie = random_tie(random, 120);
    const auto found = tie.on("2022-01-01");
    double total = 0;
    for (const auto& strand : found.strands) {
        total += strand.points;
        double stock = 0, points = 0;
        for (const auto& share : strand.records) {
            stock += share.stock;
            points += share.points;
        }
        EXPECT_NEAR(stock, strand.stock, 1e-12 * (1 + stock));
        EXPECT_NEAR(points, strand.points, 1e-9);
    }
    EXPECT_NEAR(total, *found.total, 1e-9);
    EXPECT_LE(found.outer.low, *found.total);
    EXPECT_GE(found.outer.high, *found.total);
}

TEST(Strength, IsNeverLoweredByAContactMore) {
    std::mt19937_64 random(13);
    auto tie = random_tie(random, 30);
    double before = *tie.on("2023-01-01").total;
    for (int i = 0; i < 30; ++i) {
        auto more = random_tie(random, 5).engagements.back();
        more.evidence.id = "more" + std::to_string(i);
        tie.engagements.push_back(more);
        const double after = *tie.on("2023-01-01").total;
        EXPECT_GE(after, before - 1e-12);
        before = after;
    }
}

TEST(Strength, ShiftsWithItsDays) {
    auto tie = covered("1990..2035");
    auto moved = covered("1990..2035");
    for (int i = 0; i < 20; ++i) {
        const Day on = day("2019-01-01") + 37 * i;
        tie.engagements.push_back(
            engagement("e" + std::to_string(i), to_iso(on).c_str(), i % 2 ? "KLE" : "EXR", "minister")
        );
        moved.engagements.push_back(
            engagement("e" + std::to_string(i), to_iso(on + 1000).c_str(), i % 2 ? "KLE" : "EXR", "minister")
        );
    }
    const auto a = tie.on("2022-01-01");
    const auto b = moved.on(day("2022-01-01") + 1000);
    EXPECT_EQ(*a.total, *b.total);
    EXPECT_EQ(a.band, b.band);
    EXPECT_EQ(a.drawn_totals, b.drawn_totals);
}

TEST(Strength, IsComparedDrawByDraw) {
    std::mt19937_64 random(14);
    auto tie = random_tie(random, 60);
    const auto now = tie.on("2022-01-01");
    EXPECT_EQ(*probability_greater(now, now), 0.5);
    auto richer = tie;
    richer.engagements.push_back(engagement("more", "2021-12-01", "KLE", "minister"));
    EXPECT_EQ(*probability_greater(richer.on("2022-01-01"), now), 1);
    EXPECT_FALSE(probability_greater(now, Tie().on("2022-01-01")));
}

TEST(Strengths, OfManyTiesAreThoseOfEachWithAnyNumberOfThreads) {
    std::mt19937_64 random(15);
    std::vector<Tie> ties;
    for (int i = 0; i < 9; ++i) ties.push_back(random_tie(random, 10 * i));
    std::vector<TieFacts> facts;
    for (const auto& tie : ties) facts.push_back(tie.facts());
    const Day at = day("2022-01-01");
    for (const unsigned threads : {1U, 2U, 5U}) {
        const auto found = strengths(facts, *drawn(builtin_parameters()), at, threads);
        ASSERT_EQ(found.size(), ties.size());
        for (std::size_t i = 0; i < ties.size(); ++i) {
            const auto alone = ties[i].on(at);
            EXPECT_EQ(found[i].drawn_totals, alone.drawn_totals);
            EXPECT_EQ(found[i].total, alone.total);
            EXPECT_EQ(found[i].band, alone.band);
        }
    }
}

TEST(Tornado, BesideTheStrengthIsThatAlone) {
    std::mt19937_64 random(16);
    const auto tie = random_tie(random, 60);
    const Day at = day("2022-01-01");
    const auto draws = drawn(builtin_parameters());
    const auto masses = weigh(tie.facts(), builtin_parameters(), at);
    const auto both = strength_and_tornado(tie.facts(), masses, *draws, at);
    const auto alone = tornado(tie.facts(), masses, *draws, at);
    ASSERT_TRUE(both.strength.total);
    EXPECT_EQ(both.strength.drawn_totals, tie.on(at).drawn_totals);
    ASSERT_EQ(both.tornado.size(), alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
        EXPECT_EQ(both.tornado[i].group, alone[i].group);
        EXPECT_EQ(both.tornado[i].band, alone[i].band);
    }
}

TEST(StrengthWords, AreUsedWhenFourDrawsInFiveAgree) {
    const auto& parameters = builtin_parameters();
    EXPECT_EQ(strength_words({10, 10, 10, 10, 90}, parameters), "thin");
    EXPECT_EQ(strength_words({10, 10, 30, 30, 30}, parameters), "between thin and moderate");
    EXPECT_EQ(strength_words({60, 60, 30, 30, 10}, parameters), "between moderate and strong");
    EXPECT_EQ(strength_words({60, 60, 30, 10, 10}, parameters), "between thin and strong");
}

}  // namespace
}  // namespace entente::measures
