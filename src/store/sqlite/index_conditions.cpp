#include "store/sqlite/index_conditions.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "store/sqlite/index_functions.h"
#include "store/sqlite/index_search.h"
#include "store/sqlite/index_tables.h"

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

Sql joined(const std::vector<Sql>& parts, const char* word) {
    Sql out;
    for (const auto& part : parts) {
        if (!out.text.empty()) out.text += word;
        out.add({"(" + part.text + ")", part.values});
    }
    return out;
}

FilterValue exactly(const std::string& text) {
    FilterValue out;
    out.text = text;
    return out;
}

// One end of an interval, compared as the field compares.
Result<Sql> bound(
    const Field& field, const std::string& column, const char* compare, const std::string& text
) {
    if (field.type == FieldType::count) {
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
            return refuse(field.name, fmt::format("found '{}', expected a whole number", text));
        return Sql{column + compare + "?", {number}};
    }
    if (field.type == FieldType::identifier) return Sql{column + compare + "?", {text}};
    return Sql{fmt::format("CAST({} AS REAL){}?", column, compare), {std::strtod(text.c_str(), nullptr)}};
}

Result<Sql> interval(const Field& field, std::string_view alias, const FilterValue& value) {
    const bool money = field.type == FieldType::money;
    if (!money && field.type != FieldType::count && field.type != FieldType::decimal &&
        field.type != FieldType::identifier)
        return refuse(field.name, "found an interval, expected a value: this field has no order");
    const auto column = quoted(alias, money ? field.name + ".amount" : field.name);
    Sql out{column + " IS NOT NULL", {}};
    if (value.low) {
        ENTENTE_ASSIGN_OR_RETURN(auto low, bound(field, column, value.low_excluded ? ">" : ">=", *value.low));
        out.and_also(low);
    }
    if (value.high) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto high, bound(field, column, value.high_excluded ? "<" : "<=", *value.high)
        );
        out.and_also(high);
    }
    if (money && !value.currency.empty())
        out.and_also({quoted(alias, field.name + ".currency") + "=?", {value.currency}});
    return out;
}

Result<Sql> days(const Field& field, std::string_view alias, const FilterValue& value) {
    if (field.type != FieldType::date) return refuse(field.name, "found a date, but this field is none");
    const auto first = quoted(alias, field.name + ".from"), last = quoted(alias, field.name + ".to");
    Sql out{quoted(alias, field.name + ".precision") + " IS NOT NULL", {}};
    // An open end reaches as far as anybody asks.
    const auto after = [&](const std::string& column, std::int64_t day) {
        out.and_also({fmt::format("coalesce({},{})>=?", column, &column == &last ? "1e18" : "-1e18"), {day}});
    };
    const auto before = [&](const std::string& column, std::int64_t day) {
        out.and_also({fmt::format("coalesce({},{})<=?", column, &column == &last ? "1e18" : "-1e18"), {day}});
    };
    const bool overlaps = value.kind == Kind::overlaps;
    if (value.from) after(overlaps ? last : first, *value.from);
    if (value.to) before(overlaps ? first : last, *value.to);
    return out;
}

// Whether the value that stands in columns of `alias` is one of the wanted.
Result<Sql> value_fits(const Field& field, std::string_view alias, const FilterValue& value) {
    switch (value.kind) {
        case Kind::text:
            if (field.many)  // a list inside a group
                return Sql{
                    fmt::format("instr(','||{}||',',','||?||',')>0", quoted(alias, field.name)),
                    {value.text}};
            if (field.type == FieldType::count)
                return Sql{fmt::format("CAST({} AS TEXT)=?", quoted(alias, field.name)), {value.text}};
            if (value_columns(field).size() > 1)
                return refuse(field.name, "found a text, expected a date or an amount");
            return Sql{quoted(alias, field.name) + "=?", {value.text}};
        case Kind::words:
            if (value_columns(field).size() > 1)
                return refuse(field.name, "found words, but this field holds none");
            return Sql{
                fmt::format("entente_has({},?)", quoted(alias, field.name)), {in_one_text(value.terms)}};
        case Kind::interval:
            return interval(field, alias, value);
        default:
            return days(field, alias, value);
    }
}

