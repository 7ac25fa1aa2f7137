#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// Adds decimal numbers exactly, whatever their number of decimals.
class DecimalSum {
public:
    /// False: no decimal number such as `-12.50`, over 18 decimals, or the sum leaves 38 digits; the sum
    /// stays as it was.
    bool add(std::string_view number);
    /// With as many decimals as the longest number added had.
    std::string text() const;

private:
    __int128 value_ = 0;
    int decimals_ = 0;
};

/// Whether a text is a decimal number: digits, perhaps a minus before and decimals behind a point.
bool is_decimal(std::string_view text);

}  // namespace entente
