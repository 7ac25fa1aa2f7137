#pragma once

#include <functional>
#include <vector>

#include "measures/tie/drawn_parameters.h"
#include "measures/validity/rolling.h"
#include "measures/validity/validity_facts.h"
#include "measures/validity/yearly_counts.h"

namespace entente::measures::validity {

/// Fewer partners than these give no interval worth printing.
inline constexpr std::size_t kLeastPartners = 10;

/// One strand of all partners, year by year.
struct StrandPanel {
    std::size_t strand = 0;
    /// By year, then partner; `added` is 0. Years of fewer partners than can be compared are left out where others have more.
    std::vector<PanelRow> rows;
    std::size_t partners = 0;
    double mean_mass = 0;  ///< of one that is counted
};

/// What is added to last year's count: the value of a row, or nothing where there is none.
using Added = std::function<std::optional<double>(const PanelRow& row)>;

/// All strands of all partners, read once.
class Panels {
public:
    Panels(const ValidityFacts& facts, const Parameters& parameters);

    const std::vector<StrandPanel>& strands() const { return strands_; }
    /// Stock of a strand at the end of a row's year, had it that half-life.
    double stock(std::size_t strand, const PanelRow& row, double half_life) const;
    /// Total at the end of a row's year; nothing: too little seen.
    std::optional<double> total(std::size_t strand, const PanelRow& row) const;
    /// The rows that have an added value, with it.
    std::vector<PanelRow> with_added(const StrandPanel& panel, const Added& added) const;
    /// ln(1 + stock in masses of one).
    Added logged_stock(const StrandPanel& panel, double half_life) const;

private:
    const ValidityFacts& facts_;
    const Parameters& parameters_;
    DrawnParameters middle_;
    std::vector<Masses> masses_;  ///< of the partners, as known on the day asked
    std::vector<StrandPanel> strands_;
    mutable std::map<std::pair<std::size_t, Day>, std::optional<double>> totals_;
};

}  // namespace entente::measures::validity
