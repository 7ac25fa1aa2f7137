#include "service/changes.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "service/describe.h"
#include "service/import_run.h"

namespace entente::service {
namespace {

using ledger::Change;

std::string act_of(const Change& change) {
    if (change.kind == "record") return "recorded";
    if (change.kind == "supersede") return "superseded";
    if (change.kind == "retract") return change.number ? "retracted" : "undone";
    if (change.kind == "import") return "imported";
    if (change.kind == "schema") return "declared";
    return change.kind == "key" ? "keyed" : "configured";
}

/// What names the record as it was then: a retraction says nothing itself, what it withdrew does.
const ledger::Revision* told_by(const std::vector<ledger::Revision>& history, std::uint32_t number) {
    const ledger::Revision* out = nullptr;
    for (const auto& revision : history)
        if (revision.number <= number && (revision.kind != "retract" || !out)) out = &revision;
    return out;
}

}  // namespace

Result<std::vector<ChangeInWords>> list_changes(
    ledger::RecordView& view, const domain::Schema& schema, const ledger::ChangesQuery& query
) {
    ENTENTE_ASSIGN_OR_RETURN(auto changes, view.changes(query));
    Describer describe(view, schema);
    std::map<std::string, const ImportOnRecord*> by_rec;
    std::vector<ImportOnRecord> imports;
    if (std::ranges::any_of(changes, [](const Change& one) { return one.number == 0; })) {
        ENTENTE_ASSIGN_OR_RETURN(imports, list_imports(view));
        for (const auto& import : imports) by_rec[import.rec] = &import;
    }
    std::vector<ChangeInWords> out;
    for (auto& change : changes) {
        ChangeInWords one{.change = std::move(change), .act = {}, .title = {}, .handle = {}, .reason = {}};
        one.act = act_of(one.change);
        if (!one.change.reason.empty()) one.reason = schema.name_of("reason", one.change.reason);
        if (one.change.number) {
            ENTENTE_ASSIGN_OR_RETURN(const auto history, view.history(one.change.rec));
            if (const auto* told = told_by(history, one.change.number))
                one.title = describe.title(*told), one.handle = describe.handle(*told);
        } else if (const auto found = by_rec.find(one.change.rec); found != by_rec.end()) {
            one.title = found->second->source_key;
            if (one.act == "undone") one.change.rows = found->second->rows;
        } else if (one.act == "declared") {
            const auto* type = schema.find(one.change.type);
            one.title = type ? type->name : one.change.type;
        }
        out.push_back(std::move(one));
    }
    return out;
}

json::array changes_json(const std::vector<ChangeInWords>& changes) {
    json::array out;
    for (const auto& one : changes) {
        const auto& change = one.change;
        json::object item{
            {"entry", change.index}, {"recorded", change.t}, {"account", change.by}, {"act", one.act}};
        if (change.number)
            item["record"] = json::object{
                {"id", change.rec},
                {"type", change.type},
                {"handle", one.handle},
                {"title", one.title},
                {"revision", change.number}};
        else if (!one.title.empty())
            item["about"] = one.title;
        if (change.rows) item["rows"] = change.rows;
        if (!one.reason.empty()) item["reason"] = one.reason;
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace entente::service
