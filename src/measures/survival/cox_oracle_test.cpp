// Cox regression beside its definition, written down plainly: at every event everyone is looked at anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "measures/survival/cox.h"
#include "measures/survival/cox_risk_sets.h"

namespace entente::measures {
namespace {

struct Given {
    std::vector<CoxRow> rows;
    CoxCovariates covariates;
};

/// Late entries, ties in times and in covariates, strata, clusters of three rows.
Given some(std::uint64_t seed, std::size_t size, std::size_t strata) {
    std::mt19937_64 random(seed);
    Given out{{}, {{"a", "b"}, {}}};
    for (std::size_t i = 0; i < size; ++i) {
        const double entry = static_cast<double>(random() % 6);
        out.rows.push_back(
            {entry, entry + 1 + static_cast<double>(random() % 9), random() % 3 != 0, i % strata * 7, i / 3}
        );
        out.covariates.values.push_back(static_cast<double>(random() % 4));
        out.covariates.values.push_back(40 + static_cast<double>(random() % 1000) / 50);
    }
    return out;
}

double score(const Given& given, std::size_t i, const std::vector<double>& at) {
    const auto x = given.covariates.row(i);
    return std::inner_product(x.begin(), x.end(), at.begin(), 0.0);
}

/// Strata and times at which something happened, with who was at risk and who came to it.
struct Moment {
    std::size_t stratum;
    double time;
    std::vector<std::size_t> at_risk, events;
};

std::vector<Moment> moments(const Given& given) {
    std::set<std::pair<std::size_t, double>> times;
    for (const auto& row : given.rows)
        if (row.event) times.emplace(row.stratum, row.exit);
    std::vector<Moment> out;
    for (const auto& [stratum, time] : times) {
        Moment one{stratum, time, {}, {}};
        for (std::size_t i = 0; i < given.rows.size(); ++i) {
            const auto& row = given.rows[i];
            if (row.stratum != stratum || !(row.entry < time && time <= row.exit)) continue;
            one.at_risk.push_back(i);
            if (row.event && row.exit == time) one.events.push_back(i);
        }
        out.push_back(std::move(one));
    }
    return out;
}

/// How much of a row is at risk for the l-th of the events at a moment.
double weight(const Given& given, const Moment& moment, std::size_t i, std::size_t l, const auto& at) {
    const bool event = std::ranges::find(moment.events, i) != moment.events.end();
    const double part = static_cast<double>(l) / static_cast<double>(moment.events.size());
    return std::exp(score(given, i, at)) * (event ? 1 - part : 1);
}

double total(const Given& given, const Moment& moment, std::size_t l, const auto& at) {
    double out = 0;
    for (const auto i : moment.at_risk) out += weight(given, moment, i, l, at);
    return out;
}

double log_likelihood(const Given& given, const std::vector<double>& at) {
    double out = 0;
    for (const auto& moment : moments(given))
        for (std::size_t l = 0; l < moment.events.size(); ++l)
            out += score(given, moment.events[l], at) - std::log(total(given, moment, l, at));
    return out;
}

/// Of every row, by the definition: what came less what was to be expected.
std::vector<std::vector<double>> residuals(const Given& given, const std::vector<double>& at) {
    std::vector<std::vector<double>> out(given.rows.size(), std::vector<double>(at.size()));
    for (const auto& moment : moments(given)) {
        for (std::size_t l = 0; l < moment.events.size(); ++l) {
            const double all = total(given, moment, l, at);
            std::vector<double> mean(at.size());
            for (const auto i : moment.at_risk)
                for (std::size_t j = 0; j < at.size(); ++j)
                    mean[j] += weight(given, moment, i, l, at) / all * given.covariates.row(i)[j];
            for (std::size_t j = 0; j < at.size(); ++j) {
                for (const auto i : moment.at_risk)
                    out[i][j] -=
                        weight(given, moment, i, l, at) / all * (given.covariates.row(i)[j] - mean[j]);
                for (const auto i : moment.events)
                    out[i][j] +=
                        (given.covariates.row(i)[j] - mean[j]) / static_cast<double>(moment.events.size());
            }
        }
    }
    return out;
}

double nudged(
    const Given& given, std::vector<double> at, std::size_t a, double by, std::size_t b, double by_b
) {
    at[a] += by;
    at[b] += by_b;
    return log_likelihood(given, at);
}

class CoxOracle : public testing::TestWithParam<std::size_t> {
protected:
    const Given given = some(900 + GetParam(), 60 + 3 * GetParam(), 1 + GetParam() % 3);
};

TEST_P(CoxOracle, LikelihoodIsThatOfTheDefinitionAndFlatAtTheTop) {
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_TRUE(fit) << fit.error().message;
    EXPECT_NEAR(fit->log_likelihood, log_likelihood(given, fit->coefficients), 1e-9);
    EXPECT_NEAR(fit->log_likelihood_at_zero, log_likelihood(given, {0, 0}), 1e-9);
    EXPECT_GT(fit->log_likelihood, fit->log_likelihood_at_zero);
    for (std::size_t j = 0; j < 2; ++j)
        for (const double by : {-1e-3, 1e-3})
            EXPECT_LT(nudged(given, fit->coefficients, j, by, j, 0), fit->log_likelihood);
}

TEST_P(CoxOracle, CovarianceIsTheBendOfTheLikelihood) {
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_TRUE(fit);
    const auto& at = fit->coefficients;
    const std::vector<double> h{0.02 * fit->standard_errors[0], 0.02 * fit->standard_errors[1]};
    double bend[2][2];
    for (std::size_t a = 0; a < 2; ++a)
        for (std::size_t b = 0; b < 2; ++b)
            bend[a][b] = -(nudged(given, at, a, h[a], b, h[b]) - nudged(given, at, a, h[a], b, -h[b]) -
                           nudged(given, at, a, -h[a], b, h[b]) + nudged(given, at, a, -h[a], b, -h[b])) /
                         (4 * h[a] * h[b]);
    const double determinant = bend[0][0] * bend[1][1] - bend[0][1] * bend[1][0];
    EXPECT_NEAR(fit->covariance[0], bend[1][1] / determinant, 1e-3 * fit->covariance[0]);
    EXPECT_NEAR(fit->covariance[3], bend[0][0] / determinant, 1e-3 * fit->covariance[3]);
    EXPECT_NEAR(
        fit->covariance[1],
        -bend[0][1] / determinant,
        1e-3 * fit->standard_errors[0] * fit->standard_errors[1]
    );
}

TEST_P(CoxOracle, RobustCovarianceSumsResidualsByCluster) {
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_TRUE(fit);
    const auto each = residuals(given, fit->coefficients);
    std::map<std::size_t, std::vector<double>> clusters;
    std::vector<double> all(2);
    for (std::size_t i = 0; i < each.size(); ++i)
        for (std::size_t j = 0; j < 2; ++j) {
            auto& sum = clusters.try_emplace(given.rows[i].cluster, 2).first->second;
            sum[j] += each[i][j];
            all[j] += each[i][j];
        }
    EXPECT_NEAR(all[0], 0, 1e-8);
    EXPECT_NEAR(all[1], 0, 1e-7);
    std::vector<double> robust(4);
    const auto& v = fit->covariance;
    for (const auto& [id, u] : clusters) {
        const double moved[]{v[0] * u[0] + v[1] * u[1], v[2] * u[0] + v[3] * u[1]};
        for (std::size_t a = 0; a < 2; ++a)
            for (std::size_t b = 0; b < 2; ++b) robust[a * 2 + b] += moved[a] * moved[b];
    }
    EXPECT_EQ(fit->clusters, clusters.size());
    for (std::size_t k = 0; k < 4; ++k)
        EXPECT_NEAR(
            fit->robust_covariance[k], robust[k], 1e-8 * fit->robust_errors[k / 2] * fit->robust_errors[k % 2]
        );
}

TEST_P(CoxOracle, BaselineAddsWhatEveryMomentAdds) {
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_TRUE(fit);
    const auto all = moments(given);
    ASSERT_EQ(fit->baseline.size(), all.size());
    double hazard = 0;
    for (std::size_t k = 0; k < all.size(); ++k) {
        if (k == 0 || all[k].stratum != all[k - 1].stratum) hazard = 0;
        for (std::size_t l = 0; l < all[k].events.size(); ++l)
            hazard += 1 / total(given, all[k], l, fit->coefficients);
        EXPECT_EQ(fit->baseline[k].time, all[k].time);
        EXPECT_NEAR(fit->baseline[k].cumulative_hazard, hazard, 1e-9 * hazard);
    }
}

TEST_P(CoxOracle, ConcordanceComparesEveryTwo) {
    std::vector<double> scores;
    for (std::size_t i = 0; i < given.rows.size(); ++i) scores.push_back(given.covariates.row(i)[0]);
    double concordant = 0, discordant = 0, tied = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
        for (std::size_t j = 0; j < scores.size(); ++j) {
            const auto &early = given.rows[i], &late = given.rows[j];
            if (i == j || !early.event || early.stratum != late.stratum) continue;
            const bool at_risk = late.entry < early.exit && early.exit <= late.exit;
            if (!at_risk || (late.event && late.exit == early.exit)) continue;
            concordant += scores[i] > scores[j];
            discordant += scores[i] < scores[j];
            tied += scores[i] == scores[j];
        }
    const auto ours = cox_concordance(given.rows, scores);
    EXPECT_EQ(ours.concordant, concordant);
    EXPECT_EQ(ours.discordant, discordant);
    EXPECT_EQ(ours.tied_score, tied);
    EXPECT_GT(tied, 0);
}

INSTANTIATE_TEST_SUITE_P(Some, CoxOracle, testing::Range(std::size_t{0}, std::size_t{8}));

// One whose hazard is 10¹³ times that of the others is there for a while only: nothing of it may be left behind.
TEST(CoxRounding, WhatWasLargeAndLeftLeavesNothingBehind) {
    const std::vector<CoxRow> rows{
        {0, 12, true}, {0, 11, true}, {8, 10, true}, {0, 7, true}, {0, 6, true}, {0, 9, false}};
    const std::vector<double> x{0.1, 0.7, 5, 0.2, 0.3, 0.9}, weights{1.1, 1.2, 1e13, 0.7, 0.9, 1.3};
    std::size_t moments = 0;
    CoxRiskSets(rows, x, 1).walk(weights, [&](const CoxMoment& moment) {
        double weight = 0, first = 0, second = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!(rows[i].entry < moment.time && moment.time <= rows[i].exit)) continue;
            weight += weights[i];
            first += weights[i] * x[i];
            second += weights[i] * x[i] * x[i];
        }
        EXPECT_NEAR(moment.at_risk.weight, weight, 1e-12 * weight) << moment.time;
        EXPECT_NEAR(moment.at_risk.first[0], first, 1e-12 * first) << moment.time;
        EXPECT_NEAR(moment.at_risk.second[0], second, 1e-12 * second) << moment.time;
        ++moments;
    });
    EXPECT_EQ(moments, 5);
}

