// Sources of a known form, the list of imports, and undo. A table of any form: commands_import_table.cpp.
#include <fmt/format.h>

#include "base/files.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "cli/render_import_run.h"
#include "ingest/fmtrpt/report_source.h"
#include "ingest/table/confined_table.h"

namespace entente::cli {

Result<Exit> run_import_fmtrpt(const Session& session, const ImportReportsOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    std::vector<std::filesystem::path> files(options.files.begin(), options.files.end());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto source,
        ingest::fmtrpt::open_reports(
            files, [](const std::filesystem::path& file) { return ingest::table::open_confined_table(file); }
        )
    );
    service::ImportRunOptions run;
    run.preview = options.preview, run.replace = options.replace;
    run.as_new = true;  // a report is told by its years, not by its name
    service::ImportReport report;
    {
        ProgressLine line("Reading training reports");
        run.progress = [&](const service::ImportProgress& progress) { line.show(progress); };
        ENTENTE_ASSIGN_OR_RETURN(report, service::run_import(*node, *source, run));
    }
    return print_import_run(session, report, options);
}

Result<Exit> print_import_run(
    const Session& session,
    const service::ImportReport& report,
    const ImportReportsOptions& options,
    bool changes
) {
    if (!options.set_aside.empty())
        ENTENTE_RETURN_IF_ERROR(replace_file(options.set_aside, set_aside_csv(report), 0644));
    if (options.json)
        print(pretty_json(import_run_json(report)) + "\n");
    else
        print(render_import_run(session, report, {options.preview, false, options.all, changes}));
    return report.not_signed.empty() ? Exit::done : Exit::refused;
}

Result<Exit> run_import_list(const Session& session, bool json) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    ENTENTE_ASSIGN_OR_RETURN(const auto imports, service::list_imports(*view));
    std::vector<Row> rows;
    for (const auto& import : imports) {
        const auto undone =
            import.undone_by ? fmt::format("undone by entry {}", *import.undone_by) : std::string();
        rows.push_back(
            {{fmt::format("{}", import.index),
              import.t.substr(0, 10),
              import.source_key,
              fmt::format("{}", import.files),
              fmt::format("{}", import.rows),
              undone},
             Tone::plain,
             false}
        );
    }
    if (json)
        print(pretty_json(service::imports_json(imports)) + "\n");
    else
        print(lay_out(
                  {{"entry", Align::right},
                   {"recorded"},
                   {"source"},
                   {"files", Align::right},
                   {"records", Align::right},
                   {""}},
                  rows,
                  false,
                  session.style
        )
                  .text);
    return imports.empty() ? Exit::nothing_found : Exit::done;
}

Result<Exit> run_import_undo(const Session& session, const UndoImportOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto undone, service::undo_import(*node, options.entry, options.reason, options.preview)
    );
    print(fmt::format(
        "{} import {} of {}: {} records withdrawn, {} as they were before it{}.\n",
        options.preview ? "Preview of undoing" : "Undone:",
        undone.import.index,
        undone.import.source_key,
        undone.withdrawn - undone.reinstated,
        undone.reinstated,
        undone.kept ? fmt::format(
                          "; {} {} revised since and {}, and importing the file anew finds {} again",
                          undone.kept,
                          undone.kept == 1 ? "was" : "were",
                          undone.kept == 1 ? "stays" : "stay",
                          undone.kept == 1 ? "it" : "them"
                      )
                    : std::string()
    ));
    print(
        options.preview ? std::string("Nothing was kept.\n")
                        : fmt::format("Entry {}. {}\n", undone.index, checkpoint_words(undone.checkpoint))
    );
    return Exit::done;
}

}  // namespace entente::cli
