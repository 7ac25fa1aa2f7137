#include "store/sqlite/index_record_views.h"

#include <fmt/format.h>

#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

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

Sql joined(const std::vector<Sql>& parts, const char* word) {
    Sql out;
    for (const auto& part : parts) {
        if (!out.text.empty()) out.text += word;
        out.add({"(" + part.text + ")", part.values});
    }
    return out;
}

std::vector<std::string> record_views(const domain::Schema& schema) {
    std::string columns;
    for (const char* name : {"rev", "rec", "kind", "since", "until", "day_from", "day_to"})
        columns += fmt::format("{0}r.{1} AS \"@{1}\"", columns.empty() ? "" : ", ", name);
    std::vector<std::string> sql{fmt::format(
        "CREATE VIEW v_record AS SELECT {}, r.type AS \"@type_number\" FROM revision AS r WHERE "
        "entente_visible(r.label)",
        columns
    )};
    for (const auto& type : schema.types()) {
        sql.push_back(fmt::format(
            "CREATE VIEW {0} AS SELECT x.rev AS \"@rev\", {1} AS \"@day_from\", {2} AS \"@day_to\"{5} FROM "
            "\"{3}\" "
            "AS x WHERE entente_current(x.rev) AND x.\"{4}.none\" IS x.\"{4}.none\"",
            record_view(type),
            day_column(type, ".from"),
            day_column(type, ".to"),
            type_table(type),
            type.fields.front().name,  // a table of which no column is read would be refused as if read bare
            told_columns(type, "x")
        ));
        for (const auto& field : type.fields)
            if (FieldPath{&field, nullptr}.apart())
                sql.push_back(fmt::format(
                    "CREATE VIEW {} AS SELECT x.rev, x.ord{} FROM \"{}\" AS x WHERE entente_current(x.rev)",
                    item_view(type, field),
                    told_items(field, "x"),
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

std::string record_view(const RecordType& type) {
    return fmt::format("\"v_record_{}\"", type.type);
}
std::string item_view(const RecordType& type, const Field& field) {
    return fmt::format("\"v_item_{}__{}\"", type.type, field.name);
}

}  // namespace entente::store::sqlite
