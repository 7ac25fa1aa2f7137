#include "measures/survival/cox.h"

#include <gtest/gtest.h>

#include <cmath>

namespace entente::measures {
namespace {

/// Rows and one covariate.
struct Given {
    std::vector<CoxRow> rows;
    CoxCovariates covariates{{"x"}, {}};
};

Given own_clusters(std::vector<CoxRow> rows, std::vector<double> x) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].cluster = i;
    return {std::move(rows), {{"x"}, std::move(x)}};
}

/// Two at one time, of which one has x = 1, then a third. With θ = exp(β), Efron's likelihood is
/// θ / ((θ + 2) · (θ + 2 − (θ + 1)/2)) · 1, whose logarithm bends at θ² = 6.
const Given kWorked = own_clusters({{0, 1, true}, {0, 1, true}, {0, 2, true}}, {1, 0, 0});

TEST(Cox, IsThatCountedByHandWithATie) {
    const auto fit = fit_cox(kWorked.rows, kWorked.covariates);
    ASSERT_TRUE(fit) << fit.error().message;
    EXPECT_NEAR(fit->coefficients[0], std::log(6) / 2, 1e-9);
    // Information 2θ/(θ + 2)² + 3θ/(θ + 3)² = 0.494897.
    EXPECT_NEAR(fit->covariance[0], 2.020619, 1e-5);
    EXPECT_NEAR(fit->log_likelihood_at_zero, std::log(1.0 / 6), 1e-12);
    const double theta = std::sqrt(6);
    EXPECT_NEAR(fit->log_likelihood, std::log(2 * theta / ((theta + 2) * (theta + 3))), 1e-12);
    EXPECT_EQ(fit->events, 3);
    EXPECT_EQ(fit->clusters, 3);
}

TEST(Cox, RobustErrorIsThatCountedByHand) {
    const auto fit = fit_cox(kWorked.rows, kWorked.covariates);
    ASSERT_TRUE(fit);
    // Score residuals 0.005103, −0.293793, 0.288690; their squares sum to 0.169682, times 2.020619².
    EXPECT_NEAR(fit->robust_errors[0], 0.832344, 2e-6);
}

TEST(Cox, BaselineIsThatCountedByHand) {
    const auto fit = fit_cox(kWorked.rows, kWorked.covariates);
    ASSERT_TRUE(fit);
    const double theta = std::sqrt(6), first = 1 / (theta + 2) + 2 / (theta + 3);
    ASSERT_EQ(fit->baseline.size(), 2);
    EXPECT_NEAR(fit->baseline[0].cumulative_hazard, first, 1e-9);
    EXPECT_NEAR(fit->baseline[1].cumulative_hazard, first + 1, 1e-9);
    EXPECT_EQ(fit->lasting(0.5, std::vector<double>{0}), 1);
    EXPECT_NEAR(fit->lasting(1, std::vector<double>{0}), std::exp(-first), 1e-9);
    EXPECT_NEAR(fit->lasting(1.9, std::vector<double>{1}), std::exp(-first * theta), 1e-9);
}

// First and third: in order. Second and third: tied in the score, ½. First and second: at one time, left out.
TEST(Cox, ConcordanceIsThatCountedByHand) {
    const auto fit = fit_cox(kWorked.rows, kWorked.covariates);
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->concordance.comparable(), 2);
    EXPECT_NEAR(*fit->concordance.share(), 0.75, 1e-12);
}

// The one who is followed from 1 on was not at risk at 1, but the one last seen at 1 was.
TEST(Cox, AtRiskIsAfterTheEntryUpToTheExit) {
    const std::vector<CoxRow> rows{{0, 1, true}, {1, 3, false}, {0, 1, false}, {0, 2, true}};
    const auto fit = fit_cox(rows, {});
    ASSERT_TRUE(fit) << fit.error().message;
    ASSERT_EQ(fit->baseline.size(), 2);
    EXPECT_NEAR(fit->baseline[0].cumulative_hazard, 1.0 / 3, 1e-12);
    EXPECT_NEAR(fit->baseline[1].cumulative_hazard, 1.0 / 3 + 1.0 / 2, 1e-12);
    EXPECT_NEAR(fit->log_likelihood, -std::log(6), 1e-12);
}

TEST(Cox, NoPairComparableHasNoConcordance) {
    const auto fit = fit_cox(std::vector<CoxRow>{{0, 1, true}}, {});
    ASSERT_TRUE(fit);
    EXPECT_FALSE(fit->concordance.share());
}

void expect_refused(const Given& given, const std::string& field, const std::string& words) {
    const auto fit = fit_cox(given.rows, given.covariates);
    ASSERT_FALSE(fit) << field << ", " << words;
    EXPECT_EQ(fit.error().field, field) << fit.error().message;
    EXPECT_NE(fit.error().message.find(words), std::string::npos) << fit.error().message;
}

TEST(CoxRefusals, RowsThatCannotBe) {
    expect_refused(own_clusters({}, {}), "rows", "found none");
    expect_refused(own_clusters({{0, 1, false}, {0, 2, false}}, {1, 0}), "rows", "no event");
    expect_refused(own_clusters({{0, 1, true}, {2, 2, true}}, {1, 0}), "rows", "number 2");
    expect_refused(own_clusters({{3, 1, true}, {0, 2, true}}, {1, 0}), "rows", "after the entry");
    expect_refused(own_clusters({{0, INFINITY, true}, {0, 2, true}}, {1, 0}), "rows", "number 1");
    expect_refused(own_clusters({{0, 1, true}, {0, 2, true}}, {NAN, 0}), "x", "no number");
}

TEST(CoxRefusals, ACovariateThatIsConstant) {
    expect_refused(
        own_clusters({{0, 1, true}, {0, 2, true}, {0, 3, true}}, {0.1, 0.1, 0.1}), "x", "one value"
    );
    // It differs, but only between strata, which are never compared.
    auto given = own_clusters({{0, 1, true}, {0, 2, true}, {0, 1, true}, {0, 2, true}}, {0, 0, 1, 1});
    given.rows[2].stratum = given.rows[3].stratum = 1;
    expect_refused(given, "x", "among all that are compared");
}

TEST(CoxRefusals, ACovariateThatRepeatsOthers) {
    const std::vector<CoxRow> rows{{0, 1, true}, {0, 2, true}, {0, 3, true}, {0, 4, true}, {0, 5, false}};
    const CoxCovariates covariates{{"first", "second", "sum"}, {1, 0, 3, 0, 1, 2, 1, 1, 5, 0, 0, 0, 1, 2, 7}};
    const auto fit = fit_cox(rows, covariates);
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().field, "sum");
    EXPECT_NE(fit.error().message.find("repeated"), std::string::npos) << fit.error().message;
}

TEST(CoxRefusals, CompleteSeparation) {
    expect_refused(
        own_clusters(
            {{0, 1, true}, {0, 2, true}, {0, 3, true}, {0, 4, false}, {0, 5, false}}, {1, 1, 1, 0, 0}
        ),
        "x",
        "no limit"
    );
    expect_refused(own_clusters({{0, 1, true}, {0, 2, true}, {0, 3, true}}, {3, 2, 1}), "x", "no limit");
    // By another name than that of the first, which is held.
    const std::vector<CoxRow> rows{{0, 1, true}, {0, 2, true}, {0, 3, true}, {0, 4, true}, {0, 5, false}};
    const auto fit = fit_cox(rows, {{"held", "free"}, {1, 0, 0, 0, 0, 0, 1, 0, 1, 1}});
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().field, "free") << fit.error().message;
}

}  // namespace
}  // namespace entente::measures
