#pragma once

#include <optional>
#include <vector>

#include "measures/tie/strength.h"
#include "measures/validity/validity_facts.h"

namespace entente::measures::validity {

/// The parameters with a single draw: for thousands of ties of which only the middle is asked.
Parameters at_the_middle(const Parameters& parameters);

/// A partner as it stood on the day of comparison, under all draws.
struct PartnerOnDay {
    const Partner* partner = nullptr;
    Masses masses;
    Strength strength;
};

/// All partners that a study names in the ten years to the day.
std::vector<PartnerOnDay> partners_on(const ValidityFacts& facts, const Parameters& parameters, Day day);

/// How many sources the records cite that count in a total on the day.
/// \param  left_out  a strand that is not asked
std::size_t sources_cited(const Strength& strength, std::optional<std::size_t> left_out = {});

/// The total of a tie without one of its strands, at the middle of the parameters.
///
/// Definition  100 · Σ share·s / Σ share over the other strands that are known
/// Missing     nothing: less of the others seen than a total needs
std::optional<double> total_without(
    const Strength& strength, const Parameters& parameters, std::size_t strand
);

}  // namespace entente::measures::validity
