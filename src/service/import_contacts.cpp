#include "service/import_contacts.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente::service {
namespace {

// The record of the wanted type that is called exactly so, retracted ones included; the beginning of an id
// does not count.
Result<std::optional<ingest::contacts::Existing>> find_existing(
    ledger::RecordView& view, const std::string& type, const std::string& handle
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve_any(handle));
    std::optional<ingest::contacts::Existing> retracted;
    for (const auto& [id, found_type] : found) {
        if (found_type != type) continue;
        ENTENTE_ASSIGN_OR_RETURN(auto history, view.history(id));
        const bool withdrawn = !history.empty() && history.back().kind == "retract";
        if (withdrawn && history.size() > 1) history.pop_back();
        if (history.empty()) continue;
        const auto& last = history.back();
        const bool by_hand = (last.row < 0 && last.reason != "reinstated") || last.erased > 0;
        const Hash leaf = last.leaf;
        auto& content = history.back().content;
        for (const char* field : {"code", "key", "source_id"}) {
            if (text_at(content, field) != handle) continue;
            if (!withdrawn)
                return std::optional(ingest::contacts::Existing{id, std::move(content), false, by_hand, leaf}
                );
            retracted = ingest::contacts::Existing{id, std::move(content), true, by_hand, leaf};
            break;
        }
    }
    return retracted;
}

}  // namespace

Result<ImportOutcome> import_contacts(Node& node, const ImportRequest& request) {
    ENTENTE_ASSIGN_OR_RETURN(const auto folder, ingest::contacts::read_folder(request.folder));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    const ingest::contacts::Lookup lookup = [&](const std::string& type, const std::string& handle) {
        return find_existing(*view, type, handle);
    };
    ImportOutcome outcome;
    ENTENTE_ASSIGN_OR_RETURN(
        outcome.plan,
        ingest::contacts::make_plan(folder, {request.general_knowledge}, lookup, node.default_label())
    );
    if (request.preview || outcome.plan.records.empty()) return outcome;
    std::vector<ledger::Draft> rows;
    rows.reserve(outcome.plan.records.size());
    for (auto& record : outcome.plan.records) rows.push_back(std::move(record.draft));
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, node.ledger().append_batch(outcome.plan.batch, rows));
    outcome.kept = true;
    outcome.index = receipt.index;
    ENTENTE_ASSIGN_OR_RETURN(outcome.checkpoint, node.settle());
    return outcome;
}

}  // namespace entente::service
