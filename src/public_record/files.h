// The files that are made: each function reads its data set in `directory` and gives the text of one file.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "public_record/state_codes.h"

namespace entente::public_record {

/// training.csv: activities, places and cost by recipient, fiscal year, programme and schools, as the
/// importer reads the reports, each fiscal year from the report that carried it out.
Result<std::string> training_file(const std::filesystem::path& directory);

/// exercises.csv: in how many exercises a pair took part, by the year in which they began. From 1980 on as
/// the later list (MME) has it; before that as the earlier one (JME), which ends inside the later.
Result<std::string> exercises_file(const std::filesystem::path& directory, StateCodes& codes);

/// agreements_in_force.csv: spans of years in which the same number of agreements of a pair was in force.
/// From the year of entry into force, or of signature where that is unknown, to the year of the estimated
/// end; an end in 2010 or none is the end of the study.
Result<std::string> agreements_file(const std::filesystem::path& directory, StateCodes& codes);

/// alliances_in_force.csv: spans of years in which the same number of treaties with the same obligations
/// bound a pair: both were members in the year; what either owes counts.
Result<std::string> alliances_file(const std::filesystem::path& directory, StateCodes& codes);

/// political_visits.csv: travels of the President and the Secretary of State, and visits of foreign leaders
/// to the United States; by office, never by name.
Result<std::string> political_file(const std::filesystem::path& directory, StateCodes& codes);

}  // namespace entente::public_record
