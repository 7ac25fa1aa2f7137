#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "domain/declaration.h"

namespace entente::domain {

/// Finds the record that a person means by a code, key, id in the source, id or the beginning of an id.
/// Gives the 26-character id.
using Resolver =
    std::function<Result<std::string>(const std::vector<std::string>& types, std::string_view text)>;

/// Turns what a person typed for a field into the ledger's form. Several texts are several items of a
/// repeated field; codes, references and identifiers may also be separated by commas or semicolons. A group
/// is typed in the short form of its declaration, `USA:host:12`. `unknown`, `not released`, `not applicable`
/// and `expected` are empties.
/// Errors  invalid_argument naming the field; whatever `resolve` says
Result<json::value> parse_field(
    const Schema& schema, const Field& field, const std::vector<std::string>& typed, const Resolver& resolve
);

}  // namespace entente::domain
