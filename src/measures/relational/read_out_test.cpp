#include "measures/relational/read_out.h"

#include <gtest/gtest.h>

#include <cmath>

namespace entente::measures::relational {
namespace {

Coefficient coefficient(const Statistic& statistic, double ratio, double error) {
    Coefficient of;
    of.statistic = statistic, of.name = describe(statistic);
    of.estimate = std::log(ratio), of.standard_error = error;
    return of;
}

const Phrase kVisits{"a visit received", "a visit paid", 182, "in the following half-year"};

TEST(ReadOut, SaysItInWords) {
    const double error = std::log(3.4 / 1.6) / 2 / 1.644853627;
    EXPECT_EQ(
        *read_out(coefficient({Kind::shock, {}, Transform::identity, "visit", 182}, 2.3325, error), kVisits),
        "a visit received makes a visit paid 2.3 times as likely (1.6–3.4) in the following half-year"
    );
}

TEST(ReadOut, AveragesWhatDecaysOverThePeriod) {
    // Over one half-life an event is worth 1/(2 ln 2) on average.
    const double mean = 1 / (2 * std::log(2));
    EXPECT_EQ(
        *read_out(coefficient({Kind::reciprocity, 182.0}, std::exp(std::log(2.5) / mean), 1e-9), kVisits),
        "a visit received makes a visit paid 2.5 times as likely (2.5–2.5) in the following half-year"
    );
    EXPECT_FALSE(read_out(coefficient({Kind::reciprocity, 182.0}, 2, 1), {"a", "b", 0, ""}));
}

TEST(ReadOut, TakesTheFirstEventOfALogarithm) {
    EXPECT_EQ(
        *read_out(
            coefficient({Kind::inertia, {}, Transform::log}, std::exp(1), 0), {"a visit", "another", 0, ""}
        ),
        "a visit makes another 2.0 times as likely (2.0–2.0)"
    );
}

TEST(ReadOut, DividesByTheDeviation) {
    Coefficient of = coefficient({Kind::inertia, {}, Transform::standard}, 1, 0);
    of.estimate = 0.5 * std::log(3), of.deviation = 0.5;
    EXPECT_EQ(
        *read_out(of, {"a visit", "another", 0, ""}), "a visit makes another 3.0 times as likely (3.0–3.0)"
    );
}

TEST(ReadOut, SaysWhenTheBandTellsNothing) {
    EXPECT_EQ(
        *read_out(coefficient({Kind::inertia}, 1.2, 0.4), {"a visit", "another", 0, ""}),
        "a visit makes another 1.2 times as likely (0.62–2.3): more and less are both possible"
    );
    EXPECT_EQ(
        *read_out(coefficient({Kind::inertia}, 123, 0.001), {"a visit", "another", 0, ""}),
        "a visit makes another 120 times as likely (120–120)"
    );
}

TEST(ReadOut, ShowsSmallEffects) {
    EXPECT_EQ(
        *read_out(coefficient({Kind::inertia}, 1.06, 0.01), {"a visit", "another", 0, ""}),
        "a visit makes another 1.06 times as likely (1.04–1.08)"
    );
}

TEST(FitTable, FitsATerminal) {
    Fit fit;
    fit.coefficients = {
        coefficient({Kind::reciprocity, 180.0, Transform::log}, 2.3, 0.2),
        coefficient({Kind::shock, {}, Transform::identity, "arms sale of some size", 90}, 0.5, 0.1)};
    fit.choices = "order of events; events of one time: Breslow";
    fit.events = 12, fit.pairs_mean = 30, fit.events_left_out = 2, fit.pairs_left_out = 40;
    fit.log_likelihood = -12.25, fit.log_likelihood_null = -16, fit.aic = 28.5, fit.bic = 30;
    EXPECT_EQ(
        table_of(fit),
        "                                        estimate    error    ratio  5-95 %\n"
        "reciprocity, half-life 180 days, ln(1+x)\n"
        "                                          0.8329   0.2000        1  0-0\n"
        "shock of class arms sale of some size within 90 days\n"
        "                                         -0.6931   0.1000        1  0-0\n"
        "order of events; events of one time: Breslow\n"
        "12 events, 30 pairs at risk on average\n"
        "left out, a covariate missing: 2 events, and 40 pairs at event times\n"
        "log-likelihood -12.25, at zero -16; AIC 28.5, BIC 30\n"
    );
}

}  // namespace
}  // namespace entente::measures::relational
