#pragma once

#include "accounts/access_line.h"
#include "accounts/account.h"
#include "api/call.h"

namespace entente::api {

/// Errors  unavailable: the API was made without accounts
Result<People*> people_for(Call& call);

/// Everything but the password.
json::object account_json(const accounts::Account& account);
json::object access_line_json(const accounts::AccessLine& line);
/// `2026-11-21T20:00:00Z`
std::string seconds_of(Instant instant);

}  // namespace entente::api
