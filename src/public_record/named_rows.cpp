#include "public_record/named_rows.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/check.h"
#include "ingest/table/open_table.h"

namespace entente::public_record {

NamedRows::NamedRows(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows)
    : rows_(std::move(rows)) {
    for (std::size_t i = 0; i < columns.size(); ++i) columns_.emplace(std::move(columns[i]), i);
}

const std::string& NamedRows::cell(std::size_t row, std::string_view column) const {
    static const std::string kNothing;
    const auto found = columns_.find(column);
    check(found != columns_.end(), "a column that is asked for was wanted");
    return found->second < rows_[row].size() ? rows_[row][found->second] : kNothing;
}

std::optional<int> NamedRows::number(std::size_t row, std::string_view column) const {
    const auto& text = cell(row, column);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

Result<NamedRows> read_named(const std::filesystem::path& file, const std::vector<std::string_view>& wanted) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, ingest::table::open_table(file));
    const auto& columns = reader->columns();
    for (const auto column : wanted)
        if (std::find(columns.begin(), columns.end(), column) == columns.end())
            return fail(
                ErrorCode::invalid_argument,
                file.string(),
                fmt::format("found columns {}, expected also {}", fmt::join(columns, ", "), column)
            );
    std::vector<std::vector<std::string>> rows;
    ingest::table::TableRow row;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, reader->next(row));
        if (!more) return NamedRows(columns, std::move(rows));
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

std::vector<std::string> pieces(std::string_view text, char between) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(between);
        auto piece = text.substr(0, end);
        while (piece.starts_with(' ')) piece.remove_prefix(1);
        while (piece.ends_with(' ')) piece.remove_suffix(1);
        if (!piece.empty()) out.emplace_back(piece);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return out;
}

}  // namespace entente::public_record
