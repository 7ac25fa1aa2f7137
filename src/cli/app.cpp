#include "cli/app.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/check.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "measures/register.h"

#ifndef ENTENTE_VERSION
#define ENTENTE_VERSION "0.1.0"
#endif

namespace entente::cli {
namespace {

struct Options {
    std::string node, colour = "auto";
    bool ascii = false, wide = false;
    InitOptions init;
    ImportOptions import;
    ImportReportsOptions reports;
    UndoImportOptions undo;
    ReconcileOptions reconcile;
    bool imports_json = false;
    ImportTableOptions table;
    std::vector<std::string> words;
    ReadOptions read;
    ListOptions list;
    FacetOptions facets;
    BriefOptions brief;
    MeasureOptions measure;
    ParametersOptions parameters;
    bool measures_json = false;
    VerifyOptions verify;
    CheckpointOptions checkpoint;
    ProofOptions proof;
    ExportOptions exported;
    ReviewOptions review;
    ClusterOptions cluster;
    JudgeOptions judge;
    DocumentOptions document;
    std::string codes, shell, reference;
};

std::string default_node() {
    if (const char* node = std::getenv("ENTENTE_NODE"); node && *node) return node;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return std::string(data) + "/entente/node";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + "/.local/share/entente/node";
}

using Action = std::function<Result<Exit>(const Session&)>;

// CLI11's own range check prints the bounds of a double.
CLI::Validator a_number(unsigned least = 0) {
    return CLI::Validator(
        [least](const std::string& text) {
            const bool digits = !text.empty() && text.size() < 16 &&
                                text.find_first_not_of("0123456789") == std::string::npos;
            if (digits && std::stoull(text) >= least) return std::string();
            return fmt::format("found '{}', expected a whole number from {}", text, least);
        },
        "",
        "number"
    );
}

// The words of a question without what belongs to this call alone: where the node is, how to print, from
// where to go on. The command stands first.
std::vector<std::string> question_of(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto name = words[i].substr(0, words[i].find('='));
        if (name == "--ascii" || name == "--wide") continue;
        if (name == "--node" || name == "--color" || name == "--save" || name == "--after" ||
            name == "--xlsx" || name == "--parquet") {
            if (name == words[i]) ++i;
            continue;
        }
        out.push_back(words[i]);
    }
    return out;
}

// Position of the word that names a saved question; past the end when none does.
std::size_t saved_name_at(const std::vector<std::string>& words) {
    const auto question = question_of(words);
    if (question.size() < 2 || (question[0] != "list" && question[0] != "facets")) return words.size();
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].starts_with('@') && question[1] == words[i]) return i;
    return words.size();
}

class CommandLine {
public:
    CommandLine()
        : app_("Entente: the shared, verifiable record of what two militaries do together.", "entente") {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "entente " ENTENTE_VERSION);
        app_.get_formatter()->column_width(28);
        app_.option_defaults()->always_capture_default(false);
        app_.add_option("--node", options_.node, "Directory of the node (or ENTENTE_NODE)")
            ->type_name("DIRECTORY");
        app_.add_option("--color", options_.colour, "auto, always or never; NO_COLOR is respected")
            ->check(CLI::IsMember({"auto", "always", "never"}))
            ->type_name("WHEN");
        app_.add_flag("--ascii", options_.ascii, "Plain ASCII marks");
        app_.add_flag("--wide", options_.wide, "All columns, whatever the width of the terminal");
        app_.fallthrough();
        app_.footer(
            "First steps:\n"
            "  entente init --home USA\n"
            "  entente import contacts data/public-record\n"
            "  entente brief USA CHN\n"
            "  entente record engagement --help\n"
            "Exit codes: 0 done, 1 nothing found, 2 wrong command, 3 refused, 4 record damaged, 5 busy."
        );
        add_writing();
        add_documents();
        add_reading();
        add_measures();
        add_identity();
        add_proving();
        add_rest();
    }

    CLI::App& app() { return app_; }
    const Options& options() const { return options_; }
    void keep_typed(const std::vector<std::string>& words) {
        options_.list.typed = question_of(words);
        options_.facets.typed = options_.list.typed;
    }
    const Action& action() const { return action_; }

