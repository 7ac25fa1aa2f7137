// The restart meter as it is asked for and read: channels, stops, what came back first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "measures/channel_state.h"
#include "measures/coverage_of.h"
#include "measures/interruptions.h"
#include "measures/pictures/pictures.h"
#include "measures/recovery.h"
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
    double quiet = 0;             ///< days out on which another channel went on
    double out = 0;
    std::map<std::size_t, std::int32_t> carried_by = {};  ///< days on which a channel, by its row, went on
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

std::string shown_name(const ChannelRow& row) {
    const auto& channel = *row.facts.channel;
    return channel.short_name.empty() ? channel.name : channel.short_name;
}

/// Runs of days of the window on which a channel was suspended.
std::vector<Window> runs_out(const ChannelRow& row, const Window& window) {
    std::vector<Window> out;
    if (row.outages.empty()) return out;
    for (Day day = window.first; day <= window.last; day = day + 1) {
        if (channel_standing(row.facts, day).condition != ChannelCondition::suspended) continue;
        if (!out.empty() && out.back().last + 1 == day)
            out.back().last = day;
        else
            out.push_back({day, day});
    }
    return out;
}

bool used_within(const ChannelRow& row, const Window& days) {
    return std::ranges::any_of(row.facts.uses, [&](const Engagement* use) {
        return use->held && use->held->from && use->held->last(days.last) >= days.first &&
               *use->held->from <= days.last;
    });
}

/// Whether a channel went on while another was out: not stopped, and used in that time or within one and a half of its
/// cadences before. One that is not stopped and that nobody uses carries nothing.
bool went_on(const ChannelRow& row, Day day, bool used_meanwhile) {
    const auto standing = channel_standing(row.facts, day);
    if (standing.condition != ChannelCondition::active || !standing.last_used) return false;
    if (used_meanwhile) return true;
    const auto& cadence = row.facts.channel->cadence_days;
    return cadence && 2 * (day - std::min(day, standing.last_used->held->last(day))) <= 3 * *cadence;
}

