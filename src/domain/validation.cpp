#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/id.h"
#include "base/utf8.h"
#include "domain/content.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "domain/locator.h"

namespace entente::domain {
namespace {

constexpr std::size_t kMaxText = 8192;
constexpr std::size_t kMaxMany = 500;

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

std::unexpected<Error> wrong(const std::string& field, std::string found, std::string_view expected) {
    return fail(ErrorCode::invalid_argument, field, fmt::format("found {}, expected {}", found, expected));
}

std::string quoted(const json::value& value) {
    if (const auto* text = value.if_string()) return fmt::format("'{}'", view(*text));
    return value.is_null()     ? "null"
           : value.is_object() ? "an object"
           : value.is_array()  ? "a list"
                               : "a number";
}

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto dot = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return digits(text.substr(0, dot)) && (dot == std::string_view::npos || digits(text.substr(dot + 1)));
}

Result<void> check_text(const json::value& value, const std::string& place, bool one_word) {
    const auto* text = value.if_string();
    if (!text || text->empty())
        return wrong(place, text ? "an empty text" : quoted(value), "a text, or unknown");
    if (text->size() > kMaxText) return wrong(place, fmt::format("{} bytes", text->size()), "at most 8,192");
    if (!is_valid_utf8(view(*text))) return wrong(place, "bytes that are not UTF-8", "UTF-8");
    for (const char c : view(*text))
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return wrong(place, "a control character", "plain text");
    if (one_word && view(*text).find_first_of(" \t\n") != std::string_view::npos)
        return wrong(place, quoted(value), "a code without blanks");
    return {};
}

std::string nearest_codes(const CodeList& list, std::string_view found) {
    if (list.codes.size() <= 14) {
        std::vector<std::string> all;
        for (const auto& code : list.codes) all.push_back(code.code);
        return fmt::format("one of {}", fmt::join(all, ", "));
    }
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& code : list.codes) near.emplace_back(edit_distance(found, code.code), code.code);
    std::sort(near.begin(), near.end());
    return fmt::format(
        "a code of {} such as {}, {}, {}", list.list, near[0].second, near[1].second, near[2].second
    );
}

Result<void> check_value(
    const Schema& schema, const Field& field, const json::value& value, const std::string& place
);

Result<void> check_group(
    const Schema& schema, const Field& field, const json::value& value, const std::string& place
) {
    const auto* group = value.if_object();
    if (!group) return wrong(place, quoted(value), "a group of fields");
    for (const auto& member : *group)
        if (!field.find({member.key().data(), member.key().size()}))
            return wrong(
                fmt::format("{}.{}", place, std::string_view(member.key().data(), member.key().size())),
                "an undeclared field",
                "one that is declared"
            );
    for (const auto& sub : field.fields) {
        const std::string where = place + "." + sub.name;
        const auto* part = group->if_contains(sub.name);
        if (!part && sub.required) return wrong(where, "nothing", sub.help);
        if (!part || empty_of(*part)) continue;
        if (!sub.many) {
            ENTENTE_RETURN_IF_ERROR(check_value(schema, sub, *part, where));
            continue;
        }
        if (!part->is_array()) return wrong(where, quoted(*part), "a list");
        for (const auto& item : part->get_array())
            ENTENTE_RETURN_IF_ERROR(check_value(schema, sub, item, where));
    }
    return {};
}

Result<void> check_money(const json::value& value, const std::string& place) {
    const auto* money = value.if_object();
    const std::string amount = money ? text_at(*money, "amount") : "",
                      currency = money ? text_at(*money, "currency") : "";
    if (!money || money->size() != 2 || !is_decimal(amount) || currency.size() != 3)
        return wrong(place, quoted(value), "an amount and a currency code, such as 6400000000 USD");
    return {};
}

Result<void> check_value(
    const Schema& schema, const Field& field, const json::value& value, const std::string& place
) {
    switch (field.type) {
        case FieldType::text:
        case FieldType::name:
            return check_text(value, place, false);
        case FieldType::identifier:
            return check_text(value, place, true);
        case FieldType::code: {
            const auto* code = value.if_string();
            const auto* list = schema.list(field.list);
            if (!code || !list->find(view(*code)))
                return wrong(place, quoted(value), nearest_codes(*list, code ? view(*code) : ""));
            return {};
        }
        case FieldType::date: {
            if (const auto span = DateSpan::from_json(value); !span)
                return fail(ErrorCode::invalid_argument, place, span.error().message);
            return {};
        }
        case FieldType::count:
            if (!value.is_int64() || value.get_int64() < 0)
                return wrong(
                    place, quoted(value), fmt::format("a whole number of {}, zero or more", field.unit)
                );
            return {};
        case FieldType::decimal:
            if (!value.is_string() || !is_decimal(view(value.get_string())))
                return wrong(place, quoted(value), "a decimal number as text");
            return {};
        case FieldType::money:
            return check_money(value, place);
        case FieldType::reference:
            if (!value.is_string() || !RecordId::parse(view(value.get_string())))
                return wrong(
                    place,
                    quoted(value),
                    fmt::format("the id of a record of type {}", fmt::join(field.to, " or "))
                );
            return {};
        case FieldType::group:
            return check_group(schema, field, value, place);
    }
    return {};
}

// A code whose list has a parent list must fit the code that a sibling field takes from that parent list.
Result<void> check_parent(
    const Schema& schema, const RecordType& type, const Field& field, const Content& content
) {
    const auto* list = field.type == FieldType::code ? schema.list(field.list) : nullptr;
    const auto* value = content.if_contains(field.name);
    if (!list || list->parent_list.empty() || !value || !value->is_string()) return {};
    const auto* code = list->find(view(value->get_string()));
    for (const auto& sibling : type.fields) {
        if (sibling.list != list->parent_list || !content.contains(sibling.name)) continue;
        const auto parent = code->attributes.find("parent");
        const auto found = text_at(content, sibling.name);
        if (parent != code->attributes.end() && parent->second != found)
            return wrong(
                field.name,
                fmt::format("'{}' beside {} {}", code->code, sibling.name, found),
                fmt::format("{} {}", sibling.name, parent->second)
            );
    }
    return {};
}

