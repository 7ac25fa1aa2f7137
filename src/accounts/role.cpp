#include "accounts/role.h"

namespace entente::accounts {

std::string_view to_text(Role role) {
    switch (role) {
        case Role::reader:
            return "reader";
        case Role::officer:
            return "officer";
        case Role::approver:
            return "approver";
        case Role::administrator:
            return "administrator";
        case Role::auditor:
            return "auditor";
    }
    return "";
}

std::optional<Role> parse_role(std::string_view text) {
    for (const Role role : kRoles)
        if (text == to_text(role)) return role;
    return {};
}

}  // namespace entente::accounts
