#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/utf8.h"

namespace entente::cli {
namespace {

constexpr std::size_t kNarrowest = 80;
constexpr std::size_t kWidest = 120;

bool is_set(const Surroundings& surroundings, const char* name) {
    const auto value = surroundings.variable ? surroundings.variable(name) : std::nullopt;
    return value && !value->empty();
}

std::optional<std::size_t> width_of(const Surroundings& surroundings) {
    const auto columns = surroundings.variable ? surroundings.variable("COLUMNS") : std::nullopt;
    std::size_t width = 0;
    if (columns) {
        const auto [end, error] = std::from_chars(columns->data(), columns->data() + columns->size(), width);
        if (error == std::errc() && end == columns->data() + columns->size() && width > 0) return width;
    }
    return surroundings.columns;
}

/// The first of the three variables that is set decides, as in C.
bool utf8_locale(const Surroundings& surroundings) {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (!is_set(surroundings, name)) continue;
        std::string value = *surroundings.variable(name);
        std::transform(value.begin(), value.end(), value.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        });
        return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

bool colour_allowed(const StyleRequest& request, const Surroundings& surroundings) {
    if (request.colour == "never") return false;
    if (request.colour == "always") return true;
    if (!surroundings.terminal || is_set(surroundings, "NO_COLOR")) return false;
    return !surroundings.variable || surroundings.variable("TERM").value_or("") != "dumb";
}

/// Length of the UTF-8 character at the front of a text, and its code point; a broken byte stands for itself.
std::pair<std::size_t, std::uint32_t> front(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::size_t length = byte(0) < 0x80    ? 1
                               : byte(0) >= 0xF0 ? 4
                               : byte(0) >= 0xE0 ? 3
                               : byte(0) >= 0xC0 ? 2
                                                 : 0;
    if (length == 0 || text.size() < length) return {1, 0xFFFD};
    std::uint32_t point = length == 1 ? byte(0) : byte(0) & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3FU);
    return {length, point};
}

bool is_harmful(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || point == 0x200E ||
           point == 0x200F || (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/// Hebrew to Thaana and their neighbours, the presentation forms, and the old scripts of the second plane.
bool runs_leftward(std::uint32_t point) {
    return (point >= 0x0590 && point <= 0x08FF) || (point >= 0xFB1D && point <= 0xFDFF) ||
           (point >= 0xFE70 && point <= 0xFEFF) || (point >= 0x10800 && point <= 0x10FFF) ||
           (point >= 0x1E800 && point <= 0x1EFFF);
}

/// Columns that are shown, and their widths.
struct Layout {
    std::vector<std::size_t> shown;
    std::vector<std::size_t> width;
};

std::size_t total(const Layout& layout, const std::vector<std::size_t>& width) {
    std::size_t sum = 0;
    for (const auto column : layout.shown) sum += width[column] + 2;
    return sum > 2 ? sum - 2 : 0;
}

std::vector<std::size_t> natural_widths(const std::vector<Column>& columns, const std::vector<Row>& rows) {
    std::vector<std::size_t> width;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        width.push_back(cell_width(columns[i].heading));
        for (const auto& row : rows) width[i] = std::max(width[i], cell_width(row.cells[i]));
    }
    return width;
}

std::vector<std::size_t> smallest_widths(
    const std::vector<Column>& columns, const std::vector<std::size_t>& natural
) {
    std::vector<std::size_t> width = natural;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].shortest > 0)
            width[i] = std::min(width[i], std::max(columns[i].shortest, cell_width(columns[i].heading)));
    return width;
}

