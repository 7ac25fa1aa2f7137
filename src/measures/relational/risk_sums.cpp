#include "measures/relational/risk_sums.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

#include "measures/relational/kept_rows.h"

namespace entente::measures::relational {
namespace {

using Values = Eigen::Map<const Eigen::ArrayXd>;
using Buffer = Eigen::ArrayXd;

Eigen::Index index(std::size_t value) {
    return static_cast<Eigen::Index>(value);
}

}  // namespace

double score(const State& state, std::span<const double> beta, std::size_t i, std::size_t j) {
    double total = 0;
    for (std::size_t k = 0; k < beta.size(); ++k) total += beta[k] * state.value(k, i, j);
    return total;
}

/// Buffers, and the sums of one call.
class RiskSummer::Work {
public:
    const RiskSums& sum(State& state, std::span<const double> beta, double shift);
    void begin_block() { block_begins_ = true; }

private:
    void begin_keeping(State& state);
    void add_kept_rows();
    void keep_row(std::size_t i);
    void patch(std::size_t i, std::size_t j);
    void patch_changes();
    double lively_x(std::size_t a, std::size_t i, std::size_t j) const {
        const Column& column = state_->columns()[lively_[a]];
        return column.pair ? column.pair[i * actors_ + j] : column.receiver[j];
    }
    double own_score(std::size_t i) const {
        double own = 0;
        for (std::size_t k = 0; k < terms_; ++k) own += beta_[k] * sender_part(k, i);
        return own;
    }
    void prepare();
    void prepare_receivers();
    void add_receiver(std::size_t j);
    void add_row(std::size_t i);
    void add_whole_row(std::size_t i, const double* mask);
    void add_listed_row(std::size_t i, const std::vector<std::uint32_t>& others, bool with_rest);
    void add_rest(std::size_t i, std::size_t listed);
    void fill_whole_row(std::size_t i, const double* mask);
    void weigh(double own, std::size_t size);
    void close_row(std::size_t i);
    double sender_part(std::size_t k, std::size_t i) const {
        const double* sender = state_->columns()[k].sender;
        return sender ? sender[i] : 0;
    }

    const State* state_ = nullptr;
    std::span<const double> beta_;
    double shift_ = 0;
    RiskSums sums_;
    std::size_t actors_ = 0, terms_ = 0;
    std::vector<std::size_t> lively_;  ///< statistics that differ within a row
    Buffer receiver_score_;            ///< Σ β x of what is the receiver's own; -infinity: not at risk
    double receiver_most_ = 0;
    // Over all receivers that are left, relative to receiver_most_: for rows whose other pairs are alike.
    Buffer receiver_weight_;
    double all_weight_ = 0;
    std::size_t all_count_ = 0;
    std::vector<double> all_first_, all_second_;
    // One row: x of each lively statistic, scores, weights, masks; and its sums.
    std::vector<Buffer> gathered_;
    std::vector<const double*> x_;
    Buffer score_, weight_, weighted_, mask_;
    double row_weight_ = 0;
    std::vector<double> row_first_, row_second_;
    // What is kept within a block.
    bool block_begins_ = true, keeps_rows_ = false;
    std::uint64_t version_ = 0;
    std::size_t changes_seen_ = 0;
    KeptRows kept_;
    std::vector<std::vector<double>> kept_receiver_;  ///< by lively statistic, as in the rows that are kept
    std::vector<double> x_new_;
};

RiskSummer::RiskSummer() : work_(std::make_unique<Work>()) {}
RiskSummer::~RiskSummer() = default;

void RiskSummer::begin_block() {
    work_->begin_block();
}

const RiskSums& RiskSummer::sum(State& state, std::span<const double> beta, double shift) {
    return work_->sum(state, beta, shift);
}

const RiskSums& RiskSummer::Work::sum(State& state, std::span<const double> beta, double shift) {
    state_ = &state, beta_ = beta, shift_ = shift;
    prepare();
    prepare_receivers();
    if (block_begins_) begin_keeping(state);
    if (keeps_rows_) {
        add_kept_rows();
    } else if (state.risk().directed()) {
        for (std::size_t j = 0; j < actors_; ++j) add_receiver(j);
        for (std::size_t i = 0; i < actors_; ++i) add_row(i);
    } else {
        // Each pair once: i < j. From the last row up, the receivers grow by one a row.
        for (std::size_t i = actors_; i-- > 0;) {
            add_row(i);
            add_receiver(i);
        }
    }
    for (std::size_t k = 0; k < terms_; ++k)
        for (std::size_t l = 0; l < k; ++l) sums_.second[l * terms_ + k] = sums_.second[k * terms_ + l];
    return sums_;
}

void RiskSummer::Work::prepare() {
    actors_ = state_->risk().actors(), terms_ = beta_.size();
    sums_.weight = 0;
    sums_.first.assign(terms_, 0);
    sums_.second.assign(terms_ * terms_, 0);
    lively_.clear();
    for (std::size_t k = 0; k < terms_; ++k)
        if (state_->columns()[k].receiver || state_->columns()[k].pair) lively_.push_back(k);
    const std::size_t lively = lively_.size();
    gathered_.resize(lively);
    x_.resize(lively);
    row_first_.resize(lively);
    row_second_.resize(lively * lively);
    all_weight_ = 0;
    all_count_ = 0;
    all_first_.assign(lively, 0);
    all_second_.assign(lively * lively, 0);
    for (auto& buffer : gathered_) buffer.resize(index(actors_));
    for (auto* buffer : {&receiver_score_, &receiver_weight_, &score_, &weight_, &weighted_, &mask_})
        buffer->resize(index(actors_));
}

void RiskSummer::Work::prepare_receivers() {
    receiver_score_.setZero();
    for (const std::size_t k : lively_)
        if (const double* receiver = state_->columns()[k].receiver)
            receiver_score_ += beta_[k] * Values(receiver, index(actors_));
    const auto& open = state_->risk().receivers();
    receiver_most_ = -std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < actors_; ++j) {
        double& of = receiver_score_[index(j)];
        if (open[j] == 0) of = -std::numeric_limits<double>::infinity();
        receiver_most_ = std::max(receiver_most_, of);
    }
    for (std::size_t j = 0; j < actors_; ++j)
        receiver_weight_[index(j)] = open[j] == 0 ? 0 : std::exp(receiver_score_[index(j)] - receiver_most_);
}

