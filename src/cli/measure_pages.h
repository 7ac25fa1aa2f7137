// Pages of docs/measures: a part made from the declaration of the measure, and what a person wrote around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measures/measure.h"

namespace entente::cli {

/// Headings under which a person writes; each needs words of its own.
inline constexpr std::string_view kWrittenHeadings[] = {
    "## Worked example", "## How to read it", "## How it misleads"};

/// A text as it may stand in a cell of a table.
std::string in_markdown_cell(std::string text);

/// The part that a declaration makes, with its marks: question, unit, choices, parameters, references.
std::string measure_reference(const measures::Measure& measure);

/// A page with that part made anew, the rest untouched.
/// Missing  an empty page: one with the headings under which a person writes
/// Errors   invalid_argument: the page lacks the marks between which the part stands
Result<std::string> renewed_measure_page(const measures::Measure& measure, std::string_view page);

/// What keeps a page from being true and whole, in words with what to do; empty when nothing does.
std::vector<std::string> faults_of_measure_page(const measures::Measure& measure, std::string_view page);

/// The list of pages: a line a measure.
std::string measure_pages_index();

}  // namespace entente::cli
