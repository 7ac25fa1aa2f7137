// Parts of the brief that stand in files of their own; what they share.
#pragma once

#include <string>
#include <vector>

#include "service/brief.h"

namespace entente::service {

RecordRef ref(const measures::Evidence& evidence);
/// Adds what is not there yet.
void add_ref(Records& records, const RecordRef& record);

/// Coverage year by year over the years of which any statement speaks; years at either end that are not
/// covered are left out. `fiscal` years begin in October.
std::vector<CoveredYears> covered_years(
    const BriefFacts& facts, const measures::CoverageQuestion& question, Day on, bool fiscal
);
/// How one year was covered, by the stretches.
const CoveredYears* stretch_of(const std::vector<CoveredYears>& covered, int year);

/// Keys of the sources that tallies of a kind cite.
std::vector<std::string> sources_of(const BriefFacts& facts, const std::string& what);

/// Training in both directions; a fiscal year with training lines of the pair on record is counted from them,
/// any other from the tallies, never from both. `not covered` in all years: none.
std::vector<BriefTraining> training(const BriefFacts& facts, const BriefRequest& request);

/// Joint exercises as tallied.
/// Requires  `years` are the years of the brief
BriefExercises exercises(
    const BriefFacts& facts, const BriefRequest& request, const std::vector<BriefYear>& years
);
BriefStudy in_force(const BriefFacts& facts, const BriefRequest& request, const std::string& what);
BriefPolitical political(const BriefFacts& facts, const BriefRequest& request);

/// Calendar years of which a tally of exercises speaks, and fiscal years of training: the brief shows them,
/// too.
std::vector<int> years_beside(const BriefFacts& facts, const BriefRequest& request);

/// What the measures say, and the total of each year.
Result<void> add_measures(
    Brief& brief, ledger::RecordView& view, const BriefFacts& facts, const BriefRequest& request
);

/// The line of time, and how strong the tie is now with its strands.
void add_picture(
    Brief& brief, const BriefFacts& facts, const measures::TieFacts& tie, const BriefRequest& request
);

// JSON and figures of these parts.
void add_beside(json::object& out, const Brief& brief);
void add_beside(std::vector<Figure>& out, const Brief& brief);

}  // namespace entente::service
