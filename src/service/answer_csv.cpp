#include "service/answer_csv.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "measures/measure.h"

namespace entente::service {

std::string table_csv(const measures::AnswerTable& table) {
    std::string out;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& cell = table.rows[row][i];
            std::string records;
            for (const auto& record : cell.records)
                records += (records.empty() ? "" : " ") + record.shown_id();
            out += csv_line(
                {table.name,
                 std::to_string(row + 1),
                 table.columns[i].name,
                 cell.text,
                 cell.number ? fmt::format("{:.6g}", *cell.number) : "",
                 records}
            );
        }
    return out;
}

std::string answer_csv(const measures::Answer& answer) {
    std::string out = csv_line({"table", "row", "column", "text", "number", "records"});
    out += csv_line(
        {"answer",
         "1",
         "value",
         answer.value ? measures::shown_number(*answer.value) : answer.reason,
         answer.value ? fmt::format("{:.6g}", *answer.value) : "",
         ""}
    );
    for (const auto& table : answer.tables) out += table_csv(table);
    return out;
}

}  // namespace entente::service
