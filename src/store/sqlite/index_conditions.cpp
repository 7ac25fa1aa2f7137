#include "store/sqlite/index_conditions.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/sqlite/index_filters.h"
#include "store/sqlite/index_search.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;
using ledger::FieldFilter;
using ledger::FilterValue;
using ledger::RecordQuery;
using ledger::TextQuery;
using Kind = FilterValue::Kind;

std::unexpected<Error> refuse(const std::string& field, std::string message) {
    return fail(ErrorCode::invalid_argument, field, std::move(message));
}

std::string quoted(std::string_view alias, const std::string& column) {
    return fmt::format("{}.\"{}\"", alias, column);
}

FilterValue exactly(const std::string& text) {
    FilterValue out;
    out.text = text;
    return out;
}

// Few records hold a word: with words to look for, the index of types is not walked (the plus sees to it).
Sql type_is_one_of(const std::vector<std::string>& names, bool words_lead) {
    Sql out{words_lead ? "+r.\"@type_number\" IN (" : "r.\"@type_number\" IN (", {}};
    for (std::size_t i = 0; i < names.size(); ++i)
        out.add({i ? ",entente_number(?)" : "entente_number(?)", {names[i]}});
    out.text += ")";
    return out;
}

bool wanted(const std::vector<std::string>& types, const RecordType& type) {
    return types.empty() || std::find(types.begin(), types.end(), type.type) != types.end();
}

Result<Sql> filter_condition(
    const domain::Schema& schema,
    const RecordQuery& query,
    const RecordSource& source,
    const FieldFilter& filter
) {
    std::vector<Sql> any;
    for (const auto& type : schema.types()) {
        if (!wanted(query.types, type)) continue;
        const auto path = find_path(type, filter.field);
        if (!path) continue;
        if (path->field->type == FieldType::group && !path->sub)
            return refuse(
                filter.field,
                fmt::format(
                    "found a group, expected one of its fields: {}.{}",
                    path->field->name,
                    path->field->fields.front().name
                )
            );
        ENTENTE_ASSIGN_OR_RETURN(auto fits, filter_fits(type, *path, source.type ? "r" : "t", filter));
        if (!source.type)
            fits.text = fmt::format(
                "EXISTS(SELECT 1 FROM {} AS t WHERE t.\"@rev\"=r.\"@rev\" AND ({}))",
                record_view(type),
                fits.text
            );
        any.push_back(std::move(fits));
    }
    if (any.empty()) return refuse(filter.field, "found a field by which this list cannot be narrowed");
    return joined(any, " OR ");
}

// Words anywhere are found by full text; words of one field are then looked for in it.
Result<Sql> text_condition(
    const domain::Schema& schema, const RecordQuery& query, const RecordSource& source, const TextQuery& text
) {
    constexpr const char* kFound = "r.\"@rev\" IN (SELECT rev FROM v_search WHERE matching MATCH ?)";
    if (is_one_match(text)) return Sql{kFound, {match_text(text)}};
    if (text.kind == TextQuery::Kind::terms) {
        TextQuery anywhere = text;
        anywhere.field.clear();
        FilterValue words;
        words.kind = Kind::words, words.terms = text.terms;
        Sql out;
        if (text.field != "source_id")
            out = {kFound, {match_text(anywhere)}};  // which is no word: see index_search
        ENTENTE_ASSIGN_OR_RETURN(
            auto there, filter_condition(schema, query, source, {text.field, false, {words}})
        );
        out.and_also(there);
        return out;
    }
    std::vector<Sql> parts;
    TextQuery together{TextQuery::Kind::all, {}, {}, {}};
    for (const auto& part : text.parts) {
        if (text.kind == TextQuery::Kind::all && is_one_match(part)) {
            together.parts.push_back(part);
            continue;
        }
        ENTENTE_ASSIGN_OR_RETURN(auto condition, text_condition(schema, query, source, part));
        parts.push_back(std::move(condition));
    }
    if (!together.parts.empty()) parts.insert(parts.begin(), Sql{kFound, {match_text(together)}});
    auto out = joined(parts, text.kind == TextQuery::Kind::any ? " OR " : " AND ");
    if (text.kind == TextQuery::Kind::without) out.text = "NOT (" + out.text + ")";
    return out;
}

// The code, key or id in the source of the record that a field refers to.
std::string handle_of(const domain::Schema& schema, const Field& field, const std::string& column) {
    std::string choices;
    for (const auto& name : field.to) {
        const auto* type = schema.find(name);
        for (const char* handle : {"code", "key", "source_id"})
            if (type && type->find(handle))
                choices += fmt::format(
                    "(SELECT h.\"{0}\" FROM v_record AS o JOIN \"v_record_{1}\" AS h ON "
                    "h.\"@rev\"=o.\"@rev\" WHERE "
                    "o.\"@rec\"={2} LIMIT 1),",
                    handle,
                    name,
                    column
                );
    }
    // What may not be seen sorts as if it were not there.
    return fmt::format(
        "coalesce({}(SELECT o.\"@rec\" FROM v_record AS o WHERE o.\"@rec\"={} LIMIT 1))", choices, column
    );
}

}  // namespace

