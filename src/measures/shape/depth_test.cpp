#include "measures/shape/depth.h"

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

Depth on(const Tie& tie, Day at) {
    const auto& parameters = builtin_parameters();
    const auto masses = weigh(tie.tie(), parameters, at);
    auto out = depth(tie.tie(), strand_stocks(tie.tie(), masses, parameters, at), *drawn(parameters), at);
    out.both.top.clear();  // they point into masses
    for (auto& one : out.strands)
        if (one.top) one.top->top.clear();
    return out;
}

const StrandDepth& of(const Depth& found, std::string_view strand) {
    for (const auto& one : found.strands)
        if (builtin_parameters().strands[one.strand].strand == strand) return one;
    static const StrandDepth kNone;
    ADD_FAILURE() << "no strand " << strand;
    return kNone;
}

// Today: a minister's visit 3 and a call at working level 0.4; a talk of senior officials 2 and one of no stated level 1.
// Five of 6.4 stand at the top.
TEST(Depth, IsThatCountedByHand) {
    auto tie = covered();
    tie.engagements = {
        engagement("e1", "2024-04-03", "KLE", "minister"),
        engagement("e2", "2024-04-03", "CAL", "working"),
        engagement("e3", "2024-04-03", "DLG", "senior_official"),
        engagement("e4", "2024-04-03", "DLG"),
        engagement("e5", "2024-03-30..2024-04-03", "EXR")};
    const auto found = on(tie, day("2024-04-03"));
    EXPECT_NEAR(*found.both.share, 5 / 6.4, 1e-12);
    EXPECT_NEAR(found.both.unstated, 1 / 6.4, 1e-12);
    EXPECT_NEAR(*of(found, "leaders").top->share, 3 / 3.4, 1e-12);
    EXPECT_NEAR(*of(found, "dialogue").top->share, 2.0 / 3, 1e-12);
    EXPECT_FALSE(of(found, "exercise").top);
    EXPECT_EQ(of(found, "exercise").lengths.mean_days, 5);
    const auto answer = tie.ask("shape", "2024-04-03");
    const auto& table = test::table(answer, "depth");
    EXPECT_TRUE(test::cell(table, "leaders", "top").text.starts_with("88 % ("));
    EXPECT_EQ(test::cell(table, "exercise", "top").text, "not applicable");
}

TEST(Depth, CountsOnlyDaysThatAreKnown) {
    auto tie = covered();
    tie.engagements = {
        engagement("e1", "2024-04-03", "DLG"),
        engagement("e2", "2024-04-08..2024-04-10", "DLG"),
        engagement("e3", "2024-05", "DLG"),
        engagement("e4", "2024", "DLG")};
    const auto found = on(tie, day("2024-12-31"));
    EXPECT_EQ(of(found, "dialogue").lengths.events, 4U);
    EXPECT_EQ(of(found, "dialogue").lengths.unknown.size(), 2U);
    EXPECT_EQ(of(found, "dialogue").lengths.mean_days, 2);
}

// Band and value against plain sums over records and draws, and days later.
TEST(Depth, OfRandomTiesIsThatOfPlainSums) {
    std::mt19937 random(11);
    const auto& parameters = builtin_parameters();
    const auto draws = drawn(parameters);
    for (int round = 0; round < 10; ++round) {
        auto tie = covered();
        tie.engagements = test::random_contacts(random, 25);
        const Day at = day("2024-12-31");
        const auto found = on(tie, at);
        const auto masses = weigh(tie.tie(), parameters, at);
        const auto share = [&](std::optional<std::size_t> draw) {
            double top = 0, all = 0;
            for (const auto& item : masses.items) {
                const auto& strand = parameters.strands[item.strand];
                if (strand.strand != "leaders" && strand.strand != "dialogue") continue;
                MassOnDays on = item.on;
                double half_life = strand.half_life_days;
                if (draw) {
                    half_life = draws->half_life(*draw, item.strand);
                    on.mass *= draws->table_factor(*draw, item.choice);
                    if (on.spread == Spread::imprecise) {
                        const int days = on.last - on.first + 1;
                        const auto place =
                            static_cast<int>(draws->place_in_date(*draw, item.evidence.id) * days);
                        on.first = on.last = on.first + place;
                    }
                }
                const double stock = stock_of(on, half_life, at);
                all += stock;
                if (parameters.levels[static_cast<std::size_t>(item.choice.level)].value >= 2) top += stock;
            }
            return all > 0 ? top / all : 0;
        };
        EXPECT_NEAR(*found.both.share, share(std::nullopt), 1e-12);
        std::vector<double> values;
        for (std::size_t draw = 0; draw < draws->draws(); ++draw) values.push_back(share(draw));
        std::ranges::sort(values);
        EXPECT_NEAR(found.both.band.low, numerics::sorted_quantile(values, 0.05), 1e-6);
        EXPECT_NEAR(found.both.band.high, numerics::sorted_quantile(values, 0.95), 1e-6);
        EXPECT_EQ(on(test::shifted(tie, -700), at - 700).both.share, found.both.share);
    }
}

TEST(Depth, CannotBeSaidWhereNothingIsCovered) {
    Tie tie;
    tie.engagements = {engagement("e1", "2024-04-03", "KLE", "minister")};
    const auto found = on(tie, day("2024-04-03"));
    EXPECT_FALSE(found.any_counts);
    EXPECT_FALSE(found.both.share);
    const auto answer = tie.ask("shape", "2024-04-03");
    const auto& table = test::table(answer, "depth");
    EXPECT_EQ(test::cell(table, "leaders", "top").text, "cannot be said");
    EXPECT_EQ(test::cell(table, "leaders", "events").text, "1");
    EXPECT_EQ(test::cell(table, "leaders", "mean_days").text, "cannot be said");
}

}  // namespace
}  // namespace entente::measures
