#pragma once

#include <cmath>
#include <limits>

#include "measures/spells/baum_welch.h"

namespace entente::measures {

/// One climb by steps that never lower a likelihood, drawn out once they are small.
///
/// Definition  of three points in a row, x, y = step(x), z = step(y), with r = y − x and v = (z − y) − r, the next is
///             x − 2ar + a²v, a = −|r|/|v|, nearer to z until no number falls below a tenth of what it is in z; kept
///             where its likelihood is not below that of y, else z
/// Source      Varadhan and Roland 2008, scheme S3
class DrawnOutClimb {
public:
    explicit DrawnOutClimb(const ChainNumbers& start);

    bool done() const { return done_; }
    /// Where the likelihood is to be told, and a step to be made; at the end: the top.
    const ChainNumbers& at() const { return at_; }
    double log_likelihood() const { return likelihood_; }
    int steps() const { return steps_; }

    /// \param  likelihood  at `at()`
    /// \param  next        one step on from there
    void go_on(double likelihood, const ChainNumbers& next);

private:
    enum class At : std::uint8_t { start, stepped, drawn_out };

    void step_to(const ChainNumbers& next);
    bool draw_out(const ChainNumbers& next);

    ChainNumbers at_;      ///< the point asked about
    ChainNumbers before_;  ///< the point of which it is one step on
    ChainNumbers beyond_;  ///< while drawn out: one step on from the last point that was stepped to
    double likelihood_ = -std::numeric_limits<double>::infinity();  ///< of the last point kept
    At is_ = At::start;
    bool done_ = false;
    int steps_ = 0;
};

}  // namespace entente::measures
