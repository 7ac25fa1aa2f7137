#include <algorithm>

#include <fmt/format.h>

#include "measures/words.h"
#include "service/brief_document_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using measures::counted;
using measures::day_words;
using picture::Section;
using picture::Table;
using picture::TableRow;
using picture::Text;

constexpr std::size_t kMostSources = 6;

std::string command(const Brief& brief, const std::string& name) {
    return fmt::format("entente {} {} {}", name, brief.a.shortest(), brief.b.shortest());
}

/// Words up to the first semicolon: what a scope begins with is what it is about.
std::string first_clause(const std::string& text) {
    return text.substr(0, text.find(';'));
}

std::string back_words(const BriefContactAfter& back) {
    return fmt::format("{}, {}, after {} days", back.label, back.held.to_words("–"), range_words(back.days));
}

std::vector<std::string> details_of(const BriefStop& stop) {
    std::vector<std::string> out;
    if (!stop.ended) {
        out.push_back(fmt::format(
            "{}; {} since all the same",
            stop.last_said ? "last day a source says so: " + day_words(*stop.last_said)
                           : std::string("no source says how long"),
            counted(stop.meanwhile.size(), "contact", "contacts")
        ));
        return out;
    }
    if (stop.members.size() > 1) {
        std::string parts;
        for (const auto& member : stop.members)
            parts += fmt::format(
                "{}{} {} days",
                parts.empty() ? "" : "; ",
                first_clause(member.what),
                range_words(member.length)
            );
        out.push_back(parts);
    }
    out.push_back(
        stop.first_back.empty() ? "back first: unknown, no contact in the year after is on record"
                                : "back first: " + back_words(stop.first_back.front())
    );
    return out;
}

std::string who(const BriefStop& stop) {
    std::string out;
    for (const auto& name : stop.stopped_by) out += (out.empty() ? "" : ", ") + name.name;
    return out.empty() ? "unknown" : out;
}

TableRow row_of(const BriefStop& stop) {
    std::string resumed = stop.ended ? stop.ended->to_words("–") : "no end known";
    if (stop.end_disputed) resumed += " †";
    if (stop.end_general_knowledge) resumed += " *";
    std::string what;
    if (stop.members.size() == 1) what = first_clause(stop.members.front().what);
    const auto cause =
        stop.causes.empty() ? "cause not stated" : fmt::format("{}", fmt::join(stop.causes, "; "));
    TableRow out;
    out.cells = {
        std::to_string(stop.number),
        stop.began.to_words("–"),
        resumed,
        range_words(stop.length) + (stop.ended ? "" : " so far"),
        who(stop),
        cause};
    out.details = details_of(stop);
    if (!what.empty()) out.details.insert(out.details.begin(), what);
    out.stopped = !stop.ended;
    return out;
}

std::string share_words(const measures::Availability& found) {
    if (found.too_few) return "too few days known";
    const auto low = fmt::format("{:.1f}", 100 * found.share.low);
    const auto high = fmt::format("{:.1f}", 100 * found.share.high);
    return low == high ? low + " %" : fmt::format("{}–{} %", low, high);
}

std::string days_ago(const Brief& brief, const BriefChannel& channel) {
    if (!channel.last_used || !channel.last_used->to) return "unknown";
    const auto days = brief.on - *channel.last_used->to;
    return measures::with_commas(std::max(0, days));
}

}  // namespace

Section stops_section(const Brief& brief) {
    Section out{"Stops", "", {}};
    if (brief.stops.empty()) {
        out.blocks.push_back(Text{
            brief.single_events.empty()
                ? "None on record, and no single refusal."
                : fmt::format(
                      "None on record; {}.",
                      counted(brief.single_events.size(), "single refusal", "single refusals")
                  )});
        return out;
    }
    bool disputed = false, unchecked = false;
    Table table;
    table.columns = {
        {"#", true},
        {"stopped"},
        {"resumed"},
        {"days out", true, 0, true},
        {"by"},
        {"stated cause; what stopped; what came back first", false, 1}};
    table.many = "earlier stops", table.command = command(brief, "restart");
    for (auto stop = brief.stops.rbegin(); stop != brief.stops.rend(); ++stop) {
        table.rows.push_back(row_of(*stop));
        disputed |= stop->end_disputed, unchecked |= stop->end_general_knowledge;
    }
    out.aside = "newest first";
    out.blocks.push_back(std::move(table));
    std::string note;
    if (disputed) note += "† Another source gives another day. ";
    if (unchecked) note += "* The end is from general knowledge. ";
    if (!note.empty()) out.blocks.push_back(Text{note, "", 1, true});
    return out;
}

Section channels_section(const Brief& brief) {
    const auto from = calendar(brief.availability_window.first).year;
    const auto to = calendar(brief.availability_window.last).year;
    Section out{"Channels", fmt::format("available {}–{}, of the days that are known", from, to), {}};
    if (brief.channels.empty()) {
        out.aside.clear();
        out.blocks.push_back(Text{"None on record."});
        return out;
    }
    Table table;
    table.columns = {
        {"channel", false, 1, false, true},
        {"state"},
        {"available", true, 0, true},
        {"last used"},
        {"days ago", true, 0, true},
        {"as said by"}};
    table.many = "channels", table.command = command(brief, "restart");
    for (const auto& channel : brief.channels) {
        TableRow row;
        std::string because;
        for (const auto& record : channel.because) because += (because.empty() ? "" : " ") + record.shown;
        if (because.empty()) because = channel.general_knowledge ? "general knowledge" : "no record";
        row.cells = {
            channel.name,
            channel.no_end_known ? "end not known" : std::string(to_words(channel.condition)),
            share_words(channel.availability),
            channel.last_used ? channel.last_used->to_words("–") : "none on record",
            days_ago(brief, channel),
            because};
        row.stopped = channel.condition == measures::ChannelCondition::suspended;
        table.rows.push_back(std::move(row));
    }
    out.blocks.push_back(std::move(table));
    return out;
}

Section moved_section(const Brief& brief) {
    Section out{"What moved it", "twelve months to " + day_words(brief.on), {}};
    if (brief.last_year.empty()) {
        out.blocks.push_back(Text{"No contact of these months is on record."});
        return out;
    }
    Table table;
    table.columns = {{"on"}, {"contact", false, 1}, {"record"}};
    table.many = "contacts";
    table.command = fmt::format("entente list --pair {} {}", brief.a.shortest(), brief.b.shortest());
    for (auto one = brief.last_year.rbegin(); one != brief.last_year.rend(); ++one)
        table.rows.push_back({{one->held.to_words("–"), one->label, one->record.shown}});
    out.blocks.push_back(std::move(table));
    return out;
}

Section evidence_section(const Brief& brief) {
    Section out{"Stands on", counted(brief.sources.size(), "source", "sources"), {}};
    out.blocks.push_back(Text{brief.checkpoint.empty() ? "no checkpoint" : brief.checkpoint, "", 2, true});
    if (!brief.sources.empty()) {
        Table table;
        table.columns = {{"source", false, 1, false, false, true}, {"records", true}};
        table.many = "sources", table.command = command(brief, "balance");
        for (const auto& source : brief.sources)
            table.rows.push_back(
                {{source.title, measures::with_commas(static_cast<std::int64_t>(source.records))}}
            );
        if (table.rows.size() > kMostSources) {
            out.aside = fmt::format("{} sources, the most cited", brief.sources.size());
            table.rows.resize(kMostSources);
        }
        out.blocks.push_back(std::move(table));
    }
    out.blocks.push_back(Text{"Every number opens to its records with --explain.", "", 1, true});
    return out;
}

}  // namespace entente::service
