#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "measures/relational/statistics.h"

namespace entente::measures::relational {

/// Names of the statistics that events alone can tell, as they are typed: `inertia`, `two_path_count`.
std::vector<std::string> term_names();

/// Reads a term as it is typed: a name, a half-life in days and a transform, with colons between:
/// `inertia`, `reciprocity:182`, `inertia:730:log`, `recency`.
/// Errors  invalid_argument: names the term, what was found and what was expected; a half-life for a statistic that does
///         not decay
Result<Statistic> parse_term(std::string_view text);

}  // namespace entente::measures::relational
