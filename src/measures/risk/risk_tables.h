// The tables and sentences of a risk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/risk/risk_told.h"

namespace entente::measures::risk {

/// A question about the risk of a pair, read.
struct RiskAsked {
    const PairFacts& facts;
    const GatheredRecord& gathered;
    Day from;
    const std::optional<SupposedShock>& supposed;
};

/// `4.2 %`, `18 %`, `under 0.1 %`
std::string chance_words(double chance);
/// `arms sale by United States`
std::string shock_words(const PairFacts& facts, const ShockClass& what);

std::string risk_headline(const RiskAsked& asked, const ToldRisk& told);
/// Why there is no risk to tell of a tie that is not at risk.
std::string standing_words(const RiskAsked& asked, Standing standing);
/// What was learnt from, and which stops were not.
std::string learnt_words(const GatheredRecord& gathered, const ToldRisk& told);
/// What came of such figures, and whether they were better than what anybody could say.
std::vector<std::string> track_words(const ToldRisk& told);
/// What followed shocks like the supposed one, and how often a stop comes as soon anyway.
std::vector<std::string> precedent_words(const RiskAsked& asked);
std::vector<std::string> risk_warnings(const RiskAsked& asked, Day at);

AnswerTable chances_table(const RiskAsked& asked, const ToldRisk& told);
AnswerTable bands_table(const ToldRisk& told);
/// By class and side: how many shocks of the pair a stop followed.
AnswerTable classes_table(const RiskAsked& asked);
/// The precedents of the supposed shock that a stop followed; all of them where `all`.
AnswerTable precedents_table(const RiskAsked& asked, bool all);
AnswerTable risk_scores_table(const ToldRisk& told);
AnswerTable risk_calibration_table(const ToldRisk& told, std::size_t horizon);
AnswerTable effects_table(const ToldRisk& told);
/// Of all pairs, by Cox regressions on what stops again and again.
AnswerTable next_stop_table(const RiskAsked& asked);
AnswerTable learnt_table(const RiskAsked& asked);
AnswerTable stops_told_table(const RiskAsked& asked, const ToldRisk& told);

}  // namespace entente::measures::risk