void expect_alike(const CoxFit& a, const CoxFit& b, double by = 1) {
    for (std::size_t j = 0; j < a.coefficients.size(); ++j) {
        const double times = j == 0 ? by : 1;
        EXPECT_NEAR(a.coefficients[j], b.coefficients[j] * times, 1e-8);
        EXPECT_NEAR(a.standard_errors[j], b.standard_errors[j] * times, 1e-8);
        EXPECT_NEAR(a.robust_errors[j], b.robust_errors[j] * times, 1e-8);
    }
    EXPECT_NEAR(a.log_likelihood, b.log_likelihood, 1e-8);
    EXPECT_EQ(a.concordance.share(), b.concordance.share());
    for (std::size_t k = 0; k < a.baseline.size(); ++k)
        EXPECT_NEAR(
            a.baseline[k].cumulative_hazard,
            b.baseline[k].cumulative_hazard,
            1e-7 * b.baseline[k].cumulative_hazard
        );
}

TEST(CoxProperties, OnlyTheOrderOfTimesMatters) {
    const auto given = some(31, 90, 2);
    auto later = given;
    for (auto& row : later.rows) {
        row.entry = std::exp(row.entry / 4) + 1000;
        row.exit = std::exp(row.exit / 4) + 1000;
    }
    expect_alike(*fit_cox(later.rows, later.covariates), *fit_cox(given.rows, given.covariates));
}

