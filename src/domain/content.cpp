#include "domain/content.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "domain/empty.h"

namespace entente::domain {
namespace {

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

// Finds the fields of members one after the other. They come in the order of the declaration, as people and
// sources give them, or in that of their names, as the ledger holds them: the next one stands close behind
// the last.
class FieldFinder {
public:
    explicit FieldFinder(const RecordType& type) : type_(type) {}

    std::optional<std::size_t> position(json::string_view key) {
        const std::string_view name(key.data(), key.size());
        const auto& fields = type_.fields;
        for (auto at = declared_; at < std::min(declared_ + kNear, fields.size()); ++at)
            if (fields[at].name == name) return declared_ = at + 1, at;
        const auto& by_name = type_.by_name;
        for (auto at = named_; at < std::min(named_ + kNear, by_name.size()); ++at)
            if (fields[by_name[at]].name == name) return named_ = at + 1, by_name[at];
        return type_.position(name);
    }

private:
    static constexpr std::size_t kNear = 6;
    const RecordType& type_;
    std::size_t declared_ = 0, named_ = 0;
};

// Takes the sealed sub-fields out of one group object.
json::object split_group(
    const Field& field, const json::object& group, const std::string& path, std::vector<SealedValue>& sealed
) {
    json::object clear;
    for (const auto& sub : field.fields) {
        const auto* value = group.if_contains(sub.name);
        if (!value) continue;
        if (const auto* text = value->if_string(); text && !sub.clear)
            sealed.push_back({path + "." + sub.name, std::string(view(*text))});
        else
            clear[sub.name] = *value;
    }
    return clear;
}

void join_group(
    const Field& field, json::object& group, std::string_view sub_field, const std::string& value
) {
    if (const auto* sub = field.find(sub_field); sub && !sub->clear) group[sub->name] = value;
}

// Whether all that a record says stands in the clear.
bool says_nothing_sealed(const RecordType& type, const Content& content) {
    const auto is_clear = [](const Field& sub) { return sub.clear; };
    FieldFinder finder(type);
    for (const auto& member : content) {
        const auto at = finder.position(member.key());
        if (!at) return false;
        const auto& field = type.fields[*at];
        if (field.type == FieldType::group ? !std::all_of(field.fields.begin(), field.fields.end(), is_clear)
                                           : !field.clear && !empty_of(member.value()))
            return false;
    }
    return true;
}

}  // namespace

SplitContent split(const RecordType& type, Content content) {
    if (says_nothing_sealed(type, content)) return {std::move(content), {}};
    SplitContent out;
    for (const auto& field : type.fields) {
        auto* value = content.if_contains(field.name);
        if (!value) continue;
        if (field.type == FieldType::group && value->is_array()) {
            json::array groups;
            for (std::size_t i = 0; i < value->get_array().size(); ++i)
                groups.push_back(split_group(
                    field, value->get_array()[i].as_object(), fmt::format("{}.{}", field.name, i), out.sealed
                ));
            out.clear[field.name] = std::move(groups);
        } else if (field.clear || empty_of(*value)) {
            out.clear.emplace(field.name, std::move(*value));
        } else if (const auto* many = value->if_array()) {
            for (const auto& item : *many)
                out.sealed.push_back({field.name, std::string(view(item.as_string()))});
        } else {
            out.sealed.push_back({field.name, std::string(view(value->as_string()))});
        }
    }
    return out;
}

Content join(const RecordType& type, json::object clear, const std::vector<SealedValue>& sealed) {
    Content content = std::move(clear);
    for (const auto& [name, value] : sealed) {
        const auto first = name.find('.');
        const auto* field = type.find(std::string_view(name).substr(0, first));
        if (!field) continue;
        if (first == std::string::npos) {
            if (!field->many)
                content[field->name] = value;
            else if (auto* array = content.contains(field->name) ? content[field->name].if_array() : nullptr)
                array->push_back(json::string(value));
            else
                content[field->name] = json::array{json::string(value)};
            continue;
        }
        const auto second = name.find('.', first + 1);
        if (second == std::string::npos) continue;
        std::size_t index = 0;
        const auto digits = std::from_chars(name.data() + first + 1, name.data() + second, index);
        auto* groups = content.contains(field->name) ? content[field->name].if_array() : nullptr;
        if (digits.ec != std::errc{} || !groups || index >= groups->size() || !(*groups)[index].is_object())
            continue;
        join_group(*field, (*groups)[index].get_object(), std::string_view(name).substr(second + 1), value);
    }
    return content;
}

std::vector<const json::value*> by_field(const RecordType& type, const Content& content, std::size_t* known) {
    std::vector<const json::value*> out(type.fields.size());
    std::size_t found = 0;
    FieldFinder finder(type);
    for (const auto& member : content)
        if (const auto at = finder.position(member.key())) {
            out[*at] = &member.value();
            ++found;
        }
    if (known) *known = found;
    return out;
}

Content in_declared_order(const RecordType& type, Content content) {
    std::vector<json::value*> values(type.fields.size());
    std::size_t known = 0, last = 0;
    bool in_order = true;
    FieldFinder finder(type);
    for (auto& member : content) {
        const auto at = finder.position(member.key());
        if (!at) continue;
        in_order = in_order && (known == 0 || *at > last);
        last = *at, ++known;
        values[*at] = &member.value();
    }
    if (in_order && known == content.size()) return content;
    Content ordered;
    ordered.reserve(content.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i]) ordered.emplace(type.fields[i].name, std::move(*values[i]));
    if (known == content.size()) return ordered;
    for (auto& member : content)
        if (!ordered.contains(member.key())) ordered.emplace(member.key(), std::move(member.value()));
    return ordered;
}

}  // namespace entente::domain
