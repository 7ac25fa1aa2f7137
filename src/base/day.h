#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// Days since 1970-01-01 in the proleptic Gregorian calendar; may be negative. Years 0001 to 9999.
struct Day {
    std::int32_t value = 0;

    friend auto operator<=>(const Day&, const Day&) = default;
    friend Day operator+(Day day, std::int32_t days) { return {day.value + days}; }
    friend Day operator-(Day day, std::int32_t days) { return {day.value - days}; }
    friend std::int32_t operator-(Day a, Day b) { return a.value - b.value; }
};

struct YearMonthDay {
    int year;
    int month;
    int day;
};

/// The day of a calendar date; nothing when there is no such date.
std::optional<Day> day_of(int year, int month, int day);
YearMonthDay calendar(Day day);
/// Last day of a month.
Day end_of_month(int year, int month);
/// `2024-02-29`
std::string to_iso(Day day);
std::optional<Day> parse_iso_day(std::string_view text);

}  // namespace entente
