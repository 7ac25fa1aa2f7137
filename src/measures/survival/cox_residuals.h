// How far each row pulls the coefficients, summed by cluster: what a variance rests on that allows for rows that are not
// independent.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "measures/survival/cox_risk_sets.h"

namespace entente::measures {

/// What the hazard of one moment adds, for the residuals of those at risk and of those to whom it happened.
struct CoxIncrement {
    std::size_t stratum = 0;
    double time = 0;
    double hazard = 0;                             ///< in all, where covariates are 0
    double spared = 0;                             ///< the part that the events at this time do not bear
    std::vector<double> mean_hazard, mean_spared;  ///< each times the mean of those at risk
    std::vector<double> mean;                      ///< over the events
};

/// By stratum, then by time.
/// \param  hazards  of each row, relative to covariates 0
std::vector<CoxIncrement> cox_increments(
    const CoxRiskSets& sets, std::span<const double> hazards, std::size_t width
);

/// Score residuals, summed by cluster.
///
/// Definition  of a row: over its moments, what it bears of the hazard times (mean of those at risk − its x), and at its
///             event x − mean; Efron: an event bears the part 1 − l/d of the l-th increment of d at its time. All sum to 0
///             at the maximum
/// Cost        O(rows · (covariates + ln moments))
/// Source      Therneau and Grambsch 2000, 4.2 and 7.1; R `residuals.coxph`
class CoxClusterScores {
public:
    /// Keeps what `increments` refers to.
    CoxClusterScores(
        std::span<const CoxRow> rows,
        const CoxRiskSets& sets,
        std::span<const double> hazards,
        const std::vector<CoxIncrement>& increments,
        std::size_t width
    );

    std::size_t clusters() const { return scores_.size(); }

    /// Their sum of squares between the covariance on both sides.
    std::vector<double> robust(const std::vector<double>& covariance) const;

private:
    void sum_up();
    std::size_t up_to(std::size_t stratum, double time) const;
    void add(std::vector<double>& score, const CoxRow& row, std::span<const double> x, double hazard) const;

    const std::vector<CoxIncrement>& increments_;
    std::size_t width_;
    std::vector<double> hazard_, means_;  ///< come together, row after row
    std::map<std::size_t, std::vector<double>> scores_;
};

}  // namespace entente::measures
