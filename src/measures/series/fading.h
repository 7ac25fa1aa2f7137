#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "measures/tie/stock.h"

namespace entente::measures::series {

/// Half-lives that one pass over the masses serves.
inline constexpr std::size_t kAtOnce = 8;

/// What is left of one unit after whole days, looked up instead of computed, for one half-life or eight at once.
///
/// Definition  left(a) = r^a and spread(n) = (1 − r^n)/(n·(1 − r)), r = 2^(−1/h): what is left, on the last of n
///             days, of one unit spread evenly over them. No decay: 1
/// Missing     ages and lengths beyond the tables are to be computed by `stock_of`
/// Cost        O(width · (days + longest)) multiplications; 8 B a cell
/// Source      MEASURES.md 5
class Fading {
public:
    /// Days. 219 years take 5 MB for eight half-lives; what is older is rare, and is computed one by one.
    static constexpr std::int32_t kOldest = 80'000;
    /// Eleven years.
    static constexpr std::int32_t kLongest = 4'000;

    /// `half_lives`: 1 to 8, `kNeverFades` among them. Ages 0 to `days` and lengths 1 to `longest` are looked up, as
    /// far as the tables go.
    Fading(std::span<const double> half_lives, std::int64_t days, std::int64_t longest);

    /// Half-lives, filled up to 1 or to 8.
    std::size_t width() const { return half_lives_.size(); }
    double half_life(std::size_t k) const { return half_lives_[k]; }
    std::int32_t oldest() const { return oldest_; }
    std::int32_t longest() const { return longest_; }

    /// `width()` numbers each; the next age, or length, follows. Requires  within the tables
    const double* left(std::int32_t age = 0) const {
        return left_.data() + static_cast<std::size_t>(age) * width();
    }
    const double* spread(std::int32_t days = 0) const {
        return spread_.data() + static_cast<std::size_t>(days) * width();
    }

private:
    void fill_left();
    void fill_spread();

    std::vector<double> half_lives_;
    std::int32_t oldest_ = 0;
    std::int32_t longest_ = 0;
    std::vector<double> left_, spread_;
};

}  // namespace entente::measures::series
