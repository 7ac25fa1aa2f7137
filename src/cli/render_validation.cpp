#include "cli/render_validation.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "cli/measure_pages.h"
#include "cli/render_answer.h"
#include "cli/render_brief.h"

namespace entente::cli {
namespace {

using measures::AnswerTable;
using measures::validity::Section;
using service::Validation;

std::string compared_words(const Validation& validation) {
    return fmt::format(
        "Compared on {}, the last end of a year with enough covered: {} of the {} partners that a study "
        "names in the "
        "ten years before have a total then; {} other actors are on record.",
        measures::day_words(validation.compared_on),
        validation.compared,
        validation.named,
        validation.partners - validation.named
    );
}

std::string markdown_line(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const auto& cell : cells) out += " " + in_markdown_cell(cell) + " |";
    return out + "\n";
}

std::string markdown_table(const AnswerTable& table) {
    std::vector<std::string> headings, rules;
    for (const auto& column : table.columns) {
        headings.push_back(column.heading);
        rules.emplace_back(column.right ? "---:" : "---");
    }
    std::string out = fmt::format("\n**{}**\n\n{}", table.title, markdown_line(headings));
    out += fmt::format("|{}|\n", fmt::join(rules, "|"));
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row) cells.push_back(cell.text);
        out += markdown_line(cells);
    }
    if (!table.note.empty()) out += "\n" + table.note + "\n";
    return out;
}

}  // namespace

std::string render_validation(const Validation& validation, const std::string& known_at, const Style& style) {
    std::string out = at_ends(
                          style.tone(Tone::bold, "Do the measures hold what they promise?"),
                          fmt::format("{}, {}", validation.home, measures::day_words(validation.at)),
                          style
                      ) +
                      "\n";
    out += labelled("", compared_words(validation), 0, style);
    for (const auto& section : validation.sections) {
        out += "\n" + labelled("", section.question, 0, style);
        out += labelled("", section.finding, 2, style);
        for (const auto& paragraph : section.paragraphs) out += labelled("", paragraph, 2, style);
        for (const auto& table : section.tables)
            if (!table.rows.empty()) out += "\n" + render_table(table, style);
    }
    std::string foot = "parameters " + validation.parameters;
    if (!known_at.empty()) foot += ", " + known_at;
    return marked(out + "\n" + style.tone(Tone::dim, foot) + "\n", style);
}

std::string validation_page(const Validation& validation) {
    std::string out = fmt::format(
        "# Validity\n\nWhat the measures do and do not tell, on the record that ships, pleasant or not. Made "
        "by "
        "`entente validate --markdown --at {}`; a test makes it again and compares. Intervals hold 90 of "
        "100.\n\n"
        "Pairs of {} with its partners; parameters {}. {}\n\n## In short\n\n",
        to_iso(validation.at),
        validation.home,
        validation.parameters,
        compared_words(validation)
    );
    for (const auto& section : validation.sections) out += fmt::format("- {}\n", section.finding);
    for (const auto& section : validation.sections) {
        out += fmt::format("\n## {}\n\n{}\n", section.question, section.finding);
        for (const auto& paragraph : section.paragraphs) out += "\n" + paragraph + "\n";
        for (const auto& table : section.tables)
            if (!table.rows.empty()) out += markdown_table(table);
    }
    return out;
}

std::string validation_csv(const Validation& validation) {
    std::string out = csv_line({"table", "row", "column", "text", "number", "records"});
    for (const auto& section : validation.sections) {
        out += csv_line({section.name, "1", "finding", section.finding, "", ""});
        for (const auto& table : section.tables) out += table_csv(table);
    }
    return out;
}

}  // namespace entente::cli
