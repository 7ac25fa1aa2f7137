// Shocks, stops and coverage: a row each.
#include <algorithm>
#include <cmath>

#include "drawing/panels.h"

namespace entente::drawing {

using picture::ShockKind;
using picture::Survey;

void draw_shock(Canvas& canvas, ShockKind kind, Spot foot, double size) {
    const Pen pen{0.7, Ink::black};
    switch (kind) {
        case ShockKind::arms_sale:
            return canvas.line(foot, {foot.x, foot.y - size}, {1.1, Ink::black});
        case ShockKind::incident:
            return canvas.fill(
                {{foot.x - size * 0.4, foot.y}, {foot.x + size * 0.4, foot.y}, {foot.x, foot.y - size * 0.8}},
                Ink::black
            );
        case ShockKind::law:
            canvas.line(foot, {foot.x, foot.y - size * 0.8}, pen);
            return canvas.line(
                {foot.x - size * 0.35, foot.y - size * 0.8}, {foot.x + size * 0.35, foot.y - size * 0.8}, pen
            );
        case ShockKind::other:
            return canvas.disc({foot.x, foot.y - size * 0.35}, size * 0.28, Ink::paper, pen);
    }
}

void draw_panel(const Frame& frame, const picture::ShockRow& row, const Box& area) {
    draw_gutters(frame, area, row.name, row.note, row.aside);
    const double foot = area.bottom() - 2;
    frame.canvas.line({frame.left, foot}, {frame.right, foot}, {0.4, Ink::light});
    for (const auto& shock : row.shocks) draw_shock(frame.canvas, shock.kind, {frame.x(shock.at), foot}, 7);
}

void draw_panel(const Frame& frame, const picture::StopRow& row, const Box& area) {
    auto& canvas = frame.canvas;
    draw_gutters(frame, area, row.name, row.note, row.aside);
    // Numbers stand above the bars, within the row.
    const double above = row.through ? 7.5 : 0;
    const double middle = area.y + above + (area.height - above) / 2;
    const double height = std::min(area.height - above - 2, row.through ? 8.0 : 7.0);
    const Box bar{area.x, middle - height / 2, area.width, height};
    const double from = frame.x(row.begins.value_or(frame.axis.first));
    canvas.line(
        {from, middle},
        {frame.right, middle},
        {row.through ? 0.4 : 1.6, row.through ? Ink::light : Ink::middle}
    );
    double last = -1e9;
    for (const auto& stop : row.stops) {
        canvas.fill(frame.box(stop.from, stop.to, bar.y, bar.height), Ink::paper);
        draw_stop_bar(frame, stop, bar);
        if (stop.label.empty()) continue;
        // The number stands above the beginning, and moves on where the one before is close.
        auto letters = lettering(Ink::stop, Weight::strong);
        letters.size = 6.5;
        const double x = std::max(frame.x(stop.from), last + 1.5);
        last = x + canvas.words({x, bar.y - 1.2}, stop.label, letters);
    }
    for (const auto at : row.uses) canvas.disc({frame.x(at), middle}, 1.3, Ink::black, {0.4, Ink::paper});
    for (const auto at : row.refusals) draw_cross(canvas, {frame.x(at), middle}, 1.6, {0.8, Ink::black});
}

void draw_panel(const Frame& frame, const picture::SurveyStrip& strip, const Box& area) {
    auto& canvas = frame.canvas;
    draw_gutters(frame, area, strip.name, "", strip.aside);
    const double height = 3.6, y = area.y + (area.height - height) / 2;
    for (const auto& stretch : strip.stretches) {
        const auto box = frame.box(stretch.from, stretch.to, y, height);
        if (stretch.how == Survey::dense) canvas.fill(box, Ink::middle);
        if (stretch.how == Survey::none) canvas.hatch(box, 2, {0.35, Ink::light});
        if (stretch.how == Survey::thin)
            canvas.line({box.x, y + height / 2}, {box.right(), y + height / 2}, {1.5, Ink::middle, {2, 1.8}});
        if (stretch.how == Survey::withheld) draw_survey(frame, {stretch}, {box.x, y, box.width, height});
    }
}

}  // namespace entente::drawing
