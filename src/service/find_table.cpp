#include "service/find_table.h"

#include "domain/date_span.h"
#include "domain/empty.h"
#include "service/find_filter.h"

namespace entente::service {
namespace {

using domain::FieldType;

std::optional<std::string> some(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

RecordTable::RecordTable(std::vector<const domain::Field*> fields, Form form)
    : fields_(std::move(fields)), form_(form) {
    columns_.push_back({"id"});
    for (const auto* field : fields_) add_columns(*field);
}

Result<RecordTable> RecordTable::create(
    const domain::Schema& schema,
    const domain::RecordType& type,
    const std::vector<std::string>& names,
    Form form
) {
    std::vector<const domain::Field*> fields;
    for (const auto& name : names) {
        if (!type.find(name)) {
            ENTENTE_ASSIGN_OR_RETURN(const auto* sub, find_field(schema, {type.type}, name, "fields"));
            return fail(
                ErrorCode::invalid_argument,
                "fields",
                "found '" + name + "', expected a whole field: its " + sub->label + " comes with it"
            );
        }
        fields.push_back(type.find(name));
    }
    if (names.empty())
        for (const auto& field : type.fields) fields.push_back(&field);
    return RecordTable(std::move(fields), form);
}

void RecordTable::add_columns(const domain::Field& field) {
    const bool apart = form_ != Form::plain && !field.many;
    if (apart && field.type == FieldType::money) {
        columns_.push_back({field.name + ".amount", ColumnKind::decimal});
        columns_.push_back({field.name + ".currency"});
    } else if (apart && field.type == FieldType::count) {
        columns_.push_back({field.name, ColumnKind::whole});
    } else if (apart && field.type == FieldType::decimal) {
        columns_.push_back({field.name, ColumnKind::decimal});
    } else {
        columns_.push_back({field.name});
        if (form_ == Form::typed && apart && field.type == FieldType::date) {
            columns_.push_back({field.name + ".from", ColumnKind::day});
            columns_.push_back({field.name + ".to", ColumnKind::day});
        }
    }
    if (form_ == Form::typed) columns_.push_back({field.name + ".none", ColumnKind::text, true});
}

TableRow RecordTable::row(Describer& describe, const ledger::Revision& record) const {
    TableRow row{record.rec};
    for (const auto* field : fields_)
        add_cells(describe, *field, record.content.if_contains(field->name), row);
    return row;
}

void RecordTable::add_cells(
    Describer& describe, const domain::Field& field, const json::value* value, TableRow& row
) const {
    const bool apart = form_ != Form::plain && !field.many;
    const auto empty = value ? domain::empty_of(*value) : std::nullopt;
    const auto why = empty ? some(text_at(value->get_object(), "none")) : std::nullopt;
    const bool there = value && !empty;
    const auto said =
        form_ == Form::typed ? std::nullopt : why;  // in its own column, or in the value's place
    if (apart && field.type == FieldType::money) {
        row.push_back(there ? some(text_at(value->get_object(), "amount")) : said);
        row.push_back(there ? some(text_at(value->get_object(), "currency")) : std::nullopt);
    } else if (apart && field.type == FieldType::count) {
        row.push_back(there ? std::optional(std::to_string(value->as_int64())) : said);
    } else {
        row.push_back(there ? some(describe.plain(field, *value)) : said);
        if (form_ == Form::typed && apart && field.type == FieldType::date) {
            const auto span =
                there ? domain::DateSpan::from_json(*value) : Result<domain::DateSpan>(domain::DateSpan{});
            row.push_back(span && span->from ? some(to_iso(*span->from)) : std::nullopt);
            row.push_back(span && span->to ? some(to_iso(*span->to)) : std::nullopt);
        }
    }
    if (form_ == Form::typed) row.push_back(why);
}

}  // namespace entente::service
