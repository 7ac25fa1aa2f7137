#include "domain/date_span.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace entente::domain {
namespace {

constexpr std::array kPrecisionNames{"day", "month", "year", "range", "open"};
constexpr std::array kMonths{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value;
}

Result<DateSpan> parse_single(std::string_view text) {
    const auto wrong = [&] {
        return fail(
            ErrorCode::invalid_argument,
            {},
            fmt::format(
                "found '{}', expected a date such as 2024-02-29, 2024-02, 2024 or 2024-02-28..2024-03-01",
                text
            )
        );
    };
    if (text.size() == 10) {
        const auto day = parse_iso_day(text);
        if (!day) return wrong();
        return DateSpan{day, day, Precision::day};
    }
    if (text.size() == 7 && text[4] == '-') {
        const auto year = number(text.substr(0, 4)), month = number(text.substr(5));
        if (!year || !month || !day_of(*year, *month, 1)) return wrong();
        return DateSpan{day_of(*year, *month, 1), end_of_month(*year, *month), Precision::month};
    }
    const auto year = text.size() == 4 ? number(text) : std::nullopt;
    if (!year || !day_of(*year, 1, 1)) return wrong();
    return DateSpan{day_of(*year, 1, 1), day_of(*year, 12, 31), Precision::year};
}

std::string day_words(Day day) {
    const auto [y, m, d] = calendar(day);
    return fmt::format("{} {} {}", d, kMonths[static_cast<std::size_t>(m - 1)], y);
}
std::string month_words(Day day) {
    const auto [y, m, d] = calendar(day);
    return fmt::format("{} {}", kMonths[static_cast<std::size_t>(m - 1)], y);
}

bool whole_months(Day from, Day to) {
    const auto a = calendar(from);
    const auto b = calendar(to);
    return a.day == 1 && to == end_of_month(b.year, b.month);
}
bool whole_years(Day from, Day to) {
    return whole_months(from, to) && calendar(from).month == 1 && calendar(to).month == 12;
}

std::string range_words(Day from, Day to, std::string_view dash) {
    const auto a = calendar(from);
    const auto b = calendar(to);
    if (whole_years(from, to)) return fmt::format("{}{}{}", a.year, dash, b.year);
    if (whole_months(from, to)) {
        if (a.year == b.year)
            return fmt::format(
                "{}{}{}", kMonths[static_cast<std::size_t>(a.month - 1)], dash, month_words(to)
            );
        return fmt::format("{} {} {}", month_words(from), dash, month_words(to));
    }
    if (a.year == b.year && a.month == b.month) return fmt::format("{}{}{}", a.day, dash, day_words(to));
    if (a.year == b.year)
        return fmt::format(
            "{} {} {} {}", a.day, kMonths[static_cast<std::size_t>(a.month - 1)], dash, day_words(to)
        );
    return fmt::format("{} {} {}", day_words(from), dash, day_words(to));
}

// The shortest text that `parse` turns into this first (or last) day.
std::string end_text(Day from, Day to) {
    if (from == to) return to_iso(from);
    const auto a = calendar(from);
    return whole_years(from, to) ? fmt::format("{:04}", a.year) : fmt::format("{:04}-{:02}", a.year, a.month);
}

bool fits(const DateSpan& span) {
    switch (span.precision) {
        case Precision::open:
            return span.from.has_value() != span.to.has_value();
        case Precision::day:
            return span.from && span.from == span.to;
        case Precision::month:
        case Precision::year: {
            if (!span.from || !span.to) return false;
            const auto a = calendar(*span.from), b = calendar(*span.to);
            const bool year = span.precision == Precision::year;
            return a.year == b.year && (year ? whole_years(*span.from, *span.to)
                                             : a.month == b.month && whole_months(*span.from, *span.to));
        }
        case Precision::range:
            return span.from && span.to && *span.from <= *span.to;
    }
    return false;
}

}  // namespace

