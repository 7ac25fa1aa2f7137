#include "drawing/draw_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "drawing/fit_page.h"

namespace entente::drawing {
namespace {

constexpr double kMarginSide = 46;
constexpr double kMarginTop = 44;
constexpr double kMarginBottom = 40;
constexpr double kFoot = 20;

const Letters kSmall{7.2, Weight::normal, false, false, Ink::dark};

void draw_foot(Canvas& canvas, const picture::Document& document, std::size_t page, const Box& inner) {
    const double y = inner.bottom();
    canvas.line({inner.x, y - 10}, {inner.right(), y - 10}, {0.35, Ink::light});
    const auto number = fmt::format("{} of {}", page + 1, document.pages.size());
    const double wide = canvas.width_of(number, kSmall);
    canvas.words({inner.right(), y}, number, kSmall, At::end);
    canvas.words_within({inner.x, y}, inner.width - wide - 16, document.foot, kSmall);
}

}  // namespace

void draw_page(Canvas& canvas, const picture::Document& document, std::size_t page, const Box& paper) {
    const Box inner{
        kMarginSide, kMarginTop, paper.width - 2 * kMarginSide, paper.height - kMarginTop - kMarginBottom};
    double y = inner.y;
    if (page == 0) {
        y += 17;
        const double aside = canvas.width_of(document.aside, {8.3});
        canvas.words({inner.right(), y}, document.aside, {8.3}, At::end);
        canvas.words_within({inner.x, y}, inner.width - aside - 16, document.title, {21, Weight::strong});
        y += 20;
        const auto lines = canvas.paragraph({inner.x, y}, inner.width, 15, document.sentence, {11.2}, 3);
        y += 15 * static_cast<double>(lines) + 1;
    } else {
        canvas.words_within({inner.x, y + 6}, inner.width, document.running, kSmall);
        y += 20;
    }
    const Box body{inner.x, y, inner.width, inner.bottom() - kFoot - y};
    draw_bands(canvas, document.pages[page], document.command, body);
    draw_foot(canvas, document, page, inner);
}

}  // namespace entente::drawing
