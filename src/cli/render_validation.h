#pragma once

#include <string>

#include "cli/terminal.h"
#include "service/validate_record.h"

namespace entente::cli {

/// What was found, as a person reads it at a terminal.
std::string render_validation(
    const service::Validation& validation, const std::string& known_at, const Style& style
);
/// The same as a page. Says nothing of the node, so that the same record gives the same bytes.
std::string validation_page(const service::Validation& validation);
/// All tables as lines of CSV: table, row, column, text, number, records.
std::string validation_csv(const service::Validation& validation);

}  // namespace entente::cli
