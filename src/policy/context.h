#pragma once

#include <string>
#include <string_view>

#include "policy/label.h"

namespace entente::policy {

/// On whose behalf something is read. Every read transaction asks for one; there is no other way to get rows.
class AuthzContext {
public:
    /// Staff of the nation whose node this is, cleared for every class and category of its policy.
    static AuthzContext home(std::string nation, std::string policy);
    /// Staff of another nation, as that node's policy sees them: cleared for its lowest class and for no category but
    /// those that name the nation.
    static AuthzContext partner(std::string nation, std::string policy);

    bool is_home() const { return home_; }
    const std::string& nation() const { return nation_; }
    const std::string& policy() const { return policy_; }
    bool cleared_for(std::string_view classification) const;
    bool holds(std::string_view category_value) const;

private:
    AuthzContext(std::string nation, std::string policy, bool home)
        : nation_(std::move(nation)), policy_(std::move(policy)), home_(home) {}
    std::string nation_;
    std::string policy_;
    bool home_;
};

/// Whether `context` may see what carries `label`. Pure; the only place that compares labels.
///
/// Definition  all must hold: the policy is the context's; it is cleared for the class; of a restrictive tag, or of one
///             of unknown type, it holds every value, of a permissive one at least one; its nation is among those that
///             it may be released to, or is the originator of what is released to anyone at all
/// Missing     absent `releasable_to`: the originator only; an empty list is for the releasing authority, which home
///             staff is not by itself; a permissive tag without values is held by nobody
/// Source      TRUST.md e.2
bool decide(const Label& label, const AuthzContext& context);

}  // namespace entente::policy
