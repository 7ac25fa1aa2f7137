// A table of any form, read as a map declares it; without a map, one is proposed.
#include <unistd.h>

#include <iostream>

#include <filesystem>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/render_import_run.h"
#include "ingest/map/map_source.h"
#include "ingest/map/propose_map.h"
#include "service/recorded_names.h"

namespace entente::cli {
namespace {

namespace map = ingest::map;

// The proposal goes to standard output, so that it can be kept; what a person should know goes beside it.
void show_proposal(const Session& session, const map::Proposal& proposal, bool to_file) {
    if (!to_file) print(proposal.map);
    if (!proposal.remarks.empty()) say("\nPlease look at:\n");
    for (const auto& remark : proposal.remarks)
        say(labelled("- ", isolated(harmless(remark), session.style), 2, session.style));
    say("\nThe first rows as they would be read:\n");
    for (const auto& sample : proposal.samples)
        say(labelled("- ", isolated(harmless(sample), session.style), 2, session.style));
    say("\n");
}

bool can_ask() {
    return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

bool person_agrees(std::string_view question) {
    if (!can_ask()) return false;
    say(fmt::format("{} [y/N] ", question));
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

// The map to go by; nothing when a person has to look at it first.
Result<std::optional<std::string>> choose_map(
    const Session& session,
    const ImportTableOptions& options,
    const std::string& home,
    const map::RecordedNames& names
) {
    if (!options.map.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto text, read_file(options.map));
        return std::optional(std::move(text));
    }
    ENTENTE_ASSIGN_OR_RETURN(
        const auto proposal,
        map::propose_map(options.common.files.front(), options.sheet, home, today(), names)
    );
    if (!options.save_map.empty() && std::filesystem::exists(options.save_map))
        return fail(
            ErrorCode::conflict,
            "save-map",
            fmt::format("found {} already, perhaps mended by hand: it is left as it is", options.save_map),
            "name another file"
        );
    show_proposal(session, proposal, options.yes || !options.save_map.empty());
    if (!options.save_map.empty()) ENTENTE_RETURN_IF_ERROR(replace_file(options.save_map, proposal.map));
    if (options.yes || person_agrees("Take the rows in by this map?")) return std::optional(proposal.map);
    const auto next =
        options.save_map.empty()
            ? std::string(
                  "Nothing was kept. --save-map FILE writes the map, to be mended and used with --map FILE; "
                  "--yes takes the rows in by it as it is."
              )
            : fmt::format(
                  "Nothing was kept. The map is in {0}: mend it, then entente import table --map {0} {1}",
                  options.save_map,
                  options.common.files.front()
              );
    say(labelled("", next, 0, session.style));
    return std::optional<std::string>{};
}

}  // namespace

Result<Exit> run_import_table(const Session& session, const ImportTableOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(const auto names, service::recorded_names(*node));
    ENTENTE_ASSIGN_OR_RETURN(const auto text, choose_map(session, options, node->config().home, names));
    if (!text) return Exit::done;
    auto read = map::parse_map(*text);
    if (!read)
        return fail(
            read.error().code,
            options.map.empty() ? "map" : options.map,
            fmt::format("{}: {}", read.error().field, read.error().message),
            "docs/reference/map.md describes the form"
        );
    if (!options.sheet.empty()) read->sheets = {options.sheet};
    // The sheet of an edition is told by the map.
    if (!options.edition.empty()) read->edition = options.edition.substr(0, options.edition.find('!'));
    std::vector<std::filesystem::path> files(options.common.files.begin(), options.common.files.end());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto source, map::MapSource::open(*std::move(read), files, today(), names)
    );
    service::ImportRunOptions run;
    run.preview = options.common.preview, run.replace = options.common.replace, run.as_new = options.as_new;
    bool shown = false, agreed = true;
    service::ImportReport report;
    {
        ProgressLine line("Reading " + files.front().filename().string());
        if (!options.yes && !options.common.json && can_ask())
            run.agree = [&](const service::ImportReport& preview) {
                shown = true;
                line.clear();
                print(render_import_run(session, preview, {true, true, options.common.all}));
                return agreed = person_agrees("\nTake this edition in?");
            };
        run.progress = [&](const service::ImportProgress& progress) { line.show(progress); };
        ENTENTE_ASSIGN_OR_RETURN(report, service::run_import(*node, *source, run));
    }
    if (!agreed) return say("Nothing was kept.\n"), Exit::done;
    if (!options.common.json)
        for (const auto& remark : source->remarks()) say(isolated(harmless(remark), session.style) + "\n");
    return print_import_run(session, report, options.common, !shown);
}

}  // namespace entente::cli
