#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ledger/merkle.h"
#include "service/import_run.h"

namespace entente::service {
namespace {

std::uint64_t count_at(const json::object& fields, const char* key) {
    const auto* value = fields.if_contains(key);
    return value && value->is_int64() && value->get_int64() > 0
               ? static_cast<std::uint64_t>(value->get_int64())
               : 0;
}

std::vector<std::string> editions_of(const json::object& fields) {
    std::vector<std::string> out;
    const auto* files = fields.if_contains("files");
    if (!files || !files->is_array()) return out;
    for (const auto& file : files->get_array())
        if (file.is_object())
            if (auto edition = text_at(file.get_object(), "edition"); !edition.empty())
                out.push_back(std::move(edition));
    return out;
}

// A corrected edition says only what changed: without the one before it, what did not change would be gone.
Result<void> refuse_under_an_edition(const ImportOnRecord& import, const std::vector<ImportOnRecord>& all) {
    // The last one first: it is the one that can be undone.
    for (auto later = all.rbegin(); later != all.rend() && later->index > import.index; ++later) {
        if (later->undone_by || later->source_key != import.source_key) continue;
        const auto shared = std::ranges::find_first_of(import.editions, later->editions);
        if (shared == import.editions.end()) continue;
        return fail(
            ErrorCode::conflict,
            "import",
            fmt::format(
                "found a later edition of '{}' on record, import {}, which says only what changed against "
                "this one; nothing was undone",
                *shared,
                later->index
            ),
            fmt::format("undo that one first: entente import undo {} --reason CODE", later->index)
        );
    }
    return {};
}

}  // namespace

Result<std::vector<ImportOnRecord>> list_imports(ledger::RecordView& view) {
    ENTENTE_ASSIGN_OR_RETURN(const auto imports, view.system_entries("import"));
    ENTENTE_ASSIGN_OR_RETURN(const auto retractions, view.system_entries("retract"));
    std::map<std::string, std::uint64_t> undone;
    for (const auto& entry : retractions) undone[entry.rec] = entry.index;
    std::vector<ImportOnRecord> out;
    for (const auto& entry : imports) {
        ImportOnRecord import{
            entry.index, entry.rec, entry.t, {}, count_at(entry.f, "rows"), 0, {}, editions_of(entry.f)};
        if (const auto* files = entry.f.if_contains("files"); files && files->is_array())
            import.files = files->get_array().size();
        ENTENTE_ASSIGN_OR_RETURN(const auto source, view.history(text_at(entry.f, "source")));
        if (!source.empty()) import.source_key = text_at(source.front().content, "key");
        if (const auto found = undone.find(entry.rec); found != undone.end())
            import.undone_by = found->second;
        out.push_back(std::move(import));
    }
    return out;
}

Result<UndoneImport> undo_import(Node& node, std::uint64_t which, const std::string& reason, bool preview) {
    if (!node.schema().list("reason")->find(reason))
        return fail(
            ErrorCode::invalid_argument,
            "reason",
            fmt::format("found '{}', expected a code such as correction or wrong_record", reason),
            "entente codes reason"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto imports, list_imports(*view));
    const auto found = std::find_if(imports.begin(), imports.end(), [&](const auto& import) {
        return import.index == which;
    });
    if (found == imports.end())
        return fail(
            ErrorCode::not_found,
            "import",
            fmt::format("found no import at entry {}", which),
            "entente import list"
        );
    if (found->undone_by)
        return fail(
            ErrorCode::conflict,
            "import",
            fmt::format("found it undone already by entry {}", *found->undone_by)
        );
    ENTENTE_RETURN_IF_ERROR(refuse_under_an_edition(*found, imports));
    UndoneImport out;
    out.import = *found;
    std::uint64_t actors = 0;
    ENTENTE_RETURN_IF_ERROR(view->each_of_batch(which, [&](const ledger::Revision& revision) -> Result<void> {
        if (revision.until) {
            // Another undo may have put it on record again: then it goes now.
            ENTENTE_ASSIGN_OR_RETURN(const auto current, view->current(revision.rec));
            if (!current || current->leaf != revision.leaf) {
                out.kept += current.has_value();
                return {};
            }
        }
        ++out.withdrawn;
        actors += revision.type == "actor";
        if (revision.number > 1) ++out.reinstated;
        return {};
    }));
    if (actors > 0)
        return fail(
            ErrorCode::conflict,
            "import",
            fmt::format("found {} actors among its records, which others name: it cannot be undone", actors),
            "retract single actors: entente retract CODE --reason CODE"
        );
    if (preview) return out;
    ledger::Draft draft;
    {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, reader->entry_bytes(which));
        ENTENTE_ASSIGN_OR_RETURN(const auto entry, ledger::decode(bytes));
        draft.kind = "retract", draft.rec = found->rec, draft.prev = ledger::leaf_hash(bytes),
        draft.reason = reason;
        ENTENTE_ASSIGN_OR_RETURN(draft.label, reader->label(entry.lbl));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto receipt, node.ledger().append(draft));
    out.index = receipt.index;
    ENTENTE_ASSIGN_OR_RETURN(out.checkpoint, node.settle());
    return out;
}

}  // namespace entente::service
