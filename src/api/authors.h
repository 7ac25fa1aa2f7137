#pragma once

#include <map>
#include <string>

#include "api/call.h"

namespace entente::api {

/// Who stands behind the ids of accounts that entries name. Only home is told.
class Authors {
public:
    /// Errors  as Accounts::names
    static Result<Authors> of(Call& call);

    /// Puts `author` beside `account`: the name, or `(node)` for what was typed at the node itself. An account that is
    /// not known here, and every account on behalf of another nation, stays without.
    void name(json::object& with_account) const;

    /// The id of an account; empty where nothing was typed.
    /// Errors  not_found: nobody of that name
    Result<std::string> id_of(const std::string& typed) const;

private:
    std::map<std::string, std::string> names_;
};

}  // namespace entente::api
