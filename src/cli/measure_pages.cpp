#include "cli/measure_pages.h"

#include <fmt/format.h>

#include <cctype>

#include "measures/attention/rules.h"
#include "measures/register.h"

namespace entente::cli {
namespace {

constexpr std::string_view kEnd = "<!-- end of what the declaration says -->";

std::string begin_mark(const measures::Measure& measure) {
    return fmt::format(
        "<!-- made from the declaration by `entente reference measures/{}`; a test compares -->", measure.name
    );
}

std::string choices_table(const measures::Measure& measure) {
    if (measure.choices.empty()) return "No choices beside the day and the records that count.\n";
    std::string out = "| choice | takes | preset | meaning |\n|---|---|---|---|\n";
    for (const auto& choice : measure.choices)
        out += fmt::format(
            "| `--{}` | {} | {} | {} |\n",
            choice.name,
            choice.type,
            choice.preset.empty() ? "none" : "`" + choice.preset + "`",
            in_markdown_cell(choice.help)
        );
    return out;
}

std::string parameters_words(const measures::Measure& measure) {
    if (!measure.uses_parameters) return "Parameters: none beside its choices.\n";
    const auto& parameters = measures::builtin_parameters();
    std::string out = fmt::format(
        "Parameters: `{}` version {} of {}; another file by `--parameters`.\n\n| strand | half-life, days | "
        "80 "
        "% in | half-full at | share | unit of mass |\n|---|---:|---|---:|---:|---|\n",
        parameters.name,
        parameters.version,
        parameters.date
    );
    for (const auto& strand : parameters.strands)
        out += fmt::format(
            "| {} | {:.0f} | {:.0f}–{:.0f} | {:g} | {:.2f} | {} |\n",
            strand.name,
            strand.half_life_days,
            strand.half_life_low,
            strand.half_life_high,
            strand.half_full,
            strand.share,
            in_markdown_cell(strand.unit)
        );
    return out;
}

std::string rules_words(const measures::Measure& measure) {
    if (!measure.asked_of_all) return {};
    const auto& rules = measures::builtin_attention_rules();
    std::string out = fmt::format(
        "\nRules: `{}` version {} of {}; another file by `--rules`.\n\n| rule | looks at | when all hold | "
        "severity | "
        "reason |\n|---|---|---|---:|---|\n",
        rules.name,
        rules.version,
        rules.date
    );
    for (const auto& rule : rules.rules)
        out += fmt::format(
            "| {} | {} | `{}` | {} | {} |\n",
            rule.rule,
            rule.watches,
            fmt::join(rule.conditions, "`, `"),
            rule.severity,
            in_markdown_cell(rule.reason)
        );
    out += "\nWhat the rules may look at:\n\n| watch | field | holds |\n|---|---|---|\n";
    for (const auto& watch : measures::all_watches())
        for (const auto& field : watch.fields)
            out += fmt::format(
                "| {} | {} | {} |\n", watch.name, field.name, in_markdown_cell(std::string(field.help))
            );
    return out;
}

std::string heading_of(const measures::Measure& measure) {
    std::string name = measure.name;
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return "# " + name;
}

/// Whether anything but blank lines stands under a heading.
bool has_words(std::string_view page, std::string_view heading) {
    const auto at = page.find(fmt::format("\n{}\n", heading));
    if (at == std::string_view::npos) return false;
    auto text = page.substr(at + heading.size() + 2);
    text = text.substr(0, text.find("\n## "));
    return text.find_first_not_of(" \n") != std::string_view::npos;
}

/// Where the made part stands; nothing: a mark is missing.
std::optional<std::pair<std::size_t, std::size_t>> made_part(
    const measures::Measure& measure, std::string_view page
) {
    const auto begin = page.find(begin_mark(measure));
    const auto end = page.find(kEnd, begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
    return std::pair{begin, end + kEnd.size() + 1};
}

}  // namespace

std::string in_markdown_cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
}

std::string measure_reference(const measures::Measure& measure) {
    std::string out = fmt::format(
        "{}\n**{}**\n\nCommand `entente {} A {}`, version {}. Unit: {}.\n\n{}\n{}{}\nReferences: {}.\n",
        begin_mark(measure),
        measure.question,
        measure.name,
        measure.asked_of_all ? "[B]" : "B",
        measure.version,
        measure.unit,
        choices_table(measure),
        parameters_words(measure),
        rules_words(measure),
        fmt::join(measure.references, "; ")
    );
    return out + std::string(kEnd) + "\n";
}

Result<std::string> renewed_measure_page(const measures::Measure& measure, std::string_view page) {
    if (page.empty()) {
        std::string out = heading_of(measure) + "\n\n" + measure_reference(measure);
        for (const auto heading : kWrittenHeadings) out += fmt::format("\n{}\n", heading);
        return out;
    }
    const auto part = made_part(measure, page);
    if (!part)
        return fail(
            ErrorCode::invalid_argument,
            measure.name,
            fmt::format(
                "found no part from the declaration, expected it between '{}' and '{}'",
                begin_mark(measure),
                kEnd
            )
        );
    return std::string(page.substr(0, part->first)) + measure_reference(measure) +
           std::string(page.substr(std::min(part->second, page.size())));
}

std::vector<std::string> faults_of_measure_page(const measures::Measure& measure, std::string_view page) {
    const auto file = fmt::format("docs/measures/{}.md", measure.name);
    if (page.empty()) return {fmt::format("{} is missing: `entente reference --into docs` begins it", file)};
    std::vector<std::string> out;
    const auto renewed = renewed_measure_page(measure, page);
    if (!renewed)
        out.push_back(fmt::format("{}: {}", file, renewed.error().message));
    else if (*renewed != page)
        out.push_back(
            fmt::format("{} says other than the declaration: `entente reference --into docs` renews it", file)
        );
    for (const auto heading : kWrittenHeadings)
        if (!has_words(page, heading))
            out.push_back(fmt::format("{} says nothing under '{}': write it by hand", file, heading));
    if (page.find(fmt::format("```text\n$ entente {} ", measure.name)) == std::string_view::npos)
        out.push_back(fmt::format(
            "{} shows no call: a block that begins '```text' and '$ entente {} …', with lines as printed",
            file,
            measure.name
        ));
    return out;
}

std::string measure_pages_index() {
    std::string out =
        "# Measures\n\nOne page each: the question, a worked example on the record that ships, how to read "
        "it, "
        "how it misleads. Made by `entente reference --into docs`; a test compares, and plays every call "
        "that a "
        "page shows.\n\n| measure | question |\n|---|---|\n";
    for (const auto& measure : measures::all_measures())
        out += fmt::format(
            "| [{}]({}.md) | {} |\n", measure.name, measure.name, in_markdown_cell(measure.question)
        );
    return out + "\nWhether they hold what they promise: [validity](../validity.md).\n";
}

}  // namespace entente::cli
