#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/declaration.h"
#include "domain/input.h"
#include "ledger/find_query.h"

namespace entente::service {

/// Reads a condition as a person types it: a field (of a group, `group.field`), then one of = != < <= > >= ~,
/// then a value, or several separated by commas of which one must fit (a text with a comma stands in quotes).
///   numbers, amounts  `people=200`, `people>=100`, `cost=1000..2000 USD` (no currency: any)
///   dates             `held=2001..2005`: shares a day with that time; `held<2001`: ended before it;
///                     `held>2001`: began after it; <= and >= let the time itself in
///   codes, actors     by code or name, in any case
///   texts             `title~hotline`: holds the words, marks and case ignored; = is the whole text
///   empties           unknown, not-released, not-applicable, expected; left-out (not asked); none (no value
///                     for whatever reason); any (some value)
/// `!=` finds records that have a value, another one.
/// `types`: of which one at least must declare the field; none: any.
/// Errors  invalid_argument, naming the field, what was found and what was expected, with near names
Result<ledger::FieldFilter> parse_filter(
    const domain::Schema& schema,
    const std::vector<std::string>& types,
    std::string_view typed,
    const domain::Resolver& resolve
);

/// The declaration of `field` or `group.field` in the first of the types that has it.
/// Errors  invalid_argument, with near names; `option` is who asked
Result<const domain::Field*> find_field(
    const domain::Schema& schema,
    const std::vector<std::string>& types,
    std::string_view name,
    const std::string& option
);

}  // namespace entente::service
