// Writes the stacked table of a case for R: one row for each pair at risk at each time with events, as binary
// doubles: number of the time, whether the pair acted, one x for each statistic.
//
//   relational_table CASE CORPUS FILE      prints what it wrote
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "measures/relational/check_input.h"
#include "measures/relational/controls.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/state.h"
#include "relational_cases.h"

namespace entente::reference {
namespace {

using namespace measures::relational;

std::optional<RelationalCase> case_of(const std::string& name, const std::filesystem::path& corpus) {
    std::vector<RelationalCase> all = toy_cases();
    for (const auto& read : {treaty_cases, visit_cases, exercise_cases})
        if (auto more = read(corpus)) all.insert(all.end(), more->begin(), more->end());
    for (auto& of : all)
        if (of.name == name) return of;
    return std::nullopt;
}

void write(const RelationalCase& of, std::ofstream& out) {
    const Timeline timeline(of.history, of.model.statistics);
    State state(of.history, of.model.statistics, timeline);
    double number = 0;
    std::size_t rows = 0;
    for (const Group& group : groups_of(of.history, of.model, timeline)) {
        state.move_to(group.time);
        ++number;
        for (const auto& [i, j] : pairs_at_risk(state.risk())) {
            double acted = 0;
            for (const auto index : group.events) {
                const Event& event = of.history.events[index];
                const bool turned = !of.history.directed && event.sender == j && event.receiver == i;
                if ((event.sender == i && event.receiver == j) || turned) acted = 1;
            }
            std::vector<double> row{number, acted};
            for (std::size_t k = 0; k < of.model.statistics.size(); ++k) row.push_back(state.value(k, i, j));
            out.write(
                reinterpret_cast<const char*>(row.data()),
                static_cast<std::streamsize>(row.size() * sizeof(double))
            );
            ++rows;
        }
    }
    std::cout << fmt::format("{} {} times, {} rows\n", of.name, number, rows);
}

}  // namespace
}  // namespace entente::reference

int main(int count, char** words) {
    if (count != 4) {
        std::cerr << "relational_table CASE CORPUS FILE\n";
        return 2;
    }
    const auto of = entente::reference::case_of(words[1], words[2]);
    std::ofstream out(words[3], std::ios::binary);
    if (!of || !out) {
        std::cerr << "no such case, or the file cannot be written\n";
        return 1;
    }
    if (const auto good = entente::measures::relational::check_input(of->history, of->model); !good) {
        std::cerr << good.error().field << ": " << good.error().message << "\n";
        return 1;
    }
    entente::reference::write(*of, out);
    return 0;
}
