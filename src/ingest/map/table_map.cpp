#include "ingest/map/table_map.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/map_comments.h"
#include "ingest/map/span_forms.h"
#include "ingest/map/template_text.h"
#include "ledger/document.h"

namespace entente::ingest::map {
namespace {

using domain::Field;
using domain::FieldType;

constexpr std::uint64_t kRowMax = 1'048'576;

std::unexpected<Error> wrong(const std::string& path, std::string_view found, std::string_view expected) {
    return fail(ErrorCode::invalid_argument, path, fmt::format("found {}, expected {}", found, expected));
}

std::string shown(const json::value& value) {
    return json::serialize(value).substr(0, 60);
}

std::string text_of(const json::string& text) {
    return {text.data(), text.size()};
}

/// An object of the map; asks for members one by one and then whether all were asked for.
class Members {
public:
    static Result<Members> of(const json::value& value, std::string path) {
        if (!value.is_object())
            return wrong(path.empty() ? "map" : path, shown(value), "an object in braces");
        return Members(value.get_object(), std::move(path));
    }

    std::string path(std::string_view member) const {
        return path_.empty() ? std::string(member) : fmt::format("{}.{}", path_, member);
    }
    const json::value* find(std::string_view member) {
        asked_.emplace_back(member);
        return object_.if_contains(member);
    }

    Result<void> text(std::string_view member, std::string& into) {
        const auto* value = find(member);
        if (!value) return {};
        if (!value->is_string()) return wrong(path(member), shown(*value), "a text in quotes");
        into = text_of(value->get_string());
        return {};
    }
    Result<void> text(std::string_view member, std::optional<std::string>& into) {
        std::string read;
        if (!object_.contains(member)) return find(member), Result<void>();
        ENTENTE_RETURN_IF_ERROR(text(member, read));
        into = std::move(read);
        return {};
    }
    Result<void> flag(std::string_view member, bool& into) {
        const auto* value = find(member);
        if (!value) return {};
        if (!value->is_bool()) return wrong(path(member), shown(*value), "true or false");
        into = value->get_bool();
        return {};
    }
    Result<void> number(std::string_view member, std::int64_t low, std::int64_t high, std::int64_t& into) {
        const auto* value = find(member);
        if (!value) return {};
        if (!value->is_int64() || value->get_int64() < low || value->get_int64() > high)
            return wrong(path(member), shown(*value), fmt::format("a whole number from {} to {}", low, high));
        into = value->get_int64();
        return {};
    }
    /// A text or a list of texts.
    Result<void> texts(std::string_view member, std::vector<std::string>& into) {
        const auto* value = find(member);
        if (!value) return {};
        if (value->is_string()) return into.push_back(text_of(value->get_string())), Result<void>();
        if (!value->is_array()) return wrong(path(member), shown(*value), "a text or a list of texts");
        for (const auto& item : value->get_array()) {
            if (!item.is_string()) return wrong(path(member), shown(item), "a text in quotes");
            into.push_back(text_of(item.get_string()));
        }
        return {};
    }
    Result<void> table(std::string_view member, std::map<std::string, std::string>& into) {
        const auto* value = find(member);
        if (!value) return {};
        if (!value->is_object()) return wrong(path(member), shown(*value), "an object in braces");
        for (const auto& entry : value->get_object()) {
            if (!entry.value().is_string())
                return wrong(path(member), shown(entry.value()), "a text in quotes");
            into[std::string(entry.key().data(), entry.key().size())] = text_of(entry.value().get_string());
        }
        return {};
    }
    Result<void> nothing_else() const {
        for (const auto& member : object_) {
            const std::string name(member.key().data(), member.key().size());
            if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
                return wrong(
                    path(name), "a member of this name", fmt::format("one of {}", fmt::join(asked_, ", "))
                );
        }
        return {};
    }
    const json::object& object() const { return object_; }

private:
    Members(const json::object& object, std::string path) : object_(object), path_(std::move(path)) {}
    const json::object& object_;
    std::string path_;
    std::vector<std::string> asked_;
};

class Reader {
public:
    Result<TableMap> run(const json::value& value) {
        ENTENTE_ASSIGN_OR_RETURN(auto top, Members::of(value, ""));
        std::int64_t version = 0;
        ENTENTE_RETURN_IF_ERROR(top.number("entente_map", 1, 1, version));
        if (version == 0) return wrong("entente_map", "nothing", "1, the version of the form");
        ENTENTE_RETURN_IF_ERROR(read_source(top));
        ENTENTE_RETURN_IF_ERROR(read_table(top));
        ENTENTE_RETURN_IF_ERROR(read_id(top));
        ENTENTE_RETURN_IF_ERROR(top.text("locator", map_.locator));
        ENTENTE_RETURN_IF_ERROR(check_text("locator", map_.locator));
        ENTENTE_RETURN_IF_ERROR(read_skip(top));
        ENTENTE_RETURN_IF_ERROR(read_records(top));
        std::vector<std::string> remarks;  // what a proposal was unsure of, for people
        ENTENTE_RETURN_IF_ERROR(top.texts("remarks", remarks));
        ENTENTE_RETURN_IF_ERROR(top.nothing_else());
        return std::move(map_);
    }

private:
    Result<void> read_source(Members& top) {
        const auto* value = top.find("source");
        if (!value) return wrong("source", "nothing", "key, title, publisher, licence and citation");
        ENTENTE_ASSIGN_OR_RETURN(auto source, Members::of(*value, "source"));
        ENTENTE_RETURN_IF_ERROR(source.text("key", map_.key));
        if (map_.key.empty() || map_.key.size() > 60 || map_.key.find_first_of(" \t\n:,;") != map_.key.npos)
            return wrong(
                "source.key", fmt::format("'{}'", map_.key), "a short name without blanks, such as mme-v7"
            );
        map_.description["key"] = map_.key;
        for (const auto* member : {"title", "publisher", "url", "licence", "held_as", "published"}) {
            std::string text;
            ENTENTE_RETURN_IF_ERROR(source.text(member, text));
            if (text.empty()) continue;
            if (std::string_view(member) != "published") {
                map_.description[member] = text;
                continue;
            }
            const auto span = domain::DateSpan::parse(text);
            if (!span) return fail(ErrorCode::invalid_argument, "source.published", span.error().message);
            map_.description[member] = span->to_json();
        }
        ENTENTE_RETURN_IF_ERROR(source.text("citation", map_.citation));
        if (!map_.citation.empty())
            map_.description["note"] = json::array{json::string("Cite: " + map_.citation)};
        const auto valid = domain::validate(schema_, *schema_.find("source"), map_.description);
        if (!valid)
            return fail(ErrorCode::invalid_argument, "source." + valid.error().field, valid.error().message);
        return source.nothing_else();
    }

