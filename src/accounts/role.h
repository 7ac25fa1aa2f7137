#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::accounts {

/// What an account may do. Each account has one.
enum class Role : std::uint8_t { reader, officer, approver, administrator, auditor };

inline constexpr Role kRoles[] = {
    Role::reader, Role::officer, Role::approver, Role::administrator, Role::auditor};

/// `officer`
std::string_view to_text(Role role);
/// Nothing when there is no such role.
std::optional<Role> parse_role(std::string_view text);

}  // namespace entente::accounts
