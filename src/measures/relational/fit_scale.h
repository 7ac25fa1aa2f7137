#pragma once

#include <vector>

#include "base/result.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/events.h"
#include "measures/relational/model.h"

namespace entente::measures::relational {

/// How parameters are scaled for the climb: statistics by their spread, and in the timing likelihood centred.
struct Scale {
    bool constant = false;       ///< the first parameter is the constant
    std::vector<double> mean;    ///< by statistic; 0 without a constant
    std::vector<double> spread;  ///< by statistic

    /// Parameters of statistics as they are.
    std::vector<double> plain(const std::vector<double>& scaled) const;
    /// Derivatives by scaled parameters, from those by plain ones.
    numerics::Likelihood scaled(const numerics::Likelihood& plain) const;
    /// Covariance of plain parameters.
    std::vector<double> plain_covariance(const std::vector<double>& scaled) const;

private:
    /// plain = matrix · scaled, row after row
    std::vector<double> matrix() const;
};

/// Scale from the evaluation at 0.
/// Errors  invalid_argument: a statistic is the same for all pairs at risk, or repeats others; names it
Result<Scale> scale_of(const Evaluation& at_zero, const Model& model);

/// Why a statistic has no finite coefficient; empty when it is not the statistic alone.
///
/// Definition  every event falls on a pair whose value is the highest (or the lowest) of all at risk
/// Cost        O(times · actors²)
std::string separation_of(const History& history, const Model& model, std::size_t statistic);

}  // namespace entente::measures::relational
