#pragma once

#include <string>

#include "api/reply.h"
#include "base/result.h"

namespace entente::api {

/// The list in an answer as a file: a row an item.
///
/// Columns are the members of the items, in the order in which they come; what is an object stands as its words, name,
/// title or code, a list joined by `; `. What is not there is an empty cell. Of a list of groups (`fields/values`) each
/// item has what its group says before it.
/// \param  path  member of the answer; behind a slash the member of its items that is a list again
/// \param  form  csv, ndjson or xlsx
/// \param  name  of the file, without its ending
/// Errors  unavailable: no room for the workbook while it is made
Result<Reply> list_file(
    const json::object& answer, const std::string& path, const std::string& form, const std::string& name
);

}  // namespace entente::api
