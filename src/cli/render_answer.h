#pragma once

#include <string>

#include "cli/terminal.h"
#include "measures/measure.h"

namespace entente::cli {

/// An answer as a person reads it: title, headline, tables; those that explain only when asked.
/// \param  title  the pair and the day
std::string render_answer(
    const measures::Answer& answer,
    const std::string& title,
    const std::string& known_at,
    const Style& style,
    bool explain
);

/// All tables of an answer as lines of CSV: table, row, column, value, number, records.
std::string answer_csv(const measures::Answer& answer);

}  // namespace entente::cli
