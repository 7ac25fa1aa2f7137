#include "domain/input.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/date_span.h"
#include "domain/empty.h"

namespace entente::domain {
namespace {

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return std::string(text);
}

std::vector<std::string> pieces(std::string_view text, std::string_view separators, std::size_t most = 1000) {
    std::vector<std::string> out;
    while (out.size() + 1 < most) {
        const auto at = text.find_first_of(separators);
        if (at == std::string_view::npos) break;
        out.push_back(trimmed(text.substr(0, at)));
        text.remove_prefix(at + 1);
    }
    out.push_back(trimmed(text));
    return out;
}

bool has_text(const Field& field) {
    if (field.type == FieldType::text || field.type == FieldType::name) return true;
    return std::any_of(field.fields.begin(), field.fields.end(), has_text);
}

// Codes are typed in any case: the list's own spelling is kept.
std::string as_declared(const CodeList& list, const std::string& typed) {
    const auto lower = [](std::string text) {
        for (char& c : text)
            c = c == '-' || c == ' ' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return text;
    };
    for (const auto& code : list.codes)
        if (lower(code.code) == lower(typed)) return code.code;
    return typed;
}

Result<json::value> parse_money(const Field& field, const std::string& typed) {
    const auto parts = pieces(typed, " ");
    if (parts.size() == 2) {
        std::string amount = parts[0];
        std::erase(amount, ',');
        return json::object{{"amount", amount}, {"currency", parts[1]}};
    }
    return fail(
        ErrorCode::invalid_argument,
        field.name,
        fmt::format("found '{}', expected an amount and a currency, such as '6400000000 USD'", typed)
    );
}

Result<json::value> parse_one(
    const Schema& schema, const Field& field, const std::string& typed, const Resolver& resolve
);

Result<json::value> parse_group(
    const Schema& schema, const Field& field, const std::string& typed, const Resolver& resolve
) {
    const auto parts = pieces(typed, ":", field.parts.size());
    json::object group;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto* sub = field.find(field.parts[i]);
        if (parts[i].empty()) continue;
        if (!sub->many) {
            ENTENTE_ASSIGN_OR_RETURN(group[sub->name], parse_one(schema, *sub, parts[i], resolve));
            continue;
        }
        json::array items;
        for (const auto& piece : pieces(parts[i], "+")) {
            ENTENTE_ASSIGN_OR_RETURN(auto item, parse_one(schema, *sub, piece, resolve));
            items.push_back(std::move(item));
        }
        group[sub->name] = std::move(items);
    }
    return group;
}

Result<json::value> parse_one(
    const Schema& schema, const Field& field, const std::string& typed, const Resolver& resolve
) {
    const auto* list = field.type == FieldType::code ? schema.list(field.list) : nullptr;
    const bool is_code = list && list->find(as_declared(*list, typed));
    if (const auto empty = parse_empty(typed); empty && !is_code) return to_json(*empty);
    switch (field.type) {
        case FieldType::code:
            return json::value(as_declared(*list, typed));
        case FieldType::date: {
            auto span = DateSpan::parse(typed);
            if (!span) return fail(ErrorCode::invalid_argument, field.name, span.error().message);
            return span->to_json();
        }
        case FieldType::count: {
            std::int64_t count = 0;
            const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), count);
            if (read.ec != std::errc{} || read.ptr != typed.data() + typed.size())
                return fail(
                    ErrorCode::invalid_argument,
                    field.name,
                    fmt::format("found '{}', expected a whole number of {}", typed, field.unit)
                );
            return count;
        }
        case FieldType::money:
            return parse_money(field, typed);
        case FieldType::reference: {
            auto id = resolve(field.to, typed);
            if (!id) {
                Error error = id.error();
                if (error.field.empty()) error.field = field.name;
                return std::unexpected(std::move(error));
            }
            return json::value(*id);
        }
        case FieldType::group:
            return parse_group(schema, field, typed, resolve);
        default:
            return json::value(typed);
    }
}

}  // namespace

Result<json::value> parse_field(
    const Schema& schema, const Field& field, const std::vector<std::string>& typed, const Resolver& resolve
) {
    if (!field.many) {
        if (typed.size() != 1)
            return fail(
                ErrorCode::invalid_argument,
                field.name,
                fmt::format("found {} values, expected one", typed.size())
            );
        return parse_one(schema, field, typed[0], resolve);
    }
    std::vector<std::string> items;
    for (const auto& text : typed) {
        if (has_text(field))
            items.push_back(text);
        else
            for (auto& piece : pieces(text, ",;")) items.push_back(std::move(piece));
    }
    if (items.size() == 1)
        if (const auto empty = parse_empty(items[0]);
            empty && !(field.type == FieldType::code && schema.list(field.list)->find(items[0])))
            return to_json(*empty);
    json::array array;
    for (const auto& item : items) {
        ENTENTE_ASSIGN_OR_RETURN(auto value, parse_one(schema, field, item, resolve));
        array.push_back(std::move(value));
    }
    return array;
}

}  // namespace entente::domain
