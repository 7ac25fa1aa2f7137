#pragma once

#include <cstdint>

#include "accounts/role.h"

namespace entente::api {

using accounts::kRoles;
using accounts::parse_role;
using accounts::Role;
using accounts::to_text;

/// A set of roles, and whether nobody in particular may, too.
struct Allowed {
    std::uint8_t roles = 0;
    bool anyone = false;

    constexpr bool holds(Role role) const {
        return anyone || (roles >> static_cast<unsigned>(role) & 1U) != 0;
    }
};

constexpr Allowed allowed(std::initializer_list<Role> roles) {
    Allowed out;
    for (const Role role : roles)
        out.roles = static_cast<std::uint8_t>(out.roles | 1U << static_cast<unsigned>(role));
    return out;
}

inline constexpr Allowed kAnyone{0, true};
inline constexpr Allowed kReaders =
    allowed({Role::reader, Role::officer, Role::approver, Role::administrator, Role::auditor});
inline constexpr Allowed kWriters = allowed({Role::officer, Role::approver});
/// Who sees to it that what was written is signed and whole.
inline constexpr Allowed kKeepers = allowed({Role::officer, Role::approver, Role::administrator});
inline constexpr Allowed kAdministrators = allowed({Role::administrator});
inline constexpr Allowed kAuditors = allowed({Role::administrator, Role::auditor});

}  // namespace entente::api
