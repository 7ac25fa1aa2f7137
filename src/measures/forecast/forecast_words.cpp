#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/forecast/forecast_tables.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// `12 %`, or `12 to 31 %` over several.
std::string chances_words(const RestartForecast& forecast, std::size_t horizon, bool if_open_lasted) {
    double least = 1, most = 0;
    for (const auto& one : forecast.outages) {
        const double chance = (if_open_lasted ? one.chances_if_open_lasted : one.chances)[horizon];
        least = std::min(least, chance);
        most = std::max(most, chance);
    }
    const auto low = fmt::format("{:.0f}", 100 * least), high = fmt::format("{:.0f}", 100 * most);
    return low == high ? high + " %" : fmt::format("{} to {} %", low, high);
}

std::string interval_words(const OutageForecast& one) {
    if (!one.soon) return "80 of 100 not within ten years";
    if (!one.late)
        return fmt::format("80 of 100 from {} days on, open above ten years", days_words(one.soon));
    return fmt::format("80 of 100 in {} to {} days", days_words(one.soon), days_words(one.late));
}

/// At which horizons the chances were no closer to what came than those of the curve.
std::string no_closer_words(const TrackRecord& track) {
    std::vector<std::string> days;
    for (std::size_t h = 0; h < kHorizons.size(); ++h)
        if (track.weighted.brier[h] && track.curve.brier[h] &&
            *track.weighted.brier[h] >= *track.curve.brier[h])
            days.push_back(std::to_string(kHorizons[h]));
    if (days.empty()) return "";
    const auto last = days.back();
    days.pop_back();
    return fmt::format(
        " Its chances within {}{}{} days were no closer than that curve's.",
        fmt::join(days, ", "),
        days.empty() ? "" : " and ",
        last
    );
}

std::string gain_words(const ScoreGain& gain, const char* beside, std::size_t outages) {
    return fmt::format(
        "Beside {}: {:+.2f} in log score a forecast ({:+.2f} to {:+.2f}), {}.",
        beside,
        gain.mean,
        gain.limits.low,
        gain.limits.high,
        gain.sure()      ? std::string("better")
        : gain.mean <= 0 ? std::string("no better")
                         : fmt::format("no better as far as {} outages can tell", outages)
    );
}

}  // namespace

std::string days_words(const std::optional<double>& days) {
    return days ? with_commas(static_cast<std::int64_t>(std::ceil(*days))) : "over ten years";
}

std::string restart_headline(const RestartForecast& forecast) {
    const auto& first = forecast.outages.front();
    if (!forecast.stopped)
        return fmt::format(
            "Nothing is known to be stopped. Of new outages, as those of {} were, {} would end within 90 "
            "days and half "
            "within {} ({}).",
            first.like_own ? "this pair" : "all pairs",
            chances_words(forecast, 1, false),
            first.median ? days_words(first.median) + " days" : "more than ten years",
            interval_words(first)
        );
    if (forecast.outages.size() == 1)
        return fmt::format(
            "One outage has no known end{} the chance that it mends within 90 days is {}; half of such have "
            "mended "
            "within {} ({}).",
            first.last_said
                ? fmt::format(
                      "; the last word that it lasts is of {}. If it still does,", day_words(*first.last_said)
                  )
                : ":",
            chances_words(forecast, 1, false),
            first.median ? days_words(first.median) + " days" : "more than ten years",
            interval_words(first)
        );
    return fmt::format(
        "{} outages have no known end. The chance that one of them mends is {} within 90 days and {} within "
        "a year.",
        forecast.outages.size(),
        chances_words(forecast, 1, false),
        chances_words(forecast, 3, false)
    );
}

std::string learnt_words(const RestartForecast& forecast) {
    const auto& learnt = forecast.learnt;
    const auto own = forecast.outages.front().ended_of_pair;
    std::string out = fmt::format(
        "Learnt from {} of {} known by that day; {} had ended.",
        counted(learnt.cases.size(), "outage", "outages"),
        counted(learnt.pairs, "pair", "pairs"),
        learnt.ended
    );
    if (own < kFewestEnded)
        out += fmt::format(
            " This pair has {} that had ended, fewer than {}: the wider class, all pairs, is used.",
            own,
            kFewestEnded
        );
    else
        out += fmt::format(
            " The curve is of the pair's own {} that had ended; the laws learn from all pairs.", own
        );
    return out;
}

std::vector<std::string> track_words(const PairFacts& facts, const TrackRecord& track) {
    if (track.forecasts == 0)
        return {"No such forecast could be made and judged before that day: its worth is not known."};
    const auto told = track.weighted.inside + track.weighted.outside;
    std::vector<std::string> out;
    std::size_t own = 0, own_inside = 0;
    for (const auto& one : track.judged) {
        if (one.interval == Came::untold || !between(*one.forecast->outage, facts.tie.pair)) continue;
        ++own;
        own_inside += one.interval == Came::inside;
    }
    out.push_back(fmt::format(
        "Its own past: of {} such forecasts of {}, {} came true inside the 80 % interval{}; of this pair, "
        "{}{}.",
        told,
        counted(track.told_outages, "outage", "outages"),
        track.weighted.inside,
        told > 0 && track.inside_limits
            ? fmt::format(
                  " ({:.0f} %, limits {:.0f} to {:.0f})",
                  100.0 * static_cast<double>(track.weighted.inside) / static_cast<double>(told),
                  100 * track.inside_limits->low,
                  100 * track.inside_limits->high
              )
            : "",
        own == 0 ? "none" : fmt::format("{} of {}", own_inside, own),
        track.untold > 0 ? fmt::format(". Of {} more it cannot be told", track.untold) : ""
    ));
    out.push_back(
        gain_words(track.over_curve, "the curve of all past outages", track.outages) +
        no_closer_words(track) + " " + gain_words(track.over_last, "\"as the last one\"", track.outages)
    );
    return out;
}

std::vector<std::string> restart_warnings(const RestartForecast& forecast) {
    std::vector<std::string> out;
    if (forecast.learnt.silent > 0)
        out.push_back(fmt::format(
            "{} neither a known end nor a later word: they teach nothing. Had all without a known end lasted "
            "to that "
            "day, the chance within 90 days would be {} instead of {}.",
            counted(forecast.learnt.silent, "outage has", "outages have"),
            chances_words(forecast, 1, true),
            chances_words(forecast, 1, false)
        ));
    if (forecast.left_to_general_knowledge > 0)
        out.push_back(fmt::format(
            "{} on general knowledge alone and not learnt from.",
            counted(forecast.left_to_general_knowledge, "outage rests", "outages rest")
        ));
    for (const auto& why : forecast.learnt.not_fitted)
        out.push_back("Not fitted, the curve stands in: " + why);
    return out;
}

}  // namespace entente::measures
