#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "cli/render_brief.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using service::Brief;
using service::BriefContactAfter;
using service::BriefStop;
using service::range_words;

constexpr std::size_t kDetailIndent = 5;  // under the first date of a stop
constexpr std::size_t kBarCells = 12;
constexpr std::size_t kWideCells = 100;  // names rather than codes

/// Words up to the first semicolon: what a scope begins with is what it is about.
std::string first_clause(const std::string& text, bool whole = false) {
    return whole ? text : text.substr(0, text.find(';'));
}

std::string contact_words(std::string_view when, const BriefContactAfter& contact, const Style& style) {
    return fmt::format(
        "{}: {}, {}, after {} days",
        when,
        contact.label,
        contact.held.to_words(style.dash()),
        range_words(contact.days, style.dash())
    );
}

std::vector<std::string> open_details(const BriefStop& stop, bool whole) {
    std::string said = stop.last_said ? "last day a source says so: " + day_words(*stop.last_said)
                                      : std::string("no source says how long");
    said += "; " + counted(stop.meanwhile.size(), "contact", "contacts") + " since all the same";
    return {"stopped: " + first_clause(stop.members.front().what, whole), said};
}

std::string first_back(const BriefStop& stop, const Style& style) {
    if (stop.first_back.empty()) return "back first: unknown, no contact in the year after is on record";
    return contact_words("back first", stop.first_back.front(), style);
}

std::vector<std::string> split_lines(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// The outages of a stop apart: how long each lasted, and until when.
std::vector<std::string> ladder(const BriefStop& stop, const Style& style) {
    std::vector<Row> rows;
    for (const auto& member : stop.members) {
        const double share = static_cast<double>(member.length.high) / std::max(1, stop.length.high);
        Row row;
        row.cells = {
            first_clause(member.what),
            bar(std::clamp(share, 0.0, 1.0), kBarCells, style),
            range_words(member.length, style.dash()),
            member.ended ? member.ended->to_words(style.dash()) : "no end known",
            member.record.shown};
        rows.push_back(std::move(row));
    }
    const std::vector<Column> columns{
        {"", Align::left, 0, 20}, {""}, {"", Align::right}, {""}, {"", Align::left, 1}};
    auto inner = style;
    inner.width -= kDetailIndent;
    return split_lines(lay_out(columns, rows, false, inner).text);
}

std::vector<std::string> details(const BriefStop& stop, const Style& style) {
    if (!stop.ended) return open_details(stop, !style.limited);
    auto out = stop.members.size() > 1 ? ladder(stop, style) : std::vector<std::string>();
    out.push_back(first_back(stop, style));
    return out;
}

std::vector<std::string> all_details(const BriefStop& stop, const Style& style) {
    std::vector<std::string> out;
    for (std::size_t i = 1; i < stop.first_back.size(); ++i)
        out.push_back(contact_words("then back", stop.first_back[i], style));
    for (const auto& cause : stop.causes) out.push_back("stated cause: " + cause);
    for (const auto& member : stop.members)
        if (stop.ended || member.what != first_clause(member.what) || stop.members.size() > 1)
            out.push_back("stopped: " + member.what + " (" + member.record.shown + ")");
    for (const auto& shock : stop.coincident)
        out.push_back(fmt::format(
            "shock before: {}, {}, by {} ({})",
            shock.on.to_words(style.dash()),
            shock.title,
            shock.by,
            shock.record.shown
        ));
    if (!stop.beside.empty())
        out.push_back(counted(stop.beside.size(), "single refusal", "single refusals") + " meanwhile");
    if (!stop.ended || stop.meanwhile.empty()) return out;
    out.push_back(fmt::format(
        "all the same: {}, first {}, {}",
        counted(stop.meanwhile.size(), "contact", "contacts"),
        stop.meanwhile.front().label,
        stop.meanwhile.front().held.to_words(style.dash())
    ));
    return out;
}

std::string who_stopped(const BriefStop& stop, const Style& style) {
    if (!style.limited || style.width >= kWideCells || stop.stopped_by.empty())
        return service::joined_names(stop.stopped_by);
    std::string out;
    for (const auto& name : stop.stopped_by) out += (out.empty() ? "" : ", ") + name.shortest();
    return out;
}

Row stop_row(const BriefStop& stop, const Style& style) {
    std::string resumed = stop.ended ? stop.ended->to_words(style.dash()) : "no end known";
    if (stop.end_disputed) resumed += " " + std::string(style.dagger());
    if (stop.end_general_knowledge) resumed += " *";
    std::string what;
    for (const auto& member : stop.members)
        what += (what.empty() ? "" : "; ") + first_clause(member.what, !style.limited);
    Row row;
    row.cells = {
        std::to_string(stop.number),
        stop.began.to_words(style.dash()),
        resumed,
        range_words(stop.length, style.dash()) + (stop.ended ? "" : " so far"),
        who_stopped(stop, style),
        stop.causes.empty() ? "unknown" : fmt::format("{}", fmt::join(stop.causes, "; ")),
        what};
    row.tone = stop.ended ? Tone::plain : Tone::stop;
    row.marked = !stop.ended;
    return row;
}

}  // namespace

StopLines::StopLines(const Brief& brief, const Style& style, bool all) : style_(style), all_(all) {
    const std::vector<Column> columns{
        {"#", Align::right},
        {"stopped"},
        {"resumed"},
        {"days out", Align::right},
        {"by", Align::left, 0, 6},
        {"stated cause", Align::left, 0, 16},
        {"what stopped", Align::left, 1, 24}};
    std::vector<Row> rows;
    for (auto stop = brief.stops.rbegin(); stop != brief.stops.rend(); ++stop) {
        rows.push_back(stop_row(*stop, style));
        details_.push_back(details(*stop, style));
        if (!all) continue;
        const auto more = all_details(*stop, style);
        details_.back().insert(details_.back().end(), more.begin(), more.end());
    }
    if (rows.empty()) {
        heading_ = "Stops       none on record";
        return;
    }
    const auto table = lay_out(columns, rows, true, style);
    dropped_ = table.dropped;
    rows_ = split_lines(table.text);
    heading_ = rows_.front();
    rows_.erase(rows_.begin());
}

std::size_t StopLines::wanted() const {
    std::size_t sum = 1 + rows_.size();
    for (const auto& lines : details_) sum += lines.size();
    return sum;
}

std::string StopLines::text(std::size_t room) const {
    const bool fits = rows_.size() + 1 <= room;
    const std::size_t shown = fits ? rows_.size() : std::max<std::size_t>(room, 3) - 2;
    std::size_t spare = fits ? room - rows_.size() - 1 : 0;
    std::string out = heading_ + "\n";
    for (std::size_t i = 0; i < shown; ++i) {
        out += rows_[i] + "\n";
        if (details_[i].size() > spare) continue;
        spare -= details_[i].size();
        for (const auto& line : details_[i]) out += detail_text(line);
    }
    if (!fits) out += fmt::format("  {} earlier: --all", rows_.size() - shown) + "\n";
    return out;
}

std::string StopLines::detail_text(std::string_view text) const {
    const auto clean = isolated(text, style_);
    const std::string indent(kDetailIndent, ' ');
    if (!style_.limited) return indent + clean + "\n";
    const std::size_t cells = style_.width - kDetailIndent;
    if (!all_ || cell_width(clean) <= cells)
        return indent + fit_cells(clean, cells, style_.ellipsis()) + "\n";
    std::string out;
    for (const auto& line : wrap_cells(clean, cells)) out += indent + line + "\n";
    return out;
}

}  // namespace entente::cli