private:
    CLI::App* command(const char* name, const char* help, Action action, const char* footer = "") {
        auto* sub = app_.add_subcommand(name, help);
        sub->footer(footer);
        sub->callback([this, action = std::move(action)] { action_ = action; });
        return sub;
    }

    // Fields are read by their declaration: CLI11 hands on what it does not know.
    CLI::App* words_command(const char* name, const char* help, Action action, const char* footer) {
        auto* sub = app_.add_subcommand(name, help);
        sub->footer(footer);
        sub->fallthrough(false);
        sub->prefix_command();
        sub->set_help_flag();
        sub->callback([this, sub, action = std::move(action)] {
            options_.words = sub->remaining();
            action_ = action;
        });
        return sub;
    }

    void add_writing() {
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

        auto* import = app_.add_subcommand("import", "Take a source in, list imports, undo one");
        import->require_subcommand(1);
        import->footer("Example:\n  entente import contacts data/public-record --preview");
        auto* contacts = import->add_subcommand(
            "contacts", "A folder of contacts, disruptions, shocks, channels and sources"
        );
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

    void add_documents() {
        auto* document = app_.add_subcommand("document", "Take a file in, look at it, write it out again");
        document->require_subcommand(1);
        document->footer(
            "To find:  entente list document --text \"joint statement\"\n"
            "To cite:  entente record engagement … --source \"ID:p. 12\"   (p. 12, pp. 12-13, l. 40-52, "
            "sheet 2, B7)\n"
            "To undo:  entente retract ID --reason wrong_record"
        );
        auto& o = options_.document;
        auto* add = document->add_subcommand("add", "Put a file on the record, its bytes with it (64 MiB)");
        add->footer(
            "Example:\n  entente document add statement.pdf --source ndu2024 --title \"Joint statement\""
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
        add->add_option("--idempotency-key", o.idempotency_key, "A retry with it adds nothing")
            ->type_name("KEY");
        add->add_flag("--preview", o.preview, "Check and show, keep nothing");
        add->add_flag("--json", o.json, "Print the record as JSON");
        auto* show = document->add_subcommand("show", "A document; all its bytes are opened and checked");
        show->footer("Example:\n  entente document show q5m4zkhz");
        show->callback([this] {
            action_ = [this](const Session& s) { return run_document_show(s, options_.document); };
        });
        show->add_option("id", o.id, "Id, or its beginning")->required()->type_name("ID");
        show->add_flag("--json", o.json, "Print JSON");
        auto* get =
            document->add_subcommand("get", "Write a document to a new file, once its bytes are checked");
        get->footer("Example:\n  entente document get q5m4zkhz --out statement.pdf");
        get->callback([this] {
            action_ = [this](const Session& s) { return run_document_get(s, options_.document); };
        });
        get->add_option("id", o.id, "Id, or its beginning")->required()->type_name("ID");
        get->add_option("--out", o.out, "A file that is not there yet")->required()->type_name("FILE");
    }

    void add_read_options(CLI::App* sub) {
        sub->add_option("id", options_.read.id, "Id, beginning of an id, code, key, or id in the source")
            ->required()
            ->type_name("ID");
        sub->add_option("--as-of", options_.read.as_of, "As the record stood when it had that many entries")
            ->check(a_number())
            ->type_name("SIZE");
        sub->add_flag("--json", options_.read.json, "Print JSON");
    }

    void add_import_reports(CLI::App& import) {
        auto* reports =
            import.add_subcommand("fmtrpt", "Foreign military training reports, and their printed totals");
        reports->footer("Example:\n  entente import fmtrpt reports/*.tsv.zst --preview");
        reports->callback([this] {
            action_ = [this](const Session& s) { return run_import_fmtrpt(s, options_.reports); };
        });
        add_import_options(*reports, options_.reports, "Reports (TSV, plain or packed), or folders of them");
    }

    void add_import_table(CLI::App& import) {
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
        table->add_flag("--yes", options.yes, "Take the rows in by the proposed map")->excludes(map);
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

    static void add_import_options(CLI::App& command, ImportReportsOptions& options, const char* files) {
        command.add_option("files", options.files, files)->required()->type_name("FILE");
        command.add_flag("--preview", options.preview, "Say what would happen, keep nothing");
        command.add_flag(
            "--replace", options.replace, "Take a file in that lacks most of its earlier edition"
        );
        command.add_flag("--all", options.all, "Print every row that was set aside, changed or remarked on");
        command
            .add_option("--set-aside", options.set_aside, "Write the rows that were set aside to a CSV file")
            ->type_name("FILE");
        command.add_flag("--json", options.json, "Print the report as JSON");
    }

    void add_import_rest(CLI::App& import) {
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

    void add_reading() {
        add_read_options(command(
            "show",
            "One record with its citations, conflicts and place in the log",
            [this](const Session& s) { return run_show(s, options_.read); },
            "Example:\n  entente show c0304"
        ));
        add_read_options(command(
            "history",
            "All revisions of a record and what changed",
            [this](const Session& s) { return run_history(s, options_.read); },
            "Example:\n  entente history c0304"
        ));

        add_finding();

        auto* brief = command(
            "brief",
            "The story of one relationship on a page: brief A B",
            [this](const Session& s) { return run_brief(s, options_.brief); },
            "Examples:\n  entente brief USA CHN\n  entente brief KOR JPN --explain"
        );
        brief->add_option("a", options_.brief.a, "Actor, by code or name")->required()->type_name("A");
        brief->add_option("b", options_.brief.b, "Actor, by code or name")->required()->type_name("B");
        brief->add_option("--on", options_.brief.on, "For which day (default: today)")->type_name("DATE");
        brief
            ->add_option("--as-of", options_.brief.as_of, "As the record stood when it had that many entries")
            ->check(a_number())
            ->type_name("SIZE");
        brief->add_flag("--all", options_.brief.all, "Everything, however long");
        brief->add_flag("--explain", options_.brief.explain, "Name the records behind each number");
        brief->add_flag(
            "--general-knowledge",
            options_.brief.general_knowledge,
            "Count records that rest on general knowledge, too"
        );
        brief->add_flag("--json", options_.brief.json, "Print JSON");
        brief->add_flag(
            "--csv", options_.brief.csv, "Print the figures as CSV, with the records behind each"
        );
    }

    // A command for each measure of the register.
    void add_measures() {
        auto& o = options_.measure;
        for (const auto& measure : measures::all_measures()) {
            auto* sub = command(
                measure.name.c_str(),
                measure.question.c_str(),
                [this, name = measure.name](const Session& s) {
                    options_.measure.measure = name;
                    return run_measure(s, options_.measure);
                }
            );
            sub->footer(fmt::format("Example:\n  entente {} USA CHN --explain", measure.name));
            sub->add_option("a", o.a, "Actor, by code or name")->required()->type_name("A");
            sub->add_option("b", o.b, "Actor, by code or name")->required()->type_name("B");
            sub->add_option("--at", o.at, "At the end of which day (default: today)")->type_name("DATE");
            sub->add_option("--as-of", o.as_of, "As the record stood when it had that many entries")
                ->check(a_number())
                ->type_name("SIZE");
            if (measure.uses_parameters)
                sub->add_option("--parameters", o.parameters, "Other parameters (see entente parameters)")
                    ->type_name("FILE");
            for (const auto& choice : measure.choices)
                sub->add_option_function<std::string>(
                       "--" + choice.name,
                       [this, name = choice.name](const std::string& value) {
                           options_.measure.choices[name] = value;
                       },
                       choice.preset.empty() ? choice.help
                                             : fmt::format("{} (default: {})", choice.help, choice.preset)
                )
                    ->type_name(choice.type);
            sub->add_flag(
                "--general-knowledge",
                o.general_knowledge,
                "Count records that rest on general knowledge, too"
            );
            sub->add_flag("--explain", o.explain, "Say why, and name the records");
            sub->add_flag("--json", o.json, "Print JSON");
            sub->add_flag("--csv", o.csv, "Print all tables as CSV, with the records behind each number");
        }
        command(
            "measures",
            "Which questions can be asked of a pair, and how",
            [this](const Session& s) { return run_measures(s, options_.measures_json); },
            "Example:\n  entente measures"
        )
            ->add_flag("--json", options_.measures_json, "Print JSON");
        auto* parameters = command(
            "parameters",
            "What the measures compute with, and how to change it",
            [this](const Session& s) { return run_parameters(s, options_.parameters); },
            "Examples:\n  entente parameters --file > mine.json\n  entente strength USA CHN --parameters "
            "mine.json"
        );
        parameters->add_option("--parameters", options_.parameters.parameters, "Another file")
            ->type_name("FILE");
        parameters->add_flag(
            "--file", options_.parameters.file, "Print the file that ships, to be copied and changed"
        );
    }

    // Conditions that list and facets share.
    template <class T>
    void add_conditions(CLI::App* sub, T& o) {
        sub->add_option("--pair", o.pair, "Two actors that both take part")->expected(2)->type_name("ACTOR");
        sub->add_option("--actor", o.actor, "One actor that takes part")->type_name("ACTOR");
        sub->add_option("--since", o.since, "Not before this date")->type_name("DATE");
        sub->add_option("--until", o.until, "Not after this date")->type_name("DATE");
        sub->add_option(
               "--where",
               o.where,
               "A field, then = != < <= > >= or ~ (holds the words), then values or a range; may be repeated"
        )
            ->allow_extra_args(false)
            ->type_name("CONDITION");
        sub->add_option(
               "--text", o.text, "Words: one two, \"a phrase\", begin*, this OR that, -without, field:word"
        )
            ->type_name("WORDS");
        sub->add_option("--as-of", o.as_of, "As the record stood when it had that many entries")
            ->check(a_number())
            ->type_name("SIZE");
        sub->add_option("--xlsx", o.xlsx, "Write a workbook to a new file")->type_name("FILE");
        sub->add_option("--parquet", o.parquet, "Write a Parquet file with typed columns to a new file")
            ->type_name("FILE");
        sub->add_option("--save", o.save, "Keep the question on record; ask it again as @NAME")
            ->type_name("NAME");
    }

    void add_finding() {
        auto* list = command(
            "list",
            "Records, narrowed by type, pair, time, field or words",
            [this](const Session& s) { return run_list(s, options_.list); },
            "Examples:\n  entente list --pair USA CHN --since 2024-04\n  entente list disruption --where "
            "scope_class=family --csv\n  entente list engagement --text \"maritime OR naval -port\"\n  "
            "entente list "
            "engagement --where \"held=2001..2005\" --where level=minister,head_of_state --sort level\n  "
            "entente list "
            "agreement --where \"signed!=any\" --save unsigned\n  entente list @unsigned --limit 5\n"
            "Empties in a condition: unknown, not-released, not-applicable, expected, left-out, none, any."
        );
        list->add_option(
                "types", options_.list.types, "Record types, or @NAME of a saved question; none: engagements"
        )
            ->type_name("TYPE");
        add_conditions(list, options_.list);
        list->add_option("--sort", options_.list.sort, "By this field; FIELD:desc for highest first")
            ->type_name("FIELD");
        list->add_option("--fields", options_.list.fields, "Columns of these fields")
            ->delimiter(',')
            ->allow_extra_args(false)
            ->type_name("FIELD");
        list->add_option("--limit", options_.list.limit, "At most so many (25)")
            ->check(a_number(1))
            ->type_name("N");
        list->add_option("--after", options_.list.after, "Go on after this cursor or record")
            ->type_name("CURSOR");
        list->add_flag("--all", options_.list.all, "No limit");
        list->add_flag("--oldest-first", options_.list.oldest_first, "Oldest first");
        list->add_flag("--csv", options_.list.csv, "Print CSV, all fields, ISO dates");
        list->add_flag("--json", options_.list.json, "Print a JSON array");
        list->add_flag("--ndjson", options_.list.ndjson, "Print one JSON object a line");

        auto* facets = command(
            "facets",
            "Records counted by the values of a field: facets TYPE FIELD …",
            [this](const Session& s) { return run_facets(s, options_.facets); },
            "Examples:\n  entente facets engagement category level --pair USA CHN\n  entente facets shock "
            "kind --by "
            "year\n  entente facets engagement participations.actor --sum participations.people --since 2015"
        );
        facets->add_option("words", options_.facets.words, "A record type and its fields, or @NAME")
            ->required()
            ->type_name("TYPE FIELD");
        add_conditions(facets, options_.facets);
        facets->add_option("--sum", options_.facets.sum, "Add up this field: a count, a number or an amount")
            ->type_name("FIELD");
        facets->add_option("--by", options_.facets.by, "Apart by year of the record's first day")
            ->check(CLI::IsMember({"year"}))
            ->type_name("year");
        facets->add_option("--top", options_.facets.top, "At most so many values (20)")
            ->check(a_number(1))
            ->type_name("N");
        facets->add_flag("--all", options_.facets.all, "All values");
        facets->add_flag("--csv", options_.facets.csv, "Print CSV, all values");
        facets->add_flag("--json", options_.facets.json, "Print JSON, all values");
    }

    void add_identity() {
        auto* review = command(
            "review",
            "Names that may be names of one thing, what matters most first",
            [this](const Session& s) { return run_review(s, options_.review); },
            "Examples:\n  entente review --nation COL\n  entente review --summary"
        );
        review->add_option("--nation", options_.review.nation, "Only names of this nation")
            ->type_name("CODE");
        review->add_option("--kind", options_.review.kind, "organisation, person or place")
            ->type_name("KIND");
        review
            ->add_option("--least-score", options_.review.least_score, "Candidates from this score on (0.8)")
            ->type_name("0..1");
        review->add_option("--limit", options_.review.limit, "So many a page (10)")
            ->check(a_number(1))
            ->type_name("N");
        review->add_option("--page", options_.review.page, "Which page")->check(a_number(1))->type_name("N");
        review->add_flag("--all", options_.review.all, "No pages");
        review->add_flag(
            "--summary", options_.review.summary, "Counts: mentions, clusters, what rules found"
        );
        review
            ->add_option(
                "--rules", options_.review.rules, "Directory with tables in place of the built-in ones"
            )
            ->type_name("DIRECTORY");
        review
            ->add_option(
                "--as-of", options_.review.as_of, "As the record stood when it had that many entries"
            )
            ->check(a_number())
            ->type_name("SIZE");
        review->add_flag("--json", options_.review.json, "Print JSON");
        review->add_flag("--csv", options_.review.csv, "Print CSV, one line a candidate");

        auto* cluster = command(
            "cluster",
            "All names that are taken for one thing with this one, and on which grounds",
            [this](const Session& s) { return run_cluster(s, options_.cluster); },
            "Example:\n  entente cluster \"Ministry of Defense\" --nation ALB"
        );
        cluster->add_option("text", options_.cluster.text, "A name as a source prints it")
            ->required()
            ->type_name("TEXT");
        cluster->add_option("--nation", options_.cluster.nation, "Whose organisation it is")
            ->type_name("CODE");
        cluster->add_option("--kind", options_.cluster.kind, "unit, ministry, school, person or place")
            ->type_name("KIND");
        cluster
            ->add_option(
                "--rules", options_.cluster.rules, "Directory with tables in place of the built-in ones"
            )
            ->type_name("DIRECTORY");
        cluster
            ->add_option(
                "--as-of", options_.cluster.as_of, "As the record stood when it had that many entries"
            )
            ->check(a_number())
            ->type_name("SIZE");
        cluster->add_flag("--json", options_.cluster.json, "Print JSON");

        auto* judge = command(
            "judge",
            "Record whether two names are names of one thing: judge LEFT RIGHT --verdict WORD",
            [this](const Session& s) { return run_judge(s, options_.judge); },
            "Example:\n  entente judge MoD \"Ministry of Defense\" --nation ALB --verdict positive\nTo part "
            "what "
            "was joined, retract the judgement or record a negative one."
        );
        judge->add_option("left", options_.judge.left, "A name, letter for letter")
            ->required()
            ->type_name("LEFT");
        judge->add_option("right", options_.judge.right, "Another name, or with --actor an actor's code")
            ->required()
            ->type_name("RIGHT");
        judge->add_option("--verdict", options_.judge.verdict, "positive, negative or unsure")
            ->required()
            ->check(CLI::IsMember({"positive", "negative", "unsure"}))
            ->type_name("WORD");
        judge->add_option("--nation", options_.judge.nation, "Whose names they are")->type_name("CODE");
        judge->add_option("--kind", options_.judge.kind, "unit, ministry, school, person or place")
            ->check(CLI::IsMember({"unit", "ministry", "school", "person", "place"}))
            ->type_name("KIND");
        judge->add_flag("--actor", options_.judge.actor, "RIGHT is the code of an actor");
        judge->add_option("--note", options_.judge.note, "Why, for other people; sealed")->type_name("TEXT");
        judge->add_option("--releasable-to", options_.judge.releasable_to, "Nations that may see it")
            ->delimiter(',')
            ->type_name("CODES");
        judge->add_option("--idempotency-key", options_.judge.idempotency_key, "A retry with it adds nothing")
            ->type_name("KEY");
        judge->add_flag("--preview", options_.judge.preview, "Check, keep nothing");
        judge->add_flag("--json", options_.judge.json, "Print JSON");
    }

    void add_proving() {
        auto* verify = command(
            "verify",
            "Check every byte of the ledger against hashes, tree, signatures and keys",
            [this](const Session& s) { return run_verify(s, options_.verify); },
            "Example:\n  entente checkpoint > kept.txt    (give it to somebody else)\n  entente verify "
            "--checkpoint kept.txt --deep"
        );
        verify->add_option("--checkpoint", options_.verify.checkpoint, "A checkpoint that somebody else kept")
            ->type_name("FILE");
        verify->add_flag("--deep", options_.verify.deep, "Compare the index with one made afresh");
        verify->add_flag("--json", options_.verify.json, "Print JSON");

        auto* checkpoint = command(
            "checkpoint",
            "The signed head of the log, to give to somebody else",
            [this](const Session& s) { return run_checkpoint(s, options_.checkpoint); }
        );
        checkpoint->add_flag("--sign", options_.checkpoint.sign, "Sign the present head first");
        checkpoint->add_flag("--json", options_.checkpoint.json, "Print JSON, with the key that checks it");

        auto* proof = command(
            "proof",
            "Proof that a record is in the log, or that the log only grew",
            [this](const Session& s) { return run_proof(s, options_.proof); },
            "Examples:\n  entente proof c0304 --out proof-c0304\n  entente proof --check proof-c0304\n  "
            "entente proof --from kept.txt"
        );
        proof->add_option("id", options_.proof.id, "Record")->type_name("ID");
        proof->add_option("--revision", options_.proof.revision, "Which revision (default: the last)")
            ->type_name("N");
        proof->add_option("--out", options_.proof.out, "Write all pieces to a new directory")
            ->type_name("DIRECTORY");
        proof
            ->add_option(
                "--from",
                options_.proof.from,
                "An older checkpoint of this log: prove that it is a beginning of the present one"
            )
            ->type_name("FILE");
        proof
            ->add_option(
                "--check", options_.proof.check, "Check a proof that somebody wrote with --out; needs no node"
            )
            ->type_name("DIRECTORY");
        proof->add_flag("--json", options_.proof.json, "Print JSON");
    }

    void add_reconcile() {
        auto* reconcile =
            app_.add_subcommand("reconcile", "Compare what was read with the totals that the source prints");
        reconcile->require_subcommand(1);
        reconcile->footer("Example:\n  entente reconcile fmtrpt 2009_2010");
        auto* reports =
            reconcile->add_subcommand("fmtrpt", "Training lines with the printed totals of their reports");
        reports->callback([this] {
            action_ = [this](const Session& s) { return run_reconcile(s, options_.reconcile); };
        });
        reports
            ->add_option("report", options_.reconcile.report, "One report, programme by programme: 2009_2010")
            ->type_name("REPORT");
        reports->add_flag("--all", options_.reconcile.all, "Every programme, not only those that differ");
        reports->add_flag(
            "--repairs", options_.reconcile.repairs, "Every cell that was read otherwise than printed"
        );
        reports->add_flag("--csv", options_.reconcile.csv, "Print every programme as CSV");
        reports->add_flag("--json", options_.reconcile.json, "Print the reports as JSON");
    }

    void add_rest() {
        add_reconcile();
        command("rebuild", "Make the index again from the ledger", [](const Session& s) {
            return run_rebuild(s);
        });
        auto* exported = command(
            "export",
            "Write all current records to files",
            [this](const Session& s) { return run_export(s, options_.exported); },
            "Example:\n  entente export out --format csv"
        );
        exported->add_option("directory", options_.exported.directory, "New or empty directory")
            ->required()
            ->type_name("DIRECTORY");
        exported->add_option("--format", options_.exported.format, "csv or ndjson")
            ->check(CLI::IsMember({"csv", "ndjson"}))
            ->type_name("FORMAT");
        exported
            ->add_option(
                "--as-of", options_.exported.as_of, "As the record stood when it had that many entries"
            )
            ->type_name("SIZE");
        auto* codes = command(
            "codes",
            "The codes of a list, or the lists",
            [this](const Session& s) { return run_codes(s, options_.codes); },
            "Example:\n  entente codes engagement_category"
        );
        codes->add_option("list", options_.codes, "Name of a list")->type_name("LIST");
        auto* completion = command(
            "completion",
            "Completion for a shell: bash, zsh or fish",
            [this](const Session& s) { return run_completion(s, options_.shell); },
            "Example:\n  source <(entente completion bash)"
        );
        completion->add_option("shell", options_.shell, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}))
            ->type_name("SHELL");
        command("reference", "Reference page of the record types", [](const Session& s) -> Result<Exit> {
            print(reference_page(s.schema));
            return Exit::done;
        })->group("");
    }

    CLI::App app_;
    Options options_;
    Action action_;
};

// `record --help` and the like: CLI11 leaves the words to us.
bool wants_general_help(const CLI::App& app, const std::vector<std::string>& words) {
    const auto subs = app.get_subcommands();
    return !subs.empty() && subs[0]->get_name() == "record" &&
           (words.empty() || words[0] == "--help" || words[0] == "-h");
}

// What to say when the first word is no command; empty when it is one, or when there is none.
std::string unknown_command(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        if (word == "--node" || word == "--color") {
            ++i;
            continue;
        }
        if (word.starts_with("-")) continue;
        std::vector<std::pair<std::size_t, std::string>> near;
        for (const auto& command : command_words()) {
            if (word == command.name) return {};
            near.emplace_back(edit_distance(word, command.name), command.name);
        }
        if (word == "reference") return {};
        std::sort(near.begin(), near.end());
        return fmt::format(
            "found no command '{}'. Nearest: {}, {}.\n  Try: entente --help\n",
            word,
            near[0].second,
            near[1].second
        );
    }
    return {};
}

}  // namespace

