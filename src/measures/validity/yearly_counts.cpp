#include "measures/validity/yearly_counts.h"

#include <cmath>

#include "measures/tie/strand_coverage.h"

namespace entente::measures::validity {
namespace {

bool is_fiscal(const StrandParameters& strand) {
    return strand.tally == "training";
}

/// How many a mass stands for: of what was tallied, the number; of training, its length times its people.
double number_of(const RecordMass& mass, const StrandParameters& strand) {
    return is_fiscal(strand) || mass.kind == "exercises" ? mass.factor : 1;
}

}  // namespace

StrandYear strand_year(const StrandParameters& strand, int year) {
    if (is_fiscal(strand)) return {fiscal_year_begin(year), fiscal_year_end(year)};
    return {*day_of(year, 1, 1), *day_of(year, 12, 31)};
}

std::map<int, std::int64_t> yearly_counts(
    const Masses& masses, std::size_t strand, const Parameters& parameters
) {
    const auto& of = parameters.strands[strand];
    std::map<int, double> sums;
    for (const auto& mass : masses.items)
        if (mass.strand == strand)
            sums[is_fiscal(of) ? fiscal_year_of(mass.on.first) : calendar(mass.on.first).year] +=
                number_of(mass, of);
    std::map<int, std::int64_t> out;
    for (const auto& [year, sum] : sums) out[year] = std::llround(sum);
    return out;
}

bool CoveredYears::whole(const TieFacts& tie, std::size_t strand, int year, Day until) {
    const auto& of = parameters_.strands[strand];
    const auto days = strand_year(of, year);
    if (until < days.last) return false;
    const auto [found, fresh] =
        known_.try_emplace({tie.coverage.data(), tie.coverage.size(), strand, year}, false);
    if (fresh)
        found->second =
            covered_days(tie.coverage, tie.pair, of, days.first, days.last) == days.last - days.first + 1;
    return found->second;
}

}  // namespace entente::measures::validity
