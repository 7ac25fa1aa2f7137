// What a terminal can show, and the few shapes that are drawn on it: words, columns, bars and sparklines.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::cli {

/// What the person asked for.
struct StyleRequest {
    std::string colour = "auto";  ///< `auto`, `always` or `never`
    bool ascii = false;
    bool wide = false;  ///< no limit of width, as in a pipe
};

/// What the program finds; replaced in tests.
struct Surroundings {
    bool terminal = false;
    std::optional<std::size_t> columns;  ///< as the device says
    std::function<std::optional<std::string>(const char* name)> variable;
};

/// What is behind a file descriptor, with the variables of the process.
Surroundings surroundings_of(int descriptor);

/// The three uses of colour; no meaning rests on it.
enum class Tone : std::uint8_t { plain, bold, dim, stop };

/// How to write. The default is a pipe: no limit of width, no colour, ASCII only.
struct Style {
    std::size_t width = 120;  ///< for layout; a limit only when `limited`
    bool limited = false;
    bool colour = false;
    bool unicode = false;

    std::string tone(Tone tone, std::string_view text) const;
    std::string_view dash() const { return unicode ? "–" : "-"; }
    std::string_view ellipsis() const { return unicode ? "…" : "..."; }
    std::string_view dot() const { return unicode ? "·" : "."; }
    std::string_view hatch() const { return unicode ? "░" : "-"; }
    std::string_view shade() const { return unicode ? "▓" : "="; }
    std::string_view dagger() const { return unicode ? "†" : "+"; }
    std::string_view rule() const { return unicode ? "│" : "|"; }
};

/// Width is 80 to 120 of what the terminal has; a pipe has no limit. Colour needs a terminal other than
/// `dumb`, and neither NO_COLOR nor `never`. Unicode needs a terminal, a UTF-8 locale and no `ascii`.
Style choose_style(const StyleRequest& request, const Surroundings& surroundings);
/// The same for standard output.
Style detect_style(const StyleRequest& request);

/// The text without control characters and without marks that turn the direction of what follows.
std::string harmless(std::string_view text);
/// The same, isolated when it holds letters written from right to left, so that a column does not turn round.
std::string isolated(std::string_view text, const Style& style);

/// A share of `cells` cells as a bar that shows its empty part; eighths where there are block characters.
/// Requires  `share` is 0 to 1
std::string bar(double share, std::size_t cells, const Style& style);
/// One cell a value on a scale from 0 to `top`; a step without value is a blank.
/// Requires  values are 0 to `top`, and `top` is above 0
std::string sparkline(const std::vector<std::optional<double>>& values, double top, const Style& style);

enum class Align : std::uint8_t { left, right };

struct Column {
    std::string heading;
    Align align = Align::left;
    int drop = 0;              ///< 0: stays; the highest is dropped first when there is no room
    std::size_t shortest = 0;  ///< 0: never cut; else it may be cut to this many cells
};

struct Row {
    std::vector<std::string> cells;
    Tone tone = Tone::plain;
    bool marked = false;  ///< `!` in the margin
};

struct TableText {
    std::string text;                  ///< lines, each with its end
    std::vector<std::string> dropped;  ///< headings of the columns that found no room
    bool cut = false;                  ///< some cell was cut
};

/// Rows in columns, two blanks between them. `margin` leaves two cells before each row for the mark.
/// Requires  every row has a cell for every column
TableText lay_out(
    const std::vector<Column>& columns, const std::vector<Row>& rows, bool margin, const Style& style
);

/// The marks that answers use, in ASCII where nothing else can be shown.
std::string marked(std::string text, const Style& style);

/// A paragraph after a label of `indent` cells, the following lines indented alike. A pipe gets one line.
std::string labelled(std::string_view label, std::string_view text, std::size_t indent, const Style& style);

/// Text at both ends of a line; apart by two blanks where there is no limit.
std::string at_ends(std::string_view left, std::string_view right, const Style& style);

}  // namespace entente::cli
