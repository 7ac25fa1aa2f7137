#include "csv_files.h"

#include <zlib.h>

#include <memory>

#include "base/check.h"
#include "base/csv.h"
#include "base/day.h"

namespace entente::reference {

std::vector<Row> read_rows(const std::filesystem::path& file) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(file.c_str(), "rb"), gzclose);
    check(in != nullptr, "the file of the corpus can be opened");
    std::string text;
    char part[65536];
    for (int got = 0; (got = gzread(in.get(), part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(got));
    const auto table = parse_csv(text);
    check(table.has_value(), "the file of the corpus is CSV");
    std::vector<Row> rows;
    for (const auto& row : table->rows) {
        check(row.cells.size() == table->columns.size(), "a row has a cell for each column");
        Row& out = rows.emplace_back();
        for (std::size_t at = 0; at < row.cells.size(); ++at) out[table->columns[at]] = row.cells[at];
    }
    return rows;
}

double day_of_text(const std::string& text) {
    const auto day = parse_iso_day(text.substr(0, 10));
    check(day.has_value(), "the day of the corpus is a date");
    double time = day->value;
    if (text.size() > 13) time += std::stod(text.substr(11, 2)) / 24;
    return time;
}

}  // namespace entente::reference
