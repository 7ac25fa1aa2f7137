#include "store/sqlite/content_columns.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/day.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

std::size_t width_of(const Field& field) {
    return field.type == FieldType::date ? 3 : field.type == FieldType::money ? 2 : 1;
}

json::value read_value(const Statement& s, int at, const Field& field) {
    if (field.type == FieldType::date) {
        json::object out;
        if (!s.is_null(at)) out["from"] = to_iso(Day{static_cast<std::int32_t>(s.integer(at))});
        out["precision"] = json::string(s.text(at + 2));
        if (!s.is_null(at + 1)) out["to"] = to_iso(Day{static_cast<std::int32_t>(s.integer(at + 1))});
        return out;
    }
    if (field.type == FieldType::money)
        return json::object{{"amount", json::string(s.text(at))}, {"currency", json::string(s.text(at + 1))}};
    if (field.type == FieldType::count) return s.integer(at);
    return json::string(s.text(at));
}

bool has_value(const Statement& s, int at, const Field& field) {
    return !s.is_null(field.type == FieldType::date ? at + 2 : at);
}

json::array split_commas(std::string_view text) {
    json::array out;
    for (;;) {
        const auto comma = text.find(',');
        out.push_back(json::string(text.substr(0, comma)));
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

json::object empty_named(std::string_view kind) {
    return {{"none", json::string(kind)}};
}

json::object read_group(const Statement& s, int at, const Field& field) {
    json::object out;
    for (const auto& sub : field.fields) {
        if (sub.many) {
            if (!s.is_null(at)) out[sub.name] = split_commas(s.text(at));
            ++at;
            continue;
        }
        const int none = at + static_cast<int>(width_of(sub));
        if (!s.is_null(none))
            out[sub.name] = empty_named(s.text(none));
        else if (has_value(s, at, sub))
            out[sub.name] = read_value(s, at, sub);
        at = none + 1;
    }
    return out;
}

}  // namespace

void ContentBinder::number(int at, std::string_view text) {
    statement_.bind(at, texts_.number(text, static_cast<std::size_t>(at)));
}

bool ContentBinder::date(int at, const json::value& value) {
    const auto span = domain::DateSpan::from_json(value);
    span && span->from ? statement_.bind(at, std::int64_t{span->from->value}) : statement_.bind_null(at);
    span && span->to ? statement_.bind(at + 1, std::int64_t{span->to->value}) : statement_.bind_null(at + 1);
    const auto* precision = value.is_object() ? find_string(value.get_object(), "precision") : nullptr;
    precision ? number(at + 2, view(*precision)) : void(statement_.bind_null(at + 2));
    return span && value.get_object().size() == 1U + (span->from ? 1 : 0) + (span->to ? 1 : 0);
}

bool ContentBinder::money(int at, const json::value& value) {
    const auto* money = value.if_object();
    const auto* amount = money ? find_string(*money, "amount") : nullptr;
    const auto* currency = money ? find_string(*money, "currency") : nullptr;
    amount ? statement_.bind(at, view(*amount)) : statement_.bind_null(at);
    currency ? number(at + 1, view(*currency)) : void(statement_.bind_null(at + 1));
    return amount && currency && money->size() == 2;
}

bool ContentBinder::single(int at, const Field& field, const json::value& value) {
    if (field.type == FieldType::count) {
        const bool whole = value.is_int64();
        whole ? statement_.bind(at, value.get_int64()) : statement_.bind_null(at);
        return whole;
    }
    const auto* text = value.if_string();
    if (!text)
        statement_.bind_null(at);
    else if (is_numbered(field))
        number(at, view(*text));
    else
        statement_.bind(at, view(*text));
    return text != nullptr;
}

// A list inside a group: comma-separated.
bool ContentBinder::inner_list(int at, const json::value* value) {
    if (!value) {
        statement_.bind_null(at);
        return true;
    }
    std::string out;
    bool exact = value->is_array() && !value->get_array().empty();
    if (const auto* array = value->if_array())
        for (const auto& item : *array) {
            if (!out.empty()) out += ',';
            const auto* text = item.if_string();
            if (text) out += view(*text);
            exact = exact && text && !text->empty() && view(*text).find(',') == std::string_view::npos;
        }
    statement_.bind(at, out);
    return exact;
}

int ContentBinder::value(int at, const Field& field, const json::value* value) {
    const auto width = static_cast<int>(width_of(field));
    if (!value || domain::empty_of(*value)) {
        for (int i = 0; i < width; ++i) statement_.bind_null(at + i);
    } else if (field.type == FieldType::date) {
        exact_ = date(at, *value) && exact_;
    } else if (field.type == FieldType::money) {
        exact_ = money(at, *value) && exact_;
    } else {
        exact_ = single(at, field, *value) && exact_;
    }
    return at + width;
}

int ContentBinder::empty(int at, const json::value* value) {
    const auto empty = value ? domain::empty_of(*value) : std::nullopt;
    if (empty)
        number(at, view(value->get_object().at("none").get_string()));
    else
        statement_.bind_null(at);
    return at + 1;
}

void ContentBinder::item(int at, const Field& field, const json::value& item) {
    if (field.fields.empty()) {
        exact_ = exact_ && !domain::empty_of(item);
        value(at, field, &item);
        return;
    }
    const auto* group = item.if_object();
    std::size_t known = 0;
    for (const auto& sub : field.fields) {
        const auto* part = group ? group->if_contains(sub.name) : nullptr;
        if (part) ++known;
        if (sub.many)
            exact_ = inner_list(at++, part) && exact_;
        else
            at = empty(value(at, sub, part), part);
    }
    exact_ = exact_ && group && group->size() == known;
}

bool has_own_table(const Field& field) {
    return field.many || field.type == FieldType::group;
}

// Views tell the texts; of the tables they are asked here.
Result<Statement*> ContentReader::statement(const RecordType& type, const Field* field) {
    const void* const whose = field ? static_cast<const void*>(field) : &type;
    auto found = statements_.find(whose);
    if (found == statements_.end()) {
        const bool views = from_ == From::views;
        const auto table = field ? field_table(type, *field) : type_table(type);
        const auto columns =
            field ? "x.rev, x.ord" + told_items(*field, "x") : "x.rev" + told_columns(type, "x");
        const char* const order = field ? " ORDER BY x.ord" : "";
        ENTENTE_ASSIGN_OR_RETURN(
            auto prepared,
            prepare_(fmt::format(
                "SELECT {} FROM \"{}{}\" AS x WHERE x.rev=?{}",
                views ? "*" : columns,
                views ? "v_" : "",
                table,
                order
            ))
        );
        found = statements_.emplace(whose, std::move(prepared)).first;
    }
    found->second.reset();
    return &found->second;
}

Result<json::array> ContentReader::read_list(const RecordType& type, const Field& field, std::int64_t rev) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statement(type, &field));
    s->bind(1, rev);
    json::array out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) return out;
        out.push_back(
            field.fields.empty() ? read_value(*s, 2, field) : json::value(read_group(*s, 2, field))
        );
    }
}

Result<domain::Content> ContentReader::read(const RecordType& type, std::int64_t rev, std::uint64_t lists) {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statement(type, nullptr));
    s->bind(1, rev);
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
    if (!row)
        return fail(ErrorCode::corrupt, "index", "found a revision without its fields", "entente rebuild");
    domain::Content out;
    int at = 1;
    std::uint64_t bit = 1;
    for (const auto& field : type.fields) {
        const int none = has_own_table(field) ? at : at + static_cast<int>(width_of(field));
        if (!s->is_null(none)) {
            out[field.name] = empty_named(s->text(none));
        } else if (has_own_table(field)) {
            if (lists & bit) {
                ENTENTE_ASSIGN_OR_RETURN(auto list, read_list(type, field, rev));
                out[field.name] = std::move(list);
            }
        } else if (has_value(*s, at, field)) {
            out[field.name] = read_value(*s, at, field);
        }
        at = none + 1;
        bit <<= 1;
    }
    s->reset();
    return out;
}

}  // namespace entente::store::sqlite
