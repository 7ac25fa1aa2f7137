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

/// A table as a person reads it: title, rows laid out to the width, note.
std::string render_table(const measures::AnswerTable& table, const Style& style, bool explain = false);
/// One table as lines of CSV, without the heading line.
std::string table_csv(const measures::AnswerTable& table);

/// All tables of an answer as lines of CSV: table, row, column, value, number, records.
std::string answer_csv(const measures::Answer& answer);

}  // namespace entente::cli
