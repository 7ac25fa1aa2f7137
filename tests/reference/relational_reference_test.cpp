// Fits of R's survival, from relational.json, beside ours. The cases on open data run where ENTENTE_CORPUS
// names the folder that holds them, and are skipped otherwise, and say so. RELATIONAL.md tells how the
// figures were made.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/json.h"
#include "measures/relational/fit.h"
#include "measures/relational/ranking.h"
#include "measures/relational/read_out.h"
#include "relational_cases.h"

namespace entente::reference {
namespace {

using namespace measures::relational;

json::object figures_of(const std::string& name) {
    std::ifstream in("tests/reference/relational.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto all = parse_json(text.str());
    EXPECT_TRUE(all) << "tests/reference/relational.json cannot be read";
    return all->as_object().at(name).as_object();
}

double number(const json::value& value) {
    return value.to_number<double>();
}

void expect_relative(double ours, double theirs, const std::string& what) {
    EXPECT_NEAR(ours, theirs, 1e-6 * std::fabs(theirs)) << what;
}

Fit expect_equal(const RelationalCase& of) {
    const auto figures = figures_of(of.name);
    const auto found = fit(of.history, of.model);
    EXPECT_TRUE(found) << of.name << ": "
                       << (found ? "" : found.error().field + ": " + found.error().message);
    if (!found) return {};
    const auto& estimates = figures.at("estimates").as_array();
    const auto& errors = figures.at("standard_errors").as_array();
    EXPECT_EQ(found->coefficients.size(), estimates.size());
    for (std::size_t k = 0; k < estimates.size(); ++k) {
        const auto& ours = found->coefficients[k];
        expect_relative(ours.estimate, number(estimates[k]), of.name + ", " + ours.name);
        expect_relative(ours.standard_error, number(errors[k]), of.name + ", error of " + ours.name);
    }
    expect_relative(found->log_likelihood, number(figures.at("log_likelihood")), of.name);
    expect_relative(
        found->log_likelihood_null, number(figures.at("log_likelihood_null")), of.name + " at zero"
    );
    return *found;
}

std::optional<std::filesystem::path> corpus() {
    const char* folder = std::getenv("ENTENTE_CORPUS");
    return folder ? std::optional<std::filesystem::path>(folder) : std::nullopt;
}

using Read = std::optional<std::vector<RelationalCase>> (*)(const std::filesystem::path&);

std::optional<std::vector<RelationalCase>> read(Read cases) {
    const auto folder = corpus();
    return folder ? cases(*folder) : std::nullopt;
}

TEST(RelationalReference, TheToyEqualsR) {
    for (const auto& of : toy_cases()) expect_equal(of);
}

TEST(RelationalReference, TheFisheriesTreatiesEqualR) {
    const auto cases = read(treaty_cases);
    if (!cases) GTEST_SKIP() << "ENTENTE_CORPUS names no folder with fisheries-treaties/ in it";
    for (const auto& of : *cases) {
        const Fit found = expect_equal(of);
        // States whose regime nobody coded are not at risk, and are counted.
        EXPECT_GT(found.pairs_left_out, 0);
    }
}

TEST(RelationalReference, VisitsEqualR) {
    const auto cases = read(visit_cases);
    if (!cases) GTEST_SKIP() << "ENTENTE_CORPUS names no folder with us-diplomacy/ in it";
    expect_equal(cases->front());
    const Fit found = expect_equal(cases->back());
    std::cout << table_of(found);
    const auto words = read_out(
        found.coefficients.back(), {"a visit received", "a visit paid", 182, "in the following half-year"}
    );
    ASSERT_TRUE(words);
    std::cout << *words << "\n";
    // What came before 2010 foretells what came after.
    RelationalCase early = cases->front();
    early.model.end = 14610;
    const auto before = fit(early.history, early.model);
    ASSERT_TRUE(before);
    const auto ranked = rank_held_out(early.history, early.model, *before, 30000);
    ASSERT_TRUE(ranked) << ranked.error().message;
    EXPECT_GT(ranked->top_10, 0.2);
    std::cout << "held out: " << ranked->events
              << " visits since 2010, the pair among the first 1, 5, 10 %: " << ranked->top_1 << ", "
              << ranked->top_5 << ", " << ranked->top_10 << "\n";
}

TEST(RelationalReference, ExercisesEqualR) {
    const auto cases = read(exercise_cases);
    if (!cases) GTEST_SKIP() << "ENTENTE_CORPUS names no folder with exercises/ in it";
    std::cout << table_of(expect_equal(cases->front()));
}

}  // namespace
}  // namespace entente::reference
