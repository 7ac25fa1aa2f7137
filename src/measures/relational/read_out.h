#pragma once

#include <string>

#include "measures/relational/fit.h"

namespace entente::measures::relational {

/// The words for one coefficient.
struct Phrase {
    std::string cause;   ///< one unit of the statistic: `a visit received`
    std::string effect;  ///< the event: `a visit paid`
    double period = 0;   ///< days over which a decaying effect is averaged
    std::string when;    ///< the same in words: `in the following half-year`
};

/// By how much one more unit multiplies the rate, in words:
/// `a visit received makes a visit paid 2.3 times as likely (1.6–3.4) in the following half-year`.
///
/// Definition  exp(β·m) with the 5-95 % band, two digits; m is the mean over the period of what one event of
/// weight
///             1 adds: (1 - 2^(-P/h))/(P ln 2/h) with a half-life, 1 without; for a logarithm that of the
///             first event. A band that holds 1 is said to tell nothing
Result<std::string> read_out(const Coefficient& coefficient, const Phrase& phrase);

}  // namespace entente::measures::relational
