#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/utf8.h"
#include "cli/render_brief.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::cli {
namespace {

using measures::CoverageKind;
using service::Brief;
using service::BriefContact;
using service::BriefYear;

constexpr std::size_t kLabelCells = 14;  // with the blank after it
constexpr std::size_t kWhoCells = 26;

/// The last contact of a category in words, and the widths that all of them need.
struct LastWords {
    std::string date, days, who;
};
struct LastWidths {
    std::size_t date = 4;  // the heading "last"
    std::size_t days = 8;  // "days ago"
    std::size_t total() const { return 2 + date + 2 + days; }
};

LastWords last_words(const BriefContact& contact, const Style& style) {
    // A stay of several days counts from its last one.
    const bool stay = contact.held.precision == domain::Precision::range && contact.held.to;
    const auto day =
        stay ? domain::DateSpan{contact.held.to, contact.held.to, domain::Precision::day} : contact.held;
    std::string date = day.to_words(style.dash());
    if (contact.records.front().disputed) date += style.dagger();
    return {date, service::range_words(contact.days_since, style.dash()), harmless(contact.label)};
}

LastWidths last_widths(const Brief& brief, const Style& style) {
    LastWidths widths;
    for (const auto& contact : brief.last_contacts) {
        const auto words = last_words(contact, style);
        widths.date = std::max(widths.date, cell_width(words.date));
        widths.days = std::max(widths.days, cell_width(words.days));
    }
    return widths;
}

/// Years that fit beside labels and dates, the latest ones.
std::vector<BriefYear> shown_years(const Brief& brief, const LastWidths& widths, const Style& style) {
    const std::size_t room = style.width - kLabelCells - widths.total();
    const auto count = style.limited ? std::min(room, brief.years.size()) : brief.years.size();
    return {brief.years.end() - static_cast<std::ptrdiff_t>(count), brief.years.end()};
}

/// The word for nothing on record in a year, in one cell: zero only where a census says so.
std::string nothing(CoverageKind kind, const Style& style) {
    if (kind == CoverageKind::census) return "0";
    if (kind == CoverageKind::not_released) return "n";
    const bool looked = kind == CoverageKind::sample || kind == CoverageKind::sparse;
    return std::string(looked ? style.dot() : style.hatch());
}

std::string digit(std::size_t count, CoverageKind kind, const Style& style) {
    if (count == 0) return nothing(kind, style);
    return count > 9 ? "+" : std::to_string(count);
}

/// The first year, where there is room before the next label, and each tenth over its column.
std::string axis(const std::vector<BriefYear>& years) {
    std::string line(years.size() + 4, ' ');
    std::size_t first_label = years.size();
    for (std::size_t i = years.size(); i-- > 0;)
        if (years[i].year % 10 == 0) line.replace(first_label = i, 4, std::to_string(years[i].year));
    if (first_label >= std::min<std::size_t>(5, years.size()))
        line.replace(0, 4, std::to_string(years.front().year));
    line.resize(std::max(years.size(), line.find_last_not_of(' ') + 1));
    return line;
}

std::string padded_to(std::string text, std::size_t cells) {
    const auto width = cell_width(text);
    return text + std::string(cells > width ? cells - width : 0, ' ');
}
std::string right(const std::string& text, std::size_t cells) {
    const auto width = cell_width(text);
    return std::string(cells > width ? cells - width : 0, ' ') + text;
}

std::string trimmed(std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line + "\n";
}

/// Date and days since of a last contact, and who met where there is room.
std::string last_columns(const LastWords& words, const LastWidths& widths, bool who, const Style& style) {
    std::string out = "  " + padded_to(words.date, widths.date) + "  " + right(words.days, widths.days);
    if (who)
        out += "  " +
               isolated(style.limited ? fit_cells(words.who, kWhoCells, style.ellipsis()) : words.who, style);
    return out;
}

const BriefContact* last_of(const Brief& brief, const std::string& category) {
    for (const auto& contact : brief.last_contacts)
        if (contact.category == category) return &contact;
    return nullptr;
}

std::string total_row(const std::vector<BriefYear>& years, std::size_t top, const Style& style) {
    std::string row;
    for (const auto& year : years) {
        if (year.total() == 0)
            row += nothing(year.coverage, style);
        else
            row += sparkline({static_cast<double>(year.total())}, static_cast<double>(top), style);
    }
    return row;
}

/// On a scale from 0 to 100; a year of which too little is seen has no total.
std::string strength_row(const std::vector<BriefYear>& years, const Brief& brief, const Style& style) {
    std::string row;
    for (std::size_t i = brief.years.size() - years.size(); i < brief.years.size(); ++i) {
        const auto& total = brief.strength_by_year[i];
        row += total ? sparkline({*total}, 100, style) : std::string(style.hatch());
    }
    return row;
}

std::string category_row(
    const std::vector<BriefYear>& years, const std::string& category, const Style& style
) {
    std::string row;
    for (const auto& year : years) {
        const auto found = year.contacts.find(category);
        const std::size_t count = found == year.contacts.end() ? 0 : found->second.size();
        row += digit(count, year.coverage_by_category.at(category), style);
    }
    return row;
}

/// Places of training on a scale from 0 to the most of any year, by fiscal year.
std::string training_row(
    const std::vector<BriefYear>& years,
    const service::BriefTraining& training,
    std::int64_t top,
    const Style& style
) {
    std::string row;
    for (const auto& year : years) {
        const auto* found = training.year(year.year);
        if (found && !found->records.empty() && !found->sum.knows_people())
            row += '?';
        else if (found && found->sum.people.sum > 0)
            row += sparkline({static_cast<double>(found->sum.people.sum)}, static_cast<double>(top), style);
        else
            row += nothing(found ? found->coverage : CoverageKind::not_covered, style);
    }
    return row;
}

std::int64_t most_places(const service::BriefTraining& training) {
    std::int64_t top = 1;
    for (const auto& year : training.years) top = std::max(top, year.sum.people.sum);
    return top;
}

/// Exercises: single records where there are any in a year, else what was tallied, never both.
std::string exercise_row(const std::vector<BriefYear>& years, const Brief& brief, const Style& style) {
    std::string row;
    for (const auto& year : years) {
        const auto found = year.contacts.find("EXR");
        std::size_t count = found == year.contacts.end() ? 0 : found->second.size();
        auto kind = CoverageKind::not_covered;
        if (const auto known = year.coverage_by_category.find("EXR");
            known != year.coverage_by_category.end())
            kind = known->second;
        for (const auto& tallied : brief.exercises.years)
            if (tallied.year == year.year && count == 0)
                count = static_cast<std::size_t>(tallied.number), kind = std::min(kind, tallied.coverage);
        row += digit(count, kind, style);
    }
    return row;
}

std::string political_row(const std::vector<BriefYear>& years, const Brief& brief, const Style& style) {
    std::string row;
    for (const auto& year : years) {
        const auto found = brief.political.by_year.find(year.year);
        const auto* stretch = service::stretch_of(brief.political.covered, year.year);
        row += digit(
            found == brief.political.by_year.end() ? 0 : found->second.size(),
            stretch ? stretch->kind : CoverageKind::not_covered,
            style
        );
    }
    return row;
}

bool has_training(const Brief& brief) {
    return std::any_of(brief.training.begin(), brief.training.end(), [](const auto& training) {
        return !training.by.id.empty() ||
               std::any_of(training.covered.begin(), training.covered.end(), [](const auto& stretch) {
                   return stretch.kind == CoverageKind::not_released;
               });
    });
}

std::string coverage_row(const std::vector<BriefYear>& years, const Style& style) {
    std::string row;
    for (const auto& year : years) switch (year.coverage) {
            case CoverageKind::census:
                row += 'c';
                break;
            case CoverageKind::sample:
                row += 's';
                break;
            case CoverageKind::sparse:
                row += 't';
                break;
            case CoverageKind::not_released:
                row += 'n';
                break;
            case CoverageKind::not_covered:
                row += style.hatch();
                break;
        }
    return row;
}

std::string stops_row(const std::vector<BriefYear>& years, const Style& style) {
    std::string row;
    for (const auto& year : years) {
        if (!year.stops_begun.empty())
            row += '!';
        else if (year.stopped)
            row += style.shade();
        else
            row += year.end_unknown ? "?" : " ";
    }
    return row;
}

std::string shocks_row(const std::vector<BriefYear>& years, const Style& style) {
    std::string row;
    for (const auto& year : years)
        row += year.shocks.empty() ? std::string(style.dot())
                                   : digit(year.shocks.size(), CoverageKind::census, style);
    return row;
}

/// What the signs mean; only the ones that occur. The letters of the coverage are the first of its words
/// above.
std::string legend(
    const Brief& brief, const std::vector<BriefYear>& years, const std::string& digits, const Style& style
) {
    std::vector<std::string> parts;
    const auto add = [&](bool present, std::string_view sign, std::string_view words) {
        if (present) parts.push_back(fmt::format("{} {}", sign, words));
    };
    const auto any = [&](auto member) { return std::any_of(years.begin(), years.end(), member); };
    add(true, style.dot(), "none on record");
    add(digits.find('+') != std::string::npos, "+", "ten or more");
    add(any([](const auto& year) { return year.coverage == CoverageKind::not_covered; }),
        style.hatch(),
        "not covered");
    add(digits.find('n') != std::string::npos, "n", "not released");
    add(!brief.stops.empty(), "!", "stop began");
    add(any([](const auto& year) { return year.stopped && year.stops_begun.empty(); }),
        style.shade(),
        "lasted");
    add(any([](const auto& year) { return year.end_unknown; }), "?", "end not known");
    return fmt::format("{}\n", fmt::join(parts, "  "));
}

/// What lies before the first year that is shown.
std::string earlier(const Brief& brief, const std::vector<BriefYear>& shown) {
    std::size_t contacts = 0, shocks = 0, hidden = brief.years.size() - shown.size();
    for (std::size_t i = 0; i < hidden; ++i)
        contacts += brief.years[i].total(), shocks += brief.years[i].shocks.size();
    if (hidden == 0) return {};
    return fmt::format(
        "Before {}: {}, {}; 120 columns show them.\n",
        shown.front().year,
        counted(contacts, "contact", "contacts"),
        counted(shocks, "shock", "shocks")
    );
}

}  // namespace

