#include "ingest/table/xlsx_header.h"

#include <algorithm>
#include <set>

#include "ingest/table/columns.h"

namespace entente::ingest::table {
namespace {

bool has_text(const SheetCell& cell) {
    return !trimmed(cell.view()).empty();
}

std::size_t filled(const SheetRow& row) {
    return static_cast<std::size_t>(std::count_if(row.cells.begin(), row.cells.end(), has_text));
}

// Merged blocks that begin in a row and take more than one column.
std::vector<Merge> wide(const std::vector<Merge>& merges, std::uint64_t row) {
    std::vector<Merge> out;
    for (const auto& merge : merges)
        if (merge.row == row && merge.last_column > merge.column) out.push_back(merge);
    return out;
}

// Cells of a header row: texts by column, a merged text in each column it covers.
std::vector<std::string> spread(const SheetRow& row, const std::vector<Merge>& merges) {
    std::vector<std::string> out;
    const auto put = [&](std::size_t column, std::string_view text) {
        if (out.size() <= column) out.resize(column + 1);
        out[column] = trimmed(text);
    };
    for (const auto& cell : row.cells) {
        put(cell.column, cell.view());
        for (const auto& merge : merges)
            if (merge.row == row.number && merge.column == cell.column)
                for (auto c = merge.column; c <= std::min<std::size_t>(merge.last_column, 2000); ++c)
                    put(c, cell.view());
    }
    return out;
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether the row below names columns that the row above leaves without a name, as no line of data does: the row above
// are labels of groups.
bool names_more(const SheetRow& header, const SheetRow& below, const std::vector<Merge>& merges) {
    const auto above = spread(header, merges);
    bool more = false;
    for (const auto& cell : below.cells) {
        if (has_digit(cell.view())) return false;
        more |= has_text(cell) && (cell.column >= above.size() || above[cell.column].empty());
    }
    return more;
}

// Whether the row below a header row is its second line: it names the parts of the merged names, all in
// text, and nothing else, unless the first line are labels of groups.
bool is_second_line(const SheetRow& header, const SheetRow& below, const std::vector<Merge>& merges) {
    const auto blocks = wide(merges, header.number);
    if (blocks.empty() || below.number != header.number + 1) return false;
    const bool labels = names_more(header, below, merges);
    std::set<std::string_view> names;
    std::size_t under = 0;
    for (const auto& cell : below.cells) {
        if (!has_text(cell)) continue;
        if (cell.kind != CellKind::text || !names.insert(trimmed(cell.view())).second) return false;
        const bool inside = std::any_of(blocks.begin(), blocks.end(), [&](const Merge& block) {
            return cell.column >= block.column && cell.column <= block.last_column;
        });
        if (!inside && !labels) return false;
        under += inside ? 1U : 0U;
    }
    std::size_t covered = 0;
    for (const auto& block : blocks) covered += block.last_column - block.column + 1;
    return under == covered;
}

// How many rows the header takes, from its first.
std::size_t height(const std::vector<SheetRow>& rows, std::size_t first, const std::vector<Merge>& merges) {
    auto last_row = rows[first].number;
    for (const auto& merge : merges)
        if (merge.row == rows[first].number && merge.last_column == merge.column)
            last_row = std::max(last_row, std::min(merge.last_row, merge.row + 2));
    std::size_t taken = 1;
    while (first + taken < rows.size() && rows[first + taken].number <= last_row) ++taken;
    if (taken == 1 && first + 1 < rows.size() && is_second_line(rows[first], rows[first + 1], merges))
        taken = 2;
    return taken;
}

std::size_t first_row(const std::vector<SheetRow>& rows, std::uint64_t wanted) {
    std::size_t fullest = 0;
    for (const auto& row : rows) fullest = std::max(fullest, filled(row));
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (wanted != 0 ? rows[i].number == wanted : filled(rows[i]) >= std::max<std::size_t>(1, fullest / 2))
            if (filled(rows[i]) > 0) return i;
    return rows.size();
}

}  // namespace

Header find_header(
    const std::vector<SheetRow>& beginning, const std::vector<Merge>& merges, std::uint64_t wanted
) {
    Header header;
    const auto first = first_row(beginning, wanted);
    if (first == beginning.size()) return header;
    const auto taken = height(beginning, first, merges);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < taken; ++i) {
        const auto line = spread(beginning[first + i], merges);
        names.resize(std::max(names.size(), line.size()));
        for (std::size_t c = 0; c < line.size(); ++c)
            if (!line[c].empty()) names[c] += (names[c].empty() ? "" : " ") + line[c];
    }
    std::vector<std::string_view> views(names.begin(), names.end());
    header.columns = column_names(views);
    header.rows = first + taken;
    header.line = beginning[first].number;
    return header;
}

}  // namespace entente::ingest::table