    Result<void> read_table(Members& top) {
        const auto* value = top.find("table");
        if (!value) return {};
        ENTENTE_ASSIGN_OR_RETURN(auto part, Members::of(*value, "table"));
        std::string form, delimiter;
        std::int64_t header = 0;
        ENTENTE_RETURN_IF_ERROR(part.text("format", form));
        ENTENTE_RETURN_IF_ERROR(part.text("delimiter", delimiter));
        ENTENTE_RETURN_IF_ERROR(part.texts("sheets", map_.sheets));
        ENTENTE_RETURN_IF_ERROR(part.number("header_row", 1, kRowMax, header));
        map_.header_row = static_cast<std::uint64_t>(header);
        ENTENTE_RETURN_IF_ERROR(part.text("edition", map_.edition));
        if (map_.edition.find_first_of(" \t\n") != map_.edition.npos)
            return wrong("table.edition", "blanks", "a name without blanks");
        const std::map<std::string, table::TableForm> forms{
            {"", table::TableForm::detect},
            {"csv", table::TableForm::csv},
            {"tsv", table::TableForm::tsv},
            {"ndjson", table::TableForm::ndjson},
            {"xlsx", table::TableForm::xlsx}};
        if (!forms.contains(form)) return wrong("table.format", form, "csv, tsv, ndjson or xlsx");
        map_.form = forms.at(form);
        if (delimiter == "tab") delimiter = "\t";
        if (delimiter.size() > 1 || delimiter == "\"" || delimiter == "\n")
            return wrong("table.delimiter", delimiter, "one character, or tab");
        map_.delimiter = delimiter.empty() ? '\0' : delimiter[0];
        return part.nothing_else();
    }

