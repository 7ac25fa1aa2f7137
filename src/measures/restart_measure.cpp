// The restart meter as it is asked for and read: channels, stops, what came back first.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "measures/channel_state.h"
#include "measures/interruptions.h"
#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

struct Outage {
    const Disruption* disruption = nullptr;
    domain::LengthRange days{};
    bool open = false;
};

/// A channel and what is said of it.
struct ChannelRow {
    ChannelFacts facts;
    ChannelStanding standing;
    Availability available;
    std::vector<Outage> outages;  ///< longest first
    double quiet = 0;             ///< days out on which another channel was active
    double out = 0;
};

std::string names(const PairFacts& facts, const std::vector<std::string>& ids) {
    if (ids.empty()) return "unknown";
    std::string out;
    for (const auto& id : ids) out += (out.empty() ? "" : ", ") + facts.name(id);
    return out;
}

Outage outage_of(const Disruption& disruption, Day at) {
    Outage out{&disruption, {1, 1}, false};
    const auto end = disruption.ended && disruption.ended->to && *disruption.ended->to <= at
                         ? *disruption.ended
                         : domain::DateSpan{at, at, domain::Precision::day};
    out.open = !disruption.ended || !disruption.ended->to || *disruption.ended->to > at;
    if (!disruption.began.from || !disruption.began.to) return out;
    if (const auto length = domain::length_between(disruption.began, end)) out.days = *length;
    return out;
}

std::vector<ChannelRow> channel_rows(const PairFacts& facts, const Window& window, Day at) {
    std::vector<ChannelRow> out;
    for (const auto& channel : facts.channels) {
        if (!names_both(channel.parties, facts.tie.pair)) continue;
        ChannelRow row{
            gather(
                channel,
                facts.channel_states,
                facts.disruptions,
                facts.tie.engagements,
                facts.tie.coverage,
                at
            ),
            {},
            {},
            {},
            0,
            0};
        row.standing = channel_standing(row.facts, at);
        row.available = availability(row.facts, window);
        for (const auto* disruption : row.facts.outages) row.outages.push_back(outage_of(*disruption, at));
        std::ranges::stable_sort(row.outages, [](const Outage& a, const Outage& b) {
            return a.days.high > b.days.high;
        });
        out.push_back(std::move(row));
    }
    return out;
}

/// Share of a channel's days out on which another channel of the pair was active. One that nobody is known to have
/// used is not stopped, but carried nothing either.
void add_quiet_continuity(std::vector<ChannelRow>& rows, const Window& window) {
    for (auto& row : rows) {
        if (row.outages.empty()) continue;
        for (Day day = window.first; day <= window.last; day = day + 1) {
            if (channel_standing(row.facts, day).condition != ChannelCondition::suspended) continue;
            ++row.out;
            row.quiet += std::ranges::any_of(rows, [&](const ChannelRow& other) {
                if (&other == &row) return false;
                const auto standing = channel_standing(other.facts, day);
                return standing.last_used && standing.condition == ChannelCondition::active;
            });
        }
    }
}

std::string share_words(const ShareRange& share, double expected) {
    if (share.low == share.high) return fmt::format("{:.1f} %", 100 * share.low);
    return fmt::format("{:.1f} % ({:.0f}–{:.0f})", 100 * expected, 100 * share.low, 100 * share.high);
}

