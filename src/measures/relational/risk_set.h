#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "measures/relational/events.h"

namespace entente::measures::relational {

/// Which pairs may act at the moment: both present, in the given set, nothing missing.
class RiskSet {
public:
    explicit RiskSet(const History& history);

    void count_presence(std::size_t actor, int by);
    /// How many values that a statistic needs of an actor in a role are missing.
    void count_missing(std::size_t actor, int as_sender, int as_receiver);
    void count_missing_pair(std::size_t i, std::size_t j, int by);

    bool directed() const { return directed_; }
    std::size_t actors() const { return present_.size(); }
    bool present(std::size_t actor) const { return present_[actor] > 0; }
    bool open(std::size_t i, std::size_t j) const {
        return i != j && sender_[i] && receiver_[j] != 0 && (mask_.empty() || mask_[i * actors() + j] != 0);
    }
    bool sender_open(std::size_t i) const { return sender_[i]; }
    /// 1 or 0 for each actor.
    const std::vector<double>& receivers() const { return receiver_; }
    /// 1 or 0 for each receiver of one sender; null: all that are open as receivers.
    const double* mask_row(std::size_t i) const {
        return mask_.empty() ? nullptr : mask_.data() + i * actors();
    }
    /// The given receivers of one sender, in their order; null: all.
    const std::vector<std::uint32_t>* given(std::size_t i) const {
        return given_.empty() ? nullptr : &given_[i];
    }
    /// Changes whenever a pair comes or goes.
    std::uint64_t version() const { return version_; }
    /// Pairs that are present and given, whether or not something of them is missing.
    double pairs_present() const;

private:
    void refresh(std::size_t actor);
    void ensure_mask();

    bool directed_;
    std::uint64_t version_ = 0;
    std::vector<int> present_;
    std::vector<int> missing_as_sender_;
    std::vector<int> missing_as_receiver_;
    std::vector<std::uint8_t> sender_;
    std::vector<double> receiver_;
    std::vector<std::vector<std::uint32_t>> given_;
    std::vector<std::uint16_t> missing_pairs_;
    std::vector<double> mask_;
};

}  // namespace entente::measures::relational
