#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "identity/fold.h"
#include "identity/rule_tables.h"

namespace entente::identity {

/// What the table of organisations says of a name.
enum class Named : std::uint8_t {
    nothing,      ///< no rule speaks of it
    whole,        ///< the organisation itself: joined
    within,       ///< something in or under the organisation: a name of its own, never joined with it
    several,      ///< several organisations in one text: joined with none
    another,      ///< a rule says that it is not the organisation
    out_of_time,  ///< the name meant something else, or nothing, when it was used
    unclear,  ///< the organisation's name and something that no rule explains, or a doubt about characters
};

std::string_view to_words(Named named);

/// Days on which a name was used, as far as records say.
struct UsedDays {
    std::optional<Day> first;
    std::optional<Day> last;
};

struct OrganisationFinding {
    Named named = Named::nothing;
    const OrganisationRule* rule = nullptr;  ///< the one that spoke; null for `nothing`
    std::string rest;                        ///< the words that are not the organisation's name
};

/// Asks the table what a name names. Only `whole` joins.
///
/// Definition  whole: the words are the organisation's name, once or repeated, with nothing beside them but
/// the
///             nation's name, its seat and neutral words
/// Missing     days that are not known set no limit
OrganisationFinding read_organisation(
    const FoldedName& name, std::string_view nation, const UsedDays& used, const RuleTables& tables
);

}  // namespace entente::identity
