#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::measures {

/// One step of Baum–Welch for chains side by side: what goes in and what comes out, as numbers in a row. Each number of a
/// chain stands beside the same number of the others, `kLanes` in all.
///
/// Definition  forward and backward sums over periods, multiplied by powers of two so that they stay near 1
/// Requires    emissions in [0, 1], 1 for the likeliest state of a sort
struct BaumWelchStep {
    static constexpr std::size_t kLanes = 8;

    std::size_t periods = 0, sorts = 0;
    const std::uint32_t* sort_of = nullptr;  ///< by period
    const double* emissions = nullptr;       ///< sorts · states
    const double* initial = nullptr;         ///< states
    const double* transitions = nullptr;     ///< states · states, from row by row
    double* forward = nullptr;               ///< periods · states, to work in
    double* scales = nullptr;                ///< one for every four periods, to work in
    // Expected numbers; in a lane whose sums left the doubles they are none.
    double* in_state = nullptr;        ///< sorts · states: periods of a sort in a state
    double* first = nullptr;           ///< states: the first period
    double* ways = nullptr;            ///< states · states, without the factor of the transition
    double* sum = nullptr;             ///< of the last forward sums
    std::int64_t* exponent = nullptr;  ///< of the power of two that they were divided by
};

/// \param  states  2 or 3
/// \param  few     only the first four lanes are asked for
void baum_welch_step(const BaumWelchStep& step, std::size_t states, bool few);

// The same digits, in registers of four and of two.
void baum_welch_step_wide(const BaumWelchStep& step, std::size_t states, bool few);
void baum_welch_step_narrow(const BaumWelchStep& step, std::size_t states, bool few);

}  // namespace entente::measures
