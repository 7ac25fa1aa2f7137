#include "drawing/draw_section.h"

#include <algorithm>

#include "drawing/draw_picture.h"

namespace entente::drawing {
namespace {

constexpr double kTitle = 17;
constexpr double kBlockGap = 5;
constexpr double kLeading = 11.2;

double lay_out_text(Canvas& canvas, const picture::Text& text, std::size_t lines, const Box& box, bool draw) {
    if (lines == 0) return 0;
    Letters letters{8.3};
    double leading = kLeading;
    if (text.quiet) letters.size = 7.2, letters.ink = Ink::dark, leading = 9.6;
    const auto found = canvas.paragraph(
        {box.x, box.y + letters.size}, box.width, leading, text.words, letters, lines, !draw, text.lead
    );
    return leading * static_cast<double>(found);
}

struct LayOut {
    Canvas& canvas;
    const Shown& shown;
    Box box;
    bool draw;

    double operator()(const picture::Text& text) const {
        return lay_out_text(canvas, text, shown.lines, box, draw);
    }
    double operator()(const picture::Table& table) const {
        return lay_out_table(canvas, table, shown, box, draw);
    }
    double operator()(const picture::Gauge& gauge) const { return lay_out_gauge(canvas, gauge, box, draw); }
    double operator()(const picture::Figure& figure) const {
        if (draw) draw_picture(canvas, figure.picture, {box.x, box.y, box.width, shown.height});
        return shown.height;
    }
};

}  // namespace

std::vector<Shown> everything(Canvas& canvas, const picture::Section& section, double width) {
    std::vector<Shown> out;
    for (const auto& block : section.blocks) {
        Shown shown;
        if (const auto* table = std::get_if<picture::Table>(&block)) {
            shown.rows = shown.details = table->rows.size();
            shown.details_high = details_of_rows(canvas, *table, width);
        }
        if (const auto* text = std::get_if<picture::Text>(&block)) shown.lines = text->most_lines;
        if (const auto* figure = std::get_if<picture::Figure>(&block))
            shown.height = natural_height(figure->picture);
        out.push_back(shown);
    }
    return out;
}

double lay_out_section(
    Canvas& canvas,
    const picture::Section& section,
    const std::vector<Shown>& shown,
    const Box& box,
    bool draw
) {
    double y = box.y;
    if (!section.title.empty()) {
        if (draw) {
            canvas.line({box.x, y}, {box.right(), y}, {0.7, Ink::black});
            const double wide = canvas.words({box.x, y + 11}, section.title, {9.2, Weight::strong});
            canvas.words_within(
                {box.right(), y + 11},
                box.width - wide - 12,
                section.aside,
                {7.2, Weight::normal, false, false, Ink::dark},
                At::end
            );
        }
        y += kTitle;
    }
    bool first = true;
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
        const double gap = first ? 0 : kBlockGap;
        const LayOut lay_out{canvas, shown[i], {box.x, y + gap, box.width, 0}, draw};
        const double height = std::visit(lay_out, section.blocks[i]);
        if (height <= 0) continue;
        y += gap + height;
        first = false;
    }
    return y - box.y;
}

}  // namespace entente::drawing