    Result<void> read_id(Members& top) {
        const auto* value = top.find("id");
        if (!value) return {};
        ENTENTE_ASSIGN_OR_RETURN(auto part, Members::of(*value, "id"));
        std::string repeats;
        ENTENTE_RETURN_IF_ERROR(part.texts("columns", map_.id_columns));
        ENTENTE_RETURN_IF_ERROR(part.texts("else_columns", map_.else_columns));
        ENTENTE_RETURN_IF_ERROR(part.text("prefix", map_.id_prefix));
        ENTENTE_RETURN_IF_ERROR(part.text("repeats", repeats));
        if (map_.id_columns.empty())
            return wrong("id.columns", "nothing", "the columns that tell rows apart");
        if (map_.id_prefix.find_first_of(" \t\n") != map_.id_prefix.npos)
            return wrong("id.prefix", "blanks", "a text without blanks");
        if (!repeats.empty() && repeats != "number" && repeats != "set aside")
            return wrong("id.repeats", repeats, "number or set aside");
        map_.number_repeats = repeats == "number";
        return part.nothing_else();
    }

    Result<void> read_skip(Members& top) {
        const auto* value = top.find("skip");
        if (!value) return {};
        if (!value->is_array()) return wrong("skip", shown(*value), "a list");
        for (std::size_t i = 0; i < value->get_array().size(); ++i) {
            ENTENTE_ASSIGN_OR_RETURN(
                auto part, Members::of(value->get_array()[i], fmt::format("skip.{}", i))
            );
            SkipSpec skip;
            ENTENTE_RETURN_IF_ERROR(part.text("reason", skip.reason));
            if (skip.reason.empty())
                return wrong(part.path("reason"), "nothing", "why such rows are set aside");
            ENTENTE_RETURN_IF_ERROR(read_conditions(part, "when", skip.when));
            if (skip.when.empty()) return wrong(part.path("when"), "nothing", "a condition");
            ENTENTE_RETURN_IF_ERROR(part.nothing_else());
            map_.skip.push_back(std::move(skip));
        }
        return {};
    }

    // One condition or a list of them, all of which must hold.
    Result<void> read_conditions(Members& of, std::string_view member, std::vector<Condition>& into) {
        const auto* value = of.find(member);
        if (!value) return {};
        if (!value->is_array()) return read_condition(*value, of.path(member), into);
        for (std::size_t i = 0; i < value->get_array().size(); ++i)
            ENTENTE_RETURN_IF_ERROR(
                read_condition(value->get_array()[i], fmt::format("{}.{}", of.path(member), i), into)
            );
        return {};
    }

    Result<void> read_condition(const json::value& value, std::string path, std::vector<Condition>& into) {
        ENTENTE_ASSIGN_OR_RETURN(auto part, Members::of(value, std::move(path)));
        Condition condition;
        ENTENTE_RETURN_IF_ERROR(part.text("column", condition.column));
        ENTENTE_RETURN_IF_ERROR(part.texts("is", condition.is));
        ENTENTE_RETURN_IF_ERROR(part.texts("is_not", condition.is_not));
        ENTENTE_RETURN_IF_ERROR(part.texts("begins", condition.begins));
        ENTENTE_RETURN_IF_ERROR(part.texts("contains", condition.contains));
        if (part.object().contains("empty")) {
            bool empty = false;
            ENTENTE_RETURN_IF_ERROR(part.flag("empty", empty));
            condition.empty = empty;
        }
        part.find("empty");
        if (condition.column.empty()) return wrong(part.path("column"), "nothing", "the name of a column");
        if (condition.is.empty() && condition.is_not.empty() && condition.begins.empty() &&
            condition.contains.empty() && !condition.empty)
            return wrong(part.path("is"), "nothing", "is, is_not, begins, contains or empty");
        ENTENTE_RETURN_IF_ERROR(part.nothing_else());
        into.push_back(std::move(condition));
        return {};
    }

    Result<void> read_records(Members& top) {
        const auto* value = top.find("records");
        if (!value || !value->is_array() || value->get_array().empty())
            return wrong("records", value ? shown(*value) : "nothing", "a list with what a row becomes");
        for (std::size_t i = 0; i < value->get_array().size(); ++i) {
            ENTENTE_ASSIGN_OR_RETURN(
                auto part, Members::of(value->get_array()[i], fmt::format("records.{}", i))
            );
            ENTENTE_RETURN_IF_ERROR(read_record(part));
            ENTENTE_RETURN_IF_ERROR(part.nothing_else());
        }
        return {};
    }

