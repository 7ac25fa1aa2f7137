#include "cli/render_answer.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/utf8.h"
#include "cli/render_brief.h"

namespace entente::cli {

using measures::Answer;
using measures::AnswerTable;

namespace {

/// The first cell, then the others that stay, each on lines of its own; what is dropped stands last, with its heading.
std::string render_list(const AnswerTable& table, const Style& style, bool explain) {
    constexpr std::size_t kIndent = 2;
    std::size_t label = 0;
    for (const auto& row : table.rows) label = std::max(label, cell_width(row.front().text));
    label += kIndent;
    std::string out;
    for (const auto& row : table.rows) {
        std::string before = row.front().text;
        before.resize(before.size() + label - cell_width(before), ' ');
        std::string rest;
        for (std::size_t i = 1; i < row.size(); ++i) {
            if (row[i].text.empty()) continue;
            if (table.columns[i].drop == 0) {
                out += labelled(before, isolated(row[i].text, style), label, style);
                before.assign(label, ' ');
            } else {
                rest +=
                    fmt::format("{}{} {}", rest.empty() ? "" : "; ", table.columns[i].heading, row[i].text);
            }
        }
        if (explain && !rest.empty()) out += style.tone(Tone::dim, labelled(before, rest, label, style));
    }
    return out;
}

}  // namespace

std::string render_table(const AnswerTable& table, const Style& style, bool explain) {
    if (table.listed) {
        std::string out;
        if (!table.title.empty()) out += style.tone(Tone::bold, table.title) + "\n";
        out += render_list(table, style, explain);
        if (!table.note.empty()) out += labelled("", table.note, 0, style);
        return out;
    }
    std::vector<Column> columns;
    for (const auto& column : table.columns)
        columns.push_back(
            {column.heading, column.right ? Align::right : Align::left, column.drop, column.shortest}
        );
    std::vector<Row> rows;
    for (const auto& cells : table.rows) {
        Row row;
        for (const auto& cell : cells) row.cells.push_back(isolated(cell.text, style));
        rows.push_back(std::move(row));
    }
    std::string out;
    if (!table.title.empty()) out += style.tone(Tone::bold, table.title) + "\n";
    out += lay_out(columns, rows, false, style).text;
    if (!table.note.empty()) out += labelled("", table.note, 0, style);
    return out;
}

std::string render_answer(
    const Answer& answer,
    const std::string& title,
    const std::string& known_at,
    const Style& style,
    bool explain
) {
    // What is asked of a file stands under no state of the record, and on no day.
    const auto day = known_at.empty() ? std::string() : "at the end of " + day_words(answer.valid_at);
    std::string out = at_ends(style.tone(Tone::bold, title), day, style) + "\n";
    out += labelled("", answer.headline, 0, style);
    for (const auto& paragraph : answer.paragraphs) out += labelled("", paragraph, 0, style);
    bool more = false;
    for (const auto& table : answer.tables) {
        if (table.rows.empty()) continue;
        if (table.explains && !explain) {
            more = true;
            continue;
        }
        more |= table.listed && !explain &&
                std::ranges::any_of(table.columns, [](const auto& one) { return one.drop > 0; });
        out += "\n" + render_table(table, style, explain);
    }
    if (!answer.warnings.empty()) out += "\n";
    for (const auto& warning : answer.warnings) out += labelled("", warning, 0, style);
    out += "\n";
    std::string foot = fmt::format("{} {}", answer.measure, answer.version);
    if (!answer.parameters.empty()) foot += ", parameters " + answer.parameters;
    if (!known_at.empty()) foot += ", " + known_at;
    out += style.tone(Tone::dim, foot) + "\n";
    if (more) out += style.tone(Tone::dim, "--explain says why and names the records.") + "\n";
    return marked(std::move(out), style);
}

}  // namespace entente::cli
