#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::table {

/// What a number format shows of a date. A format that hides the day says that nobody meant one.
enum class DateStyle : std::uint8_t {
    none,  ///< no date: the number stands as it is
    day,
    month,
    year,
    day_and_time,
    time,
};

/// The style of a number format, built in (ECMA-376 part 1, 18.8.30) or written out such as `dd/mm/yy;@`.
DateStyle builtin_style(unsigned id);
DateStyle style_of_format(std::string_view format);

/// The number of a spreadsheet cell as an ISO date, to the precision of its style: `2024-03-01`, `2024-03`,
/// `2024`, `2024-03-01T08:30:00`, `08:30:00`. Empty when it is no date: no number, negative, beyond 9999, and
/// in the 1900 system the day 60, which never was.
std::string date_of_serial(std::string_view number, DateStyle style, bool from_1904);

}  // namespace entente::ingest::table
