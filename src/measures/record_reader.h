#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "domain/declaration.h"
#include "measures/facts.h"

namespace entente::measures {

/// Reads fields by name and breaks at once on a name that the schema does not declare.
class RecordReader {
public:
    RecordReader(std::string_view type, const domain::Content& content)
        : type_(domain::Schema::builtin().find(type)), content_(content) {
        check(type_ != nullptr, "a record type that is read is declared");
    }

    std::string text(std::string_view name) const {
        const auto* found = value(name);
        return found && found->is_string() ? std::string(found->as_string()) : std::string();
    }
    std::vector<std::string> texts(std::string_view name) const {
        std::vector<std::string> out;
        for (const auto& item : items(name))
            if (item.is_string()) out.emplace_back(item.as_string());
        return out;
    }
    Stated<std::int64_t> count(std::string_view name) const {
        const auto* found = value(name);
        if (!found) return {};
        if (const auto none = domain::empty_of(*found)) return {std::nullopt, none};
        return {found->to_number<std::int64_t>(), std::nullopt};
    }
    StatedDate date(std::string_view name) const {
        const auto* found = value(name);
        if (!found) return {};
        if (const auto none = domain::empty_of(*found)) return {std::nullopt, none};
        const auto span = domain::DateSpan::from_json(*found);
        check(span.has_value(), "a date of a valid record can be read");
        return {*span, std::nullopt};
    }
    domain::DateSpan required_date(std::string_view name) const {
        const auto found = date(name);
        // A required date may be an empty: it happened, the day is unknown.
        return found ? *found : domain::DateSpan{std::nullopt, std::nullopt, domain::Precision::open};
    }
    /// A sub-field of each item of a repeated group, in order; items without it give an empty text.
    std::vector<std::string> parts(std::string_view group, std::string_view name) const {
        const auto* field = type_->find(group);
        check(field && field->find(name), "a sub-field that is read is declared");
        std::vector<std::string> out;
        for (const auto& item : items(group))
            if (const auto* object = item.if_object()) out.push_back(text_at(*object, name));
        return out;
    }
    /// The objects of a repeated group, in order.
    std::vector<const json::object*> groups(std::string_view group) const {
        std::vector<const json::object*> out;
        const auto* found = value(group);
        const auto* list = found ? found->if_array() : nullptr;
        if (!list) return out;
        for (const auto& item : *list)
            if (const auto* object = item.if_object()) out.push_back(object);
        return out;
    }
    /// The value as it stands, nothing when the field was not asked.
    const json::value* raw(std::string_view name) const { return value(name); }
    std::string part(std::string_view name, std::string_view key) const {
        const auto* found = value(name);
        const auto* object = found ? found->if_object() : nullptr;
        return object ? text_at(*object, key) : std::string();
    }

private:
    const json::value* value(std::string_view name) const {
        check(type_->find(name) != nullptr, "a field that is read is declared");
        return content_.if_contains(name);
    }
    json::array items(std::string_view name) const {
        const auto* found = value(name);
        const auto* array = found ? found->if_array() : nullptr;
        return array ? *array : json::array();
    }

    const domain::RecordType* type_;
    const domain::Content& content_;
};

/// The evidence that every record type has.
Evidence read_evidence(std::string_view id, const RecordReader& reader);

}  // namespace entente::measures
