#pragma once

#include <memory>
#include <string>
#include <vector>

#include "measures/training.h"

namespace entente::service {

/// The school families that a training line names, by data/rules/school_families.csv, in the order of that
/// table. Texts are remembered, for the same few thousand occur again and again.
///
/// Definition  a family whose pattern is found, case ignored, in one of its columns that its left-out pattern
///             does not match, from the fiscal year in which the rule begins
/// Cost        O(rules) regular expressions for a text that is new, a look-up for one that is not
/// Thread-safety  none
class SchoolFamilies {
public:
    SchoolFamilies();
    ~SchoolFamilies();
    SchoolFamilies(const SchoolFamilies&) = delete;
    SchoolFamilies& operator=(const SchoolFamilies&) = delete;

    std::vector<std::string> of(const measures::TrainingLine& line);

private:
    struct Rules;
    std::unique_ptr<Rules> rules_;
};

}  // namespace entente::service
