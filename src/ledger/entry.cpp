#include "ledger/entry.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/record_memory.h"

namespace entente::ledger {
namespace {

constexpr int kEntryVersion = 1;

json::array to_array(const std::vector<std::string>& texts) {
    json::array array;
    for (const auto& text : texts) array.push_back(json::string(text));
    return array;
}

std::vector<std::string> texts_at(const json::object& object, const char* key) {
    std::vector<std::string> out;
    const auto* value = object.if_contains(key);
    if (const auto* array = value ? value->if_array() : nullptr)
        for (const auto& item : *array)
            if (item.is_string()) out.emplace_back(item.get_string());
    return out;
}

// The text value of a key that stands behind all free content, such as `,"kind":"`. Looks from the end, from
// comma to comma: there are few of them there, and memrchr passes over the rest at once.
std::string_view tail_value(std::string_view bytes, std::string_view key) {
    for (std::size_t end = bytes.size(); end > 0;) {
        const auto* comma = static_cast<const char*>(memrchr(bytes.data(), ',', end));
        if (!comma) return {};
        end = static_cast<std::size_t>(comma - bytes.data());
        if (!bytes.substr(end).starts_with(key)) continue;
        const auto value = bytes.substr(end + key.size());
        return value.substr(0, value.find('"'));
    }
    return {};
}

}  // namespace

// The members in the order of their names, which is the order of the form.
Result<std::string> encode(const EntryFields& fields) {
    std::string bytes = "{";
    const auto member = [&](const char* key, const json::value& value) -> Result<void> {
        ENTENTE_ASSIGN_OR_RETURN(const auto text, canonical_json(value));
        bytes.append(bytes.size() > 1 ? ",\"" : "\"").append(key).append("\":").append(text);
        return {};
    };
    const auto text = [&](const char* key, const std::string& value) -> Result<void> {
        return value.empty() ? Result<void>{} : member(key, json::string(value));
    };
    if (!fields.sd.empty()) {
        auto sorted = fields.sd;
        std::sort(sorted.begin(), sorted.end());
        ENTENTE_RETURN_IF_ERROR(member("_sd", to_array(sorted)));
    }
    ENTENTE_RETURN_IF_ERROR(text("at", fields.at));
    ENTENTE_RETURN_IF_ERROR(text("by", fields.by));
    if (!fields.erased.empty()) ENTENTE_RETURN_IF_ERROR(member("erased", to_array(fields.erased)));
    if (fields.f) {
        ENTENTE_ASSIGN_OR_RETURN(const auto f, canonical_json(*fields.f));
        bytes.append(bytes.size() > 1 ? ",\"f\":" : "\"f\":").append(f);
    }
    ENTENTE_RETURN_IF_ERROR(text("kind", fields.kind));
    ENTENTE_RETURN_IF_ERROR(text("lbl", fields.lbl));
    if (fields.prev) ENTENTE_RETURN_IF_ERROR(text("prev", base64(fields.prev->view())));
    ENTENTE_RETURN_IF_ERROR(text("reason", fields.reason));
    ENTENTE_RETURN_IF_ERROR(text("rec", fields.rec));
    if (fields.t) ENTENTE_RETURN_IF_ERROR(text("t", to_text(*fields.t)));
    ENTENTE_RETURN_IF_ERROR(text("type", fields.type));
    bytes += fmt::format("{}\"v\":{}}}", bytes.size() > 1 ? "," : "", kEntryVersion);
    if (bytes.size() > kMaxEntryBytes)
        return fail(
            ErrorCode::invalid_argument,
            fields.type,
            fmt::format("found an entry of {} bytes, expected at most {}", bytes.size(), kMaxEntryBytes)
        );
    return bytes;
}

Result<EntryFields> decode(std::string_view bytes, json::storage_ptr memory) {
    auto value = parse_json(bytes, std::move(memory));
    if (!value || !value->is_object())
        return fail(ErrorCode::corrupt, {}, "found an entry that is not a JSON object");
    auto& object = value->get_object();
    EntryFields fields;
    fields.kind = text_at(object, "kind");
    if (fields.kind.empty()) return fail(ErrorCode::corrupt, "kind", "found an entry without a kind");
    fields.rec = text_at(object, "rec");
    fields.type = text_at(object, "type");
    if (auto* f = object.if_contains("f"); f && f->is_object()) fields.f = std::move(f->get_object());
    fields.sd = texts_at(object, "_sd");
    fields.erased = texts_at(object, "erased");
    fields.lbl = text_at(object, "lbl");
    if (const auto prev = from_base64(text_at(object, "prev")); prev) fields.prev = Hash::from_bytes(*prev);
    fields.reason = text_at(object, "reason");
    fields.at = text_at(object, "at");
    fields.by = text_at(object, "by");
    fields.t = parse_instant(text_at(object, "t"));
    return fields;
}

bool is_canonical(std::string_view bytes) {
    const auto value = parse_json(bytes);
    if (!value) return false;
    const auto again = canonical_json(*value);
    return again && *again == bytes;
}

EntryScan scan(std::string_view bytes) {
    EntryScan out;
    constexpr std::string_view kSealed = "{\"_sd\":[";
    if (bytes.starts_with(kSealed)) out.sd = bytes.substr(kSealed.size(), bytes.find(']') - kSealed.size());
    out.kind = tail_value(bytes, ",\"kind\":\"");
    const auto behind =
        out.kind.data() ? bytes.substr(static_cast<std::size_t>(out.kind.data() - bytes.data())) : bytes;
    out.lbl = tail_value(behind, ",\"lbl\":\"");
    return out;
}

}  // namespace entente::ledger
