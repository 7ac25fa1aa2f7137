// One function a kind of panel: its height, and its drawing between two gutters of words.
#pragma once

#include "drawing/canvas.h"
#include "picture/picture.h"

namespace entente::drawing {

/// Where a picture stands: words at the left, the axis, words at the right.
struct Frame {
    Canvas& canvas;
    const picture::Axis& axis;
    double words_left = 0;
    double left = 0;
    double right = 0;
    double words_right = 0;

    double x(picture::Place at) const;
    /// The part of a stretch that lies on the axis.
    Box box(picture::Place from, picture::Place to, double y, double height) const;
};

/// Height that a panel takes when there is room, in points.
double natural_height(const picture::Panel& panel);

void draw_panel(const Frame& frame, const picture::ShockRow& row, const Box& area);
void draw_panel(const Frame& frame, const picture::Lane& lane, const Box& area);
void draw_panel(const Frame& frame, const picture::StopRow& row, const Box& area);
void draw_panel(const Frame& frame, const picture::Bars& bars, const Box& area);
void draw_panel(const Frame& frame, const picture::Curve& curve, const Box& area);
void draw_panel(const Frame& frame, const picture::SurveyStrip& strip, const Box& area);

// Parts that several panels share.
Letters lettering(Ink ink = Ink::dark, Weight weight = Weight::normal);
/// Name and note in the left gutter, the aside in the right one, around the middle of the area.
void draw_gutters(
    const Frame& frame,
    const Box& area,
    const std::string& name,
    const std::string& note,
    const std::string& aside
);
/// Hatches what was not looked at, dots what is not released.
void draw_survey(const Frame& frame, const std::vector<picture::Surveyed>& survey, const Box& area);
/// Pale, with solid edges where they are known, darker where they are known roughly.
void draw_stop_behind(const Frame& frame, const picture::Stop& stop, const Box& area);
/// The same as a bar of its own, with its number.
void draw_stop_bar(const Frame& frame, const picture::Stop& stop, const Box& area);
void draw_cross(Canvas& canvas, Spot at, double size, const Pen& pen);

// Symbols, also of the legend.
void draw_head(Canvas& canvas, picture::Head head, Spot at, double size, bool exact);
void draw_shock(Canvas& canvas, picture::ShockKind kind, Spot foot, double size);

}  // namespace entente::drawing
