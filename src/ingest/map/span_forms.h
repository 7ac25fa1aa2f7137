#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/map/date_forms.h"

namespace entente::ingest::map {

/// What one cell says of a time: a date, or the first and the last of a span.
struct PartialSpan {
    PartialDate first, last;  ///< last: without a year when the cell holds one date

    const PartialDate& end() const { return last.year == 0 ? first : last; }
};

/// Whether a form is one that `read_span` knows: one of `is_date_form`, or two with `%-` between them, of
/// which one may leave out the month and the year that the other gives: `%d%-%d %B %Y`. `%-` is a hyphen, a
/// dash, or `to`, `until`, `through`, `bis`, `au`, `al`, `hasta`; blanks around it do not matter. `iso/iso` is
/// the interval of ISO 8601.
bool is_span_form(std::string_view form);

/// Reads a cell by the first form that fits. A span whose beginning has no year lies in the year of its end,
/// or begins in December of the year before and ends in January.
/// Errors  invalid_argument: no form fits, then a usual form that would is named; one form reads two things;
///         there is no such day
Result<PartialSpan> read_span(std::string_view cell, const std::vector<std::string>& forms, int pivot);

/// Whether `read_span` reads a cell by one form, at less cost than to fail.
bool reads_by(std::string_view cell, std::string_view form, int pivot);

/// Forms in which people write dates and spans, single dates first.
const std::vector<std::string>& usual_forms();

}  // namespace entente::ingest::map
