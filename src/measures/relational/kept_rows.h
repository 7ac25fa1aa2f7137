#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace entente::measures::relational {

/// Sums over rows of pairs that are kept while time goes on: what changed is taken out and put in again.
///
/// Invariant  a valid row equals the sum of its cells up to the rounding of at most 64 patches, none of which
/// took
///            out more than half of the row
/// Cost       memory O(actors² · terms); a patch O(terms²)
class KeptRows {
public:
    /// Sums of w, w x and w x xᵀ (lower half, row after row) relative to exp(reference).
    struct Row {
        bool valid = false;
        int patches = 0;
        double reference = 0;
        double weight = 0;
        std::vector<double> first, second;
    };

    /// No row is valid any more.
    void begin(std::size_t actors, std::size_t terms);
    void forget();
    const Row& row(std::size_t i) const { return rows_[i]; }

    /// Keeps sums just made over the receivers from `from` on.
    void keep(
        std::size_t i,
        Row sums,
        std::size_t from,
        std::span<const double> weights,
        std::span<const double* const> x
    );

    /// Brings one pair of a valid row to `x` with score βx, or gives the row up.
    void patch(std::size_t i, std::size_t j, std::span<const double> x, double score);

private:
    std::size_t actors_ = 0, terms_ = 0;
    std::vector<Row> rows_;
    std::vector<double> cells_;  ///< by pair: its weight, then its x
};

}  // namespace entente::measures::relational