AnswerTable channels_table(
    const PairFacts& facts, const std::vector<ChannelRow>& rows, const Window& window
) {
    AnswerTable table{
        "channels",
        fmt::format("Channels; available {} to {}", to_iso(window.first), to_iso(window.last)),
        {{"channel", "Channel", false, 0, 16},
         {"state", "state"},
         {"available", "available", true},
         {"stops", "stops", true, 2},
         {"mean_days_between_stops", "up between", true, 4},
         {"longest", "longest out, days", true},
         {"longest_from", "from", false, 1},
         {"stopped_by", "by"},
         {"last_used", "last used", false, 3}},
        {},
        {},
        false};
    for (const auto& row : rows) {
        const auto& a = row.available;
        Cell available{"too few days known"};
        if (a.known_days == 0)
            available = {"unknown"};
        else if (!a.too_few)
            available = {share_words(a.share, a.expected), a.expected};
        const Outage* longest = row.outages.empty() ? nullptr : &row.outages.front();
        std::string days = "no stop linked", from = "", by = "";
        std::vector<Evidence> records;
        if (longest) {
            days = range_words(longest->days) + (longest->open ? " so far" : "");
            from = longest->disruption->began.to_words("–");
            by = names(facts, longest->disruption->stopped_by);
            records = {longest->disruption->evidence};
        }
        const auto* channel = row.facts.channel;
        table.rows.push_back({
            {channel->short_name.empty() ? channel->name : channel->short_name, {}, {channel->evidence}},
            {std::string(to_words(row.standing.condition)) +
                 (row.standing.no_end_known ? ", no end known" : ""),
             {},
             row.standing.because},
            available,
            {std::to_string(a.stops), static_cast<double>(a.stops)},
            a.stops > 0
                ? Cell{fmt::format("{} days", a.up_days / a.stops), static_cast<double>(a.up_days) / a.stops}
                : Cell{"no stop"},
            {days, longest ? std::optional<double>(longest->days.high) : std::nullopt, records},
            {from},
            {by},
            {row.standing.last_used && row.standing.last_used->held
                 ? row.standing.last_used->held->to_words("–")
                 : "no use on record"},
        });
    }
    return table;
}

AnswerTable stops_table(const PairFacts& facts, const Interruptions& found) {
    AnswerTable table{
        "stops",
        "Stops of the relationship, newest first",
        {{"number", "#", true},
         {"stopped", "stopped"},
         {"resumed", "resumed"},
         {"days", "days out", true},
         {"by", "by"},
         {"cause", "stated cause", false, 0, 20}},
        {},
        {},
        false};
    for (std::size_t i = found.episodes.size(); i-- > 0;) {
        const auto& one = found.episodes[i];
        std::vector<Evidence> records;
        for (const auto* member : one.members) records.push_back(member->evidence);
        table.rows.push_back({
            {std::to_string(i + 1), static_cast<double>(i + 1)},
            {one.began.to_words("–"), {}, records},
            {one.ended ? one.ended->to_words("–") : "no end known"},
            {range_words(one.length) + (one.ended ? "" : " so far"), static_cast<double>(one.length.high)},
            {names(facts, one.stopped_by)},
            {one.stated_causes.empty() ? "not stated"
                                       : fmt::format("{}", fmt::join(one.stated_causes, "; "))},
        });
    }
    return table;
}

AnswerTable ladder_table(const PairFacts& facts, const Interruptions& found) {
    AnswerTable table{
        "ladder",
        "What came back, in order",
        {{"number", "#", true},
         {"days", "after days", true},
         {"what", "what", false, 0, 20},
         {"held", "held"},
         {"record", "record"}},
        {},
        {},
        true};
    for (std::size_t i = found.episodes.size(); i-- > 0;)
        for (const auto& back : found.episodes[i].first_back)
            table.rows.push_back({
                {std::to_string(i + 1)},
                {range_words(back.days), static_cast<double>(back.days.high)},
                {contact_words(*back.engagement, facts.channels)},
                {back.engagement->held ? back.engagement->held->to_words("–") : ""},
                {back.engagement->evidence.shown_id(), {}, {back.engagement->evidence}},
            });
    return table;
}

AnswerTable first_back_table(const PairFacts& facts, const Interruptions& found) {
    std::map<std::string, std::pair<int, std::vector<Evidence>>> first;
    int none = 0;
    for (const auto& one : found.episodes) {
        if (!one.ended) continue;
        if (one.first_back.empty()) {
            ++none;
            continue;
        }
        auto& [times, records] = first[contact_words(*one.first_back.front().engagement, facts.channels)];
        ++times;
        records.push_back(one.first_back.front().engagement->evidence);
    }
    AnswerTable table{"first_back", "Back first", {{"what", "what"}, {"times", "times", true}}, {}, {}, true};
    for (const auto& [what, times] : first)
        table.rows.push_back(
            {{what}, {std::to_string(times.first), static_cast<double>(times.first), times.second}}
        );
    if (none > 0)
        table.rows.push_back(
            {{"no contact in the year after is on record"}, {std::to_string(none), static_cast<double>(none)}}
        );
    return table;
}

