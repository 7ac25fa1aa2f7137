#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "measures/register.h"
#include "service/brief.h"
#include "service/outages_elsewhere.h"

namespace entente::service {

/// A question to a measure about a pair.
struct MeasureRequest {
    std::string measure;
    std::string a;  ///< id of an actor
    std::string b;
    Day at;
    std::string known_at;            ///< the state of the log under which it stands, in words
    bool general_knowledge = false;  ///< also count what nobody checked against a cited text
    std::map<std::string, std::string> choices;
    const measures::AttentionRules* rules = nullptr;  ///< nothing: those that ship
};

/// What a measure reads besides the pair; each may be empty.
struct BesidePair {
    std::vector<measures::Engagement> home;  ///< of the first actor with anyone
    OutagesElsewhere elsewhere;
    std::vector<measures::Tally> tallies;  ///< of all pairs
};

/// The facts of a pair, and the spans over them that measures read.
class PairRecord {
public:
    PairRecord(BriefFacts facts, BesidePair beside, const MeasureRequest& request);
    PairRecord(const PairRecord&) = delete;
    PairRecord& operator=(const PairRecord&) = delete;

    const measures::PairFacts& facts() const { return spans_; }
    const BriefFacts& brief_facts() const { return facts_; }

private:
    BriefFacts facts_;
    BesidePair beside_;
    measures::PairFacts spans_;
};

/// Reads what is on record of the pair and asks.
/// Errors  not_found: no such actor, no such measure · invalid_argument: the same actor twice, a choice that the
///         measure does not offer or cannot read · what the view says
Result<measures::Answer> ask_measure(
    ledger::RecordView& view, const MeasureRequest& request, const measures::Parameters& parameters
);

/// Several measures of one pair and one day, whose facts were read already: side by side, answers in their order.
Result<std::vector<measures::Answer>> ask_measures(
    ledger::RecordView& view,
    BriefFacts facts,
    std::span<const MeasureRequest> requests,
    const measures::Parameters& parameters
);

/// The answer as a picture, with its headline and what it stands on.
/// Errors  those of `ask_measure` · invalid_argument: the measure has no picture · not_found: there is nothing to draw
Result<picture::Picture> draw_measure(
    ledger::RecordView& view, const MeasureRequest& request, const measures::Parameters& parameters
);

/// The answer as an object: numbers with six significant digits, records by id.
json::object answer_json(const measures::Answer& answer, const std::string& known_at);

/// A table of an answer: rows of cells by the names of their columns.
json::object table_json(const measures::AnswerTable& table);

/// Every measure with its question, choices and references.
json::array measures_json();

}  // namespace entente::service
