// What makes ends come sooner or later, with nothing assumed of how the hazard runs with time.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::measures {

/// A stretch of time in which something was followed: after `entry`, up to and with `exit`.
struct CoxRow {
    double entry = 0;
    double exit = 0;
    bool event = false;       ///< it happened at `exit`; else it was last seen then
    std::size_t stratum = 0;  ///< rows are compared within one only; each has a baseline of its own
    std::size_t cluster = 0;  ///< rows of one pair or channel, which are not independent
};

struct CoxCovariates {
    std::vector<std::string> names;
    std::vector<double> values = {};  ///< row after row

    std::span<const double> row(std::size_t at) const {
        return std::span(values).subspan(at * names.size(), names.size());
    }
};

/// How much hazard has come together by a time at which something happened, where all covariates are 0.
struct CoxBaselineStep {
    std::size_t stratum = 0;
    double time = 0;
    double cumulative_hazard = 0;
};

/// Pairs of which one came to its event while the other was at risk, and the other did not at the same time.
struct CoxConcordance {
    double concordant = 0;  ///< the earlier one has the higher score
    double discordant = 0;
    double tied_score = 0;

    double comparable() const { return concordant + discordant + tied_score; }
    /// A tied score counts half. Missing: no pair is comparable
    std::optional<double> share() const;
};

/// hazard(t | x) = hazard of the stratum(t) · exp(coefficients · x)
struct CoxFit {
    std::vector<double> coefficients;
    std::vector<double> standard_errors;
    std::vector<double> robust_errors;      ///< hold where rows of one cluster are not independent
    std::vector<double> covariance;         ///< inverse information, row after row
    std::vector<double> robust_covariance;  ///< row after row
    double log_likelihood = 0;              ///< partial, Efron
    double log_likelihood_at_zero = 0;
    std::vector<CoxBaselineStep> baseline;  ///< by stratum, then by time
    CoxConcordance concordance;
    std::size_t events = 0;
    std::size_t clusters = 0;
    int steps = 0;

    /// Share still without the event at a time: exp(−H), H the hazard come together by then. 1 before the first event.
    double lasting(double time, std::span<const double> covariates, std::size_t stratum = 0) const;
};

/// Cox regression on rows of a counting process.
///
/// Definition  the highest partial likelihood, ties as Efron; a row is at risk at t if entry < t ≤ exit. Baseline: the
///             increments that match Efron's likelihood, at covariates 0. Robust covariance: score residuals summed by
///             cluster, no factor for few clusters. Concordance: within strata, among those at risk
/// Units       coefficients per unit of the covariate; hazards per unit of time
/// Missing     no covariates: the baseline alone
/// Errors      invalid_argument: no row, no event, a row that ends before or when it begins, a value that is no number; by
///             its name a covariate that is constant (in all rows or among those compared), that repeats others, or to
///             which the data put no limit (complete separation); no maximum
/// Cost        sorts once; O(rows · covariates²) for each step
/// Source      MEASURES.md 11 and 16A; Efron 1977; Lin and Wei 1989; Therneau and Grambsch 2000; R `coxph`
Result<CoxFit> fit_cox(std::span<const CoxRow> rows, const CoxCovariates& covariates);

/// How well scores put rows into the order of their events; higher: sooner.
/// Cost  O(n ln n)
CoxConcordance cox_concordance(std::span<const CoxRow> rows, std::span<const double> scores);

}  // namespace entente::measures