Result<void> at_least_two_actors(const Content& content) {
    std::set<std::string> actors;
    const auto* parts = content.if_contains("participations");
    if (parts && parts->is_array())
        for (const auto& part : parts->get_array()) actors.insert(text_at(part.as_object(), "actor"));
    const bool unnamed = content.contains("unnamed_parties");
    if (actors.size() + (unnamed ? 1 : 0) < 2)
        return wrong(
            "participations",
            fmt::format("{} actor{}", actors.size(), actors.size() == 1 ? "" : "s"),
            "at least 2, such as --with USA,CHN"
        );
    return {};
}

// A judgement is about two texts, or a text and an actor; texts that name persons are never in the clear.
Result<void> judgement_names_two(const Content& content) {
    const bool person = text_at(content, "kind") == "person";
    const std::string left = person ? "left_person" : "left", right = person ? "right_person" : "right";
    for (const char* other : {"left", "right", "left_person", "right_person"})
        if (content.contains(other) && (std::string_view(other).ends_with("_person")) != person)
            return wrong(other, "a value", person ? "left_person and right_person" : "left and right");
    if (!content.contains(left)) return wrong(left, "nothing", "a mention, letter for letter");
    if (content.contains(right) == content.contains("actor"))
        return wrong(
            right,
            content.contains("actor") ? "a mention beside an actor" : "nothing",
            "another mention, or an actor"
        );
    if (text_at(content, left) == text_at(content, right))
        return wrong(right, "the same text as " + left, "another mention");
    return {};
}

// Where a citation names a document on record, its place has the one form that can be looked up; in a source
// that is not on record a locator is free text.
Result<void> check_locators(const Content& content) {
    const auto* citations = content.if_contains("citations");
    if (!citations || !citations->is_array()) return {};
    for (const auto& citation : citations->get_array()) {
        if (text_at(citation.get_object(), "document").empty()) continue;
        const auto place = text_at(citation.get_object(), "locator");
        if (place.empty()) continue;
        if (auto locator = Locator::parse(place); !locator)
            return fail(ErrorCode::invalid_argument, "citations.locator", locator.error().message);
    }
    return {};
}

Result<void> check_rule(std::string_view rule, const Content& content) {
    if (rule == "judgement_names_two") return judgement_names_two(content);
    if (rule == "judgement_rule_named") {
        const bool by_rule = text_at(content, "ground") == "rule";
        if (by_rule == content.contains("rule") && by_rule == content.contains("rule_version")) return {};
        return wrong(
            "rule",
            by_rule ? "none" : "a rule beside the ground person",
            "rule and rule_version for the ground rule, and for no other"
        );
    }
    if (rule == "at_least_two_actors") return at_least_two_actors(content);
    if (rule == "held_or_planned") {
        if (content.contains("held") || content.contains("planned")) return {};
        return wrong("held", "nothing", "a date: --held 2024-02-28, --planned 2025-03, or --held unknown");
    }
    if (rule == "fulfilled_names_engagement") {
        if ((text_at(content, "answer") == "fulfilled") == content.contains("fulfilled_by")) return {};
        return wrong(
            "fulfilled_by",
            content.contains("fulfilled_by") ? "an engagement beside another answer" : "nothing",
            "the engagement for the answer fulfilled, and for no other"
        );
    }
    if (rule == "cited") {
        if (content.contains("citations")) return {};
        return fail(
            ErrorCode::invalid_argument,
            "source",
            "found no source, expected one: --source KEY[:page], or say so: --source unknown"
        );
    }
    return fail(
        ErrorCode::invalid_argument, std::string(rule), "found a rule that this version does not know"
    );
}

}  // namespace

Result<void> validate(const Schema& schema, const RecordType& type, const Content& content) {
    std::size_t known = 0;
    const auto values = by_field(type, content, &known);
    if (known < content.size())
        for (const auto& member : content) {
            const std::string_view key(member.key().data(), member.key().size());
            if (!type.find(key))
                return wrong(
                    std::string(key), "a field that is not declared", fmt::format("a field of {}", type.type)
                );
        }
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& field = type.fields[i];
        const auto* value = values[i];
        if (!value || empty_of(*value)) {
            if (field.required && field.type == FieldType::code && !value)
                return wrong(field.name, "nothing", nearest_codes(*schema.list(field.list), ""));
            if (field.required)
                return wrong(
                    field.name, value ? std::string(to_words(*empty_of(*value))) : "nothing", field.help
                );
            continue;
        }
        if (!field.many) {
            ENTENTE_RETURN_IF_ERROR(check_value(schema, field, *value, field.name));
        } else {
            const auto* items = value->if_array();
            if (!items || items->empty() || items->size() > kMaxMany)
                return wrong(
                    field.name,
                    items ? fmt::format("{} items", items->size()) : quoted(*value),
                    "a list of 1 to 500"
                );
            for (const auto& item : *items)
                ENTENTE_RETURN_IF_ERROR(check_value(schema, field, item, field.name));
        }
        ENTENTE_RETURN_IF_ERROR(check_parent(schema, type, field, content));
    }
    ENTENTE_RETURN_IF_ERROR(check_locators(content));
    for (const auto& rule : type.rules) ENTENTE_RETURN_IF_ERROR(check_rule(rule, content));
    return {};
}

}  // namespace entente::domain