// Whoever asks for no field is answered without the table of the type.
RecordSource source_of(const domain::Schema& schema, const RecordQuery& query, bool by_field) {
    const auto* type = query.types.size() == 1 ? schema.find(query.types.front()) : nullptr;
    by_field |= !query.filters.empty() || !query.equals.empty() || !query.sort.empty() ||
                query.text.find(':') != std::string::npos;
    return {type, type && by_field ? record_view(*type) : "v_record"};
}

std::vector<std::string> types_asked(const domain::Schema& schema, const RecordQuery& query) {
    std::vector<std::string> out = query.types;
    if (out.empty())
        for (const auto& type : schema.types()) out.push_back(type.type);
    if (query.filters.empty() && query.equals.empty() && query.sort.empty() &&
        query.text.find(':') == std::string::npos)
        return {};
    const auto* type = query.types.size() == 1 ? schema.find(query.types.front()) : nullptr;
    const auto* sorted = type ? type->find(query.sort) : nullptr;
    if (sorted) out.insert(out.end(), sorted->to.begin(), sorted->to.end());
    return out;
}

Result<Sql> condition_of(
    const domain::Schema& schema, std::uint64_t as_of, const RecordQuery& query, bool by_field
) {
    const auto source = source_of(schema, query, by_field);
    Sql where;
    if (source.view == "v_record") {
        where.text = fmt::format(
            "r.\"@since\"<={0} AND (r.\"@until\" IS NULL OR r.\"@until\">{0}) AND r.\"@kind\"<>'retract'",
            as_of
        );
        if (!query.types.empty()) where.and_also(type_is_one_of(query.types, !query.text.empty()));
    } else {
        where.text = "1";  // the view of a type shows what is current and visible
    }
    for (const auto& actor : query.actors)
        where.and_also({"r.\"@rev\" IN (SELECT rev FROM v_reference WHERE target=?)", {actor}});
    if (query.since)
        where.and_also({"coalesce(r.\"@day_to\",r.\"@day_from\")>=?", {std::int64_t{query.since->value}}});
    if (query.until)
        where.and_also({"coalesce(r.\"@day_from\",r.\"@day_to\")<=?", {std::int64_t{query.until->value}}});
    for (const auto& [field, value] : query.equals) {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto fits, filter_condition(schema, query, source, {field, false, {exactly(value)}})
        );
        where.and_also(fits);
    }
    for (const auto& filter : query.filters) {
        ENTENTE_ASSIGN_OR_RETURN(const auto fits, filter_condition(schema, query, source, filter));
        where.and_also(fits);
    }
    if (!query.text.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto text, ledger::parse_text_query(query.text, schema, query.types));
        ENTENTE_ASSIGN_OR_RETURN(const auto found, text_condition(schema, query, source, text));
        where.and_also(found);
    }
    return where;
}

Result<std::vector<SortKey>> sort_keys(const domain::Schema& schema, const RecordQuery& query) {
    // Revisions are numbered as they came, so the number settles what is left.
    if (query.sort.empty())
        return std::vector<SortKey>{
            {"r.\"@day_from\"", query.newest_first},
            {"r.\"@day_to\"", query.newest_first},
            {"r.\"@rev\"", query.newest_first}};
    const auto source = source_of(schema, query);
    if (!source.type) return refuse("sort", "found several types, expected one: they are sorted by day");
    const auto path = find_path(*source.type, query.sort);
    if (!path) return refuse("sort", fmt::format("found no field '{}'", query.sort));
    if (path->apart())
        return refuse(
            "sort",
            fmt::format("found '{}', which may have several values, expected a field with one", query.sort)
        );
    const auto& field = *path->field;
    std::string expression = quoted("r", field.name);
    if (field.type == FieldType::date)
        expression = fmt::format(
            "coalesce({},{})", quoted("r", field.name + ".from"), quoted("r", field.name + ".to")
        );
    else if (field.type == FieldType::money)
        expression = fmt::format("CAST({} AS REAL)", quoted("r", field.name + ".amount"));
    else if (field.type == FieldType::decimal)
        expression = fmt::format("CAST({} AS REAL)", expression);
    else if (field.type == FieldType::reference)
        expression = fmt::format(
            "CASE WHEN {0} IS NOT NULL THEN {1} END", expression, handle_of(schema, field, expression)
        );
    else if (field.type != FieldType::count)
        expression += " COLLATE NOCASE";
    return std::vector<SortKey>{{expression, query.descending}, {"r.\"@rev\"", false}};
}

std::string order_by(const std::vector<SortKey>& keys) {
    std::string out;
    for (const auto& key : keys)
        out += fmt::format(
            "{}{} {}",
            out.empty() ? " ORDER BY " : ", ",
            key.expression,
            key.descending ? "DESC" : "ASC NULLS LAST"
        );
    return out;
}

}  // namespace entente::store::sqlite