std::string render_years(const Brief& brief, const Style& style) {
    const bool told = !brief.contacts.empty() || !brief.stops.empty() || !brief.shocks.empty();
    const bool beside =
        has_training(brief) || brief.exercises.total() > 0 || !brief.political.records.empty();
    if (!told && !beside) return {};
    const auto widths = last_widths(brief, style);
    const auto years = shown_years(brief, widths, style);
    std::size_t top = 1;
    for (const auto& year : brief.years) top = std::max(top, year.total());
    const std::size_t cells = std::max(years.size(), cell_width(axis(years)));
    const bool who = !style.limited || style.width >= kLabelCells + cells + widths.total() + 2 + kWhoCells;

    const auto line = [&](const std::string& label, const std::string& row, const std::string& rest) {
        return trimmed(padded_to(label, kLabelCells) + padded_to(row, cells) + rest);
    };
    const auto last = [&](const BriefContact& contact) {
        return last_columns(last_words(contact, style), widths, who, style);
    };
    const auto heading = last_columns({"last", "days ago", "who"}, widths, who, style);
    const bool none = brief.last_contacts.empty();
    std::string out = "\n" + line("A year", axis(years), none ? "" : heading);
    if (told)
        out += line(
            fmt::format("all, 0{}{}", style.dash(), top),
            total_row(years, top, style),
            none ? "" : last(brief.last_contacts.front())
        );
    std::string digits = shocks_row(years, style);
    for (const auto& category : brief.categories) {
        const auto* contact = last_of(brief, category);
        const auto row =
            category == "EXR" ? exercise_row(years, brief, style) : category_row(years, category, style);
        digits += row;
        out += line(fit_cells(contact->name, kLabelCells - 1, style.ellipsis()), row, last(*contact));
    }
    if (has_training(brief))
        for (const auto& training : brief.training) {
            const auto most = most_places(training);
            const auto row = training_row(years, training, most, style);
            digits += row;
            const auto scale = fmt::format("  0{}{} places", style.dash(), service::with_commas(most));
            out += line("trained", row, training.by.id.empty() ? "" : scale);
        }
    if (brief.exercises.total() > 0 && !last_of(brief, "EXR")) {
        const auto row = exercise_row(years, brief, style);
        digits += row;
        out += line("exercises", row, "  tallied");
    }
    if (!brief.political.records.empty()) {
        const auto row = political_row(years, brief, style);
        digits += row;
        out += line("political", row, "  not counted");
    }
    if (std::ranges::any_of(brief.strength_by_year, [](const auto& total) { return total.has_value(); }))
        out += line("strength", strength_row(years, brief, style), fmt::format("  0{}100", style.dash()));
    if (told) out += line("shocks", shocks_row(years, style), {});
    if (!brief.stops.empty()) out += line("stops", stops_row(years, style), {});
    out += line("covered", coverage_row(years, style), {});
    return out + earlier(brief, years) + legend(brief, years, digits, style);
}

}  // namespace entente::cli
