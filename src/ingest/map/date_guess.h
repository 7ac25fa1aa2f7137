#pragma once

#include <string>
#include <vector>

namespace entente::ingest::map {

/// How the values of a column are dates, if they are.
struct DateGuess {
    std::vector<std::string> forms;    ///< the most frequent first; none: most values are no dates
    std::vector<std::string> missing;  ///< values that say that there is none
    std::vector<std::string> doubts;   ///< for a person, with the column's name
};

/// `said`: the name of the column says that it holds dates; else plain numbers are none.
DateGuess guess_dates(const std::string& name, const std::vector<std::string>& values, bool said);

}  // namespace entente::ingest::map
