#include "service/outages_elsewhere.h"

#include <set>

#include "service/brief_words.h"

namespace entente::service {
namespace {

using Ids = std::set<std::string>;

Result<void> load_contacts(ledger::RecordView& view, OutagesElsewhere& out) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const auto& one : out.disruptions)
        for (const auto& a : one.side_a)
            for (const auto& b : one.side_b) pairs.insert(std::minmax(a, b));
    Ids taken;
    for (const auto& [a, b] : pairs) {
        ledger::RecordQuery query;
        query.types = {"engagement"};
        query.actors = {a, b};
        query.newest_first = false;
        ENTENTE_ASSIGN_OR_RETURN(const auto page, view.list(query));
        for (const auto& revision : page.records) {
            if (!taken.insert(revision.rec).second) continue;
            auto engagement = measures::read_engagement(revision.rec, revision.content);
            if (is_contact(engagement)) out.contacts.push_back(std::move(engagement));
        }
    }
    return {};
}

Result<void> load_names(ledger::RecordView& view, OutagesElsewhere& out) {
    Ids named;
    for (const auto& one : out.disruptions)
        for (const auto* ids : {&one.side_a, &one.side_b, &one.stopped_by})
            named.insert(ids->begin(), ids->end());
    for (const auto& id : named) {
        ENTENTE_ASSIGN_OR_RETURN(const auto revision, view.current(id));
        if (revision) out.names[id] = name_of(measures::read_actor(revision->rec, revision->content)).name;
    }
    return {};
}

}  // namespace

Result<OutagesElsewhere> load_outages_elsewhere(ledger::RecordView& view) {
    OutagesElsewhere out;
    const auto read = [&](const char* type, auto& into, auto reader) -> Result<void> {
        ledger::RecordQuery query;
        query.types = {type};
        query.newest_first = false;
        ENTENTE_ASSIGN_OR_RETURN(const auto page, view.list(query));
        for (const auto& revision : page.records) into.push_back(reader(revision.rec, revision.content));
        return {};
    };
    ENTENTE_RETURN_IF_ERROR(read("disruption", out.disruptions, measures::read_disruption));
    ENTENTE_RETURN_IF_ERROR(read("channel", out.channels, measures::read_channel));
    ENTENTE_RETURN_IF_ERROR(read("shock", out.shocks, measures::read_shock));
    ENTENTE_RETURN_IF_ERROR(load_contacts(view, out));
    ENTENTE_RETURN_IF_ERROR(load_names(view, out));
    return out;
}

}  // namespace entente::service
