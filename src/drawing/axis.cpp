#include "drawing/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace entente::drawing {
namespace {

struct Label {
    picture::Place at;
    std::string words;
};

/// The least step of a list that leaves room between labels.
template <class Steps>
int step_for(const Steps& steps, double span, double width, double room) {
    for (const int step : steps)
        if (width * step / span >= room) return step;
    return *(std::end(steps) - 1);
}

std::vector<Label> months(const Frame& frame) {
    static constexpr const char* kNames[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::vector<Label> out;
    auto date = calendar(Day{static_cast<std::int32_t>(frame.axis.first)});
    for (;;) {
        if (++date.month > 12) date.month = 1, ++date.year;
        const auto day = picture::place(*day_of(date.year, date.month, 1));
        if (day > frame.axis.last) return out;
        out.push_back({day, fmt::format("{} {}", kNames[date.month - 1], date.year)});
    }
}

std::vector<Label> labels(const Frame& frame) {
    static constexpr int kYears[] = {1, 2, 5, 10, 20, 50};
    static constexpr int kDays[] = {30, 90, 180, 365, 730, 1825, 3650};
    const double span = frame.axis.last - frame.axis.first, width = frame.right - frame.left;
    std::vector<Label> out;
    if (!frame.axis.dates) {
        const int step = step_for(kDays, span, width, 34);
        for (double at = std::ceil(frame.axis.first / step) * step; at <= frame.axis.last + 0.5; at += step)
            out.push_back({at, fmt::format("{:.0f}", at)});
        return out;
    }
    if (span < 800) {
        auto all = months(frame);
        const auto every =
            static_cast<std::size_t>(std::ceil(36.0 * static_cast<double>(all.size()) / width));
        for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(1, every)) out.push_back(all[i]);
        return out;
    }
    const int step = step_for(kYears, span / 365.25, width, 28);
    const int first = calendar(Day{static_cast<std::int32_t>(frame.axis.first)}).year;
    for (int year = (first + step - 1) / step * step;; year += step) {
        const auto day = day_of(year, 1, 1);
        if (!day || picture::place(*day) > frame.axis.last) return out;
        if (picture::place(*day) >= frame.axis.first)
            out.push_back({picture::place(*day), std::to_string(year)});
    }
}

}  // namespace

void draw_grid(const Frame& frame, double top, double bottom) {
    for (const auto& label : labels(frame))
        frame.canvas.line({frame.x(label.at), top}, {frame.x(label.at), bottom}, {0.35, Ink::pale});
}

void draw_axis(const Frame& frame, double y) {
    auto& canvas = frame.canvas;
    canvas.line({frame.left, y}, {frame.right, y}, {0.6, Ink::dark});
    for (const auto& label : labels(frame)) {
        canvas.line({frame.x(label.at), y}, {frame.x(label.at), y + 3}, {0.6, Ink::dark});
        canvas.words({frame.x(label.at), y + 10}, label.words, lettering(), At::middle);
    }
    if (!frame.axis.name.empty()) canvas.words({frame.right + 14, y + 10}, frame.axis.name, lettering());
}

}  // namespace entente::drawing
