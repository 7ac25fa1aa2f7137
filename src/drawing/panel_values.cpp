// Counts as bars, and values as a line with its band.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drawing/panels.h"

namespace entente::drawing {
namespace {

using picture::Point;
using picture::Survey;

/// Runs of points that have a value.
std::vector<std::vector<Point>> known_runs(const picture::Curve& curve) {
    std::vector<std::vector<Point>> out;
    bool open = false;
    for (const auto& point : curve.points) {
        if (!point.value) {
            open = false;
            continue;
        }
        if (!open) out.emplace_back();
        open = true;
        out.back().push_back(point);
    }
    return out;
}

class Scale {
public:
    Scale(const Box& area, double low, double high) : area_(area), low_(low), high_(high) {}
    double y(double value) const {
        const double share = (value - low_) / std::max(1e-9, high_ - low_);
        return area_.bottom() - area_.height * std::clamp(share, 0.0, 1.0);
    }

private:
    Box area_;
    double low_;
    double high_;
};

template <class Value>
std::vector<Spot> spots(
    const Frame& frame, const Scale& scale, const std::vector<Point>& run, bool steps, Value value
) {
    std::vector<Spot> out;
    for (const auto& point : run) {
        const Spot spot{frame.x(point.at), scale.y(value(point))};
        if (steps && !out.empty()) out.push_back({spot.x, out.back().y});
        out.push_back(spot);
    }
    return out;
}

void draw_run(
    const Frame& frame, const Scale& scale, const picture::Curve& curve, const std::vector<Point>& run
) {
    auto& canvas = frame.canvas;
    const auto line = [&](auto value) { return spots(frame, scale, run, curve.steps, value); };
    if (curve.band) {
        auto edge = line([](const Point& point) { return point.high; });
        auto back = line([](const Point& point) { return point.low; });
        edge.insert(edge.end(), back.rbegin(), back.rend());
        canvas.fill(edge, Ink::pale);
    }
    if (curve.outer)
        for (const bool high : {false, true})
            canvas.path(
                line([&](const Point& point) { return high ? point.outer_high : point.outer_low; }),
                {0.5, Ink::middle, {1.8, 1.6}}
            );
    const auto middle = line([](const Point& point) { return *point.value; });
    canvas.path(middle, {1.1, Ink::black});
    if (curve.dots)
        for (const auto& spot : middle) canvas.disc(spot, 1.8, Ink::black, {0.5, Ink::paper});
    if (run.size() == 1) canvas.disc(middle.front(), 1.2, Ink::black, {0.4, Ink::black});
}

std::string shown_most(double most) {
    if (most < 1000) return fmt::format("{:.0f}", most);
    auto digits = fmt::format("{:.0f}", most);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

}  // namespace

void draw_panel(const Frame& frame, const picture::Curve& curve, const Box& area) {
    auto& canvas = frame.canvas;
    const Box inner{area.x, area.y + 3, area.width, area.height - 5};
    const Scale scale(inner, curve.low, curve.high);
    draw_gutters(
        frame, {area.x, area.y, area.width, std::min(area.height, 24.0)}, curve.name, curve.note, ""
    );
    for (const auto& limit : curve.classes)
        canvas.line(
            {frame.left, scale.y(limit.value)},
            {frame.right, scale.y(limit.value)},
            {0.4, Ink::light, {0.8, 1.8}}
        );
    for (const auto& run : known_runs(curve)) draw_run(frame, scale, curve, run);
    canvas.line({frame.left, inner.bottom()}, {frame.right, inner.bottom()}, {0.5, Ink::middle});
    auto small = lettering(Ink::dark);
    small.size = 6.5;
    for (const auto& tick : curve.ticks) {
        canvas.line(
            {frame.left - 2.5, scale.y(tick.value)}, {frame.left, scale.y(tick.value)}, {0.5, Ink::middle}
        );
        canvas.words({frame.left - 4, scale.y(tick.value) + 2.2}, tick.words, small, At::end);
    }
    for (const auto& limit : curve.classes)
        if (!limit.words.empty())
            canvas.words({frame.right + 5, scale.y(limit.value) + 2.2}, limit.words, small);
    if (curve.aside.empty()) return;
    // The aside stands beside the last value, clear of the names of the classes.
    const auto runs = known_runs(curve);
    double y = runs.empty() ? inner.y + inner.height / 2 : scale.y(*runs.back().back().value);
    for (const auto& limit : curve.classes)
        if (const double apart = y - scale.y(limit.value); std::abs(apart) < 8)
            y = scale.y(limit.value) + (apart < 0 ? -8 : 8);
    auto strong = lettering(Ink::black, Weight::strong);
    canvas.words_within({frame.right + 5, y + 2.5}, frame.words_right - frame.right - 5, curve.aside, strong);
}

void draw_panel(const Frame& frame, const picture::Bars& bars, const Box& area) {
    auto& canvas = frame.canvas;
    const Box inner{area.x, area.y + 3, area.width, area.height - 4};
    double most = 0;
    for (const auto& bar : bars.bars) most = std::max(most, bar.value.value_or(0));
    for (const auto& level : bars.levels) most = std::max(most, level.value);
    const Scale scale(inner, 0, std::max(most, 1e-9));
    draw_gutters(frame, area, bars.name, bars.note, bars.aside);
    canvas.line({frame.left, inner.bottom()}, {frame.right, inner.bottom()}, {0.4, Ink::light});
    for (const auto& bar : bars.bars) {
        auto box = frame.box(bar.from, bar.to, 0, 0);
        if (!bar.value || *bar.value <= 0) continue;
        box.y = scale.y(*bar.value), box.height = inner.bottom() - box.y;
        const double gap = std::min(0.8, box.width * 0.18);
        box.x += gap / 2, box.width -= gap;
        canvas.fill(box, Ink::middle);
    }
    for (const auto& level : bars.levels) {
        const auto box = frame.box(level.from, level.to, 0, 0);
        canvas.line({box.x, scale.y(level.value)}, {box.right(), scale.y(level.value)}, {1.3, Ink::black});
        for (const double end : {level.low, level.high})
            if (end <= most)
                canvas.line(
                    {box.x, scale.y(end)}, {box.right(), scale.y(end)}, {0.6, Ink::black, {1.8, 1.6}}
                );
    }
    for (const auto& silence : bars.silences) {
        const auto box = frame.box(silence.from, silence.to, inner.bottom() - 5, 5);
        const Pen pen{0.9, Ink::black};
        canvas.path(
            {{box.x, box.y}, {box.x, box.bottom()}, {box.right(), box.bottom()}, {box.right(), box.y}}, pen
        );
    }
    if (most <= 0) return;
    auto small = lettering(Ink::dark);
    small.size = 6.5;
    canvas.words({frame.left - 3, inner.y + 4.5}, shown_most(most), small, At::end);
}

}  // namespace entente::drawing
