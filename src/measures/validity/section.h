#pragma once

#include <string>
#include <vector>

#include "measures/answer.h"

namespace entente::measures::validity {

/// What was found on one question of validity.
struct Section {
    std::string name;      ///< for programs: `known_groups`
    std::string question;  ///< a sentence that ends in a question mark
    std::string finding;   ///< the answer in a sentence, pleasant or not
    bool said = false;     ///< false: the record cannot answer, and the finding says why with the numbers
    std::vector<std::string> paragraphs;
    std::vector<AnswerTable> tables;
};

/// `0.71 (0.62–0.79)`
std::string with_band(double value, const Interval& band, int decimals);
/// `+0.021`; `0.000` where three decimals show nothing.
std::string shown_gain(double value);
/// `+0.021 (-0.004 to 0.046)`
std::string gain_with_band(double value, const Interval& band);

}  // namespace entente::measures::validity
