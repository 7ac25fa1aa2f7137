#include "cli/field_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace entente::cli {
namespace {

std::string with_underscores(std::string text) {
    std::replace(text.begin(), text.end(), '-', '_');
    return text;
}

std::vector<std::string> known_options(const domain::RecordType* type) {
    std::vector<std::string> out{
        "reason", "remark", "idempotency-key", "releasable-to", "preview", "json", "help"};
    if (type)
        for (const auto& field : type->fields) out.push_back(option_name(field));
    return out;
}

std::unexpected<Error> unknown(const std::string& name, const domain::RecordType* type) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& option : known_options(type)) near.emplace_back(edit_distance(name, option), option);
    std::sort(near.begin(), near.end());
    return fail(
        ErrorCode::invalid_argument,
        {},
        fmt::format(
            "found option --{}, expected one that {} has: nearest are --{}, --{}",
            name,
            type ? type->type : "the record",
            near[0].second,
            near[1].second
        ),
        type ? fmt::format("entente record {} --help", type->type) : "entente supersede --help"
    );
}

const domain::Field* find(const domain::RecordType& type, const std::string& name) {
    for (const auto& field : type.fields)
        if (field.name == name || field.alias == name) return &field;
    return nullptr;
}

std::string code_sample(const domain::CodeList& list) {
    std::vector<std::string> codes;
    for (const auto& code : list.codes) {
        if (codes.size() == 8 && list.codes.size() > 9) break;
        codes.push_back(code.code);
    }
    return fmt::format(
        "{}{}",
        fmt::join(codes, " | "),
        codes.size() < list.codes.size()
            ? fmt::format(" | … ({} codes: entente codes {})", list.codes.size(), list.list)
            : ""
    );
}

}  // namespace

std::string option_name(const domain::Field& field) {
    std::string name = field.alias.empty() ? field.name : field.alias;
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

Result<FieldArguments> parse_field_arguments(
    const domain::Schema&, const domain::RecordType* type, const std::vector<std::string>& words
) {
    FieldArguments out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!word.starts_with("--") && word != "-h") {
            if (i > 0 || !type)
                return fail(
                    ErrorCode::invalid_argument,
                    {},
                    fmt::format("found '{}', expected an option such as --note", word)
                );
            out.fields[type->fields.front().name].push_back(word);
            continue;
        }
        const auto equal = word.find('=');
        const std::string typed = word.substr(2, equal == std::string::npos ? equal : equal - 2),
                          name = with_underscores(typed);
        if (name == "json" || name == "preview" || name == "help" || word == "-h") {
            (name == "json" ? out.json : name == "preview" ? out.options.preview : out.help) = true;
            continue;
        }
        std::string value;
        if (equal != std::string::npos)
            value = word.substr(equal + 1);
        else if (i + 1 < words.size() && words[i + 1].starts_with("--"))
            return fail(
                ErrorCode::invalid_argument,
                typed,
                fmt::format("found the option {} where its value is expected", words[i + 1]),
                fmt::format("--{}={} if that is the value", typed, words[i + 1])
            );
        else if (i + 1 < words.size())
            value = words[++i];
        else
            return fail(ErrorCode::invalid_argument, typed, "found no value, expected one");
        const auto* field = type ? find(*type, name) : nullptr;
        if (name == "node")
            return fail(
                ErrorCode::invalid_argument,
                "node",
                "found --node behind the command, expected it before",
                "entente --node DIRECTORY record …"
            );
        if (name == "reason" && !field)
            out.reason = value;
        else if (name == "remark" && !field)
            out.remark = value;
        else if (name == "idempotency_key")
            out.options.idempotency_key = value;
        else if (name == "releasable_to" && value == "nobody")
            out.options.originator_only = true;
        else if (name == "releasable_to") {
            for (std::size_t at = 0; at <= value.size();) {
                const auto end = std::min(value.find(',', at), value.size());
                out.options.releasable_to.push_back(value.substr(at, end - at));
                at = end + 1;
            }
        } else if (type && !field)
            return unknown(typed, type);
        else
            out.fields[field ? field->name : name].push_back(value);
    }
    return out;
}

std::string example_value(const domain::Schema& schema, const domain::Field& field) {
    using domain::FieldType;
    switch (field.type) {
        case FieldType::date:
            return "2024-02-28 | 2024-02 | 2024 | 2024-02-28..2024-03-01";
        case FieldType::code:
            return code_sample(*schema.list(field.list));
        case FieldType::count:
            return "a number of " + field.unit;
        case FieldType::decimal:
            return "a decimal number";
        case FieldType::money:
            return "'6400000000 USD'";
        case FieldType::reference:
            return fmt::format("code or id of {}", fmt::join(field.to, " or "));
        case FieldType::group: {
            const bool lists = std::any_of(field.fields.begin(), field.fields.end(), [](const auto& sub) {
                return sub.many;
            });
            return fmt::format("{}{}", fmt::join(field.parts, ":"), lists ? " (several fields: a+b)" : "");
        }
        default:
            return field.many ? "text; repeat the option for more" : "text";
    }
}

namespace {

std::string sample(const domain::Schema& schema, const domain::Field& field) {
    using domain::FieldType;
    switch (field.type) {
        case FieldType::code:
            return schema.list(field.list)->codes.front().code;
        case FieldType::date:
            return "2024-02";
        case FieldType::reference:
            return field.to.front() == "actor" ? "USA" : fmt::format("ID-OF-{}", field.to.front());
        case FieldType::identifier:
            return "a-key";
        case FieldType::count:
            return "1";
        default:
            return "\"A text\"";
    }
}

// A command that puts the needed fields in; the most used type has one a person can recognise.
std::string example(const domain::Schema& schema, const domain::RecordType& type) {
    if (type.type == "engagement")
        return "entente record engagement DLG --with USA:host,CHN:visitor --held 2024-04-03..2024-04-04 \\\n"
               "      --title \"Maritime working group\" --level working --places Honolulu --source unknown";
    std::string out = "entente record " + type.type;
    for (const auto& field : type.fields)
        if (field.required && field.default_value.empty())
            out += fmt::format(" --{} {}", option_name(field), sample(schema, field));
    if (std::find(type.rules.begin(), type.rules.end(), "cited") != type.rules.end())
        out += " --source unknown";
    return out;
}

}  // namespace

std::string field_help(const domain::Schema& schema, const domain::RecordType& type) {
    std::string out = fmt::format(
        "entente record {} [FIRST FIELD] --FIELD VALUE …\n\n{}\n\nFields (* needed; sealed ones stand in the "
        "log as salted digests only):\n",
        type.type,
        type.help
    );
    for (const auto& field : type.fields) {
        out += fmt::format(
            "  --{}{}{}\n      {}\n      {}\n",
            option_name(field),
            field.required ? " *" : "",
            field.clear ? "" : "  (sealed)",
            field.help,
            example_value(schema, field)
        );
        if (!field.default_value.empty())
            out += fmt::format("      When left out: {}\n", field.default_value);
    }
    out +=
        "\nAny field may be: unknown | not-released | not-applicable | expected\n"
        "\nOptions:\n"
        "  --preview             check and show, keep nothing\n"
        "  --releasable-to A,B   nations besides the originator that may see it; nobody takes a release "
        "back\n"
        "  --idempotency-key KEY a second try with the same key adds nothing\n"
        "  --json                print the record as JSON\n";
    out += "\nExample:\n  " + example(schema, type) + "\n";
    return out;
}

}  // namespace entente::cli