// First or last day of a record out of its own columns, as `days_of` has it: what is only planned stands at
// its planned date.
std::string day_column(const RecordType& type, const char* end) {
    const auto column = [&](std::string_view field) { return fmt::format("x.\"{}{}\"", field, end); };
    const auto* planned = type.find("planned");
    const bool has_plan = planned && planned->type == FieldType::date && !planned->many;
    if (type.day.empty()) return has_plan ? column("planned") : "NULL";
    if (!has_plan || type.day == "planned") return column(type.day);
    return fmt::format(
        "CASE WHEN x.\"{}.precision\" IS NOT NULL THEN {} ELSE {} END",
        type.day,
        column(type.day),
        column("planned")
    );
}

// Where the values of a field are: columns of the record's own row, or rows of their own.
class Place {
public:
    Place(const RecordType& type, FieldPath path, std::string_view alias)
        : type_(type), path_(path), alias_(alias) {}

    std::string none_of_field() const { return quoted(alias_, path_.field->name + ".none"); }

    Sql item(const Sql& condition) const {
        if (!path_.apart()) return condition;
        return {
            fmt::format(
                "EXISTS(SELECT 1 FROM {} AS x WHERE x.rev={}.\"@rev\" AND ({}))",
                item_view(type_, *path_.field),
                alias_,
                condition.text
            ),
            condition.values};
    }
    Sql any() const { return item({quoted(inner(), presence_column(path_.last())) + " IS NOT NULL", {}}); }
    std::string_view inner() const { return path_.apart() ? std::string_view("x") : alias_; }

    Sql empty(const std::string& reason) const {
        const Sql whole{none_of_field() + " IS ?", {reason}};
        if (!path_.sub || path_.sub->many) return whole;
        return joined({whole, item({quoted("x", path_.sub->name + ".none") + " IS ?", {reason}})}, " OR ");
    }
    Sql left_out() const {
        Sql out{"NOT (" + any().text + ") AND " + none_of_field() + " IS NULL", {}};
        if (path_.sub && !path_.sub->many)
            out.text +=
                " AND NOT (" + item({quoted("x", path_.sub->name + ".none") + " IS NOT NULL", {}}).text + ")";
        return out;
    }

private:
    const RecordType& type_;
    FieldPath path_;
    std::string_view alias_;
};

Result<Sql> filter_fits(
    const RecordType& type, FieldPath path, std::string_view alias, const FieldFilter& filter
) {
    const Place place(type, path, alias);
    std::vector<Sql> values, empties;
    for (const auto& value : filter.any_of) {
        switch (value.kind) {
            case Kind::empty:
                empties.push_back(place.empty(value.text));
                break;
            case Kind::left_out:
                empties.push_back(place.left_out());
                break;
            case Kind::none:
                empties.push_back({"NOT (" + place.any().text + ")", {}});
                break;
            case Kind::any:
                empties.push_back(place.any());
                break;
            default: {
                ENTENTE_ASSIGN_OR_RETURN(auto fits, value_fits(path.last(), place.inner(), value));
                values.push_back(place.item(fits));
            }
        }
    }
    auto all = values;
    all.insert(all.end(), empties.begin(), empties.end());
    const Sql either = joined(all, " OR ");
    if (!filter.negated) return either;
    Sql out{"coalesce((" + either.text + "),0)=0", either.values};
    if (!values.empty()) out.and_also(place.any());
    return out;
}

// Few records hold a word: with words to look for, the index of types is not walked (the plus sees to it).
Sql type_is_one_of(const std::vector<std::string>& names, bool words_lead) {
    Sql out{words_lead ? "+r.\"@type\" IN (" : "r.\"@type\" IN (", {}};
    for (std::size_t i = 0; i < names.size(); ++i) out.add({i ? ",?" : "?", {names[i]}});
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
        Sql out{kFound, {match_text(anywhere)}};
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
std::string handle_of(
    const domain::Schema& schema, std::uint64_t as_of, const Field& field, const std::string& column
) {
    std::string choices;
    for (const auto& name : field.to) {
        const auto* type = schema.find(name);
        for (const char* handle : {"code", "key", "source_id"})
            if (type && type->find(handle))
                choices += fmt::format(
                    "(SELECT h.\"{0}\" FROM \"v_record_{1}\" AS h WHERE h.\"@rec\"={2} AND h.\"@since\"<={3} "
                    "AND "
                    "(h.\"@until\" IS NULL OR h.\"@until\">{3})),",
                    handle,
                    name,
                    column,
                    as_of
                );
    }
    return "coalesce(" + choices + column + ")";
}

}  // namespace

