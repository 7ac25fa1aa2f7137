#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "measures/facts.h"
#include "measures/tally.h"
#include "measures/tie/parameters.h"
#include "measures/tie/stock.h"
#include "measures/training.h"

namespace entente::measures {

/// All that measures of a pair's tie read. Pointers into it must not outlive it.
struct TieFacts {
    Pair pair;
    std::span<const Engagement> engagements;
    std::span<const Agreement> agreements;
    std::span<const Tally> tallies;
    std::span<const TrainingLine> training_lines;
    std::span<const Coverage> coverage;
    bool general_knowledge = false;  ///< also count what nobody checked against a cited text
};

/// Entry of one of the tables of the parameters; -1: the record has none of that table.
struct TableChoice {
    int base = -1;
    int level = -1;
    int mode = -1;
    int size = -1;
    friend auto operator<=>(const TableChoice&, const TableChoice&) = default;
};

/// What one record, or one cell of a tally, weighs in one strand.
struct RecordMass {
    std::size_t strand = 0;
    std::string kind;  ///< category; of a tally its kind
    TableChoice choice;
    double factor = 1;  ///< share among several parties, and length: what no table says
    MassOnDays on;      ///< with the mass at the middle of the parameters
    bool announced = false;
    std::vector<std::string>
        imputed;  ///< what was put in for want of a statement: `level`, `length`, `parties`
    Evidence evidence;
};

/// A record that might weigh and does not, and why.
struct LeftOut {
    std::string reason;  ///< `the number of unnamed parties is unknown`
    std::string strand;
    std::vector<Evidence> records;
};

struct Masses {
    std::vector<RecordMass> items;  ///< by first day, then record
    std::vector<LeftOut> left_out;
};

/// Weighs everything on record between a pair.
///
/// Definition  base · level · mode · size · share · status, by the tables of the parameters; a tally weighs
/// only in
///             years of which no single record of its kind is on record; training weighs in training and
///             education only
/// Units       those of the strands
/// Missing     a level that is not stated counts as the lowest, a length as the declared one: both marked
/// imputed;
///             people that are not stated, parties whose number is unknown, a day that is unknown: left out,
///             with the reason
/// Cost        O(n log n)
/// Source      MEASURES.md 2 and 4
Masses weigh(const TieFacts& facts, const Parameters& parameters, Day at);

/// When it was, as a person reads it: `May 2026` for a day of that month that is not known.
domain::DateSpan span_of(const RecordMass& record);

/// The product of the entries of a choice.
double product_of(const TableChoice& choice, const Parameters& parameters);

}  // namespace entente::measures