    Result<void> read_record(Members& part) {
        RecordSpec record;
        ENTENTE_RETURN_IF_ERROR(part.text("type", record.type));
        const auto* type = schema_.find(record.type);
        if (!type || type->type == ledger::kDocumentType)  // a row brings no file along
            return wrong(
                part.path("type"), fmt::format("'{}'", record.type), "a record type, such as engagement"
            );
        const auto* fields = part.find("fields");
        if (!fields) return wrong(part.path("fields"), "nothing", "what the fields are read from");
        ENTENTE_ASSIGN_OR_RETURN(auto members, Members::of(*fields, part.path("fields")));
        for (const auto& member : members.object()) {
            const std::string name(member.key().data(), member.key().size());
            const auto* field = type->find(name);
            const auto path = members.path(name);
            if (!field || name == "citations" || name == "source_id")
                return wrong(
                    path,
                    "a field of this name",
                    field ? "another: this one is filled from source, locator and id"
                          : fmt::format("a field of {}", record.type)
                );
            if (name == "participations" || (name == "parties" && member.value().is_array())) {
                ENTENTE_RETURN_IF_ERROR(read_parties(member.value(), path, name == "participations", record));
                continue;
            }
            ValueSpec spec;
            ENTENTE_RETURN_IF_ERROR(read_value(member.value(), path, *field, spec));
            record.fields.emplace_back(name, std::move(spec));
        }
        map_.records.push_back(std::move(record));
        return {};
    }

    Result<void> read_parties(
        const json::value& value, const std::string& path, bool roles, RecordSpec& record
    ) {
        const auto& actor = *schema_.find("engagement")->find("participations")->find("actor");
        const auto& role = *schema_.find("engagement")->find("participations")->find("role");
        const auto& people = *schema_.find("engagement")->find("participations")->find("people");
        if (!value.is_array()) return wrong(path, shown(value), "a list of parties");
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            ENTENTE_ASSIGN_OR_RETURN(
                auto part, Members::of(value.get_array()[i], fmt::format("{}.{}", path, i))
            );
            PartySpec party;
            const auto* who = part.find("actor");
            if (!who) return wrong(part.path("actor"), "nothing", "who took part");
            ENTENTE_RETURN_IF_ERROR(read_value(*who, part.path("actor"), actor, party.actor));
            if (roles) {
                if (const auto* part_role = part.find("role"))
                    ENTENTE_RETURN_IF_ERROR(read_value(*part_role, part.path("role"), role, party.role));
                if (const auto* heads = part.find("people"))
                    ENTENTE_RETURN_IF_ERROR(read_value(*heads, part.path("people"), people, party.people));
            }
            ENTENTE_RETURN_IF_ERROR(read_conditions(part, "when", party.when));
            ENTENTE_RETURN_IF_ERROR(part.nothing_else());
            record.parties.push_back(std::move(party));
        }
        return {};
    }

    Result<void> read_value(
        const json::value& value, const std::string& path, const Field& field, ValueSpec& spec
    ) {
        if (value.is_string()) {
            spec.constant = text_of(value.get_string());
            return check_constant(path, *spec.constant, field);
        }
        ENTENTE_ASSIGN_OR_RETURN(auto part, Members::of(value, path));
        if (field.type == FieldType::date) return read_span(part, spec);
        if (field.type == FieldType::group || field.type == FieldType::money)
            return wrong(path, "a field of several parts", "one that a single cell can fill");
        ENTENTE_RETURN_IF_ERROR(part.texts("column", spec.columns));
        ENTENTE_RETURN_IF_ERROR(part.texts("columns", spec.columns));
        if (part.object().contains("each")) spec.each = true;
        ENTENTE_RETURN_IF_ERROR(part.texts("each", spec.columns));
        ENTENTE_RETURN_IF_ERROR(part.text("join", spec.join));
        ENTENTE_RETURN_IF_ERROR(part.text("text", spec.text));
        ENTENTE_RETURN_IF_ERROR(check_text(part.path("text"), spec.text));
        ENTENTE_RETURN_IF_ERROR(part.texts("split", spec.split));
        ENTENTE_RETURN_IF_ERROR(part.table("codes", spec.codes));
        ENTENTE_RETURN_IF_ERROR(part.text("otherwise", spec.otherwise));
        ENTENTE_RETURN_IF_ERROR(part.table("missing", spec.missing));
        ENTENTE_RETURN_IF_ERROR(part.text("scheme", spec.scheme));
        ENTENTE_RETURN_IF_ERROR(read_unreadable(part, spec));
        ENTENTE_RETURN_IF_ERROR(read_cases(part, field, spec));
        ENTENTE_RETURN_IF_ERROR(part.nothing_else());
        return check_value(part, field, spec);
    }

