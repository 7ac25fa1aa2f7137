#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "ingest/fmtrpt/cells.h"

namespace entente::ingest::fmtrpt {

/// A cell whose reading differs from the print. `column` and `repair` are codes of training_column,
/// training_repair.
struct Repair {
    const char* column;
    const char* repair;
    std::string text;  ///< the cell as printed
};

/// How the money cells of a file are written: it tells a cost that slid to the end of a text from a unit's
/// number.
enum class MoneyStyle : std::uint8_t { unknown, dollar, bare };

/// What a row says once split cells and shifted columns are recovered. Nothing is fitted to any total.
struct Reading {
    std::string course, delivery_unit, recipient_unit, place;  ///< as printed less what was taken out of them
    std::optional<std::int64_t> people;
    std::optional<std::string> cost;  ///< US dollars, in the ledger's form
    std::optional<Day> start, end;
    std::vector<Repair> repairs;

    /// No people, no cost, no date: words that wrapped out of a neighbouring row.
    bool is_fragment() const { return !people && !cost && !start && !end; }
};

/// Reads one row of any layout.
/// Source  quirks 4 to 9 of the reports, as listed in docs/reference/training_reports.md
Reading read_row(const Cells& cells, MoneyStyle style);

/// What the people and the cost of a row are by the letter of the print: the first word of `quantity` if it
/// is all digits, the first word of `total_cost` if it is an amount.
std::optional<std::int64_t> people_as_printed(std::string_view quantity);
std::optional<std::string> cost_as_printed(std::string_view total_cost);

}  // namespace entente::ingest::fmtrpt