Result<DateSpan> DateSpan::parse(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return parse_single(text);
    const auto left = text.substr(0, dots), right = text.substr(dots + 2);
    if (left.empty() && right.empty()) return parse_single(text);
    DateSpan span{std::nullopt, std::nullopt, Precision::open};
    if (!left.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto first, parse_single(left));
        span.from = first.from;
    }
    if (!right.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto last, parse_single(right));
        span.to = last.to;
    }
    if (!span.from || !span.to) return span;
    if (*span.to < *span.from)
        return fail(
            ErrorCode::invalid_argument,
            {},
            fmt::format("found '{}', expected the first day before the last", text)
        );
    span.precision = left == right ? parse_single(left)->precision : Precision::range;
    return span;
}

Result<DateSpan> DateSpan::from_json(const json::value& value) {
    const auto wrong = [](std::string_view what) {
        return fail(ErrorCode::invalid_argument, {}, fmt::format("found {}, expected a date", what));
    };
    const auto* object = value.if_object();
    if (!object) return wrong("something that is not an object");
    DateSpan span;
    const std::string precision = text_at(*object, "precision");
    const auto name = std::find(kPrecisionNames.begin(), kPrecisionNames.end(), precision);
    if (name == kPrecisionNames.end()) return wrong("precision '" + precision + "'");
    span.precision = static_cast<Precision>(name - kPrecisionNames.begin());
    for (const auto& member : *object) {
        const std::string_view key(member.key().data(), member.key().size());
        if (key == "precision") continue;
        const auto day = member.value().is_string() ? parse_iso_day(text_at(*object, key)) : std::nullopt;
        if (!day) return wrong(fmt::format("a '{}' that is no day", key));
        if (key == "from")
            span.from = day;
        else if (key == "to")
            span.to = day;
        else
            return wrong(fmt::format("key '{}'", key));
    }
    if (!fits(span)) return wrong("ends that do not fit precision " + precision);
    return span;
}

json::object DateSpan::to_json() const {
    json::object object;
    if (from) object["from"] = to_iso(*from);
    object["precision"] = kPrecisionNames[static_cast<std::size_t>(precision)];
    if (to) object["to"] = to_iso(*to);
    return object;
}

std::string DateSpan::to_text() const {
    if (precision == Precision::open) return from ? to_iso(*from) + ".." : ".." + to_iso(*to);
    if (precision == Precision::range) return to_iso(*from) + ".." + to_iso(*to);
    return end_text(*from, *to);
}

std::string DateSpan::to_words(std::string_view dash) const {
    switch (precision) {
        case Precision::day:
            return day_words(*from);
        case Precision::month:
            return month_words(*from);
        case Precision::year:
            return fmt::format("{}", calendar(*from).year);
        case Precision::range:
            return range_words(*from, *to, dash);
        case Precision::open:
            break;
    }
    return from ? "since " + day_words(*from) : "before " + day_words(*to + 1);
}

Result<LengthRange> length_between(const DateSpan& began, const DateSpan& ended) {
    if (!began.from || !began.to || !ended.from || !ended.to)
        return fail(ErrorCode::invalid_argument, {}, "found an open date, expected both ends of both dates");
    const LengthRange length{*ended.from - *began.to, *ended.to - *began.from};
    if (length.high < 1) return fail(ErrorCode::invalid_argument, {}, "found an end before the beginning");
    return LengthRange{std::max(length.low, 1), length.high};
}

Result<std::optional<Day>> end_of_typed_date(std::string_view typed, std::string_view field, bool first) {
    if (typed.empty()) return std::optional<Day>{};
    const auto span = DateSpan::parse(typed);
    if (!span) return fail(ErrorCode::invalid_argument, std::string(field), span.error().message);
    const auto day = first ? span->from : span->to;
    if (!day)
        return fail(
            ErrorCode::invalid_argument,
            std::string(field),
            fmt::format("found '{}', expected a date with that end known", typed)
        );
    return day;
}

}  // namespace entente::domain
