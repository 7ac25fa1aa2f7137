#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::ingest::map {

/// A date as far as a source gives it. 0: not known.
struct PartialDate {
    int year = 0, month = 0, day = 0;
    /// `2024-02-29`, `2024-02`, `2024`; empty without a year. A day without its month is dropped.
    std::string text() const;
};

/// Whether a form is one that `read_date` knows. A form is text with `%Y` (four digits), `%y` (two), `%m`,
/// `%d` (one or two), `%B` (name of a month in English, German, French or Spanish, whole or short), `%T`
/// (any time of day, ignored); or `iso` (2024, 2024-02, 2024-02-29, each with a time) or `excel` (days since
/// 1899-12-30).
bool is_date_form(std::string_view form);

/// What one form reads in a trimmed cell, whether or not there is such a day; nothing: it does not fit. The
/// form may lack a year: a part of a span.
std::optional<PartialDate> scan_date(std::string_view cell, std::string_view form, int pivot);

/// A form as people know it: 3 April 2024 written so, `03.04.2024`; a span ends on the 5th.
std::string example_of(std::string_view form);

/// Why a cell that fits one of the forms is no date: `June has 30 days`; empty: it fits none.
std::string no_such_day(std::string_view cell, const std::vector<std::string>& forms, int pivot);

/// What there is to say of a cell that no form reads.
std::string not_read(std::string_view cell, const std::vector<std::string>& forms, int pivot);

/// Whether a year is known, and there is such a month and day.
bool exists(const PartialDate& date);

/// Reads a cell by the first form that fits. `xx`, `x`, `00`, `0`, `?` in the place of a day or month say
/// that it is not known. Two digits of a year are those of the hundred years that begin with `pivot`. Errors
/// invalid_argument: no form fits, or there is no such day
Result<PartialDate> read_date(std::string_view cell, const std::vector<std::string>& forms, int pivot);

/// A date from cells of its own. A part that is empty, 0, x, xx, ?, . or negative is not known.
/// Errors  invalid_argument: a part that is no number, no such month or day
Result<PartialDate> date_of_parts(std::string_view year, std::string_view month, std::string_view day);

/// From one date to another as the ledger's text, never finer than either says: `1980-01`,
/// `1974-11-03..1974-11-05`; the second may be unknown. A beginning known to the month and an end within it
/// are that month.
/// Errors  invalid_argument: the end comes first
Result<std::string> span_text(const PartialDate& from, const PartialDate& to);

}  // namespace entente::ingest::map
