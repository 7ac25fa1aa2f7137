#include "service/import_contacts.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente::service {
namespace {

// Records of the wanted type that are called exactly so; the beginning of an id does not count.
Result<std::optional<ingest::contacts::Existing>> find_existing(
    ledger::RecordView& view, const std::string& type, const std::string& handle
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto found, view.resolve({type}, handle));
    for (const auto& [id, found_type] : found) {
        ENTENTE_ASSIGN_OR_RETURN(auto record, view.current(id));
        if (!record) continue;
        for (const char* field : {"code", "key", "source_id"})
            if (text_at(record->content, field) == handle)
                return std::optional(ingest::contacts::Existing{id, std::move(record->content)});
    }
    return std::optional<ingest::contacts::Existing>{};
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
    for (const auto& record : outcome.plan.records) rows.push_back(record.draft);
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, node.ledger().append_batch(outcome.plan.batch, rows));
    outcome.kept = true;
    outcome.index = receipt.index;
    ENTENTE_ASSIGN_OR_RETURN(outcome.checkpoint, node.settle());
    return outcome;
}

}  // namespace entente::service
