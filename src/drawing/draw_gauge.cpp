// A value with its band as a number, and on a line of 0 to 100.
#include <algorithm>

#include "drawing/draw_section.h"

namespace entente::drawing {
namespace {

constexpr double kNumber = 31;
constexpr double kLine = 22;

}  // namespace

double lay_out_gauge(Canvas& canvas, const picture::Gauge& gauge, const Box& box, bool draw) {
    const Letters note{7.2, Weight::normal, false, false, Ink::dark};
    const double leading = 9.4;
    if (draw) {
        const double baseline = box.y + 27;
        const Letters small{7.2, Weight::normal, false, false, Ink::dark};
        double x = box.x + canvas.words({box.x, baseline}, gauge.value, {24, Weight::strong}) + 7;
        x += canvas.words({x, baseline}, gauge.band, {11, Weight::normal, true}) + 8;
        canvas.words({x, baseline}, gauge.words, {9});
        canvas.words({box.x, box.y + 6}, "Strength, 0 to 100", small);
        // The line.
        const double y = box.y + kNumber + 6;
        const auto at = [&](double value) { return box.x + box.width * std::clamp(value, 0.0, 100.0) / 100; };
        canvas.line({at(0), y}, {at(100), y}, {0.5, Ink::light});
        canvas.line({at(gauge.outer_low), y}, {at(gauge.outer_high), y}, {0.9, Ink::dark, {1.2, 1.6}});
        canvas.fill({at(gauge.low), y - 2.2, at(gauge.high) - at(gauge.low), 4.4}, Ink::light);
        canvas.fill({at(gauge.at) - 1, y - 4.2, 2, 8.4}, Ink::black);
        for (const auto& limit : gauge.limits)
            canvas.line({at(limit.value), y - 2.5}, {at(limit.value), y + 2.5}, {0.5, Ink::dark});
        const Letters tick{6.5, Weight::normal, false, true, Ink::dark};
        canvas.words({at(0), y + 10.5}, "0", tick);
        canvas.words({at(100), y + 10.5}, "100", tick, At::end);
        for (const auto& limit : gauge.limits)
            canvas.words({at(limit.value), y + 10.5}, limit.words, tick, At::middle);
    }
    const double y = box.y + kNumber + kLine;
    const auto lines = canvas.paragraph({box.x, y + 7}, box.width, leading, gauge.note, note, 4, !draw);
    return kNumber + kLine + leading * static_cast<double>(lines);
}

}  // namespace entente::drawing
