#include "measures/validity/panel.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "measures/validity/comparison_day.h"
#include "measures/validity/tie_on_day.h"
#include "numerics/neumaier.h"

namespace entente::measures::validity {
namespace {

constexpr int kFirstYear = 1950;

std::int64_t count_of(const std::map<int, std::int64_t>& counts, int year) {
    const auto found = counts.find(year);
    return found == counts.end() ? 0 : found->second;
}

/// Mean mass of one that is counted; 1 where nothing is.
double mean_mass_of(const std::vector<Masses>& masses, std::size_t strand, const Parameters& parameters) {
    numerics::NeumaierSum mass;
    std::int64_t number = 0;
    for (const auto& one : masses) {
        for (const auto& item : one.items)
            if (item.strand == strand) mass.add(item.on.mass);
        for (const auto& [year, count] : yearly_counts(one, strand, parameters)) number += count;
    }
    return number == 0 || mass.value() <= 0 ? 1 : mass.value() / static_cast<double>(number);
}

/// Leaves out years in which a handful is covered, unless no year has more.
void keep_broad_years(std::vector<PanelRow>& rows) {
    std::map<int, std::size_t> partners;
    for (const auto& row : rows) ++partners[row.year];
    const bool any =
        std::ranges::any_of(partners, [](const auto& one) { return one.second >= kLeastPartners; });
    if (any) std::erase_if(rows, [&](const PanelRow& row) { return partners[row.year] < kLeastPartners; });
}

}  // namespace

Panels::Panels(const ValidityFacts& facts, const Parameters& parameters)
    : facts_(facts), parameters_(parameters), middle_(at_the_middle(parameters)) {
    for (const auto& partner : facts.partners) masses_.push_back(weigh(partner.tie, parameters, facts.at));
    CoveredYears covered(parameters);
    const int last = calendar(facts.at).year;
    for (std::size_t strand = 0; strand < parameters.strands.size(); ++strand) {
        StrandPanel panel{strand, {}, 0, mean_mass_of(masses_, strand, parameters)};
        for (std::size_t at = 0; at < facts.partners.size(); ++at) {
            const auto& partner = facts.partners[at];
            const auto counts = yearly_counts(masses_[at], strand, parameters);
            for (int year = kFirstYear; year < last; ++year) {
                if (!is_named(partner, year) || !covered.whole(partner.tie, strand, year, facts.at) ||
                    !covered.whole(partner.tie, strand, year + 1, facts.at))
                    continue;
                panel.rows.push_back({at, year, count_of(counts, year), count_of(counts, year + 1), 0});
            }
        }
        std::ranges::stable_sort(panel.rows, {}, &PanelRow::year);
        keep_broad_years(panel.rows);
        std::set<std::size_t> seen;
        for (const auto& row : panel.rows) seen.insert(row.partner);
        panel.partners = seen.size();
        strands_.push_back(std::move(panel));
    }
}

double Panels::stock(std::size_t strand, const PanelRow& row, double half_life) const {
    const Day end = strand_year(parameters_.strands[strand], row.year).last;
    numerics::NeumaierSum sum;
    for (const auto& item : masses_[row.partner].items)
        if (item.strand == strand) sum.add(stock_of(item.on, half_life, end));
    return sum.value();
}

std::optional<double> Panels::total(std::size_t strand, const PanelRow& row) const {
    const Day end = strand_year(parameters_.strands[strand], row.year).last;
    const auto [found, fresh] = totals_.try_emplace({row.partner, end}, std::nullopt);
    if (fresh) {
        const auto& tie = facts_.partners[row.partner].tie;
        if (covered_share(tie, parameters_, end) >= parameters_.least_seen)
            found->second = strength(tie, weigh(tie, parameters_, end), middle_, end).total;
    }
    return found->second;
}

std::vector<PanelRow> Panels::with_added(const StrandPanel& panel, const Added& added) const {
    std::vector<PanelRow> out;
    for (auto row : panel.rows)
        if (const auto value = added(row)) {
            row.added = *value;
            out.push_back(row);
        }
    return out;
}

Added Panels::logged_stock(const StrandPanel& panel, double half_life) const {
    return [this, &panel, half_life](const PanelRow& row) {
        return std::optional(std::log1p(stock(panel.strand, row, half_life) / panel.mean_mass));
    };
}

}  // namespace entente::measures::validity
