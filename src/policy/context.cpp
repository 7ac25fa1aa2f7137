#include "policy/context.h"

#include <algorithm>

namespace entente::policy {

AuthzContext AuthzContext::home(std::string nation, std::string policy) {
    return {std::move(nation), std::move(policy)};
}

bool decide(const Label& label, const AuthzContext& context) {
    if (label.policy != context.policy()) return false;
    if (!label.releasable_to) return label.originator == context.nation();
    const auto& to = *label.releasable_to;
    return std::find(to.begin(), to.end(), context.nation()) != to.end() ||
           (!to.empty() && label.originator == context.nation());
}

}  // namespace entente::policy