TEST(CoxProperties, TheOrderOfRowsDoesNotMatter) {
    const auto given = some(32, 90, 2);
    Given turned{{}, {given.covariates.names, {}}};
    std::vector<std::size_t> order(given.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, std::mt19937_64(33));
    for (const auto i : order) {
        turned.rows.push_back(given.rows[i]);
        const auto x = given.covariates.row(i);
        turned.covariates.values.insert(turned.covariates.values.end(), x.begin(), x.end());
    }
    expect_alike(*fit_cox(turned.rows, turned.covariates), *fit_cox(given.rows, given.covariates));
}

TEST(CoxProperties, TheUnitOfACovariateMovesItsCoefficientAlone) {
    const auto given = some(34, 90, 2);
    auto scaled = given;
    for (std::size_t i = 0; i < scaled.rows.size(); ++i) scaled.covariates.values[2 * i] *= 365.25;
    expect_alike(*fit_cox(given.rows, given.covariates), *fit_cox(scaled.rows, scaled.covariates), 365.25);
}

// A stretch cut in two, with the covariates as they were, says what it said.
TEST(CoxProperties, CuttingAStretchChangesNothing) {
    const auto given = some(35, 90, 2);
    Given cut{{}, {given.covariates.names, {}}};
    const auto add = [&](CoxRow row, std::size_t of) {
        cut.rows.push_back(row);
        const auto x = given.covariates.row(of);
        cut.covariates.values.insert(cut.covariates.values.end(), x.begin(), x.end());
    };
    for (std::size_t i = 0; i < given.rows.size(); ++i) {
        const auto& row = given.rows[i];
        const double middle = row.entry + 1;
        if (middle >= row.exit) {
            add(row, i);
            continue;
        }
        add({row.entry, middle, false, row.stratum, row.cluster}, i);
        add({middle, row.exit, row.event, row.stratum, row.cluster}, i);
    }
    EXPECT_GT(cut.rows.size(), given.rows.size());
    expect_alike(*fit_cox(cut.rows, cut.covariates), *fit_cox(given.rows, given.covariates));
}

TEST(CoxProperties, FindsCoefficientsThatAreKnown) {
    std::mt19937_64 random(36);
    std::normal_distribution<> normal;
    std::exponential_distribution<> exponential;
    Given given{{}, {{"a", "b"}, {}}};
    for (std::size_t i = 0; i < 4000; ++i) {
        const double a = normal(random), b = static_cast<double>(random() % 2);
        const double days = exponential(random) / std::exp(0.7 * a - 0.4 * b), seen = 3 * exponential(random);
        given.rows.push_back({0, std::min(days, seen), days <= seen, 0, i});
        given.covariates.values.insert(given.covariates.values.end(), {a, b});
    }
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 0.7, 4 * fit->standard_errors[0]);
    EXPECT_NEAR(fit->coefficients[1], -0.4, 4 * fit->standard_errors[1]);
    // Rows are independent: both kinds of error say the same.
    EXPECT_NEAR(fit->robust_errors[0] / fit->standard_errors[0], 1, 0.06);
    EXPECT_NEAR(fit->robust_errors[1] / fit->standard_errors[1], 1, 0.06);
}

}  // namespace
}  // namespace entente::measures
