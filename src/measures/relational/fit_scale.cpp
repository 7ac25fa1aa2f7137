#include "measures/relational/fit_scale.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "measures/relational/controls.h"
#include "measures/relational/state.h"

namespace entente::measures::relational {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Matrix matrix_of(const std::vector<double>& values) {
    const auto size = static_cast<Eigen::Index>(std::lround(std::sqrt(static_cast<double>(values.size()))));
    return Eigen::Map<const Matrix>(values.data(), size, size);
}

std::vector<double> values_of(const Matrix& matrix) {
    return {matrix.data(), matrix.data() + matrix.size()};
}

std::unexpected<Error> refuse(const Statistic& statistic, std::string message) {
    return fail(ErrorCode::invalid_argument, describe(statistic), std::move(message));
}

/// Second moments of the statistics about their mean: over each risk set, or over observed time with a
/// constant.
Matrix centred(const Evaluation& at_zero, bool constant) {
    const Matrix all = matrix_of(at_zero.likelihood.information);
    if (!constant) return all;
    const auto terms = all.rows() - 1;
    const Eigen::VectorXd with_constant = all.col(0).tail(terms);
    return all.bottomRightCorner(terms, terms) - with_constant * with_constant.transpose() / all(0, 0);
}

/// Names the first statistic that is a sum of multiples of those before it.
Result<void> check_repeats(const Matrix& moments, const Model& model) {
    const Eigen::VectorXd scale = moments.diagonal().cwiseSqrt().cwiseInverse();
    const Matrix correlation = scale.asDiagonal() * moments * scale.asDiagonal();
    const auto size = correlation.rows();
    Matrix lower = Matrix::Zero(size, size);
    for (Eigen::Index k = 0; k < size; ++k) {
        for (Eigen::Index l = 0; l < k; ++l)
            lower(k, l) = (correlation(k, l) - lower.row(k).head(l).dot(lower.row(l).head(l))) / lower(l, l);
        const double left = correlation(k, k) - lower.row(k).head(k).squaredNorm();
        if (left > 1e-10) {
            lower(k, k) = std::sqrt(left);
            continue;
        }
        std::string repeated = "those before it taken together";
        for (Eigen::Index l = 0; l < k; ++l)
            if (std::fabs(correlation(k, l)) > 1 - 1e-9)
                repeated = describe(model.statistics[static_cast<std::size_t>(l)]);
        return refuse(model.statistics[static_cast<std::size_t>(k)], fmt::format("It repeats {}.", repeated));
    }
    return {};
}

}  // namespace

std::vector<double> Scale::matrix() const {
    const auto first = constant ? 1 : 0;
    const auto size = static_cast<Eigen::Index>(spread.size()) + first;
    Matrix out = Matrix::Zero(size, size);
    if (constant) out(0, 0) = 1;
    for (std::size_t k = 0; k < spread.size(); ++k) {
        const auto at = static_cast<Eigen::Index>(k) + first;
        out(at, at) = 1 / spread[k];
        if (constant) out(0, at) = -mean[k] / spread[k];
    }
    return values_of(out);
}

std::vector<double> Scale::plain(const std::vector<double>& scaled) const {
    const Eigen::VectorXd out =
        matrix_of(matrix()) *
        Eigen::Map<const Eigen::VectorXd>(scaled.data(), static_cast<Eigen::Index>(scaled.size()));
    return {out.data(), out.data() + out.size()};
}

numerics::Likelihood Scale::scaled(const numerics::Likelihood& plain) const {
    const Matrix by = matrix_of(matrix());
    const auto size = static_cast<Eigen::Index>(plain.gradient.size());
    const Eigen::VectorXd gradient =
        by.transpose() * Eigen::Map<const Eigen::VectorXd>(plain.gradient.data(), size);
    return {
        plain.value,
        {gradient.data(), gradient.data() + gradient.size()},
        values_of(by.transpose() * matrix_of(plain.information) * by)};
}

std::vector<double> Scale::plain_covariance(const std::vector<double>& scaled) const {
    const Matrix by = matrix_of(matrix());
    return values_of(by * matrix_of(scaled) * by.transpose());
}

Result<Scale> scale_of(const Evaluation& at_zero, const Model& model) {
    Scale scale;
    scale.constant = model.likelihood == Likelihood::timing;
    const Matrix moments = centred(at_zero, scale.constant);
    const double weight =
        scale.constant ? at_zero.likelihood.information[0] : static_cast<double>(at_zero.events);
    const Matrix all = matrix_of(at_zero.likelihood.information);
    for (std::size_t k = 0; k < model.statistics.size(); ++k) {
        const auto at = static_cast<Eigen::Index>(k);
        const double about_zero = at_zero.squares[k] / std::max(1.0, at_zero.pairs);
        const double variance = moments(at, at) / weight;
        if (!(variance > 1e-12 * about_zero) || !std::isfinite(variance))
            return refuse(
                model.statistics[k],
                scale.constant ? "It is constant over the observed time."
                               : "It is the same for all pairs at risk at every event."
            );
        scale.spread.push_back(std::sqrt(variance));
        scale.mean.push_back(scale.constant ? all(0, at + 1) / all(0, 0) : 0);
    }
    ENTENTE_RETURN_IF_ERROR(check_repeats(moments, model));
    return scale;
}

std::string separation_of(const History& history, const Model& model, std::size_t statistic) {
    const Timeline timeline(history, model.statistics);
    State state(history, model.statistics, timeline);
    bool highest = true, lowest = true;
    for (const Group& group : groups_of(history, model, timeline)) {
        state.move_to(group.time);
        std::vector<double> values;
        for (const auto& [i, j] : pairs_at_risk(state.risk())) values.push_back(state.value(statistic, i, j));
        if (values.empty()) continue;
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        for (const auto index : group.events) {
            const Event& event = history.events[index];
            if (!state.risk().open(event.sender, event.receiver)) continue;
            const double x = state.value(statistic, event.sender, event.receiver);
            highest = highest && x == *most;
            lowest = lowest && x == *least;
        }
        if (!highest && !lowest) return "";
    }
    return fmt::format(
        "Every event falls on a pair whose value is the {} of all at risk, so that no finite coefficient "
        "fits "
        "best.",
        highest ? "highest" : "lowest"
    );
}

}  // namespace entente::measures::relational