Layout choose(
    const std::vector<Column>& columns, const std::vector<Row>& rows, std::size_t room, bool limited
) {
    Layout layout;
    layout.shown.resize(columns.size());
    std::iota(layout.shown.begin(), layout.shown.end(), std::size_t{0});
    const auto natural = natural_widths(columns, rows);
    layout.width = natural;
    if (!limited) return layout;
    const auto smallest = smallest_widths(columns, natural);
    while (total(layout, smallest) > room) {
        const auto worst = std::max_element(layout.shown.begin(), layout.shown.end(), [&](auto a, auto b) {
            return columns[a].drop < columns[b].drop;
        });
        if (worst == layout.shown.end() || columns[*worst].drop == 0) break;
        layout.shown.erase(worst);
    }
    // What is over is taken from the widest column that may be cut, a cell at a time.
    while (total(layout, layout.width) > room) {
        std::size_t widest = columns.size();
        for (const auto i : layout.shown)
            if (layout.width[i] > smallest[i] &&
                (widest == columns.size() || layout.width[i] > layout.width[widest]))
                widest = i;
        if (widest == columns.size()) break;
        --layout.width[widest];
    }
    return layout;
}

/// Words that stand for no value are dim.
Tone tone_of(std::string_view text, Tone row) {
    const bool absent = text == "not covered" || text == "too few" || text == "not released";
    return absent && row == Tone::plain ? Tone::dim : Tone::plain;
}

struct Drawn {
    std::string text;
    bool cut = false;
};

Drawn draw(
    const std::vector<std::string>& cells,
    const std::vector<Column>& columns,
    const Layout& layout,
    const Style& style,
    Tone row
) {
    Drawn out;
    std::size_t blanks = 0;  // held back, so that no line ends in them
    for (const auto i : layout.shown) {
        const auto text = fit_cells(cells[i], layout.width[i], style.ellipsis());
        const std::size_t width = cell_width(text), room = layout.width[i] - std::min(width, layout.width[i]);
        out.cut |= text != cells[i];
        if (columns[i].align == Align::right) blanks += room;
        if (!text.empty())
            out.text += std::string(std::exchange(blanks, 0), ' ') + style.tone(tone_of(text, row), text);
        blanks += 2 + (columns[i].align == Align::left ? room : 0);
    }
    return out;
}

/// The first heading begins above the margin, the others above their columns.
std::string heading_line(
    std::string line, const std::vector<Column>& columns, const Layout& layout, bool margin
) {
    if (!margin) return line;
    const bool left = columns[layout.shown.front()].align == Align::left;
    const auto at = left ? std::min(line.size(), layout.width[layout.shown.front()]) : 0;
    return line.insert(at, "  ");
}

}  // namespace

