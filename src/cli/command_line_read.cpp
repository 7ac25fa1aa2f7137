#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace entente::cli {

void CommandLine::add_reading() {
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

    auto* changes = command(
        "changes",
        "Who changed what: the entries that came, the latest first",
        [this](const Session& s) { return run_changes(s, options_.changes); },
        "Examples:\n  entente changes\n  entente changes --account anna --limit 100"
    );
    changes
        ->add_option(
            "--account", options_.changes.account, "Of this account alone; node for what was typed here"
        )
        ->type_name("NAME");
    changes->add_option("--before", options_.changes.before, "Entries below this number")
        ->check(a_number())
        ->type_name("ENTRY");
    changes->add_option("--limit", options_.changes.limit, "So many (25)")
        ->check(a_number(1))
        ->type_name("N");
    changes->add_flag("--json", options_.changes.json, "Print JSON");

    add_finding();

    auto* brief = command(
        "brief",
        "The story of one relationship, or of all of one nation, on a page: brief A [B]",
        [this](const Session& s) { return run_brief(s, options_.brief); },
        "Examples:\n  entente brief USA\n  entente brief USA CHN\n  entente brief KOR JPN --explain"
    );
    brief->add_option("a", options_.brief.a, "Actor, by code or name")->required()->type_name("A");
    brief
        ->add_option(
            "b",
            options_.brief.b,
            "Actor, by code or name; without one: all its partners by how the tie stands"
        )
        ->type_name("B");
    brief->add_option("--on,--at", options_.brief.on, "For which day (default: today)")->type_name("DATE");
    brief->add_option("--as-of", options_.brief.as_of, "As the record stood when it had that many entries")
        ->check(a_number())
        ->type_name("SIZE");
    brief->add_flag("--all", options_.brief.all, "Everything, however long");
    brief->add_flag("--explain", options_.brief.explain, "Name the records behind each number");
    brief->add_flag(
        "--general-knowledge",
        options_.brief.general_knowledge,
        "Count records that rest on general knowledge, too"
    );
    brief
        ->add_option(
            "--pdf", options_.brief.pdf, "Of a pair: write it to this file, as two pages to be printed"
        )
        ->type_name("FILE");
    brief->add_option("--rules", options_.brief.rules, "Of all partners: other rules of attention")
        ->type_name("FILE");
    brief->add_option("--parameters", options_.brief.parameters, "Of all partners: other parameters")
        ->type_name("FILE");
    brief->add_flag("--json", options_.brief.json, "Print JSON");
    brief->add_flag("--csv", options_.brief.csv, "Print the figures as CSV, with the records behind each");
}

void CommandLine::add_read_options(CLI::App* sub) {
    sub->add_option("id", options_.read.id, "Id, beginning of an id, code, key, or id in the source")
        ->required()
        ->type_name("ID");
    sub->add_option("--as-of", options_.read.as_of, "As the record stood when it had that many entries")
        ->check(a_number())
        ->type_name("SIZE");
    sub->add_flag("--json", options_.read.json, "Print JSON");
}

// Conditions that list and facets share.
template <class T>
void CommandLine::add_conditions(CLI::App* sub, T& o) {
    sub->add_option("--pair", o.pair, "Two actors that both take part")->expected(2)->type_name("ACTOR");
    sub->add_option("--actor", o.actor, "One actor that takes part")->type_name("ACTOR");
    sub->add_option("--since", o.since, "Not before this date")->type_name("DATE");
    sub->add_option("--until", o.until, "Not after this date")->type_name("DATE");
    sub->add_option(
           "--where",
           o.where,
           "A field, then = != < <= > >= or ~ (holds the words), then values or a range; in names and texts "
           "marks "
           "and case do not matter; may be repeated"
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

void CommandLine::add_finding() {
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

}  // namespace entente::cli