    static Result<void> read_unreadable(Members& part, ValueSpec& spec) {
        std::string what;
        ENTENTE_RETURN_IF_ERROR(part.text("unreadable", what));
        if (!what.empty() && what != "leave out" && what != "set aside")
            return wrong(part.path("unreadable"), what, "leave out or set aside");
        spec.leave_out = what == "leave out";
        return {};
    }

    Result<void> read_cases(Members& part, const Field& field, ValueSpec& spec) {
        const auto* cases = part.find("cases");
        if (!cases) return {};
        if (!cases->is_array()) return wrong(part.path("cases"), shown(*cases), "a list");
        for (std::size_t i = 0; i < cases->get_array().size(); ++i) {
            ENTENTE_ASSIGN_OR_RETURN(
                auto one, Members::of(cases->get_array()[i], fmt::format("{}.{}", part.path("cases"), i))
            );
            ValueSpec::Case read;
            ENTENTE_RETURN_IF_ERROR(read_conditions(one, "when", read.when));
            ENTENTE_RETURN_IF_ERROR(one.text("value", read.value));
            ENTENTE_RETURN_IF_ERROR(check_constant(one.path("value"), read.value, field));
            ENTENTE_RETURN_IF_ERROR(one.nothing_else());
            spec.cases.push_back(std::move(read));
        }
        return {};
    }

    Result<void> read_span(Members& part, ValueSpec& spec) {
        ENTENTE_RETURN_IF_ERROR(read_unreadable(part, spec));
        ENTENTE_RETURN_IF_ERROR(part.table("missing", spec.missing));
        for (const auto& entry : spec.missing)
            if (!entry.second.empty() && !domain::parse_empty(entry.second))
                return wrong(
                    part.path("missing"),
                    entry.second,
                    "unknown, not applicable, not released, expected or nothing"
                );
        if (part.object().contains("from") || part.object().contains("to")) {
            const auto* from = part.find("from");
            const auto* to = part.find("to");
            if (!from) return wrong(part.path("from"), "nothing", "where the beginning stands");
            ENTENTE_ASSIGN_OR_RETURN(auto first, Members::of(*from, part.path("from")));
            ENTENTE_ASSIGN_OR_RETURN(spec.from, read_date_spec(first));
            if (to) {
                ENTENTE_ASSIGN_OR_RETURN(auto last, Members::of(*to, part.path("to")));
                ENTENTE_ASSIGN_OR_RETURN(spec.to, read_date_spec(last));
            }
            return part.nothing_else();
        }
        ENTENTE_ASSIGN_OR_RETURN(spec.from, read_date_spec(part));
        return {};
    }

    Result<std::optional<DateSpec>> read_date_spec(Members& part) {
        DateSpec date;
        std::int64_t pivot = 1950;
        ENTENTE_RETURN_IF_ERROR(part.text("column", date.column));
        ENTENTE_RETURN_IF_ERROR(part.texts("forms", date.forms));
        ENTENTE_RETURN_IF_ERROR(part.text("year", date.year));
        ENTENTE_RETURN_IF_ERROR(part.text("month", date.month));
        ENTENTE_RETURN_IF_ERROR(part.text("day", date.day));
        ENTENTE_RETURN_IF_ERROR(part.number("two_digit_years_from", 1000, 9900, pivot));
        date.pivot = static_cast<int>(pivot);
        if (date.column.empty() == date.year.empty())
            return wrong(
                part.path("column"),
                date.column.empty() ? "nothing" : "column and year",
                "either a column or a year"
            );
        if (!date.column.empty() && date.forms.empty()) date.forms = {"iso"};
        for (const auto& form : date.forms)
            if (!is_span_form(form))
                return wrong(
                    part.path("forms"),
                    fmt::format("'{}'", form),
                    "iso, excel, or a form such as %d.%m.%Y of %Y %y %m %d %B %T, or two with %- between"
                );
        ENTENTE_RETURN_IF_ERROR(part.nothing_else());
        return std::optional(std::move(date));
    }

    // A value that stands in the map itself must fit its field.
    Result<void> check_constant(const std::string& path, const std::string& value, const Field& field) {
        if (value.empty() || domain::parse_empty(value)) return {};
        switch (field.type) {
            case FieldType::code: {
                const auto* list = schema_.list(field.list);
                if (!list->find(value))
                    return wrong(path, fmt::format("'{}'", value), fmt::format("a code of {}", field.list));
                return {};
            }
            case FieldType::reference: {
                const bool actor = std::find(field.to.begin(), field.to.end(), "actor") != field.to.end();
                if (actor && !actor_of("iso3", value, 0))
                    return wrong(path, fmt::format("'{}'", value), "the code of an actor, such as USA");
                return {};
            }
            case FieldType::date: {
                const auto span = domain::DateSpan::parse(value);
                if (!span) return fail(ErrorCode::invalid_argument, path, span.error().message);
                return {};
            }
            default:
                return {};
        }
    }

