#include "service/log_schema.h"

#include <map>

#include "base/id.h"

namespace entente::service {
namespace {

json::object declaration_of(const domain::CodeList& list) {
    json::array codes;
    for (const auto& code : list.codes) {
        json::object entry{{"code", code.code}, {"name", code.name}};
        for (const auto& [key, value] : code.attributes) entry[key] = value;
        codes.push_back(std::move(entry));
    }
    return {
        {"what", "code_list"},
        {"list", list.list},
        {"name", list.name},
        {"help", list.help},
        {"codes", codes}};
}

}  // namespace

Result<void> log_declarations(
    ledger::Ledger& ledger,
    const domain::Schema& schema,
    const std::vector<ledger::SystemEntry>& known,
    const std::string& label
) {
    std::map<std::string, const ledger::SystemEntry*> latest;
    for (const auto& entry : known) latest[entry.type] = &entry;
    const auto log = [&](const std::string& name, const json::object& declaration) -> Result<void> {
        const auto found = latest.find(name);
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, canonical_json(declaration));
        if (found != latest.end()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto before, canonical_json(found->second->f));
            if (before == bytes) return {};
        }
        ledger::Draft draft;
        draft.kind = "schema";
        draft.rec = found == latest.end() ? RecordId::random().text() : found->second->rec;
        draft.type = name;
        draft.clear = declaration;
        draft.label = label;
        ENTENTE_RETURN_IF_ERROR(ledger.append(draft));
        return {};
    };
    for (const auto& list : schema.lists())
        ENTENTE_RETURN_IF_ERROR(log("code_list." + list.list, declaration_of(list)));
    for (const auto& type : schema.types()) ENTENTE_RETURN_IF_ERROR(log(type.type, type.declaration));
    return {};
}

}  // namespace entente::service
