#include "numerics/mixture.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace entente::numerics {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr double kFlat = 1e-12;       ///< relative excess of the gradient at which the climb ends
constexpr double kFlatEnough = 1e-9;  ///< and what is taken where rounding ends it earlier
constexpr int kMostSteps = 500;

Result<void> usable(const MixtureTable& table) {
    check(table.likelihoods.size() == table.rows * table.parts, "a table has rows times parts values");
    check(table.counts.empty() || table.counts.size() == table.rows, "every observation has a count");
    if (table.rows == 0 || table.parts == 0)
        return fail(
            ErrorCode::invalid_argument,
            "mixture",
            "found nothing in it, expected one observation and one part"
        );
    for (std::size_t i = 0; i < table.rows; ++i) {
        const auto* row = table.likelihoods.data() + i * table.parts;
        const bool sound =
            std::all_of(row, row + table.parts, [](double x) { return x >= 0 && std::isfinite(x); });
        const double count = table.counts.empty() ? 1 : table.counts[i];
        if (!sound || !(count >= 0) || !std::isfinite(count))
            return fail(
                ErrorCode::invalid_argument,
                "mixture",
                fmt::format("observation {}: found a likelihood or count below 0 or without end", i + 1)
            );
        if (count > 0 && std::none_of(row, row + table.parts, [](double x) { return x > 0; }))
            return fail(
                ErrorCode::invalid_argument, "mixture", fmt::format("no part explains observation {}", i + 1)
            );
    }
    if (!table.counts.empty() && std::ranges::all_of(table.counts, [](double x) { return x == 0; }))
        return fail(ErrorCode::invalid_argument, "mixture", "found counts of 0 only");
    return {};
}

/// The climb over one table. Rows are divided by their largest entry and counts by their sum: neither moves the top.
class Climb {
public:
    explicit Climb(const MixtureTable& table) {
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < table.rows; ++i) {
            const double count = table.counts.empty() ? 1 : table.counts[i];
            if (count > 0) kept.push_back(i);
            whole_ += count;
        }
        likelihoods_.resize(static_cast<Index>(kept.size()), static_cast<Index>(table.parts));
        counts_.resize(likelihoods_.rows());
        for (Index i = 0; i < likelihoods_.rows(); ++i) {
            const auto from = kept[static_cast<std::size_t>(i)];
            const auto row =
                Eigen::Map<const Vector>(table.likelihoods.data() + from * table.parts, likelihoods_.cols());
            const double most = row.maxCoeff(), count = table.counts.empty() ? 1 : table.counts[from];
            likelihoods_.row(i) = row.transpose() / most;
            counts_[i] = count / whole_;
            scale_ += count * std::log(most);
        }
        weights_ = Vector::Constant(likelihoods_.cols(), 1.0 / static_cast<double>(likelihoods_.cols()));
        look();
    }

    double excess() const { return gradient_.maxCoeff() - 1; }
    double whole() const { return whole_; }
    double log_likelihood() const { return whole_ * value_ + scale_; }
    const Vector& weights() const { return weights_; }

    /// Each part takes its share of the observations that it explains; the value never falls.
    void expectation_step() {
        weights_ = weights_.cwiseProduct(gradient_);
        weights_ /= weights_.sum();
        look();
    }

    /// Goes towards the top of the parabola; false where nothing is gained. The last steps change the value by less
    /// than its own rounding: there the gradient decides.
    bool newton_step() {
        const Vector aim = top_of_parabola();
        const Vector from = weights_;
        const double value = value_, above = excess(), rounding = 1e-14 * (1 + std::fabs(value_));
        for (double part = 1; part > 1e-12; part /= 2) {
            weights_ = from + part * (aim - from);
            look();
            if (value_ > value + rounding || (value_ > value - rounding && excess() < above)) return true;
        }
        weights_ = from;
        look();
        return false;
    }