AnswerTable quiet_table(const std::vector<ChannelRow>& rows) {
    AnswerTable table{
        "quiet_continuity",
        "While it was out, was another channel active?",
        {{"channel", "channel", false, 0, 16},
         {"days_out", "days out in the window", true},
         {"share", "with another active", true}},
        {},
        {},
        true};
    for (const auto& row : rows)
        if (row.out > 0)
            table.rows.push_back(
                {{row.facts.channel->short_name.empty() ? row.facts.channel->name
                                                        : row.facts.channel->short_name},
                 {fmt::format("{:.0f}", row.out), row.out},
                 {shown_share(row.quiet / row.out), row.quiet / row.out}}
            );
    return table;
}

/// The longest outage of a single channel, where any has one.
std::string longest_of_channels(const PairFacts& facts, const std::vector<ChannelRow>& rows) {
    const ChannelRow* longest = nullptr;
    for (const auto& row : rows) {
        if (row.outages.empty()) continue;
        if (!longest || row.outages.front().days.high > longest->outages.front().days.high) longest = &row;
    }
    if (!longest) return {};
    const auto& outage = longest->outages.front();
    const auto& channel = *longest->facts.channel;
    return fmt::format(
        "Of single channels {} was out longest: {} days{} from {}, stopped by {}.",
        channel.short_name.empty() ? channel.name : channel.short_name,
        range_words(outage.days),
        outage.open ? " so far" : "",
        outage.disruption->began.to_words("–"),
        names(facts, outage.disruption->stopped_by)
    );
}

std::string headline(const PairFacts& facts, const Interruptions& found) {
    if (found.episodes.empty()) return "No stop is on record.";
    std::size_t open = 0;
    std::map<std::string, int> by;
    for (const auto& one : found.episodes) {
        open += !one.ended;
        ++by[names(facts, one.stopped_by)];
    }
    std::string who;
    for (const auto& [name, times] : by) who += fmt::format("{}{} {}", who.empty() ? "" : ", ", times, name);
    std::int32_t longest = 0;
    for (const auto& one : found.episodes)
        if (one.ended) longest = std::max(longest, one.length.high);
    return fmt::format(
        "{} since {}, by: {}. {} no known end. The longest that ended took {} days.",
        counted(found.episodes.size(), "stop", "stops"),
        found.episodes.front().began.to_words("–"),
        who,
        open == 0   ? "None has"
        : open == 1 ? "One has"
                    : fmt::format("{} have", open),
        with_commas(longest)
    );
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto window, window_of_choices(question, "from", "to"));
    InterruptionsQuestion asked;
    asked.pair = facts.tie.pair;
    asked.window = {question.at, question.at};
    for (const auto& one : facts.disruptions)
        if (one.began.from) asked.window.first = std::min(asked.window.first, *one.began.from);
    const auto found = find_interruptions(facts.disruptions, facts.shocks, facts.tie.engagements, asked);
    auto rows = channel_rows(facts, window, question.at);
    add_quiet_continuity(rows, window);
    Answer out = begin_answer(*find_measure("restart"), facts, question);
    out.headline = headline(facts, found);
    if (auto longest = longest_of_channels(facts, rows); !longest.empty())
        out.paragraphs.push_back(std::move(longest));
    if (!found.episodes.empty())
        out.value = static_cast<double>(found.episodes.size());
    else
        out.reason = "none on record";
    out.tables = {
        channels_table(facts, rows, window),
        stops_table(facts, found),
        first_back_table(facts, found),
        ladder_table(facts, found),
        quiet_table(rows)};
    out.tables[0].note =
        "Active means not stopped by a stop that names the channel; it says nothing of how often a channel "
        "is used.";
    if (!found.undated.empty())
        out.warnings.push_back(fmt::format(
            "{} of unknown date: {}",
            counted(found.undated.size(), "stop is", "stops are"),
            shown_ids(found.undated)
        ));
    return out;
}

}  // namespace

Measure restart_measure() {
    return {
        .name = "restart",
        .version = 1,
        .question = "When did it stop, who stopped it, and what came back first?",
        .unit = "stops",
        .uses_parameters = false,
        .choices =
            {
                {"from",
                 "",
                 "DATE",
                 "First day of the window of availability (default: the last whole half-decade)"},
                {"to", "", "DATE", "Last day of it"},
            },
        .references = {"MEASURES.md 8 and 16A"},
        .ask = ask,
        .draw = restart_picture,
    };
}

}  // namespace entente::measures
