#include "numerics/maximise.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace entente::numerics {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

Matrix matrix_of(const std::vector<double>& values, std::size_t size) {
    check(values.size() == size * size, "a square matrix has size times size values");
    return Eigen::Map<const Matrix>(
        values.data(), static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(size)
    );
}

Vector vector_of(const std::vector<double>& values) {
    return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

double largest(const std::vector<double>& values) {
    double most = 0;
    for (const double value : values) most = std::max(most, std::fabs(value));
    return most;
}

/// The Newton step; where the information is not positive definite, its diagonal is raised until it is.
Vector step_of(const Likelihood& at) {
    const auto size = at.gradient.size();
    Matrix information = matrix_of(at.information, size);
    double added = 0;
    for (int round = 0; round < 60; ++round) {
        Eigen::LLT<Matrix> factor(information);
        if (factor.info() == Eigen::Success) {
            Vector step = factor.solve(vector_of(at.gradient));
            if (step.allFinite()) return step;
        }
        const double more =
            added == 0 ? 1e-6 * std::max(1.0, information.diagonal().cwiseAbs().maxCoeff()) : added * 9;
        information.diagonal().array() += more;
        added += more;
    }
    return vector_of(at.gradient);
}

std::unexpected<Error> no_maximum(std::string_view what, const std::string& name) {
    return fail(ErrorCode::invalid_argument, name, fmt::format("{}.", what));
}

}  // namespace

std::vector<double> inverse_of_positive(const std::vector<double>& matrix, std::size_t size) {
    Matrix scaled = matrix_of(matrix, size);
    const Vector diagonal = scaled.diagonal();
    if (size == 0 || !(diagonal.array() > 0).all() || !scaled.allFinite()) return {};
    const Vector scale = diagonal.array().sqrt().inverse();
    scaled = scale.asDiagonal() * scaled * scale.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Matrix> spectrum(scaled);
    // Unit diagonal, so the smallest eigenvalue says how nearly the columns depend on each other.
    if (spectrum.info() != Eigen::Success || spectrum.eigenvalues().minCoeff() < 1e-12) return {};
    const Matrix inverse =
        scale.asDiagonal() *
        scaled.llt().solve(Matrix::Identity(static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(size))
        ) *
        scale.asDiagonal();
    return {inverse.data(), inverse.data() + inverse.size()};
}

Result<Maximum> maximise(
    const std::function<Likelihood(const std::vector<double>&)>& evaluate,
    std::vector<double> start,
    const std::vector<std::string>& names,
    const MaximiseOptions& options
) {
    check(names.size() == start.size(), "every parameter has a name");
    Maximum out{.at = std::move(start), .value = 0, .covariance = {}, .standard_errors = {}, .steps = 0};
    Likelihood here = evaluate(out.at);
    if (!std::isfinite(here.value))
        return no_maximum("The likelihood has no value at the start", names.empty() ? "" : names[0]);
    while (largest(here.gradient) > options.gradient_limit) {
        if (out.steps++ >= options.most_steps)
            return no_maximum(fmt::format("No maximum was found in {} steps", options.most_steps), names[0]);
        const Vector step = step_of(here);
        double part = 1;
        Likelihood next;
        std::vector<double> at(out.at.size());
        bool risen = false;
        for (int halved = 0; halved < 50 && !risen; ++halved, part /= 2) {
            for (std::size_t i = 0; i < at.size(); ++i)
                at[i] = out.at[i] + part * step[static_cast<Eigen::Index>(i)];
            next = evaluate(at);
            // The last steps change the value by less than its own rounding.
            risen =
                std::isfinite(next.value) && next.value >= here.value - 1e-12 * (1 + std::fabs(here.value));
        }
        if (!risen) break;
        const bool stands = at == out.at;
        out.at = at;
        here = std::move(next);
        for (std::size_t i = 0; i < at.size(); ++i)
            if (std::fabs(at[i]) > options.diverged_at)
                return no_maximum(
                    fmt::format("{} diverges: the data put no limit to it", names[i]), names[i]
                );
        if (stands) break;
    }
    // Where rounding ends the climb a little early, the flatness is judged relative to the curvature.
    if (largest(here.gradient) > std::max(options.gradient_limit, 1e-7 * (1 + std::fabs(here.value))))
        return no_maximum(
            "The likelihood could not be raised further, and is not flat there", names.empty() ? "" : names[0]
        );
    out.value = here.value;
    out.covariance = inverse_of_positive(here.information, out.at.size());
    if (out.covariance.empty() && !out.at.empty())
        return no_maximum(
            "The information matrix is singular: a covariate is constant, repeats another, or the data put "
            "no limit to it",
            names[0]
        );
    for (std::size_t i = 0; i < out.at.size(); ++i)
        out.standard_errors.push_back(std::sqrt(out.covariance[i * out.at.size() + i]));
    return out;
}

}  // namespace entente::numerics
