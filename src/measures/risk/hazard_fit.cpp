#include "measures/risk/hazard_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "numerics/maximise.h"

namespace entente::measures::risk {
namespace {

/// A standard error beyond this: the likelihood rises to a flat end, not to a top.
constexpr double kNoLimit = 1000;

/// What one cell adds by its linear predictor.
struct CellTerms {
    double value = 0, slope = 0, curvature = 0;  ///< curvature: minus the second derivative
};

CellTerms terms_of(const HazardCell& cell, double predictor) {
    const double rate = std::exp(predictor);
    CellTerms out{-cell.free_weeks * rate, -cell.free_weeks * rate, cell.free_weeks * rate};
    for (const double weeks : cell.stop_weeks) {
        const double hazard = weeks * rate;
        const double slope = hazard > 700 ? 0 : hazard / std::expm1(hazard);
        out.value += log_of_stop(hazard);
        out.slope += slope;
        out.curvature += slope * (hazard / -std::expm1(-hazard) - 1);
    }
    return out;
}

class Posterior {
public:
    Posterior(std::span<const HazardCell> cells, std::size_t columns, const std::vector<double>& held)
        : cells_(cells), size_(columns + 1), held_(held) {
        for (const auto& cell : cells) {
            auto& used = used_.emplace_back();
            for (std::size_t k = 0; k < columns; ++k)
                if (cell.values[k] != 0) used.push_back(k);
        }
    }

    double log_likelihood(const std::vector<double>& at) const {
        double out = 0;
        for (std::size_t i = 0; i < cells_.size(); ++i) out += terms_of(cells_[i], predictor(at, i)).value;
        return out;
    }

    numerics::Likelihood operator()(const std::vector<double>& at) const {
        numerics::Likelihood out{0, std::vector<double>(size_), std::vector<double>(size_ * size_)};
        for (std::size_t i = 0; i < cells_.size(); ++i) add(out, i, terms_of(cells_[i], predictor(at, i)));
        for (std::size_t k = 0; k < held_.size(); ++k) {
            out.value -= held_[k] * at[k + 1] * at[k + 1] / 2;
            out.gradient[k + 1] -= held_[k] * at[k + 1];
            out.information[(k + 1) * size_ + k + 1] += held_[k];
        }
        return out;
    }

private:
    double predictor(const std::vector<double>& at, std::size_t cell) const {
        double out = at[0];
        for (const auto k : used_[cell]) out += at[k + 1] * cells_[cell].values[k];
        return out;
    }

    void add(numerics::Likelihood& out, std::size_t cell, const CellTerms& terms) const {
        const auto& values = cells_[cell].values;
        out.value += terms.value;
        out.gradient[0] += terms.slope;
        out.information[0] += terms.curvature;
        for (const auto k : used_[cell]) {
            out.gradient[k + 1] += terms.slope * values[k];
            out.information[k + 1] += terms.curvature * values[k];
            out.information[(k + 1) * size_] += terms.curvature * values[k];
            for (const auto j : used_[cell])
                out.information[(k + 1) * size_ + j + 1] += terms.curvature * values[k] * values[j];
        }
    }

    std::span<const HazardCell> cells_;
    std::size_t size_;
    const std::vector<double>& held_;
    std::vector<std::vector<std::size_t>> used_;
};

}  // namespace

double log_of_stop(double hazard) {
    return hazard < std::numbers::ln2 ? std::log(-std::expm1(-hazard)) : std::log1p(-std::exp(-hazard));
}

Result<HazardFit> fit_hazard(
    std::span<const HazardCell> cells, const std::vector<std::string>& names, const std::vector<double>& held
) {
    double weeks = 0, stops = 0;
    for (const auto& cell : cells) {
        check(cell.values.size() == names.size(), "every cell has a value for each covariate");
        if (!(cell.free_weeks >= 0) ||
            !std::ranges::all_of(cell.stop_weeks, [](double one) { return one > 0; }))
            return fail(ErrorCode::invalid_argument, "weeks", "Found negative weeks, expected 0 or more.");
        weeks += cell.free_weeks;
        for (const double one : cell.stop_weeks) weeks += one, ++stops;
    }
    if (!(weeks > 0))
        return fail(ErrorCode::invalid_argument, "weeks", "Found no week at risk, expected some.");
    if (stops == 0)
        return fail(ErrorCode::invalid_argument, "stops", "Found no stop, expected one at least.");
    check(held.empty() || held.size() == names.size(), "every coefficient is held, or none");
    const Posterior posterior(cells, names.size(), held);
    std::vector<double> start(names.size() + 1);
    start[0] = std::log(stops / weeks);
    std::vector<std::string> all{"constant"};
    all.insert(all.end(), names.begin(), names.end());
    ENTENTE_ASSIGN_OR_RETURN(
        auto found, numerics::maximise(posterior, start, all, {.gradient_limit = 1e-9 * stops})
    );
    for (std::size_t k = 0; k < all.size(); ++k)
        if (found.standard_errors[k] > kNoLimit)
            return fail(
                ErrorCode::invalid_argument,
                all[k],
                fmt::format(
                    "{}: the data put no limit to it; stops and covariates are completely separated.", all[k]
                )
            );
    return HazardFit{
        found.at[0],
        {found.at.begin() + 1, found.at.end()},
        posterior.log_likelihood(found.at),
        std::move(found.covariance),
        found.steps};
}

}  // namespace entente::measures::risk
