// Hazards in discrete time: R's glm with the complementary log-log link, from risk.json, beside ours. risk.R made the weeks
// and the figures; R is not needed here.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "base/json.h"
#include "measures/risk/hazard_fit.h"

namespace entente::reference {
namespace {

using measures::risk::fit_hazard;
using measures::risk::HazardCell;

json::object figures() {
    std::ifstream in("tests/reference/risk.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto all = parse_json(text.str());
    EXPECT_TRUE(all) << "tests/reference/risk.json cannot be read";
    return all->as_object();
}

std::vector<double> numbers(const json::value& list) {
    std::vector<double> out;
    for (const auto& one : list.as_array()) out.push_back(one.to_number<double>());
    return out;
}

/// R was given a row for each week; ours gets them put together by what they know, as the measure does.
std::vector<HazardCell> cells_of(const json::object& given) {
    const auto days = numbers(given.at("days")), stopped = numbers(given.at("stopped"));
    std::vector<std::vector<double>> columns;
    for (const auto& column : given.at("covariates").as_array()) columns.push_back(numbers(column));
    std::map<std::vector<double>, HazardCell> cells;
    for (std::size_t i = 0; i < days.size(); ++i) {
        std::vector<double> values;
        for (const auto& column : columns) values.push_back(column[i]);
        auto& cell = cells[values];
        cell.values = values;
        if (stopped[i] == 1)
            cell.stop_weeks.push_back(days[i] / 7);
        else
            cell.free_weeks += days[i] / 7;
    }
    std::vector<HazardCell> out;
    for (auto& [values, cell] : cells) out.push_back(std::move(cell));
    return out;
}

void expect_relative(double ours, double theirs, const std::string& what) {
    EXPECT_NEAR(ours, theirs, 1e-6 * std::fabs(theirs)) << what;
}

void expect_fit(const json::object& given, const std::string& prefix, const std::vector<double>& held) {
    const auto fit = fit_hazard(cells_of(given), {"years", "shock", "other"}, held);
    ASSERT_TRUE(fit) << fit.error().message;
    const auto estimates = numbers(given.at(prefix + "estimates")),
               errors = numbers(given.at(prefix + "standard_errors"));
    expect_relative(fit->constant, estimates[0], prefix + "constant");
    for (std::size_t k = 0; k < 3; ++k)
        expect_relative(fit->coefficients[k], estimates[k + 1], prefix + "slope");
    for (std::size_t k = 0; k < 4; ++k)
        expect_relative(std::sqrt(fit->covariance[k * 5]), errors[k], prefix + "error");
    if (held.empty())
        expect_relative(fit->log_likelihood, given.at("log_likelihood").to_number<double>(), "likelihood");
}

TEST(RiskReference, EqualsGlm) {
    int cases = 0;
    for (const auto& [name, given] : figures()) {
        if (!given.is_object()) continue;
        SCOPED_TRACE(std::string(name));
        expect_fit(given.as_object(), "", {});
        expect_fit(given.as_object(), "held_", numbers(given.as_object().at("held")));
        ++cases;
    }
    EXPECT_EQ(cases, 2);
}

}  // namespace
}  // namespace entente::reference
