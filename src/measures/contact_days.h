#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "measures/measure.h"
#include "measures/shocks/shock_effect.h"

namespace entente::measures {

/// Contacts of some kinds as days, with the stretches in which absence means something.
struct ContactDays {
    DatedCounts counts;                          ///< covered as a census or a sample for each of the kinds
    std::vector<std::string> kinds;              ///< categories
    std::vector<const Engagement*> engagements;  ///< beside `counts.days`
    std::size_t imprecise = 0;                   ///< of a month's precision: counted in its middle
    std::vector<Evidence> left_out;              ///< of a year's precision or worse
    std::vector<const Engagement*> vague;        ///< the same, as engagements
};

/// Reads a choice of kinds: empty or `all` for every category that is counted as a contact of forces, a
/// strand
/// (`leaders`), or categories with commas between (`KLE,DLG`).
/// Errors  invalid_argument: names what is neither
Result<std::vector<std::string>> kinds_of_choice(const MeasureQuestion& question, const std::string& choice);

/// Whether all of the kinds are training and education, which reports count by fiscal year and not by day.
bool only_reported_training(const std::vector<std::string>& kinds);

/// Collects them. Political contacts, training lines and what did not take place are never among them.
ContactDays contact_days(const TieFacts& facts, const std::vector<std::string>& kinds, Day at);

/// The stretches covered as a census or a sample for each of the kinds, up to a day: where only some are, the
/// rate of all means nothing. Of training and education alone only statements that name their categories speak: the
/// reports that hold them count by fiscal year.
std::vector<Window> covered_stretches(
    std::span<const Coverage> statements, const Pair& pair, const std::vector<std::string>& kinds, Day at
);

}  // namespace entente::measures
