#include "cli/render_brief.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/utf8.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using measures::ChannelCondition;
using measures::CoverageKind;
using service::Brief;
using service::BriefChannel;
using service::with_commas;

constexpr std::size_t kMostLines = 60;
constexpr std::size_t kLabelCells = 12;
constexpr std::size_t kFewChannels = 4;

std::size_t lines_of(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string title(const Brief& brief, const Style& style) {
    const auto names = isolated(brief.a.name, style) + " and " + isolated(brief.b.name, style);
    const auto line = at_ends(names, "on " + day_words(brief.on), style);
    return style.tone(Tone::bold, line) + "\n" + labelled("", brief.sentence, 0, style);
}

std::string on_record(const Brief& brief, const Style& style) {
    std::string text = counted(brief.contacts.size(), "contact", "contacts");
    if (brief.first_contact) text += " since " + brief.first_contact->to_words(style.dash());
    text += "; " + counted(brief.stops.size(), "stop", "stops");
    text += "; " + counted(brief.single_events.size(), "single refusal", "single refusals");
    text += "; " + counted(brief.shocks.size(), "shock", "shocks");
    return labelled("On record", text, kLabelCells, style);
}

/// The years that were covered in one way: `sample 1998-2000, 2005`.
std::string years_of(const Brief& brief, CoverageKind kind, const Style& style) {
    std::vector<std::string> years;
    for (const auto& stretch : brief.covered) {
        if (stretch.kind != kind) continue;
        const bool one = stretch.first == stretch.last;
        // The last stretch begins on a day, not with its year: May may be covered and June not.
        if (kind == CoverageKind::not_covered && &stretch == &brief.covered.back() && brief.last_covered &&
            calendar(*brief.last_covered).year == stretch.first) {
            years.push_back("after " + day_words(*brief.last_covered));
            continue;
        }
        years.push_back(
            one ? std::to_string(stretch.first)
                : fmt::format("{}{}{}", stretch.first, style.dash(), stretch.last)
        );
    }
    return years.empty() ? "" : fmt::format("{} {}", to_words(kind), fmt::join(years, ", "));
}

std::string covered(const Brief& brief, const Style& style) {
    constexpr std::array kKinds{
        CoverageKind::census,
        CoverageKind::sample,
        CoverageKind::sparse,
        CoverageKind::not_released,
        CoverageKind::not_covered};
    std::vector<std::string> parts;
    for (const auto kind : kKinds)
        if (auto years = years_of(brief, kind, style); !years.empty()) parts.push_back(std::move(years));
    std::string text = fmt::format("{}", fmt::join(parts, "; "));
    const bool census = parts.size() == 1 && brief.covered.front().kind == CoverageKind::census;
    return labelled("Covered", census ? text : text + ". A quiet year is no stop.", kLabelCells, style);
}

std::string share_words(const measures::Availability& found, const Style& style) {
    if (found.too_few) return "too few";
    const auto low = fmt::format("{:.1f}", 100 * found.share.low);
    const auto high = fmt::format("{:.1f}", 100 * found.share.high);
    return low == high ? low + " %" : fmt::format("{}{}{} %", low, style.dash(), high);
}

Row channel_row(const BriefChannel& channel, const Style& style) {
    // Never "still suspended": nobody says so.
    const std::string state(channel.no_end_known ? "end not known" : to_words(channel.condition));
    std::string because;
    for (const auto& record : channel.because) because += (because.empty() ? "" : " ") + record.shown;
    if (channel.general_knowledge) because += because.empty() ? "general knowledge" : ", general knowledge";
    if (because.empty()) because = "no record";
    Row row;
    row.cells = {
        channel.name,
        state,
        share_words(channel.availability, style),
        channel.last_used ? channel.last_used->to_words(style.dash()) : "none on record",
        because};
    row.marked = channel.condition == ChannelCondition::suspended;
    row.tone = row.marked ? Tone::stop : Tone::plain;
    return row;
}

/// At most `room` channels, but every one that is stopped.
TableText channels(const Brief& brief, const Style& style, std::size_t room) {
    const auto agreements = counted(brief.agreements.size(), "agreement", "agreements");
    if (brief.channels.empty())
        return {labelled("Channels", "none on record; " + agreements, kLabelCells, style), {}, false};
    const auto from = calendar(brief.availability_window.first).year;
    const auto to = calendar(brief.availability_window.last).year;
    const std::vector<Column> columns{
        {"Channel", Align::left, 0, 24},
        {"state"},
        {fmt::format("available {}{}{:02}", from, style.dash(), to % 100), Align::right},
        {"last used"},
        {"as said by", Align::left, 1}};
    std::vector<Row> rows;
    for (const auto& channel : brief.channels)
        if (auto row = channel_row(channel, style); rows.size() < room || row.marked)
            rows.push_back(std::move(row));
    const auto hidden = brief.channels.size() - rows.size();
    auto table = lay_out(columns, rows, true, style);
    const auto rest = hidden > 0 ? fmt::format("  {} more, and {}: --all", hidden, agreements)
                                 : fmt::format("  and {}", agreements);
    if (hidden > 0 || !brief.agreements.empty()) table.text += rest + "\n";
    return table;
}

std::string count_or_none(std::size_t number) {
    return number == 0 ? "none" : std::to_string(number);
}

std::string arms_sales(const Brief& brief, const Style& style) {
    if (brief.arms_sales.empty()) return {};
    std::vector<std::string> numbers;
    for (const auto& stop : brief.stops)
        if (stop.arms_sale) numbers.push_back(std::to_string(stop.number));
    const auto refusals = brief.single_events.empty()
                              ? std::string()
                              : fmt::format(
                                    ", {} of {}",
                                    brief.single_events_after_arms_sales.size(),
                                    counted(brief.single_events.size(), "single refusal", "single refusals")
                                );
    const auto text = fmt::format(
        "{}; stated cause of {} of {}{}{}",
        brief.arms_sales.size(),
        count_or_none(numbers.size()),
        counted(brief.stops.size(), "stop", "stops"),
        numbers.empty() ? "" : fmt::format(" ({})", fmt::join(numbers, ", ")),
        refusals
    );
    return labelled("Arms sales", text, kLabelCells, style);
}

/// What the measures say, in their own sentences.
std::string measured(const Brief& brief, const Style& style) {
    std::string out;
    for (const auto& one : brief.measured)
        out += labelled(one.label, marked(one.text, style), kLabelCells, style);
    return out;
}

/// How many stops began just after a shock by the other side or a third, and how often any day lies so.
std::string shocks(const Brief& brief, const Style& style) {
    if (brief.stops.empty() || brief.shocks.empty() || brief.days_after_shocks.of == 0) return {};
    std::size_t after = 0;
    for (const auto& stop : brief.stops) after += !stop.coincident.empty();
    const auto& share = brief.days_after_shocks;
    const auto text = fmt::format(
        "{} of {} began within 30 days after one; {:.0f} % of all days lie so",
        count_or_none(after),
        counted(brief.stops.size(), "stop", "stops"),
        100.0 * share.days / share.of
    );
    return labelled("Shocks", text, kLabelCells, style);
}

bool any_dagger(const Brief& brief) {
    return std::any_of(
               brief.stops.begin(), brief.stops.end(), [](const auto& stop) { return stop.end_disputed; }
           ) ||
           std::any_of(brief.last_contacts.begin(), brief.last_contacts.end(), [](const auto& contact) {
               return contact.records.front().disputed;
           });
}

std::string weak(const Brief& brief, const Style& style) {
    std::string text, ground;
    for (const auto& item : brief.weak) {
        if (!text.empty()) text += item.ground == ground ? ", " : "; ";
        if (item.ground != ground) text += item.ground + ": ";
        ground = item.ground;
        text += with_commas(static_cast<std::int64_t>(item.records.size()));
        if (!item.what.empty()) text += " " + item.what;
    }
    if (any_dagger(brief)) text += fmt::format(" ({})", style.dagger());
    if (std::any_of(brief.stops.begin(), brief.stops.end(), [](const auto& stop) {
            return stop.end_general_knowledge;
        }))
        text += "; * an end from general knowledge";
    return labelled("Weak", text.empty() ? "nothing" : text, kLabelCells, style);
}

/// What all stands on, and how to see more: what was left out for want of width is named.
std::string foot(
    const Brief& brief,
    const Style& style,
    const BriefRendering& rendering,
    const std::vector<std::string>& left_out
) {
    auto out = labelled("Stands on", brief.checkpoint, kLabelCells, style);
    std::vector<std::string> more;
    if (!rendering.all) more.push_back("--all");
    if (!rendering.explain) more.push_back("--explain");
    std::string text = fmt::format("{}", fmt::join(more, ", "));
    if (!left_out.empty())
        text += fmt::format("{}120 columns: {}", text.empty() ? "" : "; ", fmt::join(left_out, ", "));
    return text.empty() ? out : out + labelled("More", text, kLabelCells, style);
}

std::string explained(const Brief& brief, const Style& style) {
    std::string out = "\nThe records behind each figure\n";
    std::size_t number = 0;
    for (const auto& figure : service::figures(brief)) {
        std::string text = fmt::format("{}: {}:", figure.what, figure.value);
        for (const auto& record : figure.records) {
            text += " " + record.shown;
            if (record.disputed) text += style.dagger();
        }
        out += labelled(fmt::format("{:>4}", ++number), text, 6, style);
    }
    return out;
}

}  // namespace

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    // A bare 0 would say that somebody looked and there was none.
    if (number == 0) return fmt::format("no {}", many);
    return fmt::format("{} {}", with_commas(static_cast<std::int64_t>(number)), number == 1 ? one : many);
}

