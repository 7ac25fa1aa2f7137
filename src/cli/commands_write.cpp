#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/field_options.h"
#include "cli/print_record.h"
#include "service/import_contacts.h"
#include "service/write_record.h"

namespace entente::cli {

Result<Exit> print_written(
    const Session& session,
    service::Node& node,
    const service::Written& written,
    std::string_view act,
    bool json,
    bool preview
) {
    // What is on record is said first: nothing that fails afterwards may hide it.
    if (preview)
        say("Preview: nothing was kept.\n");
    else if (written.repeated)
        say(fmt::format(
            "On record already under this key, entry {}. Nothing was added.\n", written.revision.index
        ));
    else
        say(fmt::format(
            "{} as {}, entry {}. {}\n",
            act,
            written.revision.rec.substr(0, 8),
            written.revision.index,
            written.not_signed.empty() ? checkpoint_words(written.checkpoint)
                                       : "It could not be signed: " + written.not_signed
        ));
    if (json) {
        print(pretty_json(record_json(written.revision)) + "\n");
    } else {
        ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
        print(render_record(session, *view, written.revision));
    }
    return written.not_signed.empty() ? Exit::done : Exit::refused;
}

namespace {

const domain::RecordType* find_type(const domain::Schema& schema, const std::string& name) {
    return schema.find(name);
}

Result<const domain::RecordType*> type_of(const Session& session, const std::string& name) {
    if (const auto* type = find_type(session.schema, name)) return type;
    std::vector<std::string> names;
    for (const auto& type : session.schema.types()) names.push_back(type.type);
    return fail(
        ErrorCode::invalid_argument,
        "type",
        fmt::format("found '{}', expected one of {}", name, fmt::join(names, ", "))
    );
}

Result<Exit> print_help(std::string_view text) {
    print(text);
    return Exit::done;
}

std::vector<std::string> rest(const std::vector<std::string>& words) {
    return {words.begin() + 1, words.end()};
}

// What supersede and retract have in common: the record first, then options, a reason among them.
struct RevisionArguments {
    std::string id;
    FieldArguments arguments;
};

Result<RevisionArguments> parse_revision(
    const Session& session, std::string_view verb, const std::vector<std::string>& words
) {
    RevisionArguments out;
    if (words.empty() || words[0] == "--help" || words[0] == "-h") {
        out.arguments.help = true;
        return out;
    }
    out.id = words[0];
    if (out.id.starts_with("-"))
        return fail(
            ErrorCode::invalid_argument,
            "id",
            fmt::format("found {}, expected the record first", out.id),
            fmt::format("entente {} ID --reason CODE …", verb)
        );
    ENTENTE_ASSIGN_OR_RETURN(out.arguments, parse_field_arguments(session.schema, nullptr, rest(words)));
    if (!out.arguments.help && out.arguments.reason.empty())
        return fail(
            ErrorCode::invalid_argument,
            "reason",
            "found none, expected a code such as correction or duplicate",
            "entente codes reason"
        );
    return out;
}

}  // namespace

Result<Exit> run_init(const Session& session, const InitOptions& options) {
    const std::filesystem::path keys = options.keys.empty() ? session.node.string() + "-keys" : options.keys;
    ENTENTE_RETURN_IF_ERROR(service::Node::create(
        {session.node, keys, options.home, options.origin}, session.stores, session.schema
    ));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    print(fmt::format(
        "Node of {} in {}\nLog      {}\nKeys     {}  (keep a copy apart from the data)\nEntries  {}, "
        "signed\n",
        node->config().home,
        session.node.string(),
        node->config().origin,
        keys.string(),
        standing.entries
    ));
    say("Next: entente import contacts data/public-record, or entente record engagement --help\n");
    return Exit::done;
}

Result<Exit> run_import_contacts(const Session& session, const ImportOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto outcome,
        service::import_contacts(*node, {options.folder, options.general_knowledge, options.preview})
    );
    if (options.json)
        print(pretty_json(import_json(outcome)) + "\n");
    else
        print(render_import(session, outcome, options.preview, options.all));
    return Exit::done;
}

Result<Exit> run_record(const Session& session, const std::vector<std::string>& words) {
    ENTENTE_ASSIGN_OR_RETURN(const auto* type, type_of(session, words.empty() ? "" : words[0]));
    ENTENTE_ASSIGN_OR_RETURN(auto arguments, parse_field_arguments(session.schema, type, rest(words)));
    if (arguments.help) {
        print(field_help(session.schema, *type));
        return Exit::done;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto written, service::record(*node, type->type, arguments.fields, arguments.options)
    );
    return print_written(session, *node, written, "Recorded", arguments.json, arguments.options.preview);
}

Result<Exit> run_supersede(const Session& session, const std::vector<std::string>& words) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asked, parse_revision(session, "supersede", words));
    if (asked.arguments.help)
        return print_help(
            "entente supersede ID --FIELD VALUE … --reason CODE [--remark TEXT]\n\nFollows the current "
            "revision by a better one; fields that are not named stay as they were, and one typed as - is "
            "left out.\n"
            "Fields are those of the record's type: entente record TYPE --help. Reasons: entente codes "
            "reason.\n"
            "Options: --preview, --json, --releasable-to A,B, --idempotency-key KEY\n"
        );
    const auto& [id, arguments] = asked;
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto written,
        service::supersede(*node, id, arguments.fields, arguments.reason, arguments.remark, arguments.options)
    );
    return print_written(session, *node, written, "Superseded", arguments.json, arguments.options.preview);
}

Result<Exit> run_retract(const Session& session, const std::vector<std::string>& words) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asked, parse_revision(session, "retract", words));
    if (asked.arguments.help)
        return print_help(
            "entente retract ID --reason CODE [--remark TEXT]\n\nWithdraws a record; its revisions stay "
            "readable. Reasons: entente codes reason.\nOptions: --preview, --json, --idempotency-key KEY\n"
        );
    const auto& [id, arguments] = asked;
    if (!arguments.fields.empty())
        return fail(
            ErrorCode::invalid_argument,
            arguments.fields.begin()->first,
            "found a field, expected --reason and --remark only"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto written, service::retract(*node, id, arguments.reason, arguments.remark, arguments.options)
    );
    return print_written(session, *node, written, "Retracted", arguments.json, arguments.options.preview);
}

}  // namespace entente::cli
