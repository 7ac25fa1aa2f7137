#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "measures/relational/events.h"

namespace entente::measures::relational {

/// Who has met whom, ever.
struct Meetings {
    explicit Meetings(std::size_t actors)
        : size(actors), sent(actors * actors), sent_to(actors), received_from(actors), partners(actors) {}

    bool has_sent(std::size_t i, std::size_t j) const { return sent[i * size + j] != 0; }
    bool has_met(std::size_t i, std::size_t j) const { return has_sent(i, j) || has_sent(j, i); }

    std::size_t size;
    std::vector<std::uint8_t> sent;
    std::vector<std::vector<std::uint32_t>> sent_to;
    std::vector<std::vector<std::uint32_t>> received_from;
    std::vector<std::vector<std::uint32_t>> partners;
};

/// Past events of each pair and actor under one half-life.
///
/// Decay costs nothing per pair: an event enters with the weight 2^((t - origin)/h), and everything is worth
/// 2^(-(t - origin)/h) of what is stored. Before the numbers grow too large the origin moves.
class Stock {
public:
    Stock(std::size_t actors, std::optional<double> half_life, double origin)
        : size_(actors),
          half_life_(half_life),
          origin_(origin),
          pairs_(actors * actors),
          sent_(actors),
          received_(actors) {}

    std::optional<double> half_life() const { return half_life_; }
    double pair(std::size_t i, std::size_t j) const { return pairs_[i * size_ + j]; }
    double either(std::size_t i, std::size_t j) const { return pair(i, j) + pair(j, i); }
    double sent(std::size_t i) const { return sent_[i]; }
    double received(std::size_t i) const { return received_[i]; }

    /// What a stored value is worth at `time`.
    double factor(double time) const { return half_life_ ? std::exp2(-age(time)) : 1; }
    /// What an event of weight 1 at `time` is stored as.
    double weight(double time) const { return half_life_ ? std::exp2(age(time)) : 1; }

    void add(std::size_t i, std::size_t j, double stored) {
        pairs_[i * size_ + j] += stored;
        sent_[i] += stored;
        received_[j] += stored;
    }

    /// By what all stored values have to be multiplied before an event at `time` is added; 1 mostly. The
    /// caller does the same to whatever was made from them.
    double move_origin(double time) {
        if (!half_life_ || age(time) <= kMostAge) return 1;
        const double by = std::exp2(-age(time));
        origin_ = time;
        for (auto* values : {&pairs_, &sent_, &received_})
            for (double& value : *values) value *= by;
        return by;
    }

private:
    static constexpr double kMostAge = 256;  ///< half-lives; 2^256 leaves room on both sides

    double age(double time) const { return (time - origin_) / *half_life_; }

    std::size_t size_;
    std::optional<double> half_life_;
    double origin_;
    std::vector<double> pairs_;
    std::vector<double> sent_;
    std::vector<double> received_;
};

}  // namespace entente::measures::relational
