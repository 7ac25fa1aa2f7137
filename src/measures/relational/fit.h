#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "measures/relational/events.h"
#include "measures/relational/model.h"

namespace entente::measures::relational {

/// What a statistic does to the rate at which a pair acts.
struct Coefficient {
    std::optional<Statistic> statistic;  ///< nothing: the constant of the timing likelihood
    std::string name;
    double estimate = 0;        ///< of ln(rate) for one unit of the statistic, transformed as declared
    double standard_error = 0;  ///< from the inverse information
    double hazard_ratio = 1;    ///< exp(estimate), with its 5-95 % band
    double low = 0;
    double high = 0;
    double mean = 0;  ///< of the statistic before standardising, over all pairs of all risk sets at events
    double deviation = 0;  ///< likewise
};

struct Fit {
    std::vector<Coefficient> coefficients;  ///< the constant first, if there is one
    std::vector<double> covariance;         ///< of the estimates, row after row
    double log_likelihood = 0;
    double log_likelihood_null = 0;  ///< with all coefficients but the constant at 0
    double aic = 0;
    double bic = 0;                   ///< counts events
    std::size_t events = 0;           ///< explained
    std::size_t events_left_out = 0;  ///< a covariate of their own pair was missing
    double pairs_left_out =
        0;  ///< summed over event times: present pairs out of the risk set, a covariate missing
    double pairs_mean = 0;  ///< in the risk set of an event time; sampled: with the event itself
    int steps = 0;          ///< of Newton's method over all events
    std::string choices;    ///< likelihood, ties, risk sets, what decays within a stretch
};

/// Fits a relational event model: what calls forth what?
///
/// Definition  MEASURES.md 12 and 16A; Newton on all coefficients at once until the largest gradient is at
/// most 1e-9
///             an event, of statistics scaled to their spread within risk sets
/// Units       time in days; rates per pair and day
/// Missing     a pair with a missing covariate is not at risk, and counted
/// Errors      invalid_argument: as check_input; a statistic that is the same for all pairs at risk, or
/// repeats
///             others; one that tells events from other pairs without fail and thus has no finite
///             coefficient; no maximum. Names the statistic. Never a number that was not reached
/// Cost        O(times · (active pairs + actors) · statistics²) for each step; a pair that never met, and has
/// no
///             shared partner, is not active. Memory O(actors² · statistics) for each thread. Many times: a
///             first fit over one block of times in 16 finds the place to start from
/// Source      Butts 2008; Brandes, Lerner & Snijders 2009; Vu and others 2015 (sampling)
Result<Fit> fit(const History& history, const Model& model);

/// The coefficients of a fit for statistics as they are, without standardising; the constant is left out.
std::vector<double> plain_coefficients(const Fit& fit);

/// As a table of at most 80 columns, with the choices below it.
std::string table_of(const Fit& fit);

}  // namespace entente::measures::relational
