#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace entente::cli {

void CommandLine::add_writing() {
    auto* init = command(
        "init",
        "Make a node: keys, a first entry, the declarations, the table of actors",
        [this](const Session& s) { return run_init(s, options_.init); },
        "Example:\n  entente --node my/node init --home USA --keys my/keys"
    );
    init->add_option("--home", options_.init.home, "Nation whose node it is, such as USA")
        ->required()
        ->type_name("CODE");
    init->add_option("--origin", options_.init.origin, "Name of the log, such as mod.example/mil/ledger")
        ->type_name("NAME");
    init->add_option(
            "--keys",
            options_.init.keys,
            "Directory for the keys, outside the node's (default: the node's name with -keys)"
    )
        ->type_name("DIRECTORY");

    auto* import = app_->add_subcommand("import", "Take a source in, list imports, undo one");
    import->require_subcommand(1);
    import->footer("Example:\n  entente import contacts data/public-record --preview");
    auto* contacts =
        import->add_subcommand("contacts", "A folder of contacts, disruptions, shocks, channels and sources");
    contacts->footer("Example:\n  entente import contacts data/public-record --preview");
    contacts->callback([this] {
        action_ = [this](const Session& s) { return run_import_contacts(s, options_.import); };
    });
    contacts->add_option("folder", options_.import.folder, "Folder with the CSV files")
        ->required()
        ->type_name("FOLDER");
    contacts->add_flag(
        "--general-knowledge",
        options_.import.general_knowledge,
        "Take in rows that rest on general knowledge alone"
    );
    contacts->add_flag("--preview", options_.import.preview, "Say what would happen, keep nothing");
    contacts->add_flag("--all", options_.import.all, "Print every row that was set aside");
    contacts->add_flag("--json", options_.import.json, "Print the report as JSON");
    add_import_reports(*import);
    add_import_table(*import);
    add_import_rest(*import);

    words_command(
        "record",
        "Put a new record on the record: record TYPE --FIELD VALUE …",
        [this](const Session& s) { return run_record(s, options_.words); },
        "Example:\n  entente record engagement DLG --with USA,CHN --held 2024-04-03 --source "
        "unknown\nAll fields:\n  entente record engagement --help"
    );
    words_command(
        "supersede",
        "Follow a record by a better one: supersede ID --FIELD VALUE … --reason CODE",
        [this](const Session& s) { return run_supersede(s, options_.words); },
        "Example:\n  entente supersede c0304 --held 2024-04-03..2024-04-05 --reason correction --remark "
        "\"end date in annex B\"\nA field typed as - is left out."
    );
    words_command(
        "retract",
        "Withdraw a record with a reason: retract ID --reason CODE",
        [this](const Session& s) { return run_retract(s, options_.words); },
        "Example:\n  entente retract c0304 --reason duplicate --remark \"same meeting as c0303\""
    );
}

void CommandLine::add_import_reports(CLI::App& import) {
    auto* reports =
        import.add_subcommand("fmtrpt", "Foreign military training reports, and their printed totals");
    reports->footer("Example:\n  entente import fmtrpt reports/*.tsv.zst --preview");
    reports->callback([this] {
        action_ = [this](const Session& s) { return run_import_fmtrpt(s, options_.reports); };
    });
    add_import_options(*reports, options_.reports, "Reports (TSV, plain or packed), or folders of them");
}

void CommandLine::add_import_table(CLI::App& import) {
    auto* table = import.add_subcommand(
        "table", "A table of any form: CSV, TSV, NDJSON, plain or packed, or a workbook (XLSX)"
    );
    table->footer(
        "Without --map a map is proposed from names and values, for you to look at.\nExample:\n"
        "  entente import table visits.xlsx --save-map visits.json\n"
        "  entente import table --map visits.json visits.xlsx --preview"
    );
    table->callback([this] {
        action_ = [this](const Session& s) { return run_import_table(s, options_.table); };
    });
    auto& options = options_.table;
    add_import_options(*table, options.common, "Tables, each read by the same map");
    auto* map = table->add_option("--map", options.map, "How rows become records: docs/reference/map.md")
                    ->type_name("FILE");
    table->add_option("--sheet", options.sheet, "Sheet of a workbook, by name or number; * for all")
        ->type_name("NAME");
    table->add_option("--save-map", options.save_map, "Write the proposed map to a file")
        ->type_name("FILE")
        ->excludes(map);
    table->add_flag("--yes", options.yes, "Ask nothing; without --map the proposed one counts");
    auto* edition = table->add_option(
        "--edition", options.edition, "Of which the file is the corrected one, where its name changed"
    );
    edition->type_name("NAME");
    table
        ->add_flag(
            "--as-new", options.as_new, "Take rows in as new though their ids came in from another file"
        )
        ->excludes(edition);
}

