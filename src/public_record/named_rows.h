#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::public_record {

/// A table in memory, its cells by the name of the column.
class NamedRows {
public:
    NamedRows(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows);

    std::size_t size() const { return rows_.size(); }
    /// Requires  the table has the column
    const std::string& cell(std::size_t row, std::string_view column) const;
    /// The same as a whole number; nothing when it is none, or a code below zero.
    std::optional<int> number(std::size_t row, std::string_view column) const;

private:
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Reads a table whole, plain or packed.
/// Errors  not_found, invalid_argument: the file, or a column that is wanted and missing
Result<NamedRows> read_named(const std::filesystem::path& file, const std::vector<std::string_view>& wanted);

/// Cells of a list, blanks trimmed.
std::vector<std::string> pieces(std::string_view text, char between);

}  // namespace entente::public_record
