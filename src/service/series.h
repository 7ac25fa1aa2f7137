#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "measures/series/series_rows.h"
#include "measures/tie/parameters.h"
#include "service/node.h"

namespace entente::service {

/// What weighs between all pairs, kept in a file beside the index: whoever opens it adds what the log holds beyond it.
/// Disposable, as the index is: a file that is gone, damaged, or of another log, program or parameters is made again
/// (ADR 17).
class Series {
public:
    /// Brings the index and the file up to date, and reads the file.
    /// Errors  unavailable: the node cannot be written to, or somebody else is at it
    /// Cost    reading the file, 80 B a row; what is new some 50 us a record
    static Result<Series> open(Node& node, const measures::Parameters& parameters);

    /// The rows of each pair as the view may see them and as they were at its size of the log.
    /// \param  actor  one of every pair; empty: of all pairs
    Result<std::vector<measures::series::TieRows>> ties(ledger::RecordView& view, std::string_view actor = {})
        const;

    static std::filesystem::path path_of(const Node& node, const measures::Parameters& parameters);

private:
    measures::series::SeriesRows rows_;
};

}  // namespace entente::service
