#include "service/import_difference.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/empty.h"

namespace entente::service {
namespace {

constexpr std::size_t kActorsShown = 4;

const json::array* list_of(const json::value* value) {
    return value ? value->if_array() : nullptr;
}

bool holds(const json::array& list, const json::value& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

// Citations without the places in the sources.
json::value without_places(json::value citations) {
    if (auto* list = citations.if_array())
        for (auto& item : *list)
            if (auto* citation = item.if_object()) citation->erase("locator");
    return citations;
}

bool same(const std::string& field, const json::value* before, const json::value* now) {
    if (!before || !now) return before == now;
    return *before == *now || (field == "citations" && without_places(*before) == without_places(*now));
}

}  // namespace

std::vector<FieldChange> ImportDifference::between(
    const std::string& type, const domain::Content& before, const domain::Content& now
) {
    std::vector<FieldChange> out;
    for (const auto& field : schema_.find(type)->fields) {
        const auto* old = before.if_contains(field.name);
        const auto* fresh = now.if_contains(field.name);
        if (same(field.name, old, fresh)) continue;
        FieldChange change{field.name, field.label, {}, {}, {}};
        if (old) change.before = describe_.plain(field, *old);
        if (fresh) change.now = describe_.plain(field, *fresh);
        change.words = list_of(old) && list_of(fresh)
                           ? between_lists(field, *list_of(old), *list_of(fresh))
                           : fmt::format(
                                 "{} -> {}",
                                 old ? describe_.words(field, *old) : "(none)",
                                 fresh ? describe_.words(field, *fresh) : "(left out)"
                             );
        out.push_back(std::move(change));
    }
    return out;
}

// Of a list what came and what went; the rest is as it was.
std::string ImportDifference::between_lists(
    const domain::Field& field, const json::array& before, const json::array& now
) {
    std::vector<std::string> came, went;
    for (const auto& item : now)
        if (!holds(before, item)) came.push_back(describe_.words(field, item));
    for (const auto& item : before)
        if (!holds(now, item)) went.push_back(describe_.words(field, item));
    if (came.empty() && went.empty()) return "the same in another order or number";
    if (came.size() == 1 && went.size() == 1) return went[0] + " -> " + came[0];
    for (auto& item : came) item = "+ " + item;
    for (auto& item : went) came.push_back("- " + item);
    return fmt::format("{}", fmt::join(came, "; "));
}

std::string ImportDifference::codes_of(const domain::Content& content) {
    std::vector<std::string> out;
    for (const char* name : {"participations", "parties"}) {
        const auto* value = content.if_contains(name);
        if (!value || !value->is_array()) continue;
        for (const auto& item : value->get_array()) {
            const auto* group = item.if_object();
            const auto* actor = group ? group->if_contains("actor") : &item;
            if (actor && actor->is_string())
                out.push_back(describe_.handle_of(std::string(actor->get_string())));
        }
    }
    if (out.size() > kActorsShown) {
        const auto more = out.size() - kActorsShown;
        out.resize(kActorsShown);
        return fmt::format("{} and {} more", fmt::join(out, ", "), more);
    }
    return fmt::format("{}", fmt::join(out, ", "));
}

std::string ImportDifference::brief(const std::string& type, const domain::Content& content) {
    const auto& declared = *schema_.find(type);
    std::vector<std::string> parts;
    for (const auto& name : {declared.day, std::string("planned")}) {
        const auto* field = declared.find(name);
        const auto* value = field ? content.if_contains(name) : nullptr;
        if (!value || !parts.empty()) continue;
        parts.push_back(describe_.words(*field, *value));
    }
    if (auto codes = codes_of(content); !codes.empty()) parts.push_back(std::move(codes));
    ledger::Revision record;
    record.type = type, record.content = content;
    parts.push_back(describe_.title(record));
    return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace entente::service
