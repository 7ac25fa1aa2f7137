#include "measures/validity/section.h"

#include <fmt/format.h>

#include <cmath>

namespace entente::measures::validity {

std::string with_band(double value, const Interval& band, int decimals) {
    return fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", value, decimals, band.low, decimals, band.high, decimals);
}

std::string shown_gain(double value) {
    return std::fabs(value) < 0.0005 ? "0.000" : fmt::format("{:+.3f}", value);
}

std::string gain_with_band(double value, const Interval& band) {
    const auto plain = [](double end) {
        return std::fabs(end) < 0.0005 ? "0.000" : fmt::format("{:.3f}", end);
    };
    return fmt::format("{} ({} to {})", shown_gain(value), plain(band.low), plain(band.high));
}

}  // namespace entente::measures::validity
