// Facts as marks, stretches and rows of a picture.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "measures/coverage_of.h"
#include "measures/interruptions.h"
#include "measures/tie/mass.h"
#include "picture/picture.h"

namespace entente::measures {

/// The contacts of a pair that count by the end of a day, by their beginning.
std::vector<const Engagement*> counted_contacts(const TieFacts& facts, Day on);

/// The strand of a category, as in the code list; empty where it has none.
std::string strand_of(const std::string& category);

/// One contact in a lane: who travelled, how they met, how high the level.
///
/// Definition  up: the second of the pair was host, so that the first travelled; down: the other way round;
///             level: a third place, no travel, or nobody says. Height 3 from ministers up, 2 from senior
///             officials up, else 1, also where no level is stated
picture::Mark mark_of(const Engagement& engagement, const Pair& pair);

/// The contacts of a strand as a lane.
/// Requires  `contacts` are those of the strand
picture::Lane lane_of(
    const std::string& name, const std::vector<const Engagement*>& contacts, const Pair& pair
);

picture::ShockMark mark_of(const Shock& shock);
/// Stretches of an interruption; its ends may be imprecise. Without a known end it reaches as far as a source
/// says so.
picture::Stop stop_of(const Episode& episode, std::size_t number);
picture::Stop stop_of(const Disruption& disruption);

picture::Survey survey_of(CoverageKind kind);
/// How each year was covered, neighbours that are alike joined.
std::vector<picture::Surveyed> survey_by_year(
    std::span<const Coverage> statements, const CoverageQuestion& question, Day first, Day last
);
/// The parts that nobody looked at, or that are withheld.
std::vector<picture::Surveyed> blanks(std::vector<picture::Surveyed> survey);

/// The middle of an imprecise date.
picture::Place middle_of(const domain::DateSpan& span);

}  // namespace entente::measures
