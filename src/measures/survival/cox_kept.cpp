#include "measures/survival/cox_kept.h"

#include <algorithm>
#include <cmath>

namespace entente::measures {
namespace {

CoxCovariates without(const CoxCovariates& covariates, std::size_t column) {
    CoxCovariates out;
    const std::size_t width = covariates.names.size();
    for (std::size_t j = 0; j < width; ++j)
        if (j != column) out.names.push_back(covariates.names[j]);
    for (std::size_t k = 0; k < covariates.values.size(); ++k)
        if (k % width != column) out.values.push_back(covariates.values[k]);
    return out;
}

}  // namespace

Result<KeptCox> fit_cox_kept(std::span<const CoxRow> rows, CoxCovariates covariates) {
    std::vector<LeftOutCovariate> left_out;
    for (;;) {
        auto fit = fit_cox(rows, covariates);
        if (fit) return KeptCox{covariates.names, *std::move(fit), std::move(left_out)};
        const auto named = std::ranges::find(covariates.names, fit.error().field);
        if (named == covariates.names.end()) return std::unexpected(fit.error());
        left_out.push_back({*named, fit.error().message});
        covariates = without(covariates, static_cast<std::size_t>(named - covariates.names.begin()));
    }
}

HazardRatio hazard_ratio(const CoxFit& fit, std::size_t coefficient, double step, double normal) {
    const double middle = step * fit.coefficients[coefficient];
    const double error =
        std::fabs(step) * normal * std::max(fit.standard_errors[coefficient], fit.robust_errors[coefficient]);
    return {std::exp(middle), std::exp(middle - error), std::exp(middle + error)};
}

}  // namespace entente::measures
