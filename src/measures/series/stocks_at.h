#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "measures/series/fading.h"
#include "measures/series/tie_masses.h"

namespace entente::measures::series {

/// One number for each pair, strand and half-life.
struct Stocks {
    std::size_t pairs = 0;
    std::size_t half_lives = 0;  ///< of each strand
    std::vector<double> values;

    /// \param  k  which of the strand's half-lives
    double value(PairNumber pair, std::size_t strand, std::size_t k = 0) const {
        return values[(strand * pairs + pair) * half_lives + k];
    }
};

/// Half-lives by strand, each strand with as many.
using HalfLives = std::vector<std::vector<double>>;

/// What is left of everything, at the end of one day, between all pairs: one pass over the columns.
///
/// Definition  for each pair and strand the sum of `stock_of` over what is on record up to the day
/// Units       those of the strands
/// Missing     0 says that nothing is on record, not that there was nothing: see `strand_coverage`
/// Cost        O(n · half-lives), and O(pairs · strands); tables of 8 B a day, strand and half-life
/// Thread-safety  the same digits with any number of threads
/// Source      MEASURES.md 5, 16, 17
Stocks stocks_at(const TieMasses& masses, const HalfLives& half_lives, Day at, unsigned threads = 1);

}  // namespace entente::measures::series
