// What is known of an outage when it begins, and how a law of lifetimes reads it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"
#include "measures/survival/lifetime_fit.h"

namespace entente::measures {

/// What an outage was like on its first day. Empty texts: not known.
struct Traits {
    std::string cause;       ///< class of the stated cause
    std::string stopped_by;  ///< an actor; `several` when more than one stopped
    bool whole = false;      ///< the whole relationship, not one family of contacts or channel
    std::string level;       ///< `senior` or `working`, of the channel where one is named
    double earlier = 0;      ///< ln(1 + outages of the pair that began before)
};

/// Reads the traits of an outage among all outages on record.
Traits traits_of(
    const Disruption& outage, std::span<const Disruption* const> outages, std::span<const Channel> channels
);

/// How traits become numbers: one column for each answer that enough outages give, and one for earlier outages, each
/// brought to mean 0 and spread 1 over those learnt from.
///
/// Missing  what is not known of an outage is 0 in the columns of that question, as any answer without a column; what
///          too few outages say has no column, and `left_out` names the question
class TraitColumns {
public:
    /// How many outages must give an answer, and how many another, before it has a column.
    static constexpr std::size_t kEnough = 5;

    explicit TraitColumns(std::span<const Traits> learnt);

    const std::vector<std::string>& names() const { return names_; }
    /// Spread of each column before it was brought to 1: a coefficient over it is the effect of the answer itself.
    const std::vector<double>& spreads() const { return spreads_; }
    const std::vector<std::string>& left_out() const { return left_out_; }
    std::vector<double> row(const Traits& traits) const;

private:
    std::vector<double> raw(const Traits& traits) const;

    std::vector<std::string>
        names_;  ///< `cause arms_sale`, `stopped_by ID`, `whole`, `level senior`, `earlier`
    std::vector<double> means_, spreads_;
    std::vector<std::string> left_out_;
};

}  // namespace entente::measures
