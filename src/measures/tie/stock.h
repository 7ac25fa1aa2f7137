#pragma once

#include <cstdint>
#include <span>

#include "base/day.h"

namespace entente::measures {

/// How a mass lies on its days: a fact of several days, or one day that is not known exactly. The same in the
/// middle; only the second widens the band.
enum class Spread : std::uint8_t {
    extended,   ///< it went on from the first day to the last
    imprecise,  ///< it happened on one day between them
    held,       ///< it is whole from the first day to the last, and fades only then: an agreement in force
};

/// A mass on a closed interval of days.
struct MassOnDays {
    Day first;
    Day last;
    double mass = 0;
    Spread spread = Spread::extended;
};

/// No decay at all.
inline constexpr double kNeverFades = 0;

/// What is left of one mass at the end of a day.
///
/// Definition  w/n · r^(t−e) · (1−r^m)/(1−r) with r = 2^(−1/h), n days in all, m of them up to t, e the last
/// of
///             these; computed with expm1. No decay: w·m/n. A mass that is held is whole while it is held
/// Units       those of the mass; `half_life` in days, `kNeverFades`: no decay
/// Missing     a mass whose first day lies after t: 0
/// Cost        O(1)
/// Source      MEASURES.md 5 and 18.1
double stock_of(const MassOnDays& mass, double half_life, Day at);

/// Sum of what is left, in the order given, compensated.
/// Cost  O(n)
double stock_of(std::span<const MassOnDays> masses, double half_life, Day at);

/// Takes a stock from one day to a later one when nothing comes between.
double faded(double stock, double half_life, std::int32_t days);

}  // namespace entente::measures
