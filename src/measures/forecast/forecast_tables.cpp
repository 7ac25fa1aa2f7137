#include "measures/forecast/forecast_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/words.h"

namespace entente::measures {
namespace {

/// Numbers of the outages that share the same list, as `1–3, 5`.
std::string numbers_words(const std::vector<std::size_t>& numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t end = i;
        while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
        out += (out.empty() ? "" : ", ") + std::to_string(numbers[i]);
        if (end > i) out += fmt::format("–{}", numbers[end]);
        i = end + 1;
    }
    return out;
}

/// Outages of which the same past ones are most alike.
struct AlikeList {
    std::vector<const Disruption*> outages;
    std::vector<std::size_t> numbers;
    const OutageForecast* of;
};

Cell first_back_cell(const PairFacts& facts, const SimilarOutage& one) {
    if (!one.first_back) return {"none on record"};
    return {
        fmt::format(
            "{}, {}", contact_words(*one.first_back, facts.all_channels), one.first_back->held->to_words("–")
        ),
        {},
        {one.first_back->evidence}};
}

}  // namespace

std::string sides_words(const PairFacts& facts, const Disruption& outage) {
    const auto joined = [&](const std::vector<std::string>& ids) {
        std::string out;
        for (const auto& id : ids) out += (out.empty() ? "" : ", ") + facts.name(id);
        return out;
    };
    return joined(outage.side_a) + " and " + joined(outage.side_b);
}

Cell share_cell(double share) {
    return {fmt::format("{:.0f} %", 100 * share), share};
}

std::string outage_words(const PairFacts& facts, const Disruption& outage) {
    for (const auto& channel : facts.all_channels)
        if (!outage.channel.empty() && channel.evidence.id == outage.channel)
            return channel.short_name.empty() ? channel.name : channel.short_name;
    return outage.scope;
}

Cell days_cell(const std::optional<double>& days) {
    return {days_words(days), days ? std::optional(std::ceil(*days)) : std::nullopt};
}

AnswerTable outages_table(const PairFacts& facts, const RestartForecast& forecast) {
    AnswerTable table{
        "outages",
        forecast.stopped ? "Stopped: chance to have mended within so many days"
                         : "A new outage: chance to have mended",
        {{"number", "#", true},
         {"what", "what", false, 0, 14},
         {"since", "since", false, 1},
         {"days_out", "out", true},
         {"within_30", "30", true},
         {"within_90", "90", true},
         {"within_180", "180", true},
         {"within_365", "365", true},
         {"median", "half by", true},
         {"soon", "80 % from", true},
         {"late", "to", true}},
        {},
        "Half by, 80 % from, to: more days from the day asked, what is not known of the figures counted in.",
        false};
    for (std::size_t i = 0; i < forecast.outages.size(); ++i) {
        const auto& one = forecast.outages[i];
        std::vector<Cell> row{{std::to_string(i + 1), static_cast<double>(i + 1)}};
        if (one.outage) {
            row.push_back({outage_words(facts, *one.outage), {}, {one.outage->evidence}});
            row.push_back({one.outage->began.to_words("–")});
            row.push_back({range_words(one.days_out), static_cast<double>(one.days_out.high)});
        } else {
            row.insert(row.end(), {{"one as before"}, {""}, {"0", 0.0}});
        }
        for (const double chance : one.chances) row.push_back(share_cell(chance));
        row.push_back(days_cell(one.median));
        row.push_back(days_cell(one.soon));
        row.push_back(days_cell(one.late));
        table.rows.push_back(std::move(row));
    }
    return table;
}

AnswerTable unseen_table(const PairFacts& facts, const RestartForecast& forecast) {
    AnswerTable table{
        "unseen",
        "May have ended unseen",
        {{"number", "#", true},
         {"what", "what", false, 0, 14},
         {"last_said", "last word that it lasts"},
         {"ended", "ended since", true},
         {"ended_if_open_lasted", "had all open ends lasted", true}},
        {},
        "The chances above hold if it has not ended.",
        false};
    for (std::size_t i = 0; i < forecast.outages.size(); ++i) {
        const auto& one = forecast.outages[i];
        if (!one.last_said) continue;
        table.rows.push_back({
            {std::to_string(i + 1), static_cast<double>(i + 1)},
            {outage_words(facts, *one.outage), {}, {one.outage->evidence}},
            {day_words(*one.last_said)},
            share_cell(*one.ended_unseen),
            share_cell(*one.ended_unseen_if_open_lasted),
        });
    }
    return table;
}

