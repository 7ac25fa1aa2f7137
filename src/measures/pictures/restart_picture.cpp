#include <fmt/format.h>

#include <algorithm>

#include "measures/channel_state.h"
#include "measures/pictures/parts.h"
#include "measures/pictures/pictures.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using picture::place;

picture::StopRow row_of(const ChannelFacts& channel, const Window& window, Day at) {
    picture::StopRow out;
    out.name = channel.channel->short_name.empty() ? channel.channel->name : channel.channel->short_name;
    const auto standing = channel_standing(channel, at);
    out.note = to_words(standing.condition);
    if (standing.no_end_known) out.note += ", no end known";
    const auto available = availability(channel, window);
    out.aside = available.too_few ? "too few days" : fmt::format("{:.1f} %", 100 * available.expected);
    for (const auto* outage : channel.outages) out.stops.push_back(stop_of(*outage));
    std::optional<picture::Place> begins;
    if (channel.channel->established && channel.channel->established->from)
        begins = place(*channel.channel->established->from);
    for (const auto* use : channel.uses) {
        out.uses.push_back(middle_of(*use->held));
        begins = std::min(begins.value_or(out.uses.back()), out.uses.back());
    }
    for (const auto& stop : out.stops) begins = std::min(begins.value_or(stop.from), stop.from);
    out.begins = begins.value_or(place(at + 1));
    return out;
}

}  // namespace

Result<picture::Picture>
restart_picture(const PairFacts& facts, const MeasureQuestion& question, const Answer&) {
    ENTENTE_ASSIGN_OR_RETURN(const auto window, window_of_choices(question, "from", "to"));
    InterruptionsQuestion asked;
    asked.pair = facts.tie.pair, asked.window = {question.at, question.at};
    const auto found = find_interruptions(facts.disruptions, facts.shocks, facts.tie.engagements, asked);
    picture::Picture out;
    Day first = question.at;
    picture::StopRow stops{"Stops", counted(found.episodes.size(), "stop", "stops") + " on record"};
    stops.through = true;
    for (std::size_t i = 0; i < found.episodes.size(); ++i) {
        stops.stops.push_back(stop_of(found.episodes[i], i + 1));
        if (found.episodes[i].began.from) first = std::min(first, *found.episodes[i].began.from);
    }
    for (const auto* event : found.single_events) stops.refusals.push_back(middle_of(event->began));
    picture::ShockRow shocks{"Shocks"};
    for (const auto& shock : facts.shocks)
        if (touches(shock, facts.tie.pair) && shock.on.from && *shock.on.from <= question.at)
            shocks.shocks.push_back(mark_of(shock));
    const auto contacts = counted_contacts(facts.tie, question.at);
    auto lane = lane_of("All contacts", contacts, facts.tie.pair);
    lane.directed = true;
    std::vector<picture::StopRow> channels;
    for (const auto& channel : facts.channels) {
        if (!names_both(channel.parties, facts.tie.pair)) continue;
        channels.push_back(row_of(
            gather(
                channel,
                facts.channel_states,
                facts.disruptions,
                facts.tie.engagements,
                facts.tie.coverage,
                question.at
            ),
            window,
            question.at
        ));
    }
    // Which was stopped comes first; the others after it, as they are on record.
    std::ranges::stable_partition(channels, [](const auto& row) { return !row.stops.empty(); });
    for (const auto& row : channels)
        for (const auto at : row.uses) first = std::min(first, Day{static_cast<std::int32_t>(at)});
    if (!contacts.empty()) first = std::min(first, *contacts.front()->held->from);
    out.axis = {true, place(*day_of(calendar(first).year, 1, 1)), place(question.at + 1)};
    if (!shocks.shocks.empty()) out.panels.emplace_back(std::move(shocks));
    out.panels.emplace_back(std::move(stops));
    out.panels.emplace_back(std::move(lane));
    for (auto& row : channels) out.panels.emplace_back(std::move(row));
    out.panels.emplace_back(picture::SurveyStrip{
        "Coverage",
        "",
        survey_by_year(
            facts.tie.coverage,
            {facts.tie.pair, "engagement", ""},
            *day_of(calendar(first).year, 1, 1),
            question.at
        )});
    out.up = facts.name(facts.tie.pair.a) + " travels";
    out.down = facts.name(facts.tie.pair.b) + " travels";
    out.description = fmt::format(
        "{} stops of the relationship and {} channels on one line of time.",
        found.episodes.size(),
        channels.size()
    );
    out.notes = {fmt::format(
        "At the right: available {} to {}, of the days that are known. A line says that a channel existed "
        "and no stop "
        "names it, not that it was used; dots are uses on record.",
        to_iso(window.first),
        to_iso(window.last)
    )};
    return out;
}

}  // namespace entente::measures