void RiskSummer::Work::add_receiver(std::size_t j) {
    if (state_->risk().receivers()[j] == 0) return;
    const double weight = receiver_weight_[index(j)];
    ++all_count_;
    all_weight_ += weight;
    for (std::size_t a = 0; a < lively_.size(); ++a) {
        const double* of_a = state_->columns()[lively_[a]].receiver;
        if (!of_a) continue;
        all_first_[a] += weight * of_a[j];
        for (std::size_t b = 0; b <= a; ++b)
            if (const double* of_b = state_->columns()[lively_[b]].receiver)
                all_second_[a * lively_.size() + b] += weight * of_a[j] * of_b[j];
    }
}

void RiskSummer::Work::add_row(std::size_t i) {
    const RiskSet& risk = state_->risk();
    if (!risk.sender_open(i)) return;
    const double* mask = risk.mask_row(i);
    if (const auto* given = risk.given(i); given && 2 * given->size() < actors_)
        return add_listed_row(i, *given, false);
    const auto& active = state_->active().row(i);
    const std::size_t width = risk.directed() ? actors_ : actors_ - i;
    if (mask || 2 * active.size() >= width) return add_whole_row(i, mask);
    add_listed_row(i, active, true);
}

/// Adds what weighs: `score_`, `mask_` and the x of the row's first `size` places are filled.
void RiskSummer::Work::weigh(double own, std::size_t size) {
    const std::size_t lively = lively_.size();
    const auto n = index(size);
    weight_.head(n) = (score_.head(n) + own).exp() * mask_.head(n);
    row_weight_ = weight_.head(n).sum();
    for (std::size_t a = 0; a < lively; ++a) {
        weighted_.head(n) = weight_.head(n) * Values(x_[a], n);
        row_first_[a] = weighted_.head(n).sum();
        for (std::size_t b = 0; b <= a; ++b)
            row_second_[a * lively + b] = (weighted_.head(n) * Values(x_[b], n)).sum();
    }
    // What decays was taken as it is stored.
    for (std::size_t a = 0; a < lively; ++a) {
        const Column& column = state_->columns()[lively_[a]];
        const double factor = column.pair && !column.log ? column.factor : 1;
        if (factor == 1) continue;
        row_first_[a] *= factor;
        for (std::size_t b = 0; b < lively; ++b) {
            double& second = row_second_[std::max(a, b) * lively + std::min(a, b)];
            second *= a == b ? factor * factor : factor;
        }
    }
}

