#pragma once

#include <string>

#include "cli/terminal.h"
#include "measures/measure.h"
#include "service/answer_csv.h"

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
using service::answer_csv;
using service::table_csv;

}  // namespace entente::cli
