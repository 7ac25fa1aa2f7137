#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::measures::relational {

/// The pairs (i, j), row by row, on which some statistic may differ from 0. A pair enters once and stays.
class ActivePairs {
public:
    explicit ActivePairs(std::size_t actors) : actors_(actors), rows_(actors), known_(actors * actors) {}

    /// A pair whose value changed.
    struct Changed {
        std::uint32_t i;
        std::uint32_t j;
    };

    /// From now on changes are kept, from none on.
    void keep_changes() {
        keeps_changes_ = true;
        changes_.clear();
    }
    const std::vector<Changed>& changes() const { return changes_; }

    void mark(std::size_t i, std::size_t j) {
        if (keeps_changes_)
            changes_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
        auto& known = known_[i * actors_ + j];
        if (known) return;
        known = 1;
        rows_[i].push_back(static_cast<std::uint32_t>(j));
        ++size_;
    }
    const std::vector<std::uint32_t>& row(std::size_t i) const { return rows_[i]; }
    std::size_t size() const { return size_; }

private:
    std::size_t actors_;
    std::vector<std::vector<std::uint32_t>> rows_;
    std::vector<std::uint8_t> known_;
    std::size_t size_ = 0;
    bool keeps_changes_ = false;
    std::vector<Changed> changes_;
};

/// A statistic of pairs as a matrix of actors by actors, row after row.
///
/// With a half-life, values are those at an origin in time and grow stale together: what they are worth now
/// is one factor for all. Without one, a logarithm is taken when a value changes and not each time it is
/// read.
class PairColumn {
public:
    PairColumn(std::size_t actors, bool keeps_log, ActivePairs& active)
        : actors_(actors), raw_(actors * actors), shown_(keeps_log ? actors * actors : 0), active_(&active) {}

    double raw(std::size_t i, std::size_t j) const { return raw_[i * actors_ + j]; }
    void set(std::size_t i, std::size_t j, double value) {
        const std::size_t at = i * actors_ + j;
        if (raw_[at] == value) return;
        raw_[at] = value;
        if (!shown_.empty()) shown_[at] = std::log1p(value);
        active_->mark(i, j);
    }
    void add(std::size_t i, std::size_t j, double value) {
        if (value != 0) set(i, j, raw(i, j) + value);
    }
    /// Moves the origin of a decaying column.
    void scale(double by) {
        for (double& value : raw_) value *= by;
    }
    const double* values() const { return shown_.empty() ? raw_.data() : shown_.data(); }

private:
    std::size_t actors_;
    std::vector<double> raw_;
    std::vector<double> shown_;
    ActivePairs* active_;
};

}  // namespace entente::measures::relational
