#include "measures/survival/cox_risk_sets.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace entente::measures {

void CoxSums::add(double of, std::span<const double> x, double times) {
    const double by = times * of;
    weight += by;
    const std::size_t width = first.size();
    for (std::size_t a = 0; a < width; ++a) {
        const double weighted = by * x[a];
        first[a] += weighted;
        for (std::size_t b = a; b < width; ++b) second[a * width + b] += weighted * x[b];
    }
}

void CoxSums::clear() {
    weight = 0;
    std::ranges::fill(first, 0);
    std::ranges::fill(second, 0);
}

CoxRiskSets::CoxRiskSets(std::span<const CoxRow> rows, std::span<const double> values, std::size_t width)
    : rows_(rows), values_(values), width_(width), by_exit_(rows.size()) {
    std::iota(by_exit_.begin(), by_exit_.end(), std::size_t{0});
    by_entry_ = by_exit_;
    std::ranges::stable_sort(by_exit_, {}, [&](std::size_t i) {
        return std::tuple(rows_[i].stratum, -rows_[i].exit);
    });
    std::ranges::stable_sort(by_entry_, {}, [&](std::size_t i) {
        return std::tuple(rows_[i].stratum, -rows_[i].entry);
    });
}

/// From the last exit of a stratum to the first, with the sums over those at risk.
class CoxRiskSets::Walk {
public:
    Walk(const CoxRiskSets& sets, std::span<const double> weights)
        : sets_(sets), weights_(weights), at_risk_(sets.width_), happened_(sets.width_) {}

    void run(const std::function<void(const CoxMoment&)>& visit) {
        const auto& order = sets_.by_exit_;
        for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
            const auto& first = sets_.rows_[order[begin]];
            while (end < order.size() && same_moment(first, sets_.rows_[order[end]])) ++end;
            if (begin == 0 || sets_.rows_[order[begin - 1]].stratum != first.stratum) start_stratum(begin);
            take_away_entered_later(first);
            add(begin, end);
            if (events_.empty()) continue;
            if (at_risk_.weight < kWornOut * most_) make_anew(end, first.exit);
            visit({first.stratum, first.exit, events_, at_risk_, happened_});
        }
    }

private:
    /// Of the largest sum; below it, half of the digits are rounding.
    static constexpr double kWornOut = 1e-7;

    static bool same_moment(const CoxRow& a, const CoxRow& b) {
        return a.stratum == b.stratum && a.exit == b.exit;
    }

    void start_stratum(std::size_t begin) {
        at_risk_.clear();
        most_ = 0;
        stratum_begin_ = next_entry_ = begin;  // both orders are by stratum first
        inside_ = 0;
    }

    void take_away_entered_later(const CoxRow& moment) {
        const auto& order = sets_.by_entry_;
        for (; next_entry_ < order.size(); ++next_entry_, --inside_) {
            const auto i = order[next_entry_];
            if (sets_.rows_[i].stratum != moment.stratum || sets_.rows_[i].entry < moment.exit) break;
            at_risk_.add(weights_[i], sets_.row(i), -1);
        }
        if (inside_ > 0) return;
        at_risk_.clear();
        most_ = 0;
    }

    void add(std::size_t begin, std::size_t end) {
        events_.clear();
        happened_.clear();
        for (std::size_t k = begin; k < end; ++k, ++inside_) {
            const auto i = sets_.by_exit_[k];
            at_risk_.add(weights_[i], sets_.row(i));
            if (!sets_.rows_[i].event) continue;
            happened_.add(weights_[i], sets_.row(i));
            events_.push_back(i);
        }
        most_ = std::max(most_, at_risk_.weight);
    }

    void make_anew(std::size_t end, double time) {
        at_risk_.clear();
        for (std::size_t k = stratum_begin_; k < end; ++k) {
            const auto i = sets_.by_exit_[k];
            if (sets_.rows_[i].entry < time) at_risk_.add(weights_[i], sets_.row(i));
        }
        most_ = at_risk_.weight;
    }

    const CoxRiskSets& sets_;
    std::span<const double> weights_;
    CoxSums at_risk_, happened_;
    std::vector<std::size_t> events_;
    std::size_t stratum_begin_ = 0, next_entry_ = 0, inside_ = 0;
    double most_ = 0;
};

void CoxRiskSets::walk(std::span<const double> weights, const std::function<void(const CoxMoment&)>& visit)
    const {
    Walk(*this, weights).run(visit);
}

}  // namespace entente::measures
