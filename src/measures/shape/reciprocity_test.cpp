#include "measures/shape/reciprocity.h"

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

using test::covered;
using test::day;
using test::engagement;
using test::Tie;

Engagement visit(std::string id, const char* held, std::string host, const char* kind = "KLE") {
    auto out = engagement(std::move(id), held, kind, "minister");
    out.host = std::move(host);
    return out;
}

Reciprocity on(const Tie& tie, Day at) {
    const auto& parameters = builtin_parameters();
    const auto masses = weigh(tie.tie(), parameters, at);
    return reciprocity(tie.tie(), strand_stocks(tie.tie(), masses, parameters, at), parameters, at);
}

TEST(Travel, FollowsFromTheHost) {
    auto one = visit("e1", "2024-04-03", "chn");
    EXPECT_EQ(travel_of(one, test::kPair), Travel::out);
    one.host = "usa";
    EXPECT_EQ(travel_of(one, test::kPair), Travel::in);
    one.host = "sgp";
    EXPECT_EQ(travel_of(one, test::kPair), Travel::elsewhere);
    one.host = "";
    EXPECT_EQ(travel_of(one, test::kPair), Travel::unknown);
    one.direction = "remote";
    EXPECT_EQ(travel_of(one, test::kPair), Travel::nobody);
    one.direction = "hosted";
    one.roles = {"visitor", "host"};
    EXPECT_EQ(travel_of(one, test::kPair), Travel::out);
}

// Beta(9.5, 3.5) at 5 and 95 %, twice less one: as R's qbeta.
TEST(Balance, IsThatOfR) {
    const auto found = balance_of(9, 3);
    EXPECT_EQ(found.value, 0.5);
    EXPECT_NEAR(found.band.low, 0.032475705205891, 1e-9);
    EXPECT_NEAR(found.band.high, 0.807289046983823, 1e-9);
    EXPECT_FALSE(balance_of(0, 0).value);
    const auto turned = balance_of(3, 9);
    EXPECT_NEAR(turned.band.low, -found.band.high, 1e-12);
    EXPECT_NEAR(turned.band.high, -found.band.low, 1e-12);
}

// The same by adding up the density on a grid.
TEST(Balance, IsThatOfPlainIntegration) {
    std::mt19937 random(3);
    for (int round = 0; round < 12; ++round) {
        const auto out = static_cast<std::int64_t>(1 + random() % 20),
                   in = static_cast<std::int64_t>(1 + random() % 20);
        constexpr int kSteps = 200000;
        std::vector<double> up_to(kSteps);
        double total = 0;
        for (int i = 0; i < kSteps; ++i) {
            const double p = (i + 0.5) / kSteps;
            const auto a = static_cast<double>(out) - 0.5, b = static_cast<double>(in) - 0.5;
            total += std::exp(a * std::log(p) + b * std::log1p(-p));
            up_to[static_cast<std::size_t>(i)] = total;
        }
        const auto quantile = [&](double share) {
            const auto place = std::ranges::lower_bound(up_to, share * total) - up_to.begin();
            return 2 * (static_cast<double>(place) + 0.5) / kSteps - 1;
        };
        const auto found = balance_of(out, in);
        EXPECT_NEAR(found.band.low, quantile(0.05), 3e-5);
        EXPECT_NEAR(found.band.high, quantile(0.95), 3e-5);
    }
}

// Three visits to China, one to the United States half a half-life later, one in Singapore.
TEST(Reciprocity, IsThatCountedByHand) {
    auto tie = covered();
    tie.engagements = {
        visit("e1", "2024-01-01", "chn"),
        visit("e2", "2024-01-01", "chn"),
        visit("e3", "2024-01-01", "chn"),
        visit("e4", "2024-03-31", "usa"),
        visit("e5", "2024-03-31", "sgp"),
        visit("e6", "1985-03-31", "usa")};  // before anything is covered
    const auto found = on(tie, day("2024-03-31"));
    ASSERT_EQ(found.kinds.size(), 1U);
    const auto& kind = found.kinds.front();
    EXPECT_EQ(kind.count(Travel::out), 3U);
    EXPECT_EQ(kind.count(Travel::in), 1U);
    EXPECT_EQ(kind.count(Travel::elsewhere), 1U);
    EXPECT_EQ(kind.uncovered.size(), 1U);
    EXPECT_EQ(kind.by_counts.value, 0.5);
    const double left = 3 / std::sqrt(2.0);  // 90 days of a half-life of 180
    EXPECT_NEAR(*kind.by_stock, (left - 1) / (left + 1), 1e-12);
    const auto answer = tie.ask("shape", "2024-03-31");
    const auto& table = test::table(answer, "travel");
    // As R's 2*qbeta(c(.05,.95),3.5,1.5)-1.
    EXPECT_EQ(test::cell(table, 0, "balance").text, "+0.50 (-0.30 to +0.91)");
    EXPECT_EQ(test::cell(table, 0, "who").text, "not clear");
    EXPECT_EQ(test::cell(table, 0, "by_stock").text, "+0.36");
}

