// The parts of the page of the shape of a tie: each answers one question in a sentence and a table.
#pragma once

#include <string>
#include <vector>

#include "measures/measure.h"
#include "measures/shape/legs.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures {

/// What all parts read.
struct ShapeOnDay {
    const PairFacts& facts;
    const DrawnParameters& drawn;
    const std::vector<StrandStock>& strands;
    Day at;

    const Parameters& parameters() const { return drawn.parameters(); }
};

struct Section {
    std::string sentence;
    std::vector<AnswerTable> tables;
};

/// A cell of words or of a rounded number with the number itself.
Cell number_cell(double value, std::vector<Evidence> records = {});
Cell count_cell(std::size_t number, std::vector<Evidence> records = {});
/// `none`, `exercises`, `exercises and port calls`
std::string listed(const std::vector<std::string>& names);

}  // namespace entente::measures
