#include "measures/relational/kept_rows.h"

#include <algorithm>
#include <cmath>

namespace entente::measures::relational {
namespace {

constexpr int kMostPatches = 64;

}  // namespace

void KeptRows::begin(std::size_t actors, std::size_t terms) {
    actors_ = actors, terms_ = terms;
    rows_.resize(actors);
    cells_.resize(actors * actors * (terms + 1));
    forget();
}

void KeptRows::forget() {
    for (Row& row : rows_) row.valid = false;
}

void KeptRows::keep(
    std::size_t i,
    Row sums,
    std::size_t from,
    std::span<const double> weights,
    std::span<const double* const> x
) {
    rows_[i] = std::move(sums);
    rows_[i].valid = true, rows_[i].patches = 0;
    double* cell = cells_.data() + (i * actors_ + from) * (terms_ + 1);
    for (std::size_t at = 0; at < weights.size(); ++at, cell += terms_ + 1) {
        cell[0] = weights[at];
        for (std::size_t a = 0; a < terms_; ++a) cell[a + 1] = x[a][at];
    }
}

void KeptRows::patch(std::size_t i, std::size_t j, std::span<const double> x, double score) {
    Row& row = rows_[i];
    double* cell = cells_.data() + (i * actors_ + j) * (terms_ + 1);
    if (std::equal(x.begin(), x.end(), cell + 1)) return;
    const double before = cell[0];
    if (++row.patches > kMostPatches || before > row.weight / 2) {
        row.valid = false;
        return;
    }
    const double after = std::exp(score - row.reference);
    row.weight += after - before;
    for (std::size_t a = 0; a < terms_; ++a) {
        const double old_a = before * cell[a + 1], new_a = after * x[a];
        row.first[a] += new_a - old_a;
        for (std::size_t b = 0; b <= a; ++b) row.second[a * terms_ + b] += new_a * x[b] - old_a * cell[b + 1];
    }
    cell[0] = after;
    std::copy(x.begin(), x.end(), cell + 1);
}

}  // namespace entente::measures::relational
