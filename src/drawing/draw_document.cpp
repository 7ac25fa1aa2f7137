#include "drawing/draw_document.h"

#include <fmt/format.h>

namespace entente::drawing {
namespace {

constexpr double kMargin = 48;

}  // namespace

void draw_page(Canvas& canvas, const picture::Document& document, std::size_t page, const Box& paper) {
    const Box inner{kMargin, kMargin, paper.width - 2 * kMargin, paper.height - 2 * kMargin};
    double y = inner.y + 20;
    canvas.words_within({inner.x, y}, inner.width - 120, document.title, {20, Weight::strong});
    canvas.words({inner.right(), y}, document.aside, {8.5, Weight::normal, false, false, Ink::dark}, At::end);
    y += 22;
    canvas.paragraph({inner.x, y}, inner.width, 15, document.sentence, {11.5}, 3);
    const auto foot = fmt::format("{} of {}", page + 1, document.pages.size());
    canvas.words({inner.right(), inner.bottom()}, foot, {7}, At::end);
}

}  // namespace entente::drawing
