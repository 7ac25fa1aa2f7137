#include "drawing/draw_picture.h"

#include <algorithm>

#include "drawing/axis.h"
#include "drawing/legend.h"
#include "drawing/panels.h"

namespace entente::drawing {
namespace {

constexpr double kLeft = 78;
constexpr double kMostLeft = 150;
constexpr double kRight = 62;
constexpr double kAxis = 15;
constexpr double kGap = 3;
constexpr double kLegendLine = 10;
constexpr double kMostScale = 1.4;

const std::vector<picture::Surveyed>* survey_of(const picture::Panel& panel) {
    return std::visit(
        [](const auto& one) -> const std::vector<picture::Surveyed>* {
            if constexpr (requires { one.survey; }) return &one.survey;
            return nullptr;
        },
        panel
    );
}

/// The stops that all rows show.
std::vector<picture::Stop> stops_through(const picture::Picture& picture) {
    for (const auto& panel : picture.panels)
        if (const auto* row = std::get_if<picture::StopRow>(&panel); row && row->through) return row->stops;
    return {};
}

bool shows_stops(const picture::Panel& panel) {
    return std::holds_alternative<picture::Lane>(panel) || std::holds_alternative<picture::Bars>(panel) ||
           std::holds_alternative<picture::Curve>(panel);
}

/// Names are as wide as they are, within reason.
double left_gutter(Canvas& canvas, const picture::Picture& picture) {
    double out = kLeft;
    auto letters = lettering(Ink::black, Weight::strong);
    letters.size = 7.5;
    for (const auto& panel : picture.panels)
        std::visit(
            [&](const auto& one) { out = std::max(out, canvas.width_of(one.name, letters) + 8); }, panel
        );
    return std::min(out, kMostLeft);
}

/// A row of symbols keeps its height; lanes, bars and curves give and take.
bool gives(const picture::Panel& panel) {
    return shows_stops(panel);
}

double panels_height(const picture::Picture& picture, double scale = 1) {
    double out = 0;
    for (const auto& panel : picture.panels) out += natural_height(panel) * (gives(panel) ? scale : 1) + kGap;
    return out;
}

/// The scale at which the panels fill a height.
double scale_for(const picture::Picture& picture, double height) {
    const double fixed = panels_height(picture, 0), all = panels_height(picture);
    return all > fixed ? std::clamp((height - fixed) / (all - fixed), 0.1, kMostScale) : 1;
}

}  // namespace

double natural_height(const picture::Panel& panel) {
    struct Height {
        double operator()(const picture::ShockRow&) const { return 16; }
        double operator()(const picture::Lane& lane) const { return lane.directed ? 34 : 20; }
        double operator()(const picture::StopRow& row) const { return row.through ? 22 : 15; }
        double operator()(const picture::Bars& bars) const { return bars.tall ? 90 : 25; }
        double operator()(const picture::Curve& curve) const { return curve.tall ? 104 : 30; }
        double operator()(const picture::SurveyStrip&) const { return 10; }
    };
    return std::visit(Height{}, panel);
}

double natural_height(const picture::Picture& picture) {
    return panels_height(picture) + kAxis + kLegendLine * 2;
}

void draw_picture(Canvas& canvas, const picture::Picture& picture, const Box& box) {
    const Frame frame{
        canvas, picture.axis, box.x, box.x + left_gutter(canvas, picture), box.right() - kRight, box.right()};
    const auto legend = legend_of(picture);
    const double legend_lines =
        draw_legend(canvas, legend, {frame.left, 0, frame.right - frame.left + kRight, 0}, kLegendLine, true);
    const double room = box.height - kAxis - legend_lines * kLegendLine - 2;
    const double scale = scale_for(picture, room);
    const double bottom = box.y + panels_height(picture, scale);

    std::vector<Box> areas;
    double y = box.y;
    for (const auto& panel : picture.panels) {
        const double height = natural_height(panel) * (gives(panel) ? scale : 1);
        areas.push_back({frame.left, y, frame.right - frame.left, height});
        y += height + kGap;
    }
    draw_grid(frame, box.y, bottom);
    const auto stops = stops_through(picture);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (!shows_stops(picture.panels[i])) continue;
        // The gap below belongs to it, so that a stop runs through without a break.
        auto area = areas[i];
        area.height += kGap;
        for (const auto& stop : stops) draw_stop_behind(frame, stop, area);
    }
    for (std::size_t i = 0; i < areas.size(); ++i)
        if (const auto* survey = survey_of(picture.panels[i])) draw_survey(frame, *survey, areas[i]);
    for (std::size_t i = 0; i < areas.size(); ++i)
        std::visit([&](const auto& panel) { draw_panel(frame, panel, areas[i]); }, picture.panels[i]);
    for (const auto& moment : picture.moments) {
        const double x = frame.x(moment.at);
        canvas.line({x, box.y}, {x, bottom}, {0.8, Ink::black});
        canvas.words({x + 3, box.y + 6}, moment.words, lettering(Ink::black, Weight::strong));
    }
    draw_axis(frame, bottom);
    draw_legend(
        canvas,
        legend,
        {frame.left, bottom + kAxis + 7, frame.right - frame.left + kRight, 0},
        kLegendLine,
        false
    );
}

}  // namespace entente::drawing