/// Brings the sums of a row to those of the risk set; the sender's own part of each x is the same along the
/// row.
void RiskSummer::Work::close_row(std::size_t i) {
    const std::size_t lively = lively_.size();
    sums_.weight += row_weight_;
    std::size_t a = 0;
    for (std::size_t k = 0; k < terms_; ++k) {
        const bool k_lives = a < lively && lively_[a] == k;
        const double own_k = sender_part(k, i);
        const double first_k = k_lives ? row_first_[a] : 0;
        sums_.first[k] += own_k * row_weight_ + first_k;
        std::size_t b = 0;
        for (std::size_t l = 0; l <= k; ++l) {
            const bool l_lives = b < lively && lively_[b] == l;
            const double own_l = sender_part(l, i);
            const double first_l = l_lives ? row_first_[b] : 0;
            double second = own_k * own_l * row_weight_ + own_k * first_l + own_l * first_k;
            if (k_lives && l_lives) second += row_second_[a * lively + b];
            sums_.second[k * terms_ + l] += second;
            if (l_lives) ++b;
        }
        if (k_lives) ++a;
    }
}

void RiskSummer::Work::add_whole_row(std::size_t i, const double* mask) {
    const std::size_t size = state_->risk().directed() ? actors_ : actors_ - i - 1;
    if (size == 0) return;
    fill_whole_row(i, mask);
    weigh(own_score(i) - shift_, size);
    close_row(i);
}

void RiskSummer::Work::fill_whole_row(std::size_t i, const double* mask) {
    const std::size_t from = state_->risk().directed() ? 0 : i + 1;
    const std::size_t size = actors_ - from;
    const auto n = index(size);
    mask_.head(n) = Values(state_->risk().receivers().data() + from, n);
    if (mask) mask_.head(n) *= Values(mask + from, n);
    if (from == 0) mask_[index(i)] = 0;
    score_.head(n) = receiver_score_.segment(index(from), n);
    for (std::size_t a = 0; a < lively_.size(); ++a) {
        const Column& column = state_->columns()[lively_[a]];
        if (!column.pair) {
            x_[a] = column.receiver + from;
            continue;
        }
        const Values stored(column.pair + i * actors_ + from, n);
        x_[a] = stored.data();
        if (column.log) {
            gathered_[a].head(n) = (column.factor * stored).log1p();
            x_[a] = gathered_[a].data();
            score_.head(n) += beta_[lively_[a]] * gathered_[a].head(n);
        } else {
            score_.head(n) += (beta_[lively_[a]] * column.factor) * stored;
        }
    }
    // A pair that is not at risk must not overflow before its mask is applied.
    score_.head(n) = (mask_.head(n) > 0).select(score_.head(n), -std::numeric_limits<double>::infinity());
}

void RiskSummer::Work::add_listed_row(
    std::size_t i, const std::vector<std::uint32_t>& others, bool with_rest
) {
    const RiskSet& risk = state_->risk();
    std::size_t size = 0;
    for (const auto j : others) {
        if (!risk.open(i, j) || (!risk.directed() && j < i)) continue;
        const auto at = index(size);
        double scored = receiver_score_[j];
        for (std::size_t a = 0; a < lively_.size(); ++a) {
            const Column& column = state_->columns()[lively_[a]];
            double x = 0;
            if (column.pair) {
                const double stored = column.pair[i * actors_ + j];
                x = column.log ? std::log1p(column.factor * stored) : stored;
                scored += beta_[lively_[a]] * (column.log ? x : column.factor * stored);
            } else {
                x = column.receiver[j];
            }
            gathered_[a][at] = x;
        }
        score_[at] = scored;
        mask_[at] = 1;
        weighted_[at] = static_cast<double>(j);  // kept for add_rest
        ++size;
    }
    if (with_rest) add_rest(i, size);
    if (size == 0) return;
    for (std::size_t a = 0; a < lively_.size(); ++a) x_[a] = gathered_[a].data();
    weigh(own_score(i) - shift_, size);
    close_row(i);
}

