#include "drawing/fit_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "drawing/draw_section.h"

namespace entente::drawing {
namespace {

using picture::Figure;
using picture::Table;
using picture::Text;

constexpr double kColumnGap = 18;
constexpr double kSectionGap = 11;
constexpr double kBandGap = 12;
constexpr double kMostGrowth = 0.25;

struct PlacedSection {
    const picture::Section* section;
    std::vector<Shown> shown;
    double height = 0;
};

struct PlacedColumn {
    Box box;
    std::vector<PlacedSection> sections;

    double height() const {
        double out = 0;
        for (const auto& one : sections) out += one.height > 0 ? one.height + (out > 0 ? kSectionGap : 0) : 0;
        return out;
    }
};

using PlacedBand = std::vector<PlacedColumn>;

double height_of(const PlacedBand& band) {
    double out = 0;
    for (const auto& column : band) out = std::max(out, column.height());
    return out;
}

/// One way to give up height; true when it did.
using Give = bool (*)(const picture::Block& block, Shown& shown);

bool give_some_figure(const picture::Block& block, Shown& shown) {
    const auto* figure = std::get_if<Figure>(&block);
    if (!figure || shown.height <= figure->height) return false;
    shown.height = std::max(figure->height, shown.height - 4);
    return true;
}
bool give_details(const picture::Block& block, Shown& shown) {
    const auto* table = std::get_if<Table>(&block);
    if (!table) return false;
    shown.details = std::min(shown.details, shown.rows);
    // Rows without details have nothing to give.
    while (shown.details > 0 && table->rows[shown.details - 1].details.empty()) --shown.details;
    if (shown.details == 0) return false;
    --shown.details;
    return true;
}
bool give_row(const picture::Block& block, Shown& shown) {
    const auto* table = std::get_if<Table>(&block);
    if (!table || shown.rows <= table->least) return false;
    // The line that counts the rest takes the place of the first row that goes.
    shown.rows -= shown.rows == table->rows.size() && shown.rows > table->least + 1 ? 2 : 1;
    return true;
}
bool give_figure(const picture::Block& block, Shown& shown) {
    const auto* figure = std::get_if<Figure>(&block);
    if (!figure || shown.height <= figure->least_height) return false;
    shown.height = std::max(figure->least_height, shown.height - 4);
    return true;
}
bool give_line(const picture::Block& block, Shown& shown) {
    if (!std::holds_alternative<Text>(block) || shown.lines <= 1) return false;
    --shown.lines;
    return true;
}
bool give_any_row(const picture::Block& block, Shown& shown) {
    if (!std::holds_alternative<Table>(block) || shown.rows == 0) return false;
    --shown.rows;
    return true;
}

class Fit {
public:
    Fit(Canvas& canvas, const picture::Page& page, const Box& box) : canvas_(canvas), box_(box) {
        for (const auto& band : page.bands) place(band);
    }

    void cut() {
        for (const Give give :
             {give_some_figure, give_details, give_row, give_figure, give_line, give_any_row})
            while (height() > box_.height && cut_one(give)) {
            }
    }

    /// Figures take up the room that is left, within reason.
    void grow(double line) {
        double spare = box_.height - line - height();
        for (auto& band : bands_)
            for (auto& column : band)
                for (auto& section : column.sections)
                    for (std::size_t i = 0; i < section.shown.size() && spare > 0; ++i) {
                        if (!std::holds_alternative<Figure>(section.section->blocks[i])) continue;
                        const double more = std::min(spare, section.shown[i].height * kMostGrowth);
                        section.shown[i].height += more, spare -= more;
                        measure(section, column.box);
                    }
    }

    /// Leaves bands out from the end; their number.
    std::size_t leave_out(double line) {
        std::size_t out = 0;
        while (!bands_.empty() && height() + (out > 0 ? line : 0) > box_.height) bands_.pop_back(), ++out;
        return out;
    }

    double height() const {
        double out = 0;
        for (const auto& band : bands_)
            if (const double one = height_of(band); one > 0) out += one + (out > 0 ? kBandGap : 0);
        return out;
    }

    double draw() {
        double y = box_.y;
        for (const auto& band : bands_) {
            const double height = height_of(band);
            if (height <= 0) continue;
            if (y > box_.y) y += kBandGap;
            for (const auto& column : band) draw_column(column, y);
            y += height;
        }
        return y;
    }

private:
    void place(const picture::Band& band) {
        double shares = 0;
        for (const auto& column : band.columns) shares += column.share;
        const double room = box_.width - kColumnGap * static_cast<double>(band.columns.size() - 1);
        double x = box_.x;
        PlacedBand out;
        for (const auto& column : band.columns) {
            PlacedColumn placed{{x, 0, room * column.share / shares, 0}, {}};
            for (const auto& section : column.sections) {
                placed.sections.push_back({&section, everything(canvas_, section, placed.box.width)});
                measure(placed.sections.back(), placed.box);
            }
            x += placed.box.width + kColumnGap;
            out.push_back(std::move(placed));
        }
        bands_.push_back(std::move(out));
    }

    void measure(PlacedSection& section, const Box& column) {
        section.height =
            lay_out_section(canvas_, *section.section, section.shown, {column.x, 0, column.width, 0}, false);
    }

    /// Cuts where it helps: in the highest column of a band, in the block that has the most.
    bool cut_one(Give give) {
        PlacedSection* best = nullptr;
        std::size_t best_block = 0;
        const Box* best_box = nullptr;
        double most = -1;
        for (auto& band : bands_) {
            const double highest = height_of(band);
            for (auto& column : band) {
                if (column.height() < highest - 0.01) continue;
                for (auto& section : column.sections)
                    for (std::size_t i = 0; i < section.shown.size(); ++i) {
                        auto tried = section.shown[i];
                        if (!give(section.section->blocks[i], tried)) continue;
                        const auto& now = section.shown[i];
                        const double much = static_cast<double>(now.rows + now.lines) + now.height;
                        if (much <= most) continue;
                        most = much, best = &section, best_block = i, best_box = &column.box;
                    }
            }
        }
        if (!best) return false;
        give(best->section->blocks[best_block], best->shown[best_block]);
        measure(*best, *best_box);
        return true;
    }

    void draw_column(const PlacedColumn& column, double y) {
        bool first = true;
        for (const auto& section : column.sections) {
            if (section.height <= 0) continue;
            if (!std::exchange(first, false)) y += kSectionGap;
            lay_out_section(
                canvas_, *section.section, section.shown, {column.box.x, y, column.box.width, 0}, true
            );
            y += section.height;
        }
    }

    Canvas& canvas_;
    Box box_;
    std::vector<PlacedBand> bands_;
};

}  // namespace

void draw_bands(Canvas& canvas, const picture::Page& page, const std::string& command, const Box& box) {
    constexpr double kLine = 12;
    Fit fit(canvas, page, box);
    fit.cut();
    // Before anything grows: what fits now must not be lost to room that was given away.
    const auto left_out = fit.leave_out(kLine);
    fit.grow(left_out > 0 ? kLine : 0);
    const double y = fit.draw();
    if (left_out > 0)
        canvas.words_within(
            {box.x, y + kLine - 3},
            box.width,
            "There is more than the page holds: " + command,
            {7.2, Weight::strong}
        );
}

double fitted_height(Canvas& canvas, const picture::Page& page, const Box& box) {
    Fit fit(canvas, page, box);
    fit.cut();
    fit.leave_out(12);
    return fit.height();
}

}  // namespace entente::drawing
