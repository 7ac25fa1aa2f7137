#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "measures/series/tie_masses.h"

namespace entente::measures::series {

/// Stocks of one strand on many days, a row for each pair.
struct StockSeries {
    std::size_t days = 0;
    std::vector<double> values;

    std::size_t pairs() const { return days ? values.size() / days : 0; }
    std::span<const double> of(PairNumber pair) const { return std::span(values).subspan(pair * days, days); }
};

/// Ends of the months from that of `first` to that of `last`.
std::vector<Day> ends_of_months(Day first, Day last);

/// What is left of everything in one strand at the end of each of many days, between all pairs.
///
/// Definition  as `stocks_at` on each of the days, by S(t+Δ) = S(t)·2^(−Δ/h) + what came in between: every mass is
///             looked at once, and once more on each of the days on which it is under way
/// Units       those of the strand
/// Missing     as `stocks_at`
/// Requires    `days` ascend
/// Cost        O(n + pairs · days)
/// Thread-safety  the same digits with any number of threads
/// Source      MEASURES.md 5, 16, 17
StockSeries stocks_on_days(
    const StrandMasses& masses, double half_life, std::span<const Day> days, unsigned threads = 1
);

}  // namespace entente::measures::series