AnswerTable alike_table(const PairFacts& facts, const RestartForecast& forecast) {
    AnswerTable table{"alike", "The past outages most like it", {}, {}, {}, false};
    std::vector<AlikeList> lists;
    bool others = false;
    for (std::size_t i = 0; i < forecast.outages.size(); ++i) {
        AlikeList list{{}, {i + 1}, &forecast.outages[i]};
        for (const auto& one : list.of->alike) {
            list.outages.push_back(one.outage);
            others |= !between(*one.outage, facts.tie.pair);
        }
        const auto same = std::ranges::find(lists, list.outages, &AlikeList::outages);
        if (same == lists.end())
            lists.push_back(std::move(list));
        else
            same->numbers.push_back(i + 1);
    }
    if (lists.size() > 1) table.columns.push_back({"of", "of"});
    table.columns.push_back({"what", "what", false, 0, 14});
    if (others) table.columns.push_back({"pair", "pair", false, 0, 14});
    table.columns.insert(
        table.columns.end(),
        {{"began", "began", false, 1},
         {"days", "days", true},
         {"shared", "alike in", false, 2},
         {"first_back", "back first", false, 0, 36}}
    );
    for (const auto& list : lists)
        for (const auto& one : list.of->alike) {
            std::vector<Cell> row;
            if (lists.size() > 1) row.push_back({numbers_words(list.numbers)});
            row.push_back({outage_words(facts, *one.outage), {}, {one.outage->evidence}});
            if (others) row.push_back({sides_words(facts, *one.outage)});
            row.push_back({one.outage->began.to_words("–")});
            row.push_back({range_words(one.days), static_cast<double>(one.days.high)});
            row.push_back({one.shared.empty() ? "nothing" : fmt::format("{}", fmt::join(one.shared, ", "))});
            row.push_back(first_back_cell(facts, one));
            table.rows.push_back(std::move(row));
        }
    return table;
}

AnswerTable scores_table(const TrackRecord& track) {
    AnswerTable table{
        "scores",
        "How such forecasts did, beside what anybody could say",
        {{"maker", "forecast", false, 0, 16},
         {"inside", "inside 80 %", true},
         {"log_score", "log score", true},
         {"crps", "CRPS", true, 1},
         {"brier_30", "30", true, 2},
         {"brier_90", "90", true, 1},
         {"brier_180", "180", true, 2},
         {"brier_365", "365", true, 1}},
        {},
        "Log score: higher is better. CRPS: how far off, in days, over all horizons, lower is better. The "
        "others: mean squared miss of the chance within so many days, lower is better.",
        false};
    if (track.forecasts == 0) return table;
    const auto add = [&](const char* maker, const ForecastScore& score) {
        const auto told = score.inside + score.outside;
        std::vector<Cell> row{
            {maker},
            told > 0
                ? Cell{fmt::format("{} of {}", score.inside, told), static_cast<double>(score.inside) / static_cast<double>(told)}
                : Cell{"too few"},
            {fmt::format("{:.2f}", score.log_score), score.log_score},
            {fmt::format("{:.0f}", score.crps), score.crps}};
        for (const auto& brier : score.brier)
            row.push_back(brier ? Cell{fmt::format("{:.3f}", *brier), *brier} : Cell{"too few"});
        table.rows.push_back(std::move(row));
    };
    add("this one", track.weighted);
    add("curve of all past outages", track.curve);
    add("as the last one", track.as_last);
    return table;
}

AnswerTable calibration_table(const TrackRecord& track, std::size_t horizon) {
    constexpr std::array<double, 6> kFifths{0, 0.2, 0.4, 0.6, 0.8, 1};
    auto out = calibration_table(
        fmt::format("calibration_{}", kHorizons[horizon]),
        fmt::format("Chances told to have mended within {} days, and what came", kHorizons[horizon]),
        calibrate(told_and_came(track.judged, horizon), kFifths)
    );
    out.explains = kHorizons[horizon] != 90;
    return out;
}

}  // namespace entente::measures
