#include <algorithm>

#include "measures/pictures/parts.h"
#include "measures/pictures/pictures.h"
#include "measures/spells/series_names.h"

namespace entente::measures {
namespace {

using picture::place;
using picture::Survey;

const AnswerSeries* series_of(const Answer& answer, std::string_view name) {
    const auto found = std::ranges::find(answer.series, name, &AnswerSeries::name);
    return found == answer.series.end() ? nullptr : &*found;
}

/// The series that bears the name of what is counted.
const AnswerSeries* counts_of(const Answer& answer) {
    const auto found = std::ranges::find_if(answer.series, [](const auto& one) {
        return one.name != kLowerStateSeries && one.name != kRatesSeries && one.name != kSilencesSeries;
    });
    return found == answer.series.end() ? nullptr : &*found;
}

/// Points that follow each other with one value, as stretches of whole periods.
template <class Take>
void each_stretch(const std::vector<SeriesPoint>& points, Day first, Take take) {
    for (std::size_t i = 0; i < points.size();) {
        std::size_t end = i + 1;
        while (end < points.size() && points[end].value == points[i].value) ++end;
        if (points[i].value)
            take(place(i == 0 ? first : points[i - 1].day + 1), place(points[end - 1].day + 1), points[i]);
        i = end;
    }
}

}  // namespace

Result<picture::Picture> spells_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
) {
    const auto* counts = counts_of(answer);
    if (!counts || counts->points.empty())
        return fail(
            ErrorCode::not_found,
            "svg",
            "found no covered time, so there is nothing to draw: " + answer.headline
        );
    picture::Picture out;
    const auto& points = counts->points;
    // Every period is as long as the second one, give or take a day.
    const auto length = points.size() > 1 ? points[1].day - points[0].day : 365;
    const Day first = points.front().day + 1 - length;
    picture::Bars bars{"Counted", length > 300 ? "a year" : "a month"};
    bars.tall = true;
    Day from = first;
    for (const auto& point : points) {
        if (point.value)
            bars.bars.push_back({place(from), place(point.day + 1), *point.value});
        else
            bars.survey.push_back({place(from), place(point.day + 1), Survey::none});
        from = point.day + 1;
    }
    // What comes after the last period nobody looked at, or it is not over.
    if (from <= question.at) bars.survey.push_back({place(from), place(question.at + 1), Survey::none});
    const double share = length / 365.25;
    if (const auto* rates = series_of(answer, kRatesSeries))
        each_stretch(
            rates->points,
            first,
            [&](picture::Place begin, picture::Place end, const SeriesPoint& point) {
                bars.levels.push_back(
                    {begin, end, share * *point.value, share * point.band->low, share * point.band->high}
                );
            }
        );
    if (const auto* silences = series_of(answer, kSilencesSeries))
        each_stretch(
            silences->points,
            first,
            [&](picture::Place begin, picture::Place end, const SeriesPoint&) {
                bars.silences.push_back({begin, end, Survey::none});
            }
        );
    out.axis = {true, place(first), place(std::max(question.at, points.back().day) + 1)};
    picture::StopRow stops{"Declared stops"};
    stops.through = true;
    InterruptionsQuestion asked;
    asked.pair = facts.tie.pair, asked.window = {question.at, question.at};
    const auto found = find_interruptions(facts.disruptions, facts.shocks, facts.tie.engagements, asked);
    for (std::size_t i = 0; i < found.episodes.size(); ++i)
        if (auto stop = stop_of(found.episodes[i], i + 1); stop.to > out.axis.first)
            stops.stops.push_back(std::move(stop));
    picture::ShockRow shocks{"Shocks"};
    for (const auto& shock : facts.shocks)
        if (touches(shock, facts.tie.pair) && shock.on.from && *shock.on.from <= question.at &&
            *shock.on.from >= first)
            shocks.shocks.push_back(mark_of(shock));
    if (!shocks.shocks.empty()) out.panels.emplace_back(std::move(shocks));
    if (!stops.stops.empty()) out.panels.emplace_back(std::move(stops));
    out.panels.emplace_back(std::move(bars));
    out.description =
        "Bars are what was counted, thick lines the rate of each stretch found, brackets silences.";
    out.notes = {
        "A silence is a finding, not a declared stop: covered time without a record. Shaded: declared "
        "stops."};
    return out;
}

}  // namespace entente::measures
