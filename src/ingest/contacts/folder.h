#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/hash.h"
#include "base/result.h"

namespace entente::ingest::contacts {

/// One file of the folder: its rows as cells by column name.
struct SourceFile {
    std::string name;
    std::size_t number = 0;  ///< from 1, in the order of reading; what a row's `at` names
    std::size_t bytes = 0;
    Hash hash;
    CsvTable table;

    /// The cell of a row; empty when the file has no such column.
    std::string cell(const CsvRow& row, std::string_view column) const;
};

/// The files of the contacts form: sources, channels, shocks, disruptions, contacts; and, where they are
/// there, coverage, additions, political visits and tallies.
struct Folder {
    std::vector<SourceFile> files;
    const SourceFile* find(std::string_view name) const;
};

/// Reads the folder whole.
/// Errors  not_found: a file of the five is missing · invalid_argument: no CSV, a column that is needed is
/// missing
Result<Folder> read_folder(const std::filesystem::path& directory);

}  // namespace entente::ingest::contacts