/// The pairs of a row that are not active, all at once. `weighted_` holds the receivers that are listed.
void RiskSummer::Work::add_rest(std::size_t i, std::size_t listed) {
    const std::size_t lively = lively_.size();
    const bool is_receiver = state_->risk().directed() && state_->risk().receivers()[i] != 0;
    if (listed + (is_receiver ? 1 : 0) == all_count_) return;  // what would be left is rounding
    double rest = all_weight_;
    row_first_ = all_first_;
    row_second_ = all_second_;
    const auto leave_out = [&](std::size_t j) {
        const double weight = receiver_weight_[index(j)];
        rest -= weight;
        for (std::size_t a = 0; a < lively; ++a) {
            const double* of_a = state_->columns()[lively_[a]].receiver;
            if (!of_a) continue;
            row_first_[a] -= weight * of_a[j];
            for (std::size_t b = 0; b <= a; ++b)
                if (const double* of_b = state_->columns()[lively_[b]].receiver)
                    row_second_[a * lively + b] -= weight * of_a[j] * of_b[j];
        }
    };
    for (std::size_t place = 0; place < listed; ++place)
        leave_out(static_cast<std::size_t>(weighted_[index(place)]));
    if (is_receiver) leave_out(i);
    const double scale = std::exp(receiver_most_ + own_score(i) - shift_);
    row_weight_ = rest * scale;
    for (double& value : row_first_) value *= scale;
    for (double& value : row_second_) value *= scale;
    close_row(i);
}

void RiskSummer::Work::begin_keeping(State& state) {
    block_begins_ = false;
    // Keeping rows pays where summing them costs more than patching; with given pairs rows are short.
    keeps_rows_ = !state.decays() && !state.risk().given(0) && state.active().size() > actors_ * actors_ / 16;
    if (!keeps_rows_) return;
    state.keep_changes();
    changes_seen_ = 0;
    version_ = state.risk().version();
    kept_.begin(actors_, lively_.size());
    kept_receiver_.assign(lively_.size(), std::vector<double>(actors_, std::nan("")));
    x_new_.resize(lively_.size());
}

void RiskSummer::Work::add_kept_rows() {
    if (version_ != state_->risk().version()) kept_.forget();
    version_ = state_->risk().version();
    patch_changes();
    for (std::size_t i = 0; i < actors_; ++i) {
        if (!state_->risk().sender_open(i)) continue;
        if (!kept_.row(i).valid) keep_row(i);
        const KeptRows::Row& row = kept_.row(i);
        const double scale = std::exp(row.reference + own_score(i) - shift_);
        row_weight_ = row.weight * scale;
        for (std::size_t a = 0; a < row_first_.size(); ++a) row_first_[a] = row.first[a] * scale;
        for (std::size_t ab = 0; ab < row_second_.size(); ++ab) row_second_[ab] = row.second[ab] * scale;
        close_row(i);
    }
}

void RiskSummer::Work::patch_changes() {
    const auto& changes = state_->active().changes();
    for (; changes_seen_ < changes.size(); ++changes_seen_)
        patch(changes[changes_seen_].i, changes[changes_seen_].j);
    for (std::size_t a = 0; a < lively_.size(); ++a) {
        const double* receiver = state_->columns()[lively_[a]].receiver;
        if (!receiver) continue;
        for (std::size_t j = 0; j < actors_; ++j) {
            if (kept_receiver_[a][j] == receiver[j]) continue;
            kept_receiver_[a][j] = receiver[j];
            for (std::size_t i = 0; i < actors_; ++i) patch(i, j);
        }
    }
}

/// Takes what a pair weighed out of its row, and puts in what it weighs now.
void RiskSummer::Work::patch(std::size_t i, std::size_t j) {
    if (!kept_.row(i).valid || !state_->risk().open(i, j) || (!state_->risk().directed() && j < i)) return;
    double score = 0;
    for (std::size_t a = 0; a < lively_.size(); ++a) {
        x_new_[a] = lively_x(a, i, j);
        score += beta_[lively_[a]] * x_new_[a];
    }
    kept_.patch(i, j, x_new_, score);
}

void RiskSummer::Work::keep_row(std::size_t i) {
    const std::size_t from = state_->risk().directed() ? 0 : i + 1, size = actors_ - from;
    KeptRows::Row row;
    row.first.resize(lively_.size());
    row.second.resize(lively_.size() * lively_.size());
    if (size == 0) return kept_.keep(i, std::move(row), actors_, {}, {});
    fill_whole_row(i, state_->risk().mask_row(i));
    const double most = score_.head(index(size)).maxCoeff();
    row.reference = std::isfinite(most) ? most : 0;
    weigh(-row.reference, size);
    row.weight = row_weight_, row.first = row_first_, row.second = row_second_;
    kept_.keep(i, std::move(row), from, {weight_.data(), size}, x_);
}

}  // namespace entente::measures::relational
