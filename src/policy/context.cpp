#include "policy/context.h"

#include <algorithm>

namespace entente::policy {
namespace {

constexpr std::string_view kLowestClass = "UNCLASSIFIED";

bool released_to(const Label& label, const AuthzContext& context) {
    if (!label.releasable_to) return label.originator == context.nation();
    const auto& to = *label.releasable_to;
    return std::ranges::find(to, context.nation()) != to.end() ||
           (!to.empty() && label.originator == context.nation());
}

bool passes(const Tag& tag, const AuthzContext& context) {
    const auto held = [&](const std::string& value) { return context.holds(value); };
    switch (tag.type) {
        case TagType::informative:
            return true;
        case TagType::permissive:
            return std::ranges::any_of(tag.values, held);
        case TagType::restrictive:
        case TagType::unknown:
            return std::ranges::all_of(tag.values, held);
    }
    return false;
}

}  // namespace

AuthzContext AuthzContext::home(std::string nation, std::string policy) {
    return {std::move(nation), std::move(policy), true};
}

AuthzContext AuthzContext::partner(std::string nation, std::string policy) {
    return {std::move(nation), std::move(policy), false};
}

bool AuthzContext::cleared_for(std::string_view classification) const {
    return home_ || classification == kLowestClass;
}

bool AuthzContext::holds(std::string_view category_value) const {
    return home_ || category_value == nation_;
}

bool decide(const Label& label, const AuthzContext& context) {
    if (label.policy != context.policy() || !context.cleared_for(label.classification)) return false;
    const auto open = [&](const Tag& tag) { return passes(tag, context); };
    return std::ranges::all_of(label.categories, open) && released_to(label, context);
}

}  // namespace entente::policy