std::vector<CommandWords> command_words() {
    CommandLine line;
    std::vector<CommandWords> out;
    for (const auto* sub : line.app().get_subcommands([](const CLI::App*) { return true; })) {
        if (sub->get_name() == "reference") continue;
        CommandWords words{sub->get_name(), sub->get_description(), {}};
        for (const auto* option : sub->get_options())
            if (!option->get_lnames().empty()) words.options.push_back("--" + option->get_lnames()[0]);
        for (const auto* inner : sub->get_subcommands([](const CLI::App*) { return true; }))
            words.options.push_back(inner->get_name());
        out.push_back(std::move(words));
    }
    return out;
}

// Reads the words; a number is the exit code of whoever could not, or only wanted help.
std::optional<int> read_words(CommandLine& line, std::vector<std::string> words) {
    line.keep_typed(words);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    try {
        line.app().parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        const int code = line.app().exit(error);
        return code == 0 ? 0 : static_cast<int>(Exit::wrong_command);
    }
    return std::nullopt;
}

// Puts the words of a saved question in the place of its name; what was typed besides stands behind them.
Result<std::vector<std::string>> with_saved(
    const Session& session, std::vector<std::string> words, std::size_t at
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto saved, saved_words(session, words[at].substr(1)));
    const auto command = std::find(words.begin(), words.end(), question_of(words).front());
    if (saved.front() != *command)
        return fail(
            ErrorCode::invalid_argument,
            words[at],
            fmt::format("found a question for {}, expected one for {}", saved.front(), *command)
        );
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    const auto place = std::find(words.begin(), words.end(), saved.front());
    words.insert(place + 1, saved.begin() + 1, saved.end());
    return words;
}

