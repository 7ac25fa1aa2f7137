#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "service/node.h"

namespace entente::service {
namespace {

constexpr std::size_t kMostCompared = 5000;

std::string handle_of(const ledger::Revision& record) {
    for (const char* field : {"code", "key", "source_id"})
        if (auto text = text_at(record.content, field); !text.empty()) return text;
    return record.rec.substr(0, 8);
}

// Up to three records of the types whose code, key or id is nearest to what was typed.
std::string nearest(ledger::RecordView& view, const std::vector<std::string>& types, std::string_view typed) {
    ledger::RecordQuery query;
    query.types = types;
    // Names are near in a table of actors or sources, not among all records there are.
    if (const auto all = view.count(query); !all || *all > kMostCompared) {
        if (!types.empty()) return {};
        query.types = {"actor"};
    }
    const auto page = view.list(query);
    if (!page) return {};
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& record : page->records) {
        const auto handle = handle_of(record);
        const auto name = text_at(record.content, "name");
        near.emplace_back(edit_distance(typed, handle), name.empty() ? handle : handle + " " + name);
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i) names.push_back(near[i].second);
    return names.empty() ? std::string() : fmt::format(" Nearest: {}.", fmt::join(names, ", "));
}

// Whether nothing of these types had come yet, so that no name is wrong.
bool holds_none(ledger::RecordView& view, const std::vector<std::string>& types) {
    if (types.empty()) return false;
    ledger::RecordQuery query;
    query.types = types;
    const auto all = view.count(query);
    return all && *all == 0;
}

}  // namespace

domain::Resolver make_resolver(ledger::RecordView& view, const domain::Schema& schema) {
    return [&view,
            &schema](const std::vector<std::string>& types, std::string_view text) -> Result<std::string> {
        if (text.empty() || text.size() > 200)
            return fail(
                ErrorCode::invalid_argument,
                {},
                fmt::format("found {} bytes, expected a code, key or id", text.size())
            );
        ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve(types, text));
        if (found.size() == 1) return found.front().first;
        std::vector<std::string> names;
        for (const auto& type : types)
            names.push_back(schema.find(type) ? std::string(schema.find(type)->type) : type);
        const std::string what = names.empty() ? "record" : fmt::format("{}", fmt::join(names, " or "));
        if (found.empty() && holds_none(view, types))
            return fail(
                ErrorCode::not_found,
                {},
                fmt::format(
                    "found no {} called '{}': the record as it is seen there holds no {} yet",
                    what,
                    text,
                    what
                )
            );
        if (found.empty())
            return fail(
                ErrorCode::not_found,
                {},
                fmt::format("found no {} called '{}'.{}", what, text, nearest(view, types, text))
            );
        std::vector<std::string> ids;
        for (const auto& [id, type] : found)
            if (ids.size() < 5) ids.push_back(fmt::format("{} ({})", id.substr(0, 10), type));
        return fail(
            ErrorCode::invalid_argument,
            {},
            fmt::format("found {} records called '{}': {}", found.size(), text, fmt::join(ids, ", ")),
            "name one by its id"
        );
    };
}

}  // namespace entente::service
