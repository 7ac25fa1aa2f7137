#include "cli/command_line.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "measures/register.h"

namespace entente::cli {
namespace {

void add_asking_options(CLI::App& command, AskingOptions& options, bool with_parameters) {
    command.add_option("--at", options.at, "At the end of which day (default: today)")->type_name("DATE");
    command.add_option("--as-of", options.as_of, "As the record stood when it had that many entries")
        ->check(a_number())
        ->type_name("SIZE");
    if (with_parameters)
        command.add_option("--parameters", options.parameters, "Other parameters (see entente parameters)")
            ->type_name("FILE");
    command.add_flag(
        "--general-knowledge", options.general_knowledge, "Count records that rest on general knowledge, too"
    );
    command.add_flag("--json", options.json, "Print JSON");
    command.add_flag("--csv", options.csv, "Print all tables as CSV, with the records behind each number");
}

}  // namespace

void CommandLine::add_compare() {
    auto& o = options_.compare;
    auto* sub = command(
        "compare",
        "Which of several ties is the stronger, and how sure is that?",
        [this](const Session& s) { return run_compare(s, options_.compare); },
        "Examples:\n  entente compare USA THA IDN PHL --at 2009\n  entente compare USA THA IDN --at "
        "2016-09-30 --strand "
        "training"
    );
    sub->add_option("home", o.home, "Actor, by code or name")->required()->type_name("A");
    sub->add_option("partners", o.partners, "Two others or more")->required()->type_name("B");
    sub->add_option("--strand", o.strand, "One strand instead of the whole (see entente parameters)")
        ->type_name("NAME");
    add_asking_options(*sub, o, true);
    sub->add_flag("--explain", o.explain, "Say why: the strength of each strand of each tie");
}

void CommandLine::add_events() {
    auto& o = options_.events;
    auto* sub = command(
        "events",
        "What calls forth what, over a list of events in a file: events FILE --term TERM …",
        [this](const Session& s) { return run_events(s, options_.events); },
        "A term is a statistic, with a half-life in days and a transform: inertia, reciprocity:182, "
        "inertia:730:log.\n"
        "Example:\n  entente events treaties.csv --from sender --to receiver --undirected --term inertia:log "
        "--term recency"
    );
    sub->add_option("file", o.file, "CSV, TSV, NDJSON or XLSX, plain, gzip or zstd")
        ->required()
        ->type_name("FILE");
    sub->add_option("--term", o.terms, "A statistic; repeat for more")->required()->type_name("TERM");
    sub->add_option("--time", o.time, "Column of the day, as a date or a number")
        ->capture_default_str()
        ->type_name("COLUMN");
    sub->add_option("--from", o.from, "Column of who acts")->capture_default_str()->type_name("COLUMN");
    sub->add_option("--to", o.to, "Column of on whom")->capture_default_str()->type_name("COLUMN");
    sub->add_option("--weight", o.weight, "Column of what one event counts (default: 1)")
        ->type_name("COLUMN");
    sub->add_option("--ties", o.ties, "Events of one time: breslow or efron")
        ->check(CLI::IsMember({"breslow", "efron"}))
        ->capture_default_str()
        ->type_name("WAY");
    sub->add_flag("--undirected", o.undirected, "Who acts and on whom may be swapped");
    sub->add_flag(
        "--repeats-once",
        o.repeats_once,
        "The same pair twice at one time counts once, instead of being refused"
    );
    sub->add_flag("--json", o.json, "Print JSON");
    sub->add_flag("--csv", o.csv, "Print all tables as CSV");
}

// A command for each measure of the register.
void CommandLine::add_measures() {
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
        auto* b = sub->add_option("b", o.b, "Actor, by code or name")->type_name("B");
        if (measure.asked_of_all) {
            b->description("Actor, by code or name; without one: of all its partners");
            sub->add_option("--rules", o.rules, "Other rules (see entente parameters --rules)")
                ->type_name("FILE");
        } else {
            b->required();
        }
        add_asking_options(*sub, o, measure.uses_parameters);
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
        if (measure.draw)
            sub->add_option("--svg", o.svg, "Write the answer as a picture to this file; - prints it")
                ->type_name("FILE");
        sub->add_flag("--explain", o.explain, "Say why, and name the records");
    }
    add_compare();
    add_events();
    command(
        "measures",
        "Which questions can be asked of a pair, and how",
        [this](const Session& s) { return run_measures(s, options_.measures_json); },
        "Example:\n  entente measures"
    )
        ->add_flag("--json", options_.measures_json, "Print JSON");
    add_validate();
    auto* parameters = command(
        "parameters",
        "What the measures compute with, and how to change it",
        [this](const Session& s) { return run_parameters(s, options_.parameters); },
        "Examples:\n  entente parameters --file > mine.json\n  entente strength USA CHN --parameters "
        "mine.json"
    );
    parameters->add_option("--parameters", options_.parameters.parameters, "Another file")->type_name("FILE");
    parameters->add_flag("--json", options_.parameters.json, "Print JSON");
    parameters->add_flag("--csv", options_.parameters.csv, "Print CSV, one line a value");
    parameters->add_flag(
        "--rules",
        options_.parameters.rules,
        "Print the rules of attention that ship, to be copied and changed"
    );
    parameters->add_flag(
        "--file", options_.parameters.file, "Print the file that ships, to be copied and changed"
    );
}

void CommandLine::add_validate() {
    auto& o = options_.validate;
    auto* sub = command(
        "validate",
        "Whether the measures hold what they promise, by what is on record",
        [this](const Session& s) { return run_validate(s, options_.validate); },
        "Example:\n  entente validate --markdown --at 2026-05-31 > validity.md"
    );
    add_asking_options(*sub, o, true);
    sub->add_flag("--markdown", o.markdown, "Print a page, the same on every node of the same record");
}

}  // namespace entente::cli