TEST(Reciprocity, OfRandomTiesIsThatOfPlainSums) {
    std::mt19937 random(5);
    const auto& parameters = builtin_parameters();
    for (int round = 0; round < 30; ++round) {
        auto tie = covered("2016..2030");
        tie.engagements = test::random_contacts(random, 60);
        const Day at = day("2023-12-31");
        const auto found = on(tie, at);
        for (const auto& kind : found.kinds) {
            std::size_t out = 0, in = 0, other = 0, before = 0;
            double stock_out = 0, stock_in = 0;
            for (const auto& one : tie.engagements) {
                if (one.category != kind.kind || at < *one.held->from) continue;
                if (*one.held->from < day("2016-01-01")) {
                    ++before;
                    continue;
                }
                const auto alone = weigh({test::kPair, {&one, 1}, {}, {}, {}, {}, false}, parameters, at);
                double stock = 0;
                for (const auto& item : alone.items)
                    stock += stock_of(item.on, parameters.strands[item.strand].half_life_days, at);
                out += one.host == "chn";
                in += one.host == "usa";
                other += one.host != "chn" && one.host != "usa";
                if (one.host == "chn") stock_out += stock;
                if (one.host == "usa") stock_in += stock;
            }
            EXPECT_EQ(kind.count(Travel::out), out);
            EXPECT_EQ(kind.count(Travel::in), in);
            EXPECT_EQ(kind.count(Travel::elsewhere) + kind.count(Travel::nobody), other);
            EXPECT_EQ(kind.uncovered.size(), before);
            if (kind.by_stock) {
                EXPECT_NEAR(*kind.by_stock, (stock_out - stock_in) / (stock_out + stock_in), 1e-10);
            }
            if (kind.by_counts.value) {
                EXPECT_LE(kind.by_counts.band.low, kind.by_counts.band.high);
            }
        }
        const auto later = on(test::shifted(tie, 400), at + 400);
        EXPECT_EQ(later.all.by_counts.value, found.all.by_counts.value);
    }
}

Tally training(std::string giver, std::string taker, int people) {
    Tally tally;
    tally.evidence.id = "t-" + giver;
    tally.what = "training";
    tally.parties = {giver, taker};
    tally.deliverer = std::move(giver);
    tally.recipient = std::move(taker);
    tally.period = test::date("2009-10-01..2010-09-30");
    tally.parts = {
        {std::nullopt,
         "IMET",
         {},
         {},
         2,
         {people, std::nullopt},
         0,
         {std::int64_t{people} * 1'000'000, std::nullopt},
         0}};
    return tally;
}

Coverage reports(std::vector<std::string> of, const char* kind) {
    auto out = test::coverage("v1", kind, std::move(of), "1998-10-01..2016-09-30");
    out.record_types = {"training_line", "tally"};
    out.counts = {"training"};
    return out;
}

// A statement about one side's reports says nothing of what the other gave.
TEST(Given, IsNoBalanceWhereOneSideAloneIsCovered) {
    Tie tie;
    tie.statements = {reports({"usa"}, "sample")};
    tie.tallies = {training("usa", "chn", 30)};
    auto found = on(tie, day("2016-12-31"));
    EXPECT_EQ(found.by_first.sum.people.sum, 30);
    EXPECT_EQ(found.by_first.first_year, 1999);
    EXPECT_EQ(found.by_first.last_year, 2016);
    EXPECT_FALSE(found.by_second.covered());
    EXPECT_FALSE(found.seats.value);
    const auto answer = tie.ask("shape", "2016-12-31");
    EXPECT_EQ(test::cell(test::table(answer, "given"), 0, "second").text, "cannot be said");

    tie.statements = {reports({"usa", "chn"}, "census")};
    EXPECT_EQ(on(tie, day("2016-12-31")).seats.value, 1);
    tie.tallies.push_back(training("chn", "usa", 10));
    found = on(tie, day("2016-12-31"));
    EXPECT_EQ(found.seats.value, 0.5);
    EXPECT_EQ(found.of_costs, 0.5);

    tie.statements = {reports({"usa"}, "sample"), reports({"usa", "chn"}, "not_released")};
    EXPECT_EQ(on(tie, day("2016-12-31")).by_first.coverage, CoverageKind::not_released);
    EXPECT_EQ(
        test::cell(test::table(tie.ask("shape", "2016-12-31"), "given"), 0, "first").text, "not released"
    );
}

}  // namespace
}  // namespace entente::measures
