#include "measures/shape/given_training.h"

#include <algorithm>
#include <set>

namespace entente::measures {
namespace {

std::vector<Coverage> of_giver(std::span<const Coverage> statements, const std::string& giver) {
    std::vector<Coverage> out;
    for (const auto& one : statements)
        if (one.parties.size() != 1 || one.parties.front() == giver) out.push_back(one);
    return out;
}

/// Cells of lines, and of tallies where a year has no lines.
std::vector<TrainingCell> given_cells(const TieFacts& facts, const std::string& giver, Day at) {
    auto out = cells_of(facts.training_lines, facts.pair, at);
    std::erase_if(out, [&](const TrainingCell& cell) { return cell.deliverer != giver; });
    std::set<int> by_lines;
    for (const auto& cell : out) by_lines.insert(cell.fiscal_year);
    for (auto& cell : cells_of(facts.tallies, facts.pair, at))
        if (cell.deliverer == giver && !by_lines.contains(cell.fiscal_year)) out.push_back(std::move(cell));
    return out;
}

/// Fiscal years that any statement about training touches and that are over.
std::pair<int, int> years_spoken_of(const std::vector<Coverage>& statements, Day at) {
    int first = 0, last = 0;
    for (const auto& one : statements) {
        if (!contains(one.record_types, "training_line") && !contains(one.record_types, "tally")) continue;
        if (!one.covers.from) continue;
        const int from = fiscal_year_of(*one.covers.from);
        const int to = fiscal_year_of(std::min(one.covers.last(at), at) + 1) - 1;
        first = first == 0 ? from : std::min(first, from);
        last = std::max(last, to);
    }
    return {first, last};
}

}  // namespace

Given given_training(const TieFacts& facts, const std::string& giver, Day at) {
    const auto statements = of_giver(facts.coverage, giver);
    const auto cells = given_cells(facts, giver, at);
    const auto [first, last] = years_spoken_of(statements, at);
    Given out;
    for (int year = first; year != 0 && year <= last; ++year) {
        const auto answer = coverage_between(
            statements,
            {facts.pair, "training_line", "", "training"},
            fiscal_year_begin(year),
            fiscal_year_end(year)
        );
        out.coverage = std::min(out.coverage, answer.kind);
        if (answer.kind != CoverageKind::census && answer.kind != CoverageKind::sample) continue;
        if (out.first_year == 0) out.first_year = year;
        out.last_year = year;
        for (const auto& cell : cells) {
            if (cell.fiscal_year != year) continue;
            out.sum += cell.sum;
            out.records.insert(out.records.end(), cell.records.begin(), cell.records.end());
        }
    }
    return out;
}

}  // namespace entente::measures
