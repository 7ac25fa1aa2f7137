// Distributions of how long something lasts, with everything mixed in that is not known of them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "measures/survival/interval_curve.h"
#include "measures/survival/lifetime_fit.h"

namespace entente::measures {

/// A share below which nothing is left to speak of.
inline constexpr double kNothingLeft = 1e-290;

/// The share still lasting by age: a mean over drawn parameters of a law, or a curve joined to a line.
class PredictedLifetime {
public:
    /// A law as fitted, with its uncertainty.
    ///
    /// Definition  parameters drawn from the normal distribution of the fit (Laplace), by `numerics::Draws` under the
    ///             name of the law: the n-th draw is the same for every outage, and the first 500 are the first 500 of
    ///             2,000. Several rows of covariates take the draws in turn: what is asked of is one of them
    /// Requires    a row at least
    static PredictedLifetime of_fit(
        const LifetimeFit& fit, std::span<const std::vector<double>> rows, std::size_t draws
    );

    /// The curve without covariates as a forecast.
    ///
    /// Definition  straight lines between the ends of its steps; of n that ended the next is as likely to fall between
    ///             any two of them or beyond, so the curve is drawn in to n/(n + 1) of its fall (Hill's assumption);
    ///             beyond the last step it goes on at the even rate of ends per day
    /// Requires    one ended at least
    /// Source      Hill 1968, Journal of the American Statistical Association 63; Berliner and Hill 1988
    static PredictedLifetime of_curve(const IntervalCurve& curve, std::span<const Lifetime> lifetimes);

    /// An even chance a day, with this mean.
    static PredictedLifetime even(double mean_days);

    /// Share that lasts longer than so many days.
    double lasting(double days) const;
    /// Of what lasts longer than `age`, the share that ends by then; nothing where nothing lasts so long.
    std::optional<double> ended_by(double days, double age) const;

private:
    struct Node {
        double days = 0;
        double lasting = 1;
    };

    LifetimeLaw law_ = LifetimeLaw::exponential;
    std::vector<double> locations_, scales_;  ///< of the draws; none: it is a curve
    std::vector<Node> nodes_;
    double rate_beyond_ = 0;
};

}  // namespace entente::measures
