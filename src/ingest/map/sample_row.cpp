#include "ingest/map/sample_row.h"

#include <fmt/format.h>

#include "base/json.h"
#include "domain/date_span.h"
#include "domain/empty.h"

namespace entente::ingest::map {
namespace {

std::string words(const json::value& value) {
    if (const auto empty = domain::empty_of(value)) return std::string(domain::to_words(*empty));
    if (const auto* text = value.if_string()) {
        std::string_view view(text->data(), text->size());
        return std::string(view.starts_with("actor:") ? view.substr(6) : view);
    }
    if (const auto* number = value.if_int64()) return fmt::format("{}", *number);
    std::vector<std::string> parts;
    if (const auto* list = value.if_array())
        for (const auto& item : *list) parts.push_back(words(item));
    if (const auto* object = value.if_object()) {
        if (const auto span = domain::DateSpan::from_json(value)) return span->to_text();
        for (const auto& member : *object) parts.push_back(words(member.value()));
        return fmt::format("{}", fmt::join(parts, ":"));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string sample_of(const ImportRow& row) {
    auto out = fmt::format("row {}: ", row.place);
    if (row.set_aside()) return out + fmt::format("set aside: {}: {}", row.field, row.reason);
    bool any = false;
    for (const auto& member : row.records[0].content) {
        const std::string_view field(member.key().data(), member.key().size());
        if (field == "citations" || (field == "status" && words(member.value()) == "completed")) continue;
        out += fmt::format("{}{} {}", any ? "; " : "", field, words(member.value()));
        any = true;
    }
    return out;
}

}  // namespace entente::ingest::map
