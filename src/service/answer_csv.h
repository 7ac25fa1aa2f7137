#pragma once

#include <string>

#include "measures/answer.h"

namespace entente::service {

/// All tables of an answer as lines of CSV: table, row, column, value, number, records.
std::string answer_csv(const measures::Answer& answer);
/// One table as lines of CSV, without the heading line.
std::string table_csv(const measures::AnswerTable& table);

}  // namespace entente::service