void CommandLine::add_import_options(CLI::App& command, ImportReportsOptions& options, const char* files) {
    command.add_option("files", options.files, files)->required()->type_name("FILE");
    command.add_flag("--preview", options.preview, "Say what would happen, keep nothing");
    command.add_flag("--replace", options.replace, "Take a file in that lacks most of its earlier edition");
    command.add_flag("--all", options.all, "Print every row that was set aside, changed or remarked on");
    command.add_option("--set-aside", options.set_aside, "Write the rows that were set aside to a CSV file")
        ->type_name("FILE");
    command.add_flag("--json", options.json, "Print the report as JSON");
}

void CommandLine::add_import_rest(CLI::App& import) {
    auto* list = import.add_subcommand("list", "All imports on record");
    list->callback([this] {
        action_ = [this](const Session& s) { return run_import_list(s, options_.imports_json); };
    });
    list->add_flag("--json", options_.imports_json, "Print JSON");
    auto* undo = import.add_subcommand("undo", "Withdraw all that an import brought");
    undo->footer("Example:\n  entente import undo 42 --reason wrong_record");
    undo->callback([this] {
        action_ = [this](const Session& s) { return run_import_undo(s, options_.undo); };
    });
    undo->add_option("entry", options_.undo.entry, "Number of the import's entry, from import list")
        ->required()
        ->type_name("ENTRY");
    undo->add_option("--reason", options_.undo.reason, "Why: a code of entente codes reason")
        ->required()
        ->type_name("CODE");
    undo->add_flag("--preview", options_.undo.preview, "Say what would happen, keep nothing");
}

void CommandLine::add_documents() {
    auto* document = app_->add_subcommand("document", "Take a file in, look at it, write it out again");
    document->require_subcommand(1);
    document->footer(
        "To find:  entente list document --text \"joint statement\"\n"
        "To cite:  entente record engagement … --source \"ID:p. 12\"   (p. 12, pp. 12-13, l. 40-52, "
        "sheet 2, B7)\n"
        "To undo:  entente retract ID --reason wrong_record"
    );
    auto& o = options_.document;
    auto* add = document->add_subcommand("add", "Put a file on the record, its bytes with it (64 MiB)");
    add->footer("Example:\n  entente document add statement.pdf --source ndu2024 --title \"Joint statement\""
    );
    add->callback([this] {
        action_ = [this](const Session& s) { return run_document_add(s, options_.document); };
    });
    add->add_option("file", o.file, "The file; what it is, is found from its bytes")
        ->required()
        ->type_name("FILE");
    add->add_option("--source", o.sources, "Where it is from: key of a source, or unknown")
        ->required()
        ->allow_extra_args(false)
        ->type_name("KEY");
    add->add_option("--title", o.title, "Its title; sealed")->type_name("TEXT");
    add->add_option("--language", o.language, "Language of its text, such as en")->type_name("TAG");
    add->add_option("--note", o.notes, "A remark; sealed")->allow_extra_args(false)->type_name("TEXT");
    add->add_option("--releasable-to", o.releasable_to, "Nations besides the originator that may see it")
        ->delimiter(',')
        ->type_name("CODES");
    add->add_option("--idempotency-key", o.idempotency_key, "A retry with it adds nothing")->type_name("KEY");
    add->add_flag("--preview", o.preview, "Check and show, keep nothing");
    add->add_flag("--json", o.json, "Print the record as JSON");
    auto* show = document->add_subcommand("show", "A document; all its bytes are opened and checked");
    show->footer("Example:\n  entente document show q5m4zkhz");
    show->callback([this] {
        action_ = [this](const Session& s) { return run_document_show(s, options_.document); };
    });
    show->add_option("id", o.id, "Id, or its beginning")->required()->type_name("ID");
    show->add_flag("--json", o.json, "Print JSON");
    auto* get = document->add_subcommand("get", "Write a document to a new file, once its bytes are checked");
    get->footer("Example:\n  entente document get q5m4zkhz --out statement.pdf");
    get->callback([this] {
        action_ = [this](const Session& s) { return run_document_get(s, options_.document); };
    });
    get->add_option("id", o.id, "Id, or its beginning")->required()->type_name("ID");
    get->add_option("--out", o.out, "A file that is not there yet")->required()->type_name("FILE");
}

}  // namespace entente::cli
