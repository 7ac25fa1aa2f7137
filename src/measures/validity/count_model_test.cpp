#include "measures/validity/count_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace entente::measures::validity {
namespace {

constexpr CountPriors kNone{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};

std::vector<CountRow> sample() {
    const std::vector<std::int64_t> next{0, 9, 1, 2, 0, 2, 25, 5, 0, 6, 1, 9, 12, 0, 1, 3};
    const std::vector<double> before{1, 2, 0, 5, 0, 3, 8, 4, 1, 0, 2, 10, 3, 0, 5, 1};
    const std::vector<double> more{.1, .5, .2, .9, .3, .1, .8, .4, .2, .6, .3, .7, .5, .1, .6, .9};
    std::vector<CountRow> out;
    for (std::size_t i = 0; i < next.size(); ++i) out.push_back({{std::log1p(before[i]), more[i]}, next[i]});
    return out;
}

// R MASS: glm.nb(y ~ log1p(b) + z, control = glm.control(epsilon = 1e-14, maxit = 200)).
TEST(CountModel, IsWhatRFinds) {
    const auto model = fit_counts(sample(), kNone).value();
    EXPECT_NEAR(model.coefficients[0], -0.76365286020467, 1e-7);
    EXPECT_NEAR(model.coefficients[1], 0.59222284425563, 1e-7);
    EXPECT_NEAR(model.coefficients[2], 2.80895487232199, 1e-7);
    EXPECT_NEAR(std::exp(model.log_size), 1.3275375757359, 1e-6);
    EXPECT_NEAR(model.log_likelihood, -36.795007328687, 1e-9);
    EXPECT_NEAR(model.log_probability({{std::log1p(3), 0.4}, 4}), -2.3954930392813, 1e-7);
}

// By hand: mean 2, size 1 is geometric with p = 1/3: ln(1/3), ln(2/9), ln(4/27).
TEST(CountModel, ProbabilitiesByHand) {
    const CountModel geometric{{std::log(2)}, 0, 0};
    EXPECT_NEAR(geometric.log_probability({{}, 0}), std::log(1.0 / 3), 1e-15);
    EXPECT_NEAR(geometric.log_probability({{}, 1}), std::log(2.0 / 9), 1e-15);
    EXPECT_NEAR(geometric.log_probability({{}, 2}), std::log(4.0 / 27), 1e-14);
}

TEST(CountModel, ProbabilitiesAddUpToOne) {
    const CountModel model{{0.3, 0.5}, -0.7, 0};
    double sum = 0, mean = 0;
    for (std::int64_t count = 0; count < 4000; ++count) {
        const double p = std::exp(model.log_probability({{1.2}, count}));
        sum += p, mean += p * static_cast<double>(count);
    }
    EXPECT_NEAR(sum, 1, 1e-10);
    EXPECT_NEAR(mean, std::exp(0.3 + 0.5 * 1.2), 1e-7);
}

// What never varies has no maximum of its own; the prior holds it at 0 and leaves the others where they were.
TEST(CountModel, PriorsHoldWhatTheDataLeaveOpen) {
    std::vector<CountRow> rows = sample();
    for (auto& row : rows) row.known.push_back(0);
    EXPECT_FALSE(fit_counts(rows, kNone));
    const auto model = fit_counts(rows).value();
    EXPECT_NEAR(model.coefficients[3], 0, 1e-9);
    EXPECT_NEAR(model.coefficients[2], 2.8, 0.2);
    EXPECT_FALSE(fit_counts({}));
}

TEST(CountModel, FindsTheSameFromElsewhere) {
    const auto rows = sample();
    const auto cold = fit_counts(rows).value();
    const CountModel far{{2, -1, 0.5}, 2, 0};
    const auto warm = fit_counts(rows, {}, &far).value();
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(cold.coefficients[i], warm.coefficients[i], 1e-6);
}

}  // namespace
}  // namespace entente::measures::validity