private:
    void look() {
        const Vector mixed = likelihoods_ * weights_;
        value_ = counts_.dot(mixed.array().log().matrix());
        ratios_ = mixed.cwiseInverse().asDiagonal() * likelihoods_;
        gradient_ = ratios_.transpose() * counts_;
    }

    /// Maximises  2 Σ c (S q) − ½ Σ c (S q)²  over the simplex, by an active set; a touch of inertia decides between
    /// weights that are as good.
    Vector top_of_parabola() const {
        Matrix curvature = ratios_.transpose() * counts_.asDiagonal() * ratios_;
        const double inertia = 1e-10 * std::max(1.0, curvature.diagonal().maxCoeff());
        curvature.diagonal().array() += inertia;
        const Vector pull = 2 * gradient_ + inertia * weights_;
        Vector at = weights_;
        std::vector<Index> held;  // the parts that may have weight
        for (Index j = 0; j < at.size(); ++j)
            if (at[j] > 0) held.push_back(j);
        for (int round = 0; round < 10 * static_cast<int>(at.size()) + 20; ++round) {
            if (to_top_of(held, curvature, pull, at)) continue;
            const Vector slope = pull - curvature * at;
            const double level = at.dot(slope);
            Index best = -1;
            for (Index j = 0; j < at.size(); ++j)
                if (std::ranges::find(held, j) == held.end() && slope[j] > level + 1e-13 &&
                    (best < 0 || slope[j] > slope[best]))
                    best = j;
            if (best < 0) break;
            held.insert(std::ranges::lower_bound(held, best), best);
        }
        return at;
    }

    /// Moves to the top over the held parts; where one would fall below 0 it is let go there: true, look again.
    static bool to_top_of(std::vector<Index>& held, const Matrix& curvature, const Vector& pull, Vector& at) {
        const auto size = static_cast<Index>(held.size());
        Matrix inner(size, size);
        Vector aim(size);
        for (Index a = 0; a < size; ++a) {
            aim[a] = pull[held[static_cast<std::size_t>(a)]];
            for (Index b = 0; b < size; ++b)
                inner(a, b) = curvature(held[static_cast<std::size_t>(a)], held[static_cast<std::size_t>(b)]);
        }
        const Eigen::LDLT<Matrix> factor(inner);
        const Vector free = factor.solve(aim), ones = factor.solve(Vector::Ones(size));
        const Vector top = free + ones * ((1 - free.sum()) / ones.sum());
        double part = 1;
        Index stopped = -1;
        for (Index a = 0; a < size; ++a) {
            const double here = at[held[static_cast<std::size_t>(a)]];
            if (top[a] >= 0 || here - top[a] <= 0) continue;
            const double reach = here / (here - top[a]);
            if (reach < part) part = reach, stopped = a;
        }
        for (Index a = 0; a < size; ++a) {
            double& here = at[held[static_cast<std::size_t>(a)]];
            here = std::max(0.0, here + part * (top[a] - here));
        }
        if (stopped < 0) return false;
        at[held[static_cast<std::size_t>(stopped)]] = 0;
        held.erase(held.begin() + stopped);
        at /= at.sum();
        return true;
    }

    Matrix likelihoods_, ratios_;
    Vector counts_, weights_, gradient_;
    double value_ = 0, whole_ = 0, scale_ = 0;
};

}  // namespace

Result<MixtureWeights> fit_mixture(const MixtureTable& table) {
    ENTENTE_RETURN_IF_ERROR(usable(table));
    Climb climb(table);
    int steps = 0;
    for (bool rises = true; climb.excess() > kFlat && rises && steps < kMostSteps; ++steps) {
        climb.expectation_step();
        rises = climb.newton_step();
    }
    if (climb.excess() > kFlatEnough)
        return fail(
            ErrorCode::invalid_argument,
            "mixture",
            fmt::format(
                "no maximum was reached in {} steps; the gradient is {:.3g} above flat", steps, climb.excess()
            )
        );
    const auto& weights = climb.weights();
    return MixtureWeights{
        {weights.data(), weights.data() + weights.size()},
        climb.log_likelihood(),
        std::max(0.0, climb.excess()) * climb.whole(),
        steps};
}

}  // namespace entente::numerics
