// Cox regressions: R's survival, from cox.json, beside ours. cox.R made the figures; R is not needed here.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "measures/survival/cox.h"
#include "measures/survival/recurrent.h"

namespace entente::reference {
namespace {

using namespace measures;

json::object figures() {
    std::ifstream in("tests/reference/cox.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto all = parse_json(text.str());
    EXPECT_TRUE(all) << "tests/reference/cox.json cannot be read";
    return all->as_object();
}

std::vector<double> numbers(const json::value& list) {
    std::vector<double> out;
    for (const auto& one : list.as_array()) out.push_back(one.to_number<double>());
    return out;
}

std::vector<CoxRow> rows_of(const json::object& given) {
    const auto entry = numbers(given.at("entry")), exit = numbers(given.at("exit"));
    const auto event = numbers(given.at("event")), stratum = numbers(given.at("stratum"));
    const auto cluster = numbers(given.at("cluster"));
    std::vector<CoxRow> out;
    for (std::size_t i = 0; i < entry.size(); ++i)
        out.push_back(
            {entry[i],
             exit[i],
             event[i] == 1,
             static_cast<std::size_t>(stratum[i]),
             static_cast<std::size_t>(cluster[i])}
        );
    return out;
}

CoxCovariates covariates_of(const json::object& given, std::size_t rows) {
    CoxCovariates out;
    for (const auto& name : given.at("names").as_array()) out.names.emplace_back(name.as_string());
    std::vector<std::vector<double>> columns;
    for (const auto& column : given.at("covariates").as_array()) columns.push_back(numbers(column));
    for (std::size_t i = 0; i < rows; ++i)
        for (const auto& column : columns) out.values.push_back(column[i]);
    return out;
}

void expect_all(
    const std::vector<double>& ours, const json::value& theirs, double tolerance, const std::string& what
) {
    const auto list = numbers(theirs);
    ASSERT_EQ(ours.size(), list.size()) << what;
    for (std::size_t i = 0; i < list.size(); ++i)
        EXPECT_NEAR(ours[i], list[i], tolerance * std::fabs(list[i])) << what << ", number " << i + 1;
}

/// R numbers strata from 1, by their order.
std::vector<double> strata_in_order(const CoxFit& fit, double first) {
    std::vector<double> out;
    for (std::size_t i = 0; i < fit.baseline.size(); ++i) {
        if (i > 0 && fit.baseline[i].stratum != fit.baseline[i - 1].stratum) ++first;
        out.push_back(first);
    }
    return out;
}

void expect_fit(const json::object& theirs, const CoxFit& ours, const std::string& what) {
    expect_all(ours.coefficients, theirs.at("coefficients"), 1e-8, what + ", coefficients");
    expect_all(ours.standard_errors, theirs.at("standard_errors"), 1e-8, what + ", errors");
    expect_all(ours.robust_errors, theirs.at("robust_errors"), 1e-8, what + ", robust errors");
    expect_all(
        {ours.log_likelihood_at_zero, ours.log_likelihood},
        theirs.at("log_likelihood"),
        1e-12,
        what + ", likelihood"
    );
    std::vector<double> times, hazards;
    for (const auto& step : ours.baseline) {
        times.push_back(step.time);
        hazards.push_back(step.cumulative_hazard);
    }
    const auto strata = numbers(theirs.at("baseline_strata"));
    expect_all(strata_in_order(ours, strata[0]), theirs.at("baseline_strata"), 0, what + ", strata");
    expect_all(times, theirs.at("baseline_times"), 0, what + ", times");
    expect_all(hazards, theirs.at("baseline_hazards"), 1e-8, what + ", baseline");
    EXPECT_EQ(ours.concordance.concordant, theirs.at("concordant").to_number<double>()) << what;
    EXPECT_EQ(ours.concordance.discordant, theirs.at("discordant").to_number<double>()) << what;
    EXPECT_EQ(ours.concordance.tied_score, theirs.at("tied").to_number<double>()) << what;
}

TEST(CoxReference, EqualsCoxph) {
    int fits = 0;
    for (const auto& [name, case_] : figures()) {
        if (name == "by") continue;
        const auto& given = case_.as_object();
        const auto rows = rows_of(given);
        const auto ours = fit_cox(rows, covariates_of(given, rows.size()));
        ASSERT_TRUE(ours) << std::string(name) << ": " << ours.error().message;
        expect_fit(given.at("fit").as_object(), *ours, std::string(name));
        ++fits;
    }
    EXPECT_EQ(fits, 5);
}

// Both forms of bladder were made in R by hand of one table: ours are made of the histories.
TEST(CoxReference, BothFormsOfBladderComeOfOneHistory) {
    const auto all = figures();
    const auto calendar = rows_of(all.at("bladder, Andersen-Gill").as_object());
    const auto gaps = rows_of(all.at("bladder, gap time").as_object());
    std::vector<RecurrentUnit> units;
    std::vector<std::size_t> patients;
    for (const auto& row : calendar) {
        if (patients.empty() || patients.back() != row.cluster) {
            patients.push_back(row.cluster);
            units.emplace_back();
        }
        units.back().at_risk.push_back({row.entry, row.exit, row.event});
        if (row.event) units.back().events.push_back(row.exit);
    }
    const auto expect = [&](RecurrentForm form, const std::vector<CoxRow>& theirs, std::size_t first) {
        const auto ours = recurrent_rows(units, form, 3);
        ASSERT_TRUE(ours) << ours.error().message;
        ASSERT_EQ(ours->size(), theirs.size());
        for (std::size_t i = 0; i < theirs.size(); ++i) {
            EXPECT_EQ((*ours)[i].entry, theirs[i].entry) << i;
            EXPECT_EQ((*ours)[i].exit, theirs[i].exit) << i;
            EXPECT_EQ((*ours)[i].event, theirs[i].event) << i;
            EXPECT_EQ((*ours)[i].stratum + first, theirs[i].stratum) << i;
            EXPECT_EQ(patients[(*ours)[i].cluster], theirs[i].cluster) << i;
        }
    };
    expect(RecurrentForm::andersen_gill, calendar, 0);
    expect(RecurrentForm::gap_time, gaps, 1);
}

}  // namespace
}  // namespace entente::reference
