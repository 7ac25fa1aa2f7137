#include "base/day.h"

#include <chrono>

#include <fmt/compile.h>
#include <fmt/format.h>

namespace entente {
namespace {

namespace c = std::chrono;

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char ch : text) {
        if (ch < '0' || ch > '9') return std::nullopt;
        value = value * 10 + (ch - '0');
    }
    return text.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<Day> day_of(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const c::year_month_day ymd{
        c::year{year}, c::month{static_cast<unsigned>(month)}, c::day{static_cast<unsigned>(day)}};
    if (!ymd.ok()) return std::nullopt;
    return Day{static_cast<std::int32_t>(c::sys_days{ymd}.time_since_epoch().count())};
}

YearMonthDay calendar(Day day) {
    const c::year_month_day ymd{c::sys_days{c::days{day.value}}};
    return {int{ymd.year()}, static_cast<int>(unsigned{ymd.month()}), static_cast<int>(unsigned{ymd.day()})};
}

Day end_of_month(int year, int month) {
    const auto last =
        c::year_month_day_last{c::year{year}, c::month_day_last{c::month{static_cast<unsigned>(month)}}};
    return {static_cast<std::int32_t>(c::sys_days{last}.time_since_epoch().count())};
}

std::string to_iso(Day day) {
    const auto [y, m, d] = calendar(day);
    return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), y, m, d);
}

std::optional<Day> parse_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4)), m = digits(text.substr(5, 2)), d = digits(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    return day_of(*y, *m, *d);
}

}  // namespace entente