    Result<void> check_value(const Members& part, const Field& field, const ValueSpec& spec) {
        const int ways =
            (spec.columns.empty() ? 0 : 1) + (spec.text.empty() ? 0 : 1) + (spec.cases.empty() ? 0 : 1);
        if (ways != 1)
            return wrong(
                part.path("column"),
                ways == 0 ? "nothing" : "several ways",
                "one of column, columns, each, text or cases"
            );
        for (const auto& entry : spec.codes)
            ENTENTE_RETURN_IF_ERROR(
                check_constant(part.path("codes") + "." + entry.first, entry.second, field)
            );
        if (spec.otherwise)
            ENTENTE_RETURN_IF_ERROR(check_constant(part.path("otherwise"), *spec.otherwise, field));
        for (const auto& entry : spec.missing)
            if (!entry.second.empty() && !domain::parse_empty(entry.second))
                return wrong(
                    part.path("missing"),
                    entry.second,
                    "unknown, not applicable, not released, expected or nothing"
                );
        const bool actor = field.type == FieldType::reference &&
                           std::find(field.to.begin(), field.to.end(), "actor") != field.to.end();
        if (!spec.scheme.empty() && (!is_scheme(spec.scheme) || !actor))
            return wrong(
                part.path("scheme"),
                spec.scheme,
                actor ? "iso3, iso2, cow, gw, name or any" : "no scheme: the field names no actor"
            );
        if (std::find(spec.split.begin(), spec.split.end(), "") != spec.split.end())
            return wrong(part.path("split"), "an empty text", "what stands between two items");
        return {};
    }

    static Result<void> check_text(const std::string& path, const std::string& text) {
        if (!columns_in_text(text)) return wrong(path, "a brace without its other one", "{column} in braces");
        return {};
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    TableMap map_;
};

void add_conditions(
    const std::vector<Condition>& conditions,
    const std::string& path,
    std::vector<std::pair<std::string, std::string>>& out
) {
    for (const auto& condition : conditions) out.emplace_back(condition.column, path);
}

void add_value(
    const ValueSpec& spec, const std::string& path, std::vector<std::pair<std::string, std::string>>& out
) {
    for (const auto& column : spec.columns) out.emplace_back(column, path);
    for (const auto& column : columns_in_text(spec.text).value_or(std::vector<std::string>()))
        out.emplace_back(column, path);
    for (const auto& one : spec.cases) add_conditions(one.when, path, out);
    for (const auto* date : {&spec.from, &spec.to})
        if (*date)
            for (const auto* column : {&(*date)->column, &(*date)->year, &(*date)->month, &(*date)->day})
                if (!column->empty()) out.emplace_back(*column, path);
}

}  // namespace

Result<TableMap> parse_map(std::string_view text) {
    auto value = parse_json(without_comments(text));
    if (!value) return fail(ErrorCode::invalid_argument, "map", value.error().message);
    return Reader().run(*value);
}

std::vector<std::pair<std::string, std::string>> columns_of(const TableMap& map) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& column : map.id_columns) out.emplace_back(column, "id.columns");
    for (const auto& column : map.else_columns) out.emplace_back(column, "id.else_columns");
    for (const auto& column : columns_in_text(map.locator).value_or(std::vector<std::string>()))
        if (column != "row" && column != "sheet") out.emplace_back(column, "locator");
    for (std::size_t i = 0; i < map.skip.size(); ++i)
        add_conditions(map.skip[i].when, fmt::format("skip.{}.when", i), out);
    for (std::size_t i = 0; i < map.records.size(); ++i) {
        for (const auto& [name, spec] : map.records[i].fields)
            add_value(spec, fmt::format("records.{}.fields.{}", i, name), out);
        for (const auto& party : map.records[i].parties) {
            const auto path = fmt::format("records.{}.fields.participations", i);
            for (const auto* spec : {&party.actor, &party.role, &party.people}) add_value(*spec, path, out);
            add_conditions(party.when, path, out);
        }
    }
    return out;
}

}  // namespace entente::ingest::map
