#pragma once

#include <string>
#include <vector>

#include "measures/tie/going_on.h"
#include "measures/tie/mass.h"
#include "measures/tie/strand_coverage.h"

namespace entente::measures {

/// What one kind of engagement left in its strand.
struct Leg {
    std::size_t strand = 0;
    std::string
        kind;  ///< category, or `agreement`; tallies and training lines stand with the kind that they count
    double stock = 0;  ///< in units of the strand
    std::vector<const RecordMass*> records;
};

/// One strand of a tie on a day.
struct StrandStock {
    std::size_t strand = 0;
    StrandCoverage coverage;
    GoingOn going_on;      ///< nothing in a strand that does not count
    double on_record = 0;  ///< what is left of the records
    double goes_on = 0;    ///< at the mean rate, where coverage ended less than a half-life before
    std::vector<const RecordMass*> records;
    std::vector<Leg> legs;  ///< those with anything left, largest first; they add up to the stock

    bool counts() const { return coverage.counts(); }
    double stock() const { return on_record + goes_on; }
};

/// What is left in every strand, by kind.
///
/// Definition  the stocks of tie/stock at the middle of the parameters. What goes on in a strand whose coverage ended is
///             divided among its kinds as their stocks
/// Units       those of the strands
/// Missing     a strand that is not covered does not count; what it holds on record is there all the same
/// Cost        O(records + statements²)
/// Source      MEASURES.md 4 and 5
/// Requires    `masses` were weighed for `at` and outlive the result
std::vector<StrandStock> strand_stocks(
    const TieFacts& facts, const Masses& masses, const Parameters& parameters, Day at
);

/// An engagement of a pair that may be counted, with the strand that it belongs to.
struct StrandEvent {
    const Engagement* engagement = nullptr;
    std::size_t strand = 0;
};

/// What took place by the end of a day and belongs to a strand, in the order of the facts.
/// Missing  what rests on general knowledge is left out unless the facts ask for it
std::vector<StrandEvent> strand_events(const TieFacts& facts, const Parameters& parameters, Day at);

/// The kind that a mass is counted with: `EXR` for an exercise and for a tally of them.
std::string kind_of_leg(const RecordMass& record, const Parameters& parameters);
/// `leader visits`, `agreements`
std::string leg_words(const std::string& kind);
/// The share of what one would look at that is known, 0 to 1.
double share_seen(const std::vector<StrandStock>& strands, const Parameters& parameters);
/// The records of masses, each once.
std::vector<Evidence> evidence_of(const std::vector<const RecordMass*>& records);

}  // namespace entente::measures
