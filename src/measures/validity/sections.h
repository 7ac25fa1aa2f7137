// One function a question of validity, each in a file of its own.
#pragma once

#include "measures/validity/comparison_day.h"
#include "measures/validity/panel.h"
#include "measures/validity/section.h"
#include "measures/validity/tie_on_day.h"

namespace entente::measures::validity {

/// What several questions share.
struct Comparison {
    const ValidityFacts& facts;
    const Parameters& parameters;
    ComparisonDay day;
    const std::vector<PartnerOnDay>& partners;  ///< on that day
    const Panels& panels;
};

/// Does the total rise with the number of sources read?
Section sources_section(const Comparison& of);
/// Do allies and partners of agreements stand above others, the agreements themselves left out?
Section known_groups_section(const Comparison& of);
/// Does the total, or a strand's stock, tell next year's counts better than last year's count alone?
Section foretelling_section(const Comparison& of);
/// Which half-lives would have foretold best?
Section half_lives_section(const Comparison& of);
/// Does strength before a stop shorten it?
Section stops_section(const Comparison& of);
/// Does the order of partners hold under other parameters?
Section draws_section(const Comparison& of);

/// What was found, and on whom.
struct Validated {
    ComparisonDay day;
    std::size_t named = 0;     ///< partners that a study names in the ten years to that day
    std::size_t compared = 0;  ///< of these with a total on it
    std::vector<Section> sections;
};

/// Asks all questions. Sources come first: where the total moves with them, nothing else is to be read before.
Validated validate(const ValidityFacts& facts, const Parameters& parameters);

}  // namespace entente::measures::validity
