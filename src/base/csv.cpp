#include "base/csv.h"

#include <fmt/format.h>

namespace entente {
namespace {

constexpr std::size_t kMaxCell = 1U << 20;
constexpr std::size_t kMaxColumns = 2000;
constexpr std::size_t kMaxRows = 1'000'000;

}  // namespace

Result<CsvTable> parse_csv(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    CsvTable table;
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        CsvRow row{line, {}};
        const bool blank = text[at] != '"';  // an empty line is no row; an empty quoted cell is one
        for (bool more = true; more;) {
            std::string cell;
            std::size_t quoted = 0;
            if (at < text.size() && text[at] == '"') {
                ++at;
                for (;;) {
                    if (at >= text.size())
                        return fail(
                            ErrorCode::invalid_argument,
                            {},
                            fmt::format("line {}: found a quote that is never closed", row.line)
                        );
                    if (text[at] == '"') {
                        if (at + 1 < text.size() && text[at + 1] == '"')
                            ++at;
                        else
                            break;
                    }
                    if (text[at] == '\n') ++line;
                    cell.push_back(text[at++]);
                }
                ++at;
                quoted = cell.size();
            }
            while (at < text.size() && text[at] != ',' && text[at] != '\n') cell.push_back(text[at++]);
            more = at < text.size() && text[at] == ',';
            if (!more && cell.size() > quoted && cell.back() == '\r') cell.pop_back();
            if (cell.size() > kMaxCell || row.cells.size() >= kMaxColumns)
                return fail(
                    ErrorCode::invalid_argument,
                    {},
                    fmt::format("line {}: found over 1 MiB in a cell or over 2,000 columns", row.line)
                );
            row.cells.push_back(std::move(cell));
            ++at;
        }
        ++line;
        if (row.cells.size() == 1 && row.cells[0].empty() && blank) continue;
        if (table.columns.empty())
            table.columns = std::move(row.cells);
        else
            table.rows.push_back(std::move(row));
        if (table.rows.size() > kMaxRows)
            return fail(ErrorCode::invalid_argument, {}, "found over 1,000,000 rows");
    }
    if (table.columns.empty())
        return fail(ErrorCode::invalid_argument, {}, "found an empty file, expected a header");
    return table;
}

std::string csv_line(const std::vector<std::string>& cells) {
    if (cells.size() == 1 && cells[0].empty()) return "\"\"\n";
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out.push_back(',');
        if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
            out += cells[i];
            continue;
        }
        out.push_back('"');
        for (const char c : cells[i]) {
            if (c == '"') out.push_back('"');
            out.push_back(c);
        }
        out.push_back('"');
    }
    out.push_back('\n');
    return out;
}

}  // namespace entente