/// Share of a channel's days out on which another channel of the pair went on, and which.
void add_quiet_continuity(std::vector<ChannelRow>& rows, const Window& window) {
    for (auto& row : rows)
        for (const auto& run : runs_out(row, window)) {
            row.out += run.last - run.first + 1;
            std::vector<bool> carried(static_cast<std::size_t>(run.last - run.first + 1), false);
            for (std::size_t at = 0; at < rows.size(); ++at) {
                if (&rows[at] == &row) continue;
                const bool used = used_within(rows[at], run);
                if (!used && !rows[at].facts.channel->cadence_days) continue;
                for (Day day = run.first; day <= run.last; day = day + 1) {
                    if (!went_on(rows[at], day, used)) continue;
                    carried[static_cast<std::size_t>(day - run.first)] = true;
                    ++row.carried_by[at];
                }
            }
            row.quiet += static_cast<double>(std::ranges::count(carried, true));
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

/// `Policy talks (last 8 Jan 2024)`: what went on while a channel was out.
Cell carriers(const std::vector<ChannelRow>& rows, const ChannelRow& out_of_use, Day last) {
    Cell out;
    for (const auto& [at, days] : out_of_use.carried_by) {
        const auto standing = channel_standing(rows[at].facts, last);
        out.text += fmt::format(
            "{}{}, {} days{}",
            out.text.empty() ? "" : "; ",
            shown_name(rows[at]),
            with_commas(days),
            standing.last_used && standing.last_used->held
                ? ", last used " + standing.last_used->held->to_words("–")
                : ""
        );
        if (standing.last_used) out.records.push_back(standing.last_used->evidence);
    }
    if (out.text.empty()) out.text = "none";
    return out;
}

AnswerTable quiet_table(const std::vector<ChannelRow>& rows, const Window& window) {
    AnswerTable table{
        "quiet_continuity",
        "While it was out, did another channel go on?",
        {{"channel", "channel", false, 0, 16},
         {"days_out", "days out in the window", true},
         {"share", "with another going on", true},
         {"which", "which", false, 0, 24}},
        {},
        "A channel goes on where it is not stopped and was used while the other was out, or within one and a "
        "half of "
        "its cadences before.",
        true};
    for (const auto& row : rows)
        if (row.out > 0)
            table.rows.push_back(
                {{shown_name(row)},
                 {fmt::format("{:.0f}", row.out), row.out},
                 {shown_share(row.quiet / row.out), row.quiet / row.out},
                 carriers(rows, row, window.last)}
            );
    return table;
}

/// Outages of a channel that end in the window, whole, and those that last when it closes, as far as a source says so.
std::vector<TimeOut> times_out_of(const ChannelRow& row, const Window& window) {
    std::vector<TimeOut> out;
    for (const auto& length : row.available.completed) out.push_back({length, true});
    for (const auto& outage : row.outages) {
        const auto& one = *outage.disruption;
        if (!one.began.from || !one.began.to || *one.began.from > window.last) continue;
        if (one.ended && one.ended->to && *one.ended->to <= window.last) continue;
        const auto said = one.ended                              ? window.last
                          : one.last_known && one.last_known->to ? *one.last_known->to
                                                                 : *one.began.to;
        const Day last = std::min(window.last, said);
        out.push_back({{std::max(1, last - *one.began.to), std::max(1, last - *one.began.from)}, false});
    }
    return out;
}

std::string ends_words(const Interval& days) {
    if (days.high - days.low < 0.5) return with_commas(std::llround(days.low));
    return fmt::format("{}–{}", with_commas(std::llround(days.low)), with_commas(std::llround(days.high)));
}

/// Mean days to restore: of what ended, and with what lasts.
std::vector<Cell> recovery_row(const std::string& of, const std::vector<TimeOut>& outages) {
    const auto found = recovery_of(outages);
    const auto number = [](std::size_t value) {
        return Cell{std::to_string(value), static_cast<double>(value)};
    };
    const auto middle = [](const Interval& days) { return (days.low + days.high) / 2; };
    return {
        {of},
        number(found.ended),
        found.mean ? Cell{ends_words(*found.mean), middle(*found.mean)} : Cell{"none ended"},
        number(found.lasting),
        found.restricted ? Cell{ends_words(*found.restricted), middle(*found.restricted)}
                         : Cell{"cannot be said"},
        found.restricted ? Cell{fmt::format("{:.0f}", found.up_to), found.up_to} : Cell{"–"}};
}

AnswerTable recovery_table(
    const std::vector<ChannelRow>& rows, const Interruptions& found, const Window& window
) {
    AnswerTable table{
        "recovery",
        "Days until restored",
        {{"of", "of", false, 0, 16},
         {"ended", "ended", true},
         {"mean", "mean of these", true},
         {"lasting", "no end known", true},
         {"restricted_mean", "mean with those", true},
         {"up_to", "of the first days", true, 1}},
        {},
        "Mean of these: MTTR, of what ended alone. Mean with those: the restricted mean, the area under the "
        "curve of all "
        "that stopped, up to the longest that any was followed; what has no known end counts as far as a "
        "source says "
        "that it lasted.",
        false};
    if (!found.episodes.empty())
        table.rows.push_back(recovery_row("the relationship, all stops", times_out(found.episodes)));
    std::vector<TimeOut> all;
    for (const auto& row : rows) {
        const auto more = times_out_of(row, window);
        all.insert(all.end(), more.begin(), more.end());
    }
    if (!all.empty())
        table.rows.push_back(recovery_row(
            fmt::format("single channels, {} to {}", to_iso(window.first), to_iso(window.last)), all
        ));
    return table;
}

AnswerTable first_to_full_table(const PairFacts& facts, const Interruptions& found) {
    AnswerTable table{
        "first_to_full",
        "From the first contact back to full service",
        {{"number", "#", true},
         {"first", "first after, days", true},
         {"full", "full after, days", true},
         {"between", "between", true},
         {"what", "first", false, 0, 20}},
        {},
        {},
        true};
    for (std::size_t i = found.episodes.size(); i-- > 0;) {
        const auto& one = found.episodes[i];
        const auto steps = first_to_full(one);
        const auto days = [](const domain::LengthRange& range) {
            return Cell{range_words(range), (range.low + range.high) / 2.0};
        };
        if (steps)
            table.rows.push_back(
                {{std::to_string(i + 1), static_cast<double>(i + 1)},
                 days(steps->first),
                 days(steps->full),
                 days(steps->between),
                 {contact_words(*steps->contact, facts.channels), {}, {steps->contact->evidence}}}
            );
        else
            table.rows.push_back(
                {{std::to_string(i + 1), static_cast<double>(i + 1)},
                 {"unknown"},
                 one.ended ? days(one.length) : Cell{"no end known"},
                 {"unknown"},
                 {one.ended ? "nothing on record in the year after" : "not restored on record"}}
            );
    }
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

/// Statements that say that stops of the pair were looked for.
std::vector<const Coverage*> lookers(const PairFacts& facts) {
    std::vector<const Coverage*> out;
    for (const auto& one : facts.tie.coverage)
        if (contains(one.record_types, "disruption") && may_speak_of(one, facts.tie.pair) &&
            (one.kind == "census" || one.kind == "sample"))
            out.push_back(&one);
    return out;
}

/// Nothing on record is an answer only where somebody looked.
std::string none_words(const PairFacts& facts) {
    const auto by = lookers(facts);
    std::string out =
        "No stop is on record, but nobody declares a census or a sample of stops of this pair: whether "
        "there was one is not known. It is not 0.";
    if (!by.empty()) {
        out = "No stop is on record; stops were looked for";
        for (std::size_t i = 0; i < by.size(); ++i)
            out += fmt::format("{} {} ({})", i == 0 ? "" : ",", by[i]->covers.to_words("–"), by[i]->kind);
        out += ".";
    }
    return out;
}

/// Where counts may show what nobody declared.
std::string elsewhere_words(const PairFacts& facts) {
    const bool trained =
        !facts.tie.training_lines.empty() ||
        std::ranges::any_of(facts.tie.tallies, [](const Tally& one) { return one.what == "training"; });
    return trained ? "Training of this pair is on record: spells --kinds training finds silences in its "
                     "counts that "
                     "nobody declared, and so it does by --programme."
                   : "spells finds silences in counts that nobody declared.";
}

std::string headline(const PairFacts& facts, const Interruptions& found) {
    if (found.episodes.empty()) return none_words(facts);
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
    if (!found.episodes.empty()) {
        out.value = static_cast<double>(found.episodes.size());
    } else {
        out.reason = lookers(facts).empty() ? "not covered" : "none on record";
        out.paragraphs.push_back(elsewhere_words(facts));
    }
    out.tables = {
        channels_table(facts, rows, window),
        stops_table(facts, found),
        recovery_table(rows, found, window),
        first_back_table(facts, found),
        ladder_table(facts, found),
        first_to_full_table(facts, found),
        quiet_table(rows, window)};
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
