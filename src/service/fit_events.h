#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/table/table_reader.h"
#include "measures/answer.h"
#include "measures/relational/model.h"

namespace entente::service {

/// A list of events in a table, and the model that is to explain them.
struct FitEventsRequest {
    std::filesystem::path file;
    std::string time = "time";  ///< name of the column: days as dates, or numbers
    std::string sender = "from";
    std::string receiver = "to";
    std::string weight = {};  ///< empty: each event counts 1
    bool directed = true;
    bool repeats_once = false;  ///< the same pair twice at one time stands once; else it is refused
    measures::relational::Model model;
};

/// How a table is opened: in a confined process, or, in tests, as it stands.
using OpenTable =
    std::function<Result<std::unique_ptr<ingest::table::TableReader>>(const std::filesystem::path& file)>;

/// Fits a relational event model to the events of a file. Every actor of the file could have acted at any time.
///
/// Missing  a row without a time, a sender or a receiver is left out, and counted
/// Errors   invalid_argument: a column that is not there, a time that cannot be read (with its line), a self event, what
///          relational::fit refuses · as the reader
/// Cost     as relational::fit
Result<measures::Answer> fit_events(const FitEventsRequest& request, const OpenTable& open);

}  // namespace entente::service
