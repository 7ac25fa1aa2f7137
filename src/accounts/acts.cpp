#include "accounts/acts.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::accounts {

std::string in_words(const Account& account) {
    return fmt::format(
        "{}, {}{}",
        account.name,
        to_text(account.role),
        account.nation.empty() ? "" : " for " + account.nation
    );
}

std::string in_words(const std::string& name, const AccountChange& change) {
    std::vector<std::string> acts;
    if (change.role) acts.push_back(fmt::format("role {}", to_text(*change.role)));
    if (change.disabled) acts.emplace_back(*change.disabled ? "disabled" : "enabled");
    if (change.nation) acts.push_back(change.nation->empty() ? "for home" : "for " + *change.nation);
    if (change.password) acts.emplace_back("another password");
    if (change.display_name) acts.emplace_back("another display name");
    if (change.language) acts.emplace_back("another language");
    if (acts.empty()) acts.emplace_back("nothing");
    return fmt::format("{}: {}", name, fmt::join(acts, ", "));
}

}  // namespace entente::accounts
