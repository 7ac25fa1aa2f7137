#include <filesystem>

#include <fmt/format.h>

#include "api/contract.h"
#include "base/files.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/field_options.h"
#include "cli/measure_pages.h"
#include "measures/register.h"

namespace entente::cli {
std::string reference_page(const domain::Schema& schema) {
    std::string out =
        "# Record types\n\nMade from the declarations under `schema/` by `entente reference`; a test "
        "compares.\nA sealed field stands in the log as a salted digest; its value can be erased while every "
        "proof holds.\nAny field that is not needed may be `unknown`, `not released`, `not applicable` or "
        "`expected`; zero is a value.\n";
    for (const auto& type : schema.types()) {
        out += fmt::format(
            "\n## {} (`{}`, version {})\n\n{}\n\n| field | option | type | needed | sealed | since | meaning "
            "|\n|---|---|---|---|---|---|---|\n",
            type.name,
            type.type,
            type.version,
            type.help
        );
        for (const auto& field : type.fields) {
            std::string kind(domain::to_text(field.type));
            if (!field.list.empty()) kind += " of `" + field.list + "`";
            if (!field.to.empty()) kind += fmt::format(" to {}", fmt::join(field.to, ", "));
            if (!field.unit.empty()) kind += " of " + field.unit;
            if (field.many) kind += ", many";
            out += fmt::format(
                "| {} | `--{}` | {} | {} | {} | {} | {} |\n",
                field.label,
                option_name(field),
                kind,
                field.required ? "yes" : "",
                field.clear ? "" : "yes",
                field.since,
                in_markdown_cell(field.help)
            );
            for (const auto& sub : field.fields)
                out += fmt::format(
                    "| – {} | | {}{} | {} | {} | {} | {} |\n",
                    sub.label,
                    domain::to_text(sub.type),
                    sub.list.empty() ? "" : " of `" + sub.list + "`",
                    sub.required ? "yes" : "",
                    sub.clear ? "" : "yes",
                    sub.since,
                    in_markdown_cell(sub.help)
                );
        }
    }
    out += "\n# Code lists\n";
    for (const auto& list : schema.lists()) {
        out += fmt::format(
            "\n## {} (`{}`)\n\n{}\n\n| code | name |\n|---|---|\n", list.name, list.list, list.help
        );
        for (const auto& code : list.codes)
            out += fmt::format("| `{}` | {} |\n", code.code, in_markdown_cell(code.name));
    }
    return out;
}

namespace {

/// Prints one document that is made from declarations.
Result<Exit> print_reference(const Session& session, const std::string& what) {
    constexpr std::string_view kMeasures = "measures/";
    if (what.empty() || what == "records") {
        print(reference_page(session.schema));
    } else if (what == "api") {
        print(pretty_json(api::contract(api::all_routes(), session.schema)) + "\n");
    } else if (what == "roles") {
        print(api::role_table(api::all_routes()));
    } else if (what == "measures") {
        print(measure_pages_index());
    } else {
        const auto* measure =
            what.starts_with(kMeasures) ? measures::find_measure(what.substr(kMeasures.size())) : nullptr;
        if (!measure)
            return fail(
                ErrorCode::invalid_argument,
                "what",
                fmt::format("found '{}', expected records, api, roles, measures or measures/NAME", what),
                "entente measures"
            );
        print(measure_reference(*measure));
    }
    return Exit::done;
}

/// Renews all of them under a folder such as `docs`.
Result<Exit> write_references(const Session& session, const std::filesystem::path& into) {
    ENTENTE_RETURN_IF_ERROR(replace_file(into / "reference/records.md", reference_page(session.schema)));
    ENTENTE_RETURN_IF_ERROR(replace_file(into / "measures/README.md", measure_pages_index()));
    for (const auto& measure : measures::all_measures()) {
        const auto file = into / "measures" / (measure.name + ".md");
        const auto page =
            std::filesystem::exists(file) ? read_file(file) : Result<std::string>(std::string());
        if (!page) return std::unexpected(page.error());
        ENTENTE_ASSIGN_OR_RETURN(const auto renewed, renewed_measure_page(measure, *page));
        if (renewed == *page) continue;
        ENTENTE_RETURN_IF_ERROR(replace_file(file, renewed));
        say(fmt::format("Renewed {}\n", file.string()));
    }
    return Exit::done;
}

}  // namespace

Result<Exit> run_reference(const Session& session, const ReferenceOptions& options) {
    return options.into.empty() ? print_reference(session, options.what)
                                : write_references(session, options.into);
}

}  // namespace entente::cli
