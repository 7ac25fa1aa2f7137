#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/json.h"
#include "base/result.h"

namespace entente::domain {

enum class Precision : std::uint8_t { day, month, year, range, open };

/// A date that knows its precision: a closed interval of days. `from` or `to` is absent only with
/// Precision::open
/// ("since 2011", "before June 2024"), and never both.
/// In the ledger: `{"from":"2024-01-01","precision":"year","to":"2024-12-31"}`, an open end left out.
struct DateSpan {
    std::optional<Day> from;
    std::optional<Day> to;
    Precision precision = Precision::day;

    friend bool operator==(const DateSpan&, const DateSpan&) = default;

    /// Reads `2024-02-29`, `2024-02`, `2024`, `A..B` (a range of those), `A..` or `..B`.
    /// Errors  invalid_argument: no such date, ends in the wrong order
    static Result<DateSpan> parse(std::string_view text);
    /// Reads the ledger form and checks that the ends fit the precision.
    static Result<DateSpan> from_json(const json::value& value);
    json::object to_json() const;

    /// The form that `parse` reads: `2024-02`, `2024-01-08..2024-01-09`.
    std::string to_text() const;
    /// For people: `17 Jul 2024`, `Feb 2009`, `2012`, `8-9 Jan 2024`, `since 2011`. `dash` joins ranges.
    std::string to_words(std::string_view dash = "-") const;

    /// Bounds with an open end replaced by the bound of the question.
    Day first(Day floor) const { return from ? *from : floor; }
    Day last(Day ceiling) const { return to ? *to : ceiling; }
};

/// The first or last day of a date as a person typed it; nothing when nothing was typed.
/// \param  field  what the error names
/// Errors  invalid_argument: no date, or one without that end
Result<std::optional<Day>> end_of_typed_date(std::string_view typed, std::string_view field, bool first);

/// Length in days between two imprecise dates, over all days that they allow.
struct LengthRange {
    std::int32_t low;
    std::int32_t high;
    friend bool operator==(const LengthRange&, const LengthRange&) = default;
};

/// Days from `began` to `ended`; an outage lasts at least one day, so `low` is never below 1.
/// Requires  began.from, began.to, ended.from and ended.to known
/// Errors    invalid_argument: every allowed end lies before every allowed beginning
/// Source    MEASURES.md 8 and 16A: ends move independently, order kept
Result<LengthRange> length_between(const DateSpan& began, const DateSpan& ended);

}  // namespace entente::domain
