#include "ingest/table/xlsx_styles.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/day.h"

namespace entente::ingest::table {
namespace {

constexpr double kSerialMax = 2'958'466;  // 9999-12-31 and a day
constexpr int kSecondsOfDay = 86'400;

struct Letters {
    bool year = false, month_or_minute = false, day = false, hour = false, second = false;
};

// Letters of a format outside quotes, brackets and escapes. A length of time such as [h]:mm is no date.
bool letters_of(std::string_view format, Letters& found) {
    for (std::size_t i = 0; i < format.size(); ++i) {
        switch (format[i]) {
            case '"':
                i = std::min(format.find('"', i + 1), format.size());
                break;
            case '[': {
                const auto end = std::min(format.find(']', i), format.size());
                const auto inside = format.substr(i + 1, end - i - 1);
                if (!inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos) return false;
                i = end;
                break;
            }
            case '\\':
            case '_':
            case '*':
                ++i;
                break;
            case ';':
                return true;  // further sections are for negative numbers, zero and text
            case 'y':
            case 'Y':
                found.year = true;
                break;
            case 'm':
            case 'M':
                found.month_or_minute = true;
                break;
            case 'd':
            case 'D':
                found.day = true;
                break;
            case 'h':
            case 'H':
                found.hour = true;
                break;
            case 's':
            case 'S':
                found.second = true;
                break;
            case '0':
            case '#':
            case '?':
            case 'E':
                if (!found.second) return false;  // digits are a number, but behind seconds parts of them
                break;
            default:
                break;
        }
    }
    return true;
}

}  // namespace

DateStyle builtin_style(unsigned id) {
    if (id == 17) return DateStyle::month;
    if (id == 22) return DateStyle::day_and_time;
    if ((id >= 14 && id <= 16) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 ||
        id == 58)
        return DateStyle::day;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        return DateStyle::time;
    return DateStyle::none;
}

DateStyle style_of_format(std::string_view format) {
    if (format.starts_with("General") || format == "@") return DateStyle::none;
    Letters found;
    if (!letters_of(format, found)) return DateStyle::none;
    const bool clock = found.hour || found.second;
    if (found.day) return clock ? DateStyle::day_and_time : DateStyle::day;
    if (found.year && found.month_or_minute) return clock ? DateStyle::day_and_time : DateStyle::month;
    if (found.year) return DateStyle::year;
    if (clock) return DateStyle::time;
    return found.month_or_minute ? DateStyle::month : DateStyle::none;
}

std::string date_of_serial(std::string_view number, DateStyle style, bool from_1904) {
    double serial = 0;
    const auto [end, code] = std::from_chars(number.data(), number.data() + number.size(), serial);
    if (code != std::errc() || end != number.data() + number.size() || !(serial >= 0) || serial >= kSerialMax)
        return {};
    auto days = static_cast<std::int32_t>(std::floor(serial));
    auto seconds = static_cast<int>(std::lround((serial - days) * kSecondsOfDay));
    if (seconds == kSecondsOfDay) seconds = 0, ++days;
    const auto clock = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (style == DateStyle::time && days == 0) return clock;
    if (!from_1904 && (days == 60 || days == 0)) return {};
    // Serial 1 is 1900-01-01, and a 29 February 1900 is counted that never was.
    const Day base = from_1904 ? *day_of(1904, 1, 1) : *day_of(1899, 12, days < 60 ? 31 : 30);
    const Day day = base + days;
    if (calendar(day).year > 9999) return {};
    const auto iso = to_iso(day);
    switch (style) {
        case DateStyle::year:
            return iso.substr(0, 4);
        case DateStyle::month:
            return iso.substr(0, 7);
        case DateStyle::day:
            return iso;
        default:
            return seconds == 0 ? iso : iso + "T" + clock;
    }
}

}  // namespace entente::ingest::table
