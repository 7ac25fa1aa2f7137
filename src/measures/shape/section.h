// The parts of the page of the shape of a tie: each answers one question in a sentence and a table.
#pragma once

#include <string>
#include <vector>

#include "measures/measure.h"
#include "measures/shape/breadth.h"
#include "measures/shape/legs.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures {

/// What all parts read.
struct ShapeOnDay {
    const PairFacts& facts;
    const DrawnParameters& drawn;
    const std::vector<StrandStock>& strands;
    const std::vector<DrawnStrand>& drawn_strands;
    Day at;

    const Parameters& parameters() const { return drawn.parameters(); }
    const StrandParameters& strand(std::size_t at_place) const { return parameters().strands[at_place]; }
    std::string first() const { return facts.name(facts.tie.pair.a); }
    std::string second() const { return facts.name(facts.tie.pair.b); }
};

struct Section {
    std::string sentence;
    std::vector<AnswerTable> tables;
};

Section breadth_section(const Breadth& found, const ShapeOnDay& shape);
Section depth_section(const ShapeOnDay& shape);
Section reciprocity_section(const ShapeOnDay& shape);
Section regularity_section(const ShapeOnDay& shape);
Section trend_section(const ShapeOnDay& shape);
/// What the legs stand on.
AnswerTable records_table(const Breadth& found, const ShapeOnDay& shape);

// Cells and words that the parts share.
/// A number as it is rounded on print, with the number itself.
Cell number_cell(double value, std::vector<Evidence> records = {});
Cell count_cell(std::size_t number, std::vector<Evidence> records = {});
/// `62 % (40–81)`
Cell share_cell(double share, const Interval& band, std::vector<Evidence> records = {});
/// `+0.15 (-0.06 to 0.36)`
Cell signed_cell(double value, const Interval& band, std::vector<Evidence> records = {});
/// `none`, `exercises`, `exercises and port calls`
std::string listed(const std::vector<std::string>& names);

}  // namespace entente::measures
