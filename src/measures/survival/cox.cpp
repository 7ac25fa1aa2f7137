#include "measures/survival/cox.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>

#include "base/check.h"
#include "measures/survival/cox_residuals.h"
#include "measures/survival/cox_risk_sets.h"
#include "numerics/maximise.h"

namespace entente::measures {
namespace {

/// A coefficient is without limit where its variance has grown so many times since 0: the data have stopped to bend the
/// likelihood.
constexpr double kWithoutLimit = 1e6;
/// What is left of a covariate's information, beside the others, when nothing is left but rounding.
constexpr double kNothingLeft = 1e-10;

std::unexpected<Error> refused(const std::string& field, std::string message) {
    return fail(ErrorCode::invalid_argument, field, std::move(message));
}

Result<void> usable(std::span<const CoxRow> rows, const CoxCovariates& covariates) {
    if (rows.empty()) return refused("rows", "found none, expected one at least");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        if (!std::isfinite(row.entry) || !std::isfinite(row.exit) || !(row.entry < row.exit))
            return refused(
                "rows",
                fmt::format(
                    "number {}: found entry {} and exit {}, expected an exit after the entry",
                    i + 1,
                    row.entry,
                    row.exit
                )
            );
        for (std::size_t j = 0; j < covariates.names.size(); ++j)
            if (!std::isfinite(covariates.row(i)[j]))
                return refused(
                    covariates.names[j], fmt::format("row {}: found no number, expected one", i + 1)
                );
    }
    if (std::ranges::none_of(rows, &CoxRow::event))
        return refused("rows", "found no event, expected one at least");
    return {};
}

/// Covariates brought to mean 0 and spread 1, so that steps and limits mean the same for each.
struct Standard {
    std::vector<double> values, means, spreads;
};

Result<Standard> standard(const CoxCovariates& covariates, std::size_t rows) {
    const std::size_t width = covariates.names.size();
    const double size = static_cast<double>(rows);
    Standard out{std::vector<double>(rows * width), std::vector<double>(width), std::vector<double>(width)};
    for (std::size_t j = 0; j < width; ++j) {
        double sum = 0, squares = 0;
        for (std::size_t i = 0; i < rows; ++i) sum += covariates.row(i)[j] / size;
        for (std::size_t i = 0; i < rows; ++i) {
            const double off = covariates.row(i)[j] - sum;
            squares += off * off / size;
        }
        const bool constant = std::ranges::all_of(std::views::iota(std::size_t{1}, rows), [&](std::size_t i) {
            return covariates.row(i)[j] == covariates.row(0)[j];
        });
        if (constant || !(squares > 0) || !std::isfinite(squares))
            return refused(
                covariates.names[j], "found one value in all rows, expected a covariate that differs"
            );
        out.means[j] = sum;
        out.spreads[j] = std::sqrt(squares);
        for (std::size_t i = 0; i < rows; ++i)
            out.values[i * width + j] = (covariates.row(i)[j] - sum) / out.spreads[j];
    }
    return out;
}

/// The partial likelihood at coefficients of standard covariates.
class Partial {
public:
    Partial(std::span<const CoxRow> rows, const Standard& standard)
        : rows_(rows), width_(standard.means.size()), sets_(rows, standard.values, width_) {}

    /// Logarithms of the relative hazards, less the largest, which no risk set notices but the computer's range does.
    struct Scores {
        std::vector<double> logs, hazards;
        double shift = 0;
    };
    Scores scores(std::span<const double> at) const {
        Scores out;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto x = sets_.row(i);
            out.logs.push_back(std::inner_product(x.begin(), x.end(), at.begin(), 0.0));
        }
        out.shift = std::ranges::max(out.logs);
        for (auto& one : out.logs) out.hazards.push_back(std::exp(one -= out.shift));
        return out;
    }

    numerics::Likelihood operator()(const std::vector<double>& at) const {
        numerics::Likelihood out{0, std::vector<double>(width_), std::vector<double>(width_ * width_)};
        const auto given = scores(at);
        sets_.walk(given.hazards, [&](const CoxMoment& moment) { add(out, moment, given.logs); });
        for (std::size_t a = 0; a < width_; ++a)
            for (std::size_t b = 0; b < a; ++b)
                out.information[a * width_ + b] = out.information[b * width_ + a];
        return out;
    }

    const CoxRiskSets& sets() const { return sets_; }

private:
    void add(numerics::Likelihood& out, const CoxMoment& moment, const std::vector<double>& logs) const {
        for (const auto i : moment.events) {
            out.value += logs[i];
            for (std::size_t a = 0; a < width_; ++a) out.gradient[a] += sets_.row(i)[a];
        }
        for (std::size_t l = 0; l < moment.events.size(); ++l) {
            const double weight = moment.weight(l), part = moment.part(l);
            out.value -= std::log(weight);
            for (std::size_t a = 0; a < width_; ++a) {
                const double mean = moment.mean(l, a);
                out.gradient[a] -= mean;
                for (std::size_t b = a; b < width_; ++b) {
                    const std::size_t ab = a * width_ + b;
                    const double second = moment.at_risk.second[ab] - part * moment.happened.second[ab];
                    out.information[ab] += second / weight - mean * moment.mean(l, b);
                }
            }
        }
    }

