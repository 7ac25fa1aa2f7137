// Records in a lane: a stem up is a visit by the first, down by the second; its length is the level.
#include <algorithm>
#include <array>

#include "drawing/panels.h"

namespace entente::drawing {
namespace {

using picture::Head;
using picture::Mark;
using picture::Rise;

constexpr double kLongDays = 45;

void draw_mark(const Frame& frame, const Mark& mark, const Box& area, bool directed) {
    auto& canvas = frame.canvas;
    const double middle = area.y + area.height / 2;
    const double x = frame.x((mark.from + mark.to) / 2);
    // Known to the year only: a bar as long as the year.
    if (!mark.exact && mark.to - mark.from > kLongDays) {
        const auto box = frame.box(mark.from, mark.to, middle - 0.9, 1.8);
        canvas.fill(box, Ink::middle);
        canvas.disc({x, middle}, 1.5, Ink::paper, {0.6, Ink::middle});
        return;
    }
    const double reach = (directed ? area.height / 2 : area.height * 0.42) - 2.4;
    const double length = reach * (0.40 + 0.30 * (mark.height - 1));
    const double size = 1.25 + 0.25 * mark.height;
    const double way = mark.rise == Rise::up ? -1 : mark.rise == Rise::down ? 1 : 0;
    const Spot head{x, middle + way * length};
    if (way != 0) {
        Pen stem{0.5, Ink::dark};
        if (!mark.exact) stem.dashes = {1.2, 1.0};
        canvas.line({x, middle}, head, stem);
    }
    draw_head(canvas, mark.head, head, size, mark.exact);
}

}  // namespace

void draw_head(Canvas& canvas, Head head, Spot at, double size, bool exact) {
    const Ink inside = exact ? Ink::black : Ink::paper;
    const Pen rim{0.5, Ink::black};
    if (head == Head::meeting) return canvas.disc(at, size, inside, rim);
    const double s = head == Head::remote ? size * 1.3 : size * 0.95;
    const std::vector<Spot> corners =
        head == Head::remote
            ? std::vector<Spot>{{at.x, at.y - s}, {at.x + s, at.y}, {at.x, at.y + s}, {at.x - s, at.y}}
            : std::vector<Spot>{
                  {at.x - s, at.y - s}, {at.x + s, at.y - s}, {at.x + s, at.y + s}, {at.x - s, at.y + s}};
    canvas.fill(corners, head == Head::remote ? Ink::paper : inside);
    canvas.path(corners, rim, true);
}

void draw_panel(const Frame& frame, const picture::Lane& lane, const Box& area) {
    const double middle = area.y + area.height / 2;
    frame.canvas.line({frame.left, middle}, {frame.right, middle}, {0.4, Ink::light});
    draw_gutters(frame, area, lane.name, lane.note, lane.aside);
    // Small ones last, so that none hides behind a large one.
    auto marks = lane.marks;
    std::ranges::stable_sort(marks, [](const Mark& a, const Mark& b) { return a.height > b.height; });
    for (const auto& mark : marks) draw_mark(frame, mark, area, lane.directed);
}

}  // namespace entente::drawing
