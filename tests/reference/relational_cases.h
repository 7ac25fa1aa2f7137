#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "measures/relational/events.h"
#include "measures/relational/model.h"

namespace entente::reference {

/// A history and a model that R has fitted as well; its figures stand under `name` in relational.json.
struct RelationalCase {
    std::string name;
    measures::relational::History history;
    measures::relational::Model model;
};

/// Three actors, MEASURES.md 18, 6: in order, and in time.
std::vector<RelationalCase> toy_cases();
/// Open data under a folder; nothing when they are not there. See RELATIONAL.md for what is taken from them.
std::optional<std::vector<RelationalCase>> treaty_cases(const std::filesystem::path& corpus);
std::optional<std::vector<RelationalCase>> visit_cases(const std::filesystem::path& corpus);
std::optional<std::vector<RelationalCase>> exercise_cases(const std::filesystem::path& corpus);

}  // namespace entente::reference
