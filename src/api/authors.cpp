#include "api/authors.h"

#include <fmt/format.h>

#include "api/people.h"

namespace entente::api {
namespace {

constexpr const char* kNode = "(node)";

}  // namespace

Result<Authors> Authors::of(Call& call) {
    Authors out;
    if (call.on_behalf_of_another()) return out;
    if (call.people()) {
        ENTENTE_ASSIGN_OR_RETURN(out.names_, call.people()->accounts().names());
    }
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    out.names_[node->config().account] = kNode;
    return out;
}

void Authors::name(json::object& with_account) const {
    const auto found = names_.find(text_at(with_account, "account"));
    if (found != names_.end()) with_account["author"] = found->second;
}

Result<std::string> Authors::id_of(const std::string& typed) const {
    if (typed.empty()) return std::string();
    for (const auto& [id, name] : names_)
        if (name == typed) return id;
    return fail(ErrorCode::not_found, "account", fmt::format("found no account called '{}'", typed));
}

}  // namespace entente::api
