#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/record_index.h"

namespace entente::service {

/// People and cost in all. Cost in hundredths of a cent, so that sums are exact whatever the report prints.
struct TrainingSums {
    std::int64_t people = 0;
    std::int64_t cost = 0;
    std::uint64_t lines = 0;
};

/// One heading of a report: a programme of a country.
struct ReconciledProgramme {
    std::string report, section, country, programme;  ///< as printed
    std::uint64_t totals = 0;                         ///< printed totals under this heading; 0: none printed
    std::optional<std::int64_t> printed_people, printed_cost;
    TrainingSums as_printed;  ///< the lines by the letter of the print
    TrainingSums as_read;     ///< split cells and shifted columns recovered

    bool people_match(const TrainingSums& sums) const { return printed_people == sums.people; }
    /// Whether the cost agrees; half a dollar may lie between, since totals are printed in whole dollars.
    bool cost_matches(const TrainingSums& sums) const;
};

struct ReconciledReport {
    std::string report;
    TrainingSums as_printed, as_read;
    std::optional<std::int64_t> printed_people,
        printed_cost;          ///< sums of the printed totals; nothing: none on record
    std::uint64_t totals = 0;  ///< programmes of a country with a printed total
    std::uint64_t match_printed = 0, people_printed = 0, cost_printed = 0;  ///< of them, as printed
    std::uint64_t match_read = 0, people_read = 0, cost_read = 0;           ///< of them, as read
    std::map<std::string, std::uint64_t> repairs;  ///< `total_cost: the number stood …` -> cells
    std::vector<ReconciledProgramme> programmes;
};

/// Compares the training lines on record with the totals that the reports print, heading by heading, in the
/// order of the reports. A heading that is printed twice is compared with both totals together. Missing
/// people and costs that are unknown count for nothing Cost     one pass over all training lines
Result<std::vector<ReconciledReport>> reconcile_reports(
    ledger::RecordView& view, const domain::Schema& schema
);

/// A cell that was read otherwise than printed.
struct RepairedCell {
    std::string report, at, id;  ///< `at`: number of the file in its import, and line
    std::string country, column, repair;
    std::string printed;  ///< the cell; empty where it was
    std::string read;     ///< what the line says in its place
};
/// Every repaired cell of the lines on record, of one report or (empty) of all, by report and line.
Result<std::vector<RepairedCell>> repaired_cells(ledger::RecordView& view, const std::string& report);

/// `1234.5` -> hundredths of a cent; nothing when it is no amount or over 9e14 dollars.
std::optional<std::int64_t> cost_units(std::string_view amount);
/// `$1,234.50`, cents only where there are some.
std::string cost_words(std::int64_t units);

}  // namespace entente::service
