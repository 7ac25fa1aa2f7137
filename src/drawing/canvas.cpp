#include "drawing/canvas.h"

#include <cairo.h>

#include <array>
#include <cmath>
#include <numbers>

namespace entente::drawing {
namespace {

struct Rgb {
    double red, green, blue;
};

constexpr std::array<Rgb, 8> kInks{{
    {0.08, 0.11, 0.14},  // black
    {0.25, 0.29, 0.33},  // dark
    {0.42, 0.46, 0.50},  // middle
    {0.66, 0.69, 0.72},  // light
    {0.86, 0.88, 0.90},  // pale
    {1, 1, 1},           // paper
    {0.64, 0.10, 0.36},  // stop
    {0.97, 0.91, 0.94},  // stop_wash
}};

}  // namespace

void Canvas::set(Ink ink) {
    const auto& rgb = kInks[static_cast<std::size_t>(ink)];
    cairo_set_source_rgb(cairo_, rgb.red, rgb.green, rgb.blue);
}

void Canvas::set(const Pen& pen) {
    set(pen.ink);
    cairo_set_line_width(cairo_, pen.width);
    cairo_set_dash(cairo_, pen.dashes.data(), static_cast<int>(pen.dashes.size()), 0);
}

void Canvas::line(Spot from, Spot to, const Pen& pen) {
    set(pen);
    cairo_move_to(cairo_, from.x, from.y);
    cairo_line_to(cairo_, to.x, to.y);
    cairo_stroke(cairo_);
}

void Canvas::path(const std::vector<Spot>& spots, const Pen& pen, bool closed) {
    if (spots.size() < 2) return;
    set(pen);
    for (const auto& spot : spots) cairo_line_to(cairo_, spot.x, spot.y);
    if (closed) cairo_close_path(cairo_);
    cairo_stroke(cairo_);
}

void Canvas::fill(const Box& box, Ink ink) {
    if (box.width <= 0 || box.height <= 0) return;
    set(ink);
    cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
    cairo_fill(cairo_);
}

void Canvas::fill(const std::vector<Spot>& spots, Ink ink) {
    if (spots.size() < 3) return;
    set(ink);
    for (const auto& spot : spots) cairo_line_to(cairo_, spot.x, spot.y);
    cairo_close_path(cairo_);
    cairo_fill(cairo_);
}

void Canvas::frame(const Box& box, const Pen& pen) {
    set(pen);
    cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
    cairo_stroke(cairo_);
}

void Canvas::hatch(const Box& box, double distance, const Pen& pen, Slant slant) {
    if (box.width <= 0 || box.height <= 0) return;
    cairo_save(cairo_);
    cairo_rectangle(cairo_, box.x, box.y, box.width, box.height);
    cairo_clip(cairo_);
    set(pen);
    // Lines x + y = k · distance, or x - y: the same ones in every box.
    const bool rising = slant == Slant::rising;
    const double low = rising ? box.x + box.y : box.x - box.bottom();
    const double high = rising ? box.right() + box.bottom() : box.right() - box.y;
    for (double at = std::floor(low / distance) * distance; at < high; at += distance) {
        cairo_move_to(cairo_, rising ? at - box.y : at + box.y, box.y);
        cairo_line_to(cairo_, rising ? at - box.bottom() : at + box.bottom(), box.bottom());
    }
    cairo_stroke(cairo_);
    cairo_restore(cairo_);
}

void Canvas::disc(Spot centre, double radius, Ink inside, const Pen& rim) {
    set(inside);
    cairo_new_sub_path(cairo_);
    cairo_arc(cairo_, centre.x, centre.y, radius, 0, 2 * std::numbers::pi);
    cairo_fill_preserve(cairo_);
    set(rim);
    cairo_stroke(cairo_);
}

}  // namespace entente::drawing
