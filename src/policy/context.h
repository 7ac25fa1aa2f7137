#pragma once

#include <string>
#include <vector>

#include "policy/label.h"

namespace entente::policy {

/// On whose behalf something is read. Every read transaction asks for one; there is no other way to get rows.
/// There is one context for now: home, the node's own staff.
class AuthzContext {
public:
    /// Staff of the nation whose node this is, cleared for every class and category of its policy.
    static AuthzContext home(std::string nation, std::string policy);

    const std::string& nation() const { return nation_; }
    const std::string& policy() const { return policy_; }

private:
    AuthzContext(std::string nation, std::string policy)
        : nation_(std::move(nation)), policy_(std::move(policy)) {}
    std::string nation_;
    std::string policy_;
};

/// Whether `context` may see what carries `label`. Pure; the only place that compares labels.
/// Source  TRUST.md e.2, rules 1 and 5: another policy without equivalence is denied; absent `releasable_to`
/// means the
///         originator only; an empty list is for the releasing authority, which home staff is not by itself
bool decide(const Label& label, const AuthzContext& context);

}  // namespace entente::policy
