#include "service/log_schema.h"

#include <map>

#include <fmt/format.h>

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
        {"version", list.version},
        {"codes", codes}};
}

std::int64_t version_of(const json::object& declaration) {
    const auto* version = declaration.if_contains("version");
    return version && version->is_int64() ? version->get_int64() : 0;
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
            if (version_of(declaration) <= version_of(found->second->f))
                return fail(
                    ErrorCode::conflict,
                    "schema",
                    fmt::format(
                        "the record was written with another form of {} (version {}, this program has {}): "
                        "nothing was written",
                        name,
                        version_of(found->second->f),
                        version_of(declaration)
                    ),
                    "use the newer program"
                );
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
