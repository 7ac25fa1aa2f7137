#include "measures/validity/section.h"

#include <fmt/format.h>

namespace entente::measures::validity {

std::string with_band(double value, const Interval& band, int decimals) {
    return fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", value, decimals, band.low, decimals, band.high, decimals);
}

std::string gain_with_band(double value, const Interval& band) {
    return fmt::format("{:+.3f} ({:+.3f} to {:+.3f})", value, band.low, band.high);
}

}  // namespace entente::measures::validity