Surroundings surroundings_of(int descriptor) {
    Surroundings out;
    out.terminal = ::isatty(descriptor) == 1;
    winsize size{};
    if (out.terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        out.columns = size.ws_col;
    out.variable = [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    return out;
}

Style choose_style(const StyleRequest& request, const Surroundings& surroundings) {
    Style style;
    style.limited = surroundings.terminal && !request.wide;
    if (style.limited)
        style.width = std::clamp(width_of(surroundings).value_or(kNarrowest), kNarrowest, kWidest);
    style.colour = colour_allowed(request, surroundings);
    style.unicode = !request.ascii && surroundings.terminal && utf8_locale(surroundings);
    return style;
}

Style detect_style(const StyleRequest& request) {
    return choose_style(request, surroundings_of(STDOUT_FILENO));
}

std::string Style::tone(Tone tone, std::string_view text) const {
    constexpr std::array<std::string_view, 4> kBegin{"", "\x1b[1m", "\x1b[2m", "\x1b[35m"};
    if (!colour || tone == Tone::plain || text.empty()) return std::string(text);
    return std::string(kBegin[static_cast<std::size_t>(tone)]) + std::string(text) + "\x1b[0m";
}

std::string harmless(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto [length, point] = front(text);
        if (!is_harmful(point))
            out += text.substr(0, length);
        else if (point == '\n' || point == '\t')
            out += ' ';
        text.remove_prefix(length);
    }
    return out;
}

std::string isolated(std::string_view text, const Style& style) {
    const auto clean = harmless(text);
    if (!style.limited) return clean;
    for (std::string_view rest = clean; !rest.empty();) {
        const auto [length, point] = front(rest);
        if (runs_leftward(point)) return "\u2068" + clean + "\u2069";
        rest.remove_prefix(length);
    }
    return clean;
}

std::string bar(double share, std::size_t cells, const Style& style) {
    constexpr std::array<std::string_view, 8> kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    check(share >= 0 && share <= 1, "a bar shows a share");
    const auto eighths = static_cast<std::size_t>(share * static_cast<double>(cells) * 8 + 0.5);
    const std::size_t whole = style.unicode ? eighths / 8 : (eighths + 4) / 8;
    std::string out;
    for (std::size_t i = 0; i < whole; ++i) out += style.unicode ? "█" : "#";
    std::size_t used = whole;
    if (style.unicode && eighths % 8 > 0) out += kEighths[eighths % 8], ++used;
    for (; used < cells; ++used) out += style.dot();
    return out;
}

std::string sparkline(const std::vector<std::optional<double>>& values, double top, const Style& style) {
    constexpr std::array<std::string_view, 8> kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::string_view kLetters = "_.-=+*%#";
    check(top > 0, "a sparkline has a scale");
    std::string out;
    for (const auto& value : values) {
        if (!value) {
            out += ' ';
            continue;
        }
        const auto level = static_cast<std::size_t>(std::clamp(*value / top, 0.0, 1.0) * 7 + 0.5);
        if (style.unicode)
            out += kBlocks[level];
        else
            out += kLetters[level];
    }
    return out;
}

TableText lay_out(
    const std::vector<Column>& columns, const std::vector<Row>& rows, bool margin, const Style& style
) {
    std::vector<Row> clean = rows;
    for (auto& row : clean) {
        check(row.cells.size() == columns.size(), "a row has a cell for every column");
        for (auto& cell : row.cells) cell = isolated(cell, style);
    }
    const auto layout = choose(columns, clean, style.width - (margin ? 2 : 0), style.limited);
    TableText out;
    std::vector<std::string> headings;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        headings.push_back(columns[i].heading);
        if (std::find(layout.shown.begin(), layout.shown.end(), i) == layout.shown.end())
            out.dropped.push_back(columns[i].heading);
    }
    if (std::any_of(headings.begin(), headings.end(), [](const auto& heading) { return !heading.empty(); }))
        out.text +=
            heading_line(draw(headings, columns, layout, style, Tone::bold).text, columns, layout, margin) +
            "\n";
    for (const auto& row : clean) {
        const auto drawn = draw(row.cells, columns, layout, style, row.tone);
        out.cut |= drawn.cut;
        out.text += style.tone(row.tone, (margin ? (row.marked ? "! " : "  ") : "") + drawn.text) + "\n";
    }
    return out;
}

std::string marked(std::string text, const Style& style) {
    if (style.unicode) return text;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kMarks{
        {{"–", "-"},
         {"≥", ">="},
         {"²", "2"},
         {"−", "-"},
         {"’", "'"},
         {"·", "."},
         {"×", "x"},
         {"⅛", "1/8"},
         {"¼", "1/4"},
         {"½", "1/2"}}};
    for (const auto& [mark, plain] : kMarks)
        for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += plain.size())
            text.replace(at, mark.size(), plain);
    return text;
}

std::string labelled(std::string_view label, std::string_view text, std::size_t indent, const Style& style) {
    const auto clean = isolated(text, style);
    const std::size_t used = cell_width(label);
    const auto head = std::string(label) + std::string(indent > used ? indent - used : 0, ' ');
    if (!style.limited) return head + clean + "\n";
    std::string out;
    for (const auto& line : wrap_cells(clean, style.width - indent))
        out += (out.empty() ? head : std::string(indent, ' ')) + line + "\n";
    return out;
}

std::string at_ends(std::string_view left, std::string_view right, const Style& style) {
    const std::size_t used = cell_width(left) + cell_width(right);
    const std::size_t blank = style.limited && style.width > used + 2 ? style.width - used : 2;
    return std::string(left) + std::string(blank, ' ') + std::string(right);
}

}  // namespace entente::cli