int run(int count, char** arguments, const service::Stores& stores, const domain::Schema& schema) {
    auto line = std::make_unique<CommandLine>();
    if (count == 1) {
        print(line->app().help());
        return static_cast<int>(Exit::wrong_command);
    }
    if (const auto unknown = unknown_command(count, arguments); !unknown.empty()) {
        say(unknown);
        return static_cast<int>(Exit::wrong_command);
    }
    std::vector<std::string> words(arguments + 1, arguments + count);
    if (const auto code = read_words(*line, words)) return *code;
    const auto session_for = [&](const Options& options) {
        return Session{
            stores,
            schema,
            options.node.empty() ? default_node() : options.node,
            detect_style({options.colour, options.ascii, options.wide})};
    };
    if (const auto at = saved_name_at(words); at < words.size()) {
        auto whole = with_saved(session_for(line->options()), words, at);
        if (!whole) {
            say_error(whole.error());
            return static_cast<int>(exit_of(whole.error().code));
        }
        line = std::make_unique<CommandLine>();
        if (const auto code = read_words(*line, *std::move(whole))) return *code;
    }
    const auto& options = line->options();
    if (wants_general_help(line->app(), options.words)) {
        print(line->app().get_subcommands()[0]->help("entente"));
        return options.words.empty() ? static_cast<int>(Exit::wrong_command) : 0;
    }
    const Session session = session_for(options);
    try {
        const auto result = line->action()(session);
        if (result && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)) {
            say("The answer could not be written out: the disk is full, or nobody reads.\n");
            return static_cast<int>(Exit::busy);
        }
        if (result) return static_cast<int>(*result);
        say_error(result.error());
        return static_cast<int>(exit_of(result.error().code));
    } catch (const BugError& bug) {
        say("Entente broke a promise of its own. What was acknowledged before is kept, nothing else. Report "
            "it with this line:\n");
        say(fmt::format("  {}\n", bug.what()));
        return static_cast<int>(Exit::bug);
    } catch (const std::exception& error) {
        say(fmt::format(
            "Stopped by something unforeseen. What was acknowledged before is kept: {}\n", error.what()
        ));
        return static_cast<int>(Exit::bug);
    }
}

}  // namespace entente::cli
