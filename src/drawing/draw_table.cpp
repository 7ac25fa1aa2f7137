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
constexpr double kDetail = 9.1;
constexpr std::size_t kDetailLines = 2;
constexpr double kAfterDetails = 1.4;
constexpr double kMostShare = 0.34;  // of the width, for a column that is as wide as its cells

Letters heading_letters() {
    return {7, Weight::normal, false, false, Ink::dark};
}

Letters cell_letters(const TableColumn& column, const TableRow& row) {
    Letters out{7.9};
    out.italic = column.computed;
    out.narrow = column.narrow;
    if (column.strong) out.weight = Weight::strong;
    if (row.stopped) out.ink = Ink::stop;
    return out;
}

Letters detail_letters() {
    return {7.4, Weight::normal, false, true, Ink::dark};
}

bool has_details(const Table& table) {
    return std::ranges::any_of(table.rows, [](const auto& row) { return !row.details.empty(); });
}

struct Place {
    double x = 0;
    double width = 0;
};

double widest_cell(Canvas& canvas, const Table& table, std::size_t column) {
    double out = canvas.width_of(table.columns[column].heading, heading_letters());
    for (const auto& row : table.rows)
        if (column < row.cells.size())
            out = std::max(out, canvas.width_of(row.cells[column], cell_letters(table.columns[column], row)));
    return out + 0.5;
}

std::vector<Place> columns_of(Canvas& canvas, const Table& table, const Box& box) {
    std::vector<Place> out(table.columns.size());
    const auto gaps = static_cast<double>(table.columns.size() - 1);
    double rest = box.width - kGap * gaps, shares = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        shares += table.columns[i].width;
        if (table.columns[i].width > 0) continue;
        out[i].width = std::min(widest_cell(canvas, table, i), box.width * kMostShare);
        rest -= out[i].width;
    }
    rest = std::max(0.0, rest);
    // What the sharing columns do not fill goes between the columns; where there are details they fill it.
    const bool details = has_details(table);
    double spare = shares > 0 ? 0 : rest;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (table.columns[i].width <= 0) continue;
        const double share = rest * table.columns[i].width / shares;
        out[i].width = details ? share : std::min(share, widest_cell(canvas, table, i));
        spare += share - out[i].width;
    }
    const double gap = kGap + (gaps > 0 ? spare / gaps : 0);
    double x = box.x;
    for (auto& place : out) place.x = x, x += place.width + gap;
    return out;
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

class TableDrawing {
public:
    TableDrawing(Canvas& canvas, const Table& table, const Box& box)
        : canvas_(canvas), table_(table), box_(box), places_(columns_of(canvas, table, box)) {}

    /// Heading and rows; those that are not shown are counted.
    void rows(const Shown& shown) {
        heading();
        const bool ruled = has_details(table_);
        for (std::size_t i = 0; i < std::min(shown.rows, table_.rows.size()); ++i) {
            if (ruled && i > 0) canvas_.line({box_.x, y_ - 0.4}, {box_.right(), y_ - 0.4}, {0.3, Ink::pale});
            row(table_.rows[i]);
            if (i < shown.details) details(table_.rows[i], shown.details_high[i]);
        }
        if (shown.rows < table_.rows.size()) rest(table_.rows.size() - shown.rows);
    }

private:
    void cell(std::size_t column, double baseline, const std::string& text, const Letters& letters) {
        const auto& place = places_[column];
        if (table_.columns[column].right)
            canvas_.words_within({place.x + place.width, baseline}, place.width, text, letters, At::end);
        else
            canvas_.words_within({place.x, baseline}, place.width, text, letters);
    }

    void heading() {
        y_ = box_.y + kHeading;
        for (std::size_t i = 0; i < places_.size(); ++i)
            cell(i, box_.y + 7, table_.columns[i].heading, heading_letters());
        canvas_.line({box_.x, y_ - 1.5}, {box_.right(), y_ - 1.5}, {0.35, Ink::light});
    }

    void row(const TableRow& row) {
        // In grey, too, one sees what is stopped.
        if (row.stopped)
            canvas_.words({box_.x - 7, y_ + 8}, "!", {8, Weight::strong, false, false, Ink::stop});
        for (std::size_t i = 0; i < std::min(row.cells.size(), places_.size()); ++i)
            cell(i, y_ + 8, row.cells[i], cell_letters(table_.columns[i], row));
        y_ += kRow;
    }

    void details(const TableRow& row, double high) {
        double y = y_ + 6.4;
        const double x = places_[details_under(table_)].x;
        for (const auto& text : row.details)
            y += kDetail * static_cast<double>(canvas_.paragraph(
                               {x, y}, box_.right() - x, kDetail, text, detail_letters(), kDetailLines
                           ));
        y_ += high;
    }

    void rest(std::size_t number) {
        canvas_.words_within({box_.x, y_ + 7.5}, box_.width, rest_words(table_, number), detail_letters());
    }

    Canvas& canvas_;
    const Table& table_;
    Box box_;
    std::vector<Place> places_;
    double y_ = 0;
};

}  // namespace

std::vector<double> details_of_rows(Canvas& canvas, const Table& table, double width) {
    std::vector<double> out(table.rows.size(), 0.0);
    if (table.columns.empty() || !has_details(table)) return out;
    const double x = columns_of(canvas, table, {0, 0, width, 0})[details_under(table)].x;
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (const auto& text : table.rows[i].details)
            out[i] += kDetail * static_cast<double>(canvas.paragraph(
                                    {}, width - x, kDetail, text, detail_letters(), kDetailLines, true
                                ));
        if (out[i] > 0) out[i] += kAfterDetails;
    }
    return out;
}

double lay_out_table(Canvas& canvas, const Table& table, const Shown& shown, const Box& box, bool draw) {
    if (table.columns.empty()) return 0;
    if (draw) TableDrawing(canvas, table, box).rows(shown);
    const std::size_t rows = std::min(shown.rows, table.rows.size());
    double out = kHeading + kRow * static_cast<double>(rows + (rows < table.rows.size()));
    for (std::size_t i = 0; i < std::min(rows, shown.details); ++i) out += shown.details_high[i];
    return out;
}

}  // namespace entente::drawing
