#pragma once

#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"
#include "measures/tie/mass.h"

namespace entente::measures::validity {

/// One partner of the nation whose node it is, with all that is on record between the two.
struct Partner {
    TieFacts tie;  ///< `pair.a` is the home nation; coverage: only the statements that speak of the pair
    std::string name;
    std::vector<int> named_in;  ///< years in which a study of all states names it, ascending, each once
};

/// A pair that had an outage; the home nation need not be one of them.
struct StoppedPair {
    TieFacts tie;
    std::string names;
    std::vector<const Disruption*> outages;
};

/// All that is read to ask whether the measures hold what they promise. Owned by whoever read it.
struct ValidityFacts {
    std::string home;               ///< its name
    std::vector<Partner> partners;  ///< by name
    std::vector<StoppedPair> stopped;
    std::size_t outages_of_many = 0;  ///< outages with several actors on a side, left out
    Day at;
};

/// Kinds of tallies that come from studies of all states: whom none of them names is no partner to compare.
inline constexpr const char* kStudies[] = {"alliances_in_force", "agreements_in_force", "exercises"};
/// How many years back a study must name a partner.
inline constexpr int kNamedWithin = 10;

/// Whether a study names it in the ten years to a year.
bool is_named(const Partner& partner, int year);

}  // namespace entente::measures::validity
