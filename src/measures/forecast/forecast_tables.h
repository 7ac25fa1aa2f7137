// The tables and sentences of a forecast.
#pragma once

#include <string>

#include "measures/answer.h"
#include "measures/forecast/restart_forecast.h"

namespace entente::measures {

/// `Maritime consultation`, or what stopped in the words of the record.
std::string outage_words(const PairFacts& facts, const Disruption& outage);
/// `United States and China`
std::string sides_words(const PairFacts& facts, const Disruption& outage);
/// Of a column of `TraitColumns`: `cause: coup`, `stopped by China`
std::string trait_words(const PairFacts& facts, const std::string& name);
Cell share_cell(double share);
/// `210`, or `over ten years`
std::string days_words(const std::optional<double>& days);
Cell days_cell(const std::optional<double>& days);

std::string restart_headline(const RestartForecast& forecast);
/// What was learnt from, and which class is used.
std::string learnt_words(const RestartForecast& forecast);
/// What came of such forecasts, and whether they are better than what anybody could say.
std::vector<std::string> track_words(const PairFacts& facts, const TrackRecord& track);
/// What stands in the way of taking the figures as they are.
std::vector<std::string> restart_warnings(const RestartForecast& forecast);

AnswerTable outages_table(const PairFacts& facts, const RestartForecast& forecast);
/// What may have ended without anybody saying so; no rows where all are known to last.
AnswerTable unseen_table(const PairFacts& facts, const RestartForecast& forecast);
AnswerTable alike_table(const PairFacts& facts, const RestartForecast& forecast);
AnswerTable scores_table(const TrackRecord& track);
/// What came of the chances told within a horizon; within 90 days to be read, the others when somebody asks why.
AnswerTable calibration_table(const TrackRecord& track, std::size_t horizon);
AnswerTable weights_table(const RestartForecast& forecast);
AnswerTable effects_table(const PairFacts& facts, const RestartForecast& forecast);
/// The same by a Cox regression, without a law.
AnswerTable ends_table(const PairFacts& facts, const RestartForecast& forecast);
AnswerTable past_table(const PairFacts& facts, const RestartForecast& forecast);

}  // namespace entente::measures
