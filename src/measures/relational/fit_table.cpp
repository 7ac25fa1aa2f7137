#include <fmt/format.h>

#include "measures/relational/fit.h"

namespace entente::measures::relational {

std::string table_of(const Fit& fit) {
    std::string text =
        fmt::format("{:<38}{:>10}{:>9}{:>9}  {}\n", "", "estimate", "error", "ratio", "5-95 %");
    for (const Coefficient& of : fit.coefficients) {
        // A long name stands on a line of its own.
        const std::string name = of.name.size() > 37 ? of.name + "\n" : of.name;
        text += fmt::format(
            "{}{:>{}.4f}{:>9.4f}{:>9.3g}  {:.3g}-{:.3g}\n",
            name,
            of.estimate,
            48 - (of.name.size() > 37 ? 0 : of.name.size()),
            of.standard_error,
            of.hazard_ratio,
            of.low,
            of.high
        );
    }
    text += fmt::format("{}\n", fit.choices);
    text += fmt::format("{} events, {:.6g} pairs at risk on average\n", fit.events, fit.pairs_mean);
    if (fit.events_left_out > 0 || fit.pairs_left_out > 0)
        text += fmt::format(
            "left out, a covariate missing: {} events, and {:.6g} pairs at event times\n",
            fit.events_left_out,
            fit.pairs_left_out
        );
    text += fmt::format(
        "log-likelihood {:.6g}, at zero {:.6g}; AIC {:.6g}, BIC {:.6g}\n",
        fit.log_likelihood,
        fit.log_likelihood_null,
        fit.aic,
        fit.bic
    );
    return text;
}

}  // namespace entente::measures::relational
