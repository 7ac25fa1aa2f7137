#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/map/recorded_names.h"

namespace entente::ingest::map {

/// What a column seems to be for, from its name (in English, German, French or Spanish) and its values.
enum class ColumnRole : std::uint8_t {
    none,
    id,
    date,
    begin,
    end,
    signed_on,
    actor,
    host,
    count,
    kind,
    title,
    place,
    person,
    note
};

struct ColumnGuess {
    ColumnRole role = ColumnRole::none;
    std::vector<std::string> forms;    ///< of dates
    std::vector<std::string> split;    ///< between actors
    std::string scheme;                ///< of actors
    std::vector<std::string> missing;  ///< values that say that there is none
    std::vector<std::string> doubts;   ///< for a person, with the column's name
};

/// Guesses from at most some hundred values, in the order of the rows; empty ones are of no account.
/// `names`: how the record calls its actors.
ColumnGuess guess_column(
    const std::string& name, const std::vector<std::string>& values, const RecordedNames& names = {}
);

/// Whether a cell says that its row adds up others.
bool says_total(std::string_view cell);

}  // namespace entente::ingest::map
