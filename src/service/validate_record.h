#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "measures/validity/section.h"
#include "measures/validity/validity_facts.h"
#include "service/ask_measure.h"

namespace entente::service {

/// Whose measures are judged, and on which day.
struct ValidateRequest {
    std::string home;  ///< code of the nation whose node it is
    Day at;
    bool general_knowledge = false;  ///< also count what nobody checked against a cited text
    std::function<void(double share)> progress = {};
    std::function<bool()> stopped = {};  ///< asked now and then
};

/// What the record can say of the measures, question by question.
struct Validation {
    std::string home;  ///< its name
    Day at;
    std::string parameters;    ///< name, version and hash
    Day compared_on;           ///< the day on which most partners can be compared
    std::size_t partners = 0;  ///< on record
    std::size_t named = 0;     ///< of them named by a study in the ten years to that day
    std::size_t compared = 0;  ///< of these with a total on that day
    std::vector<measures::validity::Section> sections;
};

/// Reads all pairs of the home nation and all pairs that had an outage, and asks.
///
/// Errors  not_found: no actor of that code · unavailable: it was stopped · what the view says
/// Cost    one reading of all ties of the home nation, and a query of all kinds for each pair of others that had an outage
Result<Validation> validate_measures(
    ledger::RecordView& view, const ValidateRequest& request, const measures::Parameters& parameters
);

json::object validation_json(const Validation& validation, const std::string& known_at);

}  // namespace entente::service