void Sql::add(const Sql& other) {
    text += other.text;
    values.insert(values.end(), other.values.begin(), other.values.end());
}

void Sql::and_also(const Sql& condition) {
    if (!text.empty()) text += " AND ";
    add({"(" + condition.text + ")", condition.values});
}

void bind_all(Statement& statement, const std::vector<SqlValue>& values) {
    int at = 0;
    for (const auto& value : values) {
        ++at;
        if (const auto* number = std::get_if<std::int64_t>(&value))
            statement.bind(at, *number);
        else if (const auto* real = std::get_if<double>(&value))
            statement.bind_real(at, *real);
        else
            statement.bind(at, std::string_view(std::get<std::string>(value)));
    }
}

std::vector<std::string> record_views(const domain::Schema& schema) {
    std::string columns;
    for (const char* name : {"rev", "rec", "type", "kind", "since", "until", "day_from", "day_to"})
        columns += fmt::format("{0}r.{1} AS \"@{1}\"", columns.empty() ? "" : ", ", name);
    std::vector<std::string> sql{fmt::format(
        "CREATE VIEW v_record AS SELECT {} FROM revision AS r WHERE entente_visible(r.label)", columns
    )};
    for (const auto& type : schema.types()) {
        sql.push_back(fmt::format(
            "CREATE VIEW {0} AS SELECT x.rev AS \"@rev\", {1} AS \"@day_from\", {2} AS \"@day_to\", x.* FROM "
            "\"{3}\" "
            "AS x WHERE entente_current(x.rev) AND x.\"{4}.none\" IS x.\"{4}.none\"",
            record_view(type),
            day_column(type, ".from"),
            day_column(type, ".to"),
            type_table(type),
            type.fields.front().name  // a table of which no column is read would be refused as if read bare
        ));
        for (const auto& field : type.fields)
            if (FieldPath{&field, nullptr}.apart())
                sql.push_back(fmt::format(
                    "CREATE VIEW {} AS SELECT x.* FROM \"{}\" AS x WHERE entente_current(x.rev)",
                    item_view(type, field),
                    field_table(type, field)
                ));
    }
    return sql;
}

std::optional<FieldPath> find_path(const RecordType& type, std::string_view name) {
    const auto point = name.find('.');
    const auto* field = type.find(name.substr(0, point));
    if (!field) return std::nullopt;
    if (point == std::string_view::npos) return FieldPath{field, nullptr};
    const auto* sub = field->find(name.substr(point + 1));
    return sub ? std::optional(FieldPath{field, sub}) : std::nullopt;
}

std::string presence_column(const Field& field) {
    if (field.many) return field.name;
    return field.type == FieldType::date    ? field.name + ".precision"
           : field.type == FieldType::money ? field.name + ".amount"
                                            : field.name;
}

// Whoever asks for no field is answered without the table of the type.
RecordSource source_of(const domain::Schema& schema, const RecordQuery& query, bool by_field) {
    const auto* type = query.types.size() == 1 ? schema.find(query.types.front()) : nullptr;
    by_field |= !query.filters.empty() || !query.equals.empty() || !query.sort.empty() ||
                query.text.find(':') != std::string::npos;
    return {type, type && by_field ? record_view(*type) : "v_record"};
}

std::string record_view(const RecordType& type) {
    return fmt::format("\"v_record_{}\"", type.type);
}
std::string item_view(const RecordType& type, const Field& field) {
    return fmt::format("\"v_item_{}__{}\"", type.type, field.name);
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

Result<std::vector<SortKey>> sort_keys(
    const domain::Schema& schema, std::uint64_t as_of, const RecordQuery& query
) {
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
            "CASE WHEN {0} IS NOT NULL THEN {1} END", expression, handle_of(schema, as_of, field, expression)
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
