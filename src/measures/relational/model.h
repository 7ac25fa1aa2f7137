#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "measures/relational/statistics.h"

namespace entente::measures::relational {

enum class Likelihood : std::uint8_t {
    ordinal,  ///< which pair acts next: Π exp(βx)/Σ exp(βx)
    timing,   ///< and when: rates exp(β0 + βx) over observed time
    sampled,  ///< ordinal, each event beside controls drawn from its risk set
};

/// Events of one time in the ordinal likelihood.
enum class Ties : std::uint8_t { breslow, efron };

/// What a decaying statistic is between events, in the timing likelihood. Stretches are cut wherever an event
/// or a change happens.
enum class WithinStretch : std::uint8_t {
    at_end,      ///< its value at the end of the stretch
    integrated,  ///< as it decays: Gauss-Legendre, 10 nodes for each half of the shortest half-life still
                 ///< alive
};

/// What is to be fitted. The choices are printed with the fit: estimates depend on them.
struct Model {
    std::vector<Statistic> statistics = {};
    Likelihood likelihood = Likelihood::ordinal;
    Ties ties = Ties::breslow;
    WithinStretch within = WithinStretch::at_end;
    std::optional<double> start =
        {};                          ///< events at or before it are past only; the timing likelihood needs it
    std::optional<double> end = {};  ///< later events are not looked at; the timing likelihood needs it
    std::size_t controls = 20;       ///< for each event, in the sampled likelihood
    std::uint64_t seed = 1;          ///< of the sampled likelihood
    bool duplicates = false;         ///< the same pair twice within one time is no error
    unsigned threads = 1;            ///< the digits do not depend on it
};

}  // namespace entente::measures::relational
