#pragma once

#include <cmath>
#include <span>

namespace entente::numerics {

/// A sum that keeps what ordinary addition loses.
///
/// Definition  Neumaier's variant of Kahan summation; the result depends on the order, which the caller fixes
/// Source      Neumaier 1974
class NeumaierSum {
public:
    void add(double value) {
        const double total = sum_ + value;
        lost_ += std::fabs(sum_) >= std::fabs(value) ? (sum_ - total) + value : (value - total) + sum_;
        sum_ = total;
    }
    double value() const { return sum_ + lost_; }

private:
    double sum_ = 0;
    double lost_ = 0;
};

inline double sum(std::span<const double> values) {
    NeumaierSum total;
    for (const double value : values) total.add(value);
    return total.value();
}

}  // namespace entente::numerics