    std::span<const CoxRow> rows_;
    std::size_t width_;
    CoxRiskSets sets_;
};

/// Names what cannot be told apart before anything is fitted: Cholesky of the information at 0, column by column.
Result<void> told_apart(
    const numerics::Likelihood& at_zero, const std::vector<std::string>& names, std::size_t events
) {
    const std::size_t width = names.size();
    std::vector<double> root(width * width);
    for (std::size_t j = 0; j < width; ++j) {
        const double own = at_zero.information[j * width + j];
        if (!(own > kNothingLeft * static_cast<double>(events)))
            return refused(
                names[j],
                "found one value among all that are compared whenever something happens, expected a "
                "covariate "
                "that differs"
            );
        double left = own;
        for (std::size_t k = 0; k < j; ++k) {
            double sum = at_zero.information[j * width + k];
            for (std::size_t m = 0; m < k; ++m) sum -= root[j * width + m] * root[k * width + m];
            root[j * width + k] = sum / root[k * width + k];
            left -= root[j * width + k] * root[j * width + k];
        }
        if (!(left > kNothingLeft * own))
            return refused(
                names[j], "found what the covariates before it say already, expected one that is not repeated"
            );
        root[j * width + j] = std::sqrt(left);
    }
    return {};
}

Result<void> limited(
    const std::vector<double>& covariance,
    const std::vector<double>& at_zero,
    const std::vector<std::string>& names
) {
    const std::size_t width = names.size();
    std::size_t worst = 0;
    const auto grown = [&](std::size_t j) { return covariance[j * width + j] / at_zero[j * width + j]; };
    for (std::size_t j = 1; j < width; ++j)
        if (grown(j) > grown(worst)) worst = j;
    if (width == 0 || grown(worst) < kWithoutLimit) return {};
    return refused(
        names[worst],
        fmt::format("{} diverges: the data put no limit to it (complete separation)", names[worst])
    );
}

std::vector<double> errors_of(const std::vector<double>& covariance, std::size_t width) {
    std::vector<double> out;
    for (std::size_t j = 0; j < width; ++j) out.push_back(std::sqrt(covariance[j * width + j]));
    return out;
}

void bring_back(std::vector<double>& covariance, const std::vector<double>& spreads) {
    const std::size_t width = spreads.size();
    for (std::size_t a = 0; a < width; ++a)
        for (std::size_t b = 0; b < width; ++b) covariance[a * width + b] /= spreads[a] * spreads[b];
}

}  // namespace

double CoxFit::lasting(double time, std::span<const double> covariates, std::size_t stratum) const {
    check(covariates.size() == coefficients.size(), "every coefficient has a value");
    double hazard = 0;
    for (const auto& step : baseline)
        if (step.stratum == stratum && step.time <= time) hazard = step.cumulative_hazard;
    const double score = std::inner_product(covariates.begin(), covariates.end(), coefficients.begin(), 0.0);
    return std::exp(-hazard * std::exp(score));
}

Result<CoxFit> fit_cox(std::span<const CoxRow> rows, const CoxCovariates& covariates) {
    const std::size_t width = covariates.names.size();
    check(covariates.values.size() == width * rows.size(), "every row has a value of every covariate");
    ENTENTE_RETURN_IF_ERROR(usable(rows, covariates));
    ENTENTE_ASSIGN_OR_RETURN(const auto standards, standard(covariates, rows.size()));
    const Partial partial(rows, standards);
    CoxFit out;
    out.events = static_cast<std::size_t>(std::ranges::count_if(rows, &CoxRow::event));
    const auto at_zero = partial(std::vector<double>(width));
    ENTENTE_RETURN_IF_ERROR(told_apart(at_zero, covariates.names, out.events));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto found, numerics::maximise(partial, std::vector<double>(width), covariates.names)
    );
    ENTENTE_RETURN_IF_ERROR(
        limited(found.covariance, numerics::inverse_of_positive(at_zero.information, width), covariates.names)
    );
    out.log_likelihood_at_zero = at_zero.value;
    out.log_likelihood = found.value;
    out.steps = found.steps;

    const auto scores = partial.scores(found.at);
    const auto increments = cox_increments(partial.sets(), scores.hazards, width);
    const CoxClusterScores residuals(rows, partial.sets(), scores.hazards, increments, width);
    out.clusters = residuals.clusters();
    out.covariance = found.covariance;
    out.robust_covariance = residuals.robust(found.covariance);
    bring_back(out.covariance, standards.spreads);
    bring_back(out.robust_covariance, standards.spreads);
    out.standard_errors = errors_of(out.covariance, width);
    out.robust_errors = errors_of(out.robust_covariance, width);
    double at_means = scores.shift;
    for (std::size_t j = 0; j < width; ++j) {
        out.coefficients.push_back(found.at[j] / standards.spreads[j]);
        at_means += out.coefficients[j] * standards.means[j];
    }
    for (const auto& one : increments) {
        const bool first = out.baseline.empty() || out.baseline.back().stratum != one.stratum;
        const double before = first ? 0 : out.baseline.back().cumulative_hazard;
        out.baseline.push_back({one.stratum, one.time, before + one.hazard * std::exp(-at_means)});
    }
    out.concordance = cox_concordance(rows, scores.logs);
    return out;
}

}  // namespace entente::measures
