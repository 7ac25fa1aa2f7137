// Tables: columns as wide as their widest cell, the rest to those that take a share; one line a cell.
#include <fmt/format.h>

#include <algorithm>

#include "drawing/draw_section.h"

namespace entente::drawing {
namespace {

using picture::Table;
using picture::TableColumn;
using picture::TableRow;

constexpr double kGap = 9;
constexpr double kHeading = 11.5;
constexpr double kRow = 10.8;
constexpr double kDetail = 9;
constexpr double kMostShare = 0.34;  // of the width, for a column that is as wide as its cells

Letters heading_letters() {
    return {7, Weight::normal, false, false, Ink::dark};
}

Letters cell_letters(const TableColumn& column, const TableRow& row) {
    Letters out{7.9};
    out.italic = column.computed;
    if (column.strong) out.weight = Weight::strong;
    if (row.stopped) out.ink = Ink::stop;
    return out;
}

Letters detail_letters() {
    return {7, Weight::normal, false, false, Ink::dark};
}

struct Place {
    double x = 0;
    double width = 0;
};

std::vector<Place> columns_of(Canvas& canvas, const Table& table, const Box& box) {
    std::vector<Place> out(table.columns.size());
    double taken = kGap * static_cast<double>(table.columns.size() - 1), shares = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& column = table.columns[i];
        shares += column.width;
        if (column.width > 0) continue;
        double widest = canvas.width_of(column.heading, heading_letters());
        for (const auto& row : table.rows)
            if (i < row.cells.size())
                widest = std::max(widest, canvas.width_of(row.cells[i], cell_letters(column, row)));
        out[i].width = std::min(widest + 0.5, box.width * kMostShare);
        taken += out[i].width;
    }
    const double rest = std::max(0.0, box.width - taken);
    // Nothing takes a share: the table is as wide as its cells.
    double x = box.x;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (table.columns[i].width > 0) out[i].width = rest * table.columns[i].width / shares;
        out[i].x = x;
        x += out[i].width + kGap;
    }
    return out;
}

void draw_cell(
    Canvas& canvas,
    const Place& place,
    double baseline,
    const std::string& text,
    const Letters& letters,
    bool right
) {
    if (right)
        canvas.words_within({place.x + place.width, baseline}, place.width, text, letters, At::end);
    else
        canvas.words_within({place.x, baseline}, place.width, text, letters);
}

/// Where the details of a row begin: under the column that takes a share, else under the second.
std::size_t details_under(const Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].width > 0) return i;
    return std::min<std::size_t>(1, table.columns.size() - 1);
}

std::string rest_words(const Table& table, std::size_t rest) {
    return fmt::format("and {} more {}: {}", rest, table.many, table.command);
}

}  // namespace

double lay_out_table(Canvas& canvas, const Table& table, const Shown& shown, const Box& box, bool draw) {
    if (table.columns.empty()) return 0;
    std::vector<Place> places;
    if (draw) places = columns_of(canvas, table, box);
    double y = box.y;
    if (draw) {
        for (std::size_t i = 0; i < places.size(); ++i)
            draw_cell(
                canvas, places[i], y + 7, table.columns[i].heading, heading_letters(), table.columns[i].right
            );
        canvas.line({box.x, y + kHeading - 1.5}, {box.right(), y + kHeading - 1.5}, {0.35, Ink::light});
    }
    y += kHeading;
    const bool any_details =
        std::ranges::any_of(table.rows, [](const auto& row) { return !row.details.empty(); });
    for (std::size_t i = 0; i < std::min(shown.rows, table.rows.size()); ++i) {
        const auto& row = table.rows[i];
        if (draw && i > 0 && any_details)
            canvas.line({box.x, y - 0.4}, {box.right(), y - 0.4}, {0.3, Ink::pale});
        if (draw && row.stopped)
            canvas.words({box.x - 7, y + 8}, "!", {8, Weight::strong, false, false, Ink::stop});
        for (std::size_t c = 0; draw && c < std::min(row.cells.size(), places.size()); ++c)
            draw_cell(
                canvas,
                places[c],
                y + 8,
                row.cells[c],
                cell_letters(table.columns[c], row),
                table.columns[c].right
            );
        y += kRow;
        if (i >= shown.details) continue;
        const auto under = details_under(table);
        for (const auto& line : row.details) {
            if (draw)
                canvas.words_within(
                    {places[under].x, y + 6.4}, box.right() - places[under].x, line, detail_letters()
                );
            y += kDetail;
        }
        if (!row.details.empty()) y += 1.4;
    }
    if (shown.rows < table.rows.size()) {
        if (draw)
            canvas.words_within(
                {box.x, y + 7.5},
                box.width,
                rest_words(table, table.rows.size() - shown.rows),
                detail_letters()
            );
        y += kRow;
    }
    return y - box.y;
}

}  // namespace entente::drawing