std::string render_brief(const Brief& brief, const Style& style, const BriefRendering& rendering) {
    const bool all = rendering.all;
    const StopLines stops(brief, style, all);
    auto left_out = stops.dropped();
    for (const auto& heading : channels(brief, style, 1).dropped) left_out.push_back(heading);

    const auto above = title(brief, style) + "\n" + on_record(brief, style) + covered(brief, style) +
                       measured(brief, style) + render_years(brief, style) + "\n";
    const auto below = arms_sales(brief, style) + shocks(brief, style) + weak(brief, style) +
                       foot(brief, style, rendering, left_out);
    const auto room = [&](std::size_t used) { return kMostLines - std::min(used, kMostLines); };
    // Stops and channels come before all else when the page is full: then training and what stands beside
    // the contacts are a line each, at the foot.
    const std::size_t fixed = lines_of(above) + lines_of(below) + 2;
    const std::size_t wanted = stops.wanted() + lines_of(channels(brief, style, kFewChannels).text);
    const auto beside = render_beside(brief, style, false);
    const auto summary = render_training(brief, style, 1);
    const std::size_t long_form = lines_of(summary) + lines_of(beside) + 1;
    const bool full = !all && fixed + wanted + long_form > kMostLines;
    std::string middle, foot_lines;
    if (full) {
        foot_lines = render_training(brief, style, 0) + render_beside(brief, style, true);
    } else {
        const auto spare = room(fixed + wanted + long_form);
        middle = render_training(brief, style, all ? SIZE_MAX : lines_of(summary) + spare) + beside;
        if (!middle.empty()) middle += "\n";
    }
    const std::size_t top = fixed + lines_of(middle) + lines_of(foot_lines);
    const std::size_t for_channels = room(top + stops.wanted() + 1);
    const auto standing = channels(brief, style, all ? SIZE_MAX : std::max(kFewChannels, for_channels)).text;
    auto out = above + middle + standing + "\n" +
               stops.text(all ? SIZE_MAX : room(top + lines_of(standing))) + "\n" + foot_lines + below;
    if (rendering.explain) out += explained(brief, style);
    return out;
}

}  // namespace entente::cli
