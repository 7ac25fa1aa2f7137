#include "measures/survival/cox_residuals.h"

#include <algorithm>
#include <utility>

namespace entente::measures {

std::vector<CoxIncrement> cox_increments(
    const CoxRiskSets& sets, std::span<const double> hazards, std::size_t width
) {
    std::vector<CoxIncrement> out;
    const std::vector<double> none(width);
    sets.walk(hazards, [&](const CoxMoment& moment) {
        CoxIncrement one{moment.stratum, moment.time, 0, 0, none, none, none};
        for (std::size_t l = 0; l < moment.events.size(); ++l) {
            const double hazard = 1 / moment.weight(l), part = moment.part(l);
            one.hazard += hazard;
            one.spared += part * hazard;
            for (std::size_t j = 0; j < width; ++j) {
                const double mean = moment.mean(l, j);
                one.mean_hazard[j] += hazard * mean;
                one.mean_spared[j] += part * hazard * mean;
                one.mean[j] += mean / static_cast<double>(moment.events.size());
            }
        }
        out.push_back(std::move(one));
    });
    std::ranges::stable_sort(out, {}, [](const auto& one) { return std::pair(one.stratum, one.time); });
    return out;
}

CoxClusterScores::CoxClusterScores(
    std::span<const CoxRow> rows,
    const CoxRiskSets& sets,
    std::span<const double> hazards,
    const std::vector<CoxIncrement>& increments,
    std::size_t width
)
    : increments_(increments), width_(width) {
    sum_up();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& cluster = scores_.try_emplace(rows[i].cluster, width).first->second;
        add(cluster, rows[i], sets.row(i), hazards[i]);
    }
}

std::vector<double> CoxClusterScores::robust(const std::vector<double>& covariance) const {
    std::vector<double> out(width_ * width_);
    for (const auto& [cluster, score] : scores_) {
        std::vector<double> moved(width_);
        for (std::size_t a = 0; a < width_; ++a)
            for (std::size_t b = 0; b < width_; ++b) moved[a] += covariance[a * width_ + b] * score[b];
        for (std::size_t a = 0; a < width_; ++a)
            for (std::size_t b = 0; b < width_; ++b) out[a * width_ + b] += moved[a] * moved[b];
    }
    return out;
}

void CoxClusterScores::sum_up() {
    hazard_.resize(increments_.size() + 1);
    means_.resize((increments_.size() + 1) * width_);
    for (std::size_t k = 0; k < increments_.size(); ++k) {
        hazard_[k + 1] = hazard_[k] + increments_[k].hazard;
        for (std::size_t j = 0; j < width_; ++j)
            means_[(k + 1) * width_ + j] = means_[k * width_ + j] + increments_[k].mean_hazard[j];
    }
}

/// How many increments lie up to a time of a stratum, and in those before it.
std::size_t CoxClusterScores::up_to(std::size_t stratum, double time) const {
    const auto key = [](const CoxIncrement& one) { return std::pair(one.stratum, one.time); };
    return static_cast<std::size_t>(
        std::ranges::upper_bound(increments_, std::pair(stratum, time), {}, key) - increments_.begin()
    );
}

void CoxClusterScores::add(
    std::vector<double>& score, const CoxRow& row, std::span<const double> x, double hazard
) const {
    const std::size_t from = up_to(row.stratum, row.entry), to = up_to(row.stratum, row.exit);
    for (std::size_t j = 0; j < width_; ++j) {
        score[j] -= hazard * (x[j] * (hazard_[to] - hazard_[from]) -
                              (means_[to * width_ + j] - means_[from * width_ + j]));
        if (!row.event) continue;
        const auto& own = increments_[to - 1];
        score[j] += x[j] - own.mean[j] + hazard * (x[j] * own.spared - own.mean_spared[j]);
    }
}

}  // namespace entente::measures
