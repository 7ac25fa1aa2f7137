// Lifetimes known to intervals: R's survival, from survival.json, beside ours. survival.R made the lifetimes and the
// figures; R is not needed here.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "measures/survival/interval_curve.h"
#include "measures/survival/lifetime_fit.h"

namespace entente::reference {
namespace {

using namespace measures;

json::object figures() {
    std::ifstream in("tests/reference/survival.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto all = parse_json(text.str());
    EXPECT_TRUE(all) << "tests/reference/survival.json cannot be read";
    return all->as_object();
}

/// No value stands for an end that nobody saw.
std::vector<double> numbers(const json::value& list) {
    std::vector<double> out;
    for (const auto& one : list.as_array()) out.push_back(one.is_null() ? INFINITY : one.to_number<double>());
    return out;
}

std::vector<Lifetime> lifetimes_of(const json::object& given) {
    const auto low = numbers(given.at("low")), high = numbers(given.at("high"));
    std::vector<Lifetime> out;
    for (std::size_t i = 0; i < low.size(); ++i) out.push_back({low[i], high[i]});
    return out;
}

LifetimeCovariates covariates_of(const json::object& given, std::size_t rows) {
    LifetimeCovariates out;
    std::vector<std::vector<double>> columns;
    for (const auto& column : given.at("covariates").as_array()) {
        columns.push_back(numbers(column));
        out.names.push_back("x" + std::to_string(columns.size()));
    }
    for (std::size_t i = 0; i < rows; ++i)
        for (const auto& column : columns) out.values.push_back(column[i]);
    return out;
}

LifetimeLaw law_of(std::string_view name) {
    if (name == "exponential") return LifetimeLaw::exponential;
    if (name == "weibull") return LifetimeLaw::weibull;
    return name == "lognormal" ? LifetimeLaw::log_normal : LifetimeLaw::log_logistic;
}

void expect_relative(double ours, double theirs, const std::string& what) {
    EXPECT_NEAR(ours, theirs, 1e-6 * std::fabs(theirs)) << what;
}

void expect_fit(const json::object& theirs, const LifetimeFit& ours, const std::string& what) {
    const auto estimates = numbers(theirs.at("estimates")), errors = numbers(theirs.at("standard_errors"));
    ASSERT_EQ(estimates.size(), ours.coefficients.size() + 1) << what;
    ASSERT_EQ(errors.size(), ours.parameters()) << what;
    expect_relative(ours.location, estimates[0], what);
    for (std::size_t k = 1; k < estimates.size(); ++k)
        expect_relative(ours.coefficients[k - 1], estimates[k], what);
    for (std::size_t k = 0; k < errors.size(); ++k)
        expect_relative(std::sqrt(ours.covariance[k * errors.size() + k]), errors[k], what + ", error");
    expect_relative(ours.scale, theirs.at("scale").to_number<double>(), what + ", scale");
    expect_relative(
        ours.log_likelihood, theirs.at("log_likelihood").to_number<double>(), what + ", likelihood"
    );
}

TEST(SurvivalReference, TheFourLawsEqualSurvreg) {
    int fits = 0;
    for (const auto& [name, case_] : figures()) {
        if (name == "by") continue;
        const auto& given = case_.as_object();
        const auto lifetimes = lifetimes_of(given);
        const auto covariates = covariates_of(given, lifetimes.size());
        for (const auto& theirs : given.at("fits").as_array()) {
            const std::string law(theirs.as_object().at("law").as_string());
            const auto ours = fit_lifetimes(law_of(law), lifetimes, covariates);
            ASSERT_TRUE(ours) << std::string(name) << ", " << law << ": " << ours.error().message;
            expect_fit(theirs.as_object(), *ours, std::string(name) + ", " + law);
            ++fits;
        }
    }
    EXPECT_EQ(fits, 16);
}

// R puts a step in the middle of the stretch on which it may lie: the curves are compared where each stretch ends.
TEST(SurvivalReference, TurnbullEqualsSurvfit) {
    for (const auto& [name, case_] : figures()) {
        if (name == "by") continue;
        const auto& given = case_.as_object();
        const auto curve = turnbull(lifetimes_of(given));
        ASSERT_TRUE(curve);
        const auto& theirs = given.at("curve").as_object();
        const auto days = numbers(theirs.at("days")), lasting = numbers(theirs.at("lasting"));
        for (const auto& piece : curve->pieces) {
            if (!std::isfinite(piece.high)) continue;
            double of_r = 1;
            for (std::size_t i = 0; i < days.size() && days[i] <= piece.high; ++i) of_r = lasting[i];
            EXPECT_NEAR(curve->lasting(piece.high).low, of_r, 1e-6)
                << std::string(name) << " at " << piece.high;
        }
    }
}

}  // namespace
}  // namespace entente::reference
