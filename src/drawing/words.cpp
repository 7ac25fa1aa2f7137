// Words on a canvas: shaped and broken by Pango, each line set on its own baseline.
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "drawing/canvas.h"
#include "drawing/typefaces.h"

namespace entente::drawing {
namespace {

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

int units(double points) {
    return static_cast<int>(std::lround(points * PANGO_SCALE));
}

}  // namespace

Canvas::Canvas(cairo_t* cairo) : cairo_(cairo) {
    // Nothing is fitted to pixels: the same outlines on paper, on every screen, on every machine.
    auto* context = typeface_context();
    auto* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    layout_ = pango_layout_new(context);
    g_object_unref(context);
    pango_layout_set_auto_dir(layout_, TRUE);
}

Canvas::~Canvas() {
    g_object_unref(layout_);
}

PangoLayout* Canvas::prepare(std::string_view text, const Letters& letters) {
    auto* description = pango_font_description_new();
    pango_font_description_set_family(description, letters.narrow ? kNarrowFamily : kFamily);
    pango_font_description_set_absolute_size(description, letters.size * PANGO_SCALE);
    pango_font_description_set_weight(
        description, letters.weight == Weight::strong ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL
    );
    if (letters.italic) pango_font_description_set_style(description, PANGO_STYLE_ITALIC);
    pango_layout_set_font_description(layout_, description);
    pango_font_description_free(description);
    pango_layout_set_attributes(layout_, nullptr);
    pango_layout_set_width(layout_, -1);
    pango_layout_set_height(layout_, 0);
    pango_layout_set_ellipsize(layout_, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
    return layout_;
}

double Canvas::show_line(PangoLayout* layout, int index, Spot spot, At at, double width, Ink ink) {
    auto* line = pango_layout_get_line_readonly(layout, index);
    if (!line) return 0;
    PangoRectangle extents;
    pango_layout_line_get_extents(line, nullptr, &extents);
    const double wide = points(extents.width);
    const double room = at == At::start ? 0 : at == At::middle ? (width - wide) / 2 : width - wide;
    set(ink);
    cairo_move_to(cairo_, spot.x + room, spot.y);
    pango_cairo_show_layout_line(cairo_, line);
    cairo_new_path(cairo_);
    return wide;
}

double Canvas::words(Spot spot, std::string_view text, const Letters& letters, At at) {
    return show_line(prepare(text, letters), 0, spot, at, 0, letters.ink);
}

double Canvas::words_within(Spot spot, double width, std::string_view text, const Letters& letters, At at) {
    auto* layout = prepare(text, letters);
    int wide = 0;
    pango_layout_get_size(layout, &wide, nullptr);
    if (points(wide) > width) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_width(layout, units(std::max(0.0, width)));
    }
    const double at_x = at == At::start ? spot.x : at == At::middle ? spot.x - width / 2 : spot.x - width;
    return show_line(layout, 0, {at_x, spot.y}, at, width, letters.ink);
}

double Canvas::width_of(std::string_view text, const Letters& letters) {
    int wide = 0;
    pango_layout_get_size(prepare(text, letters), &wide, nullptr);
    return points(wide);
}

std::size_t Canvas::paragraph(
    Spot spot,
    double width,
    double leading,
    std::string_view text,
    const Letters& letters,
    std::size_t most,
    bool only_count,
    std::string_view lead
) {
    const std::string whole = lead.empty() ? std::string(text) : std::string(lead) + "  " + std::string(text);
    auto* layout = prepare(whole, letters);
    if (!lead.empty()) {
        auto* list = pango_attr_list_new();
        auto* strong = pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD);
        strong->start_index = 0, strong->end_index = static_cast<guint>(lead.size());
        pango_attr_list_insert(list, strong);
        pango_layout_set_attributes(layout, list);
        pango_attr_list_unref(list);
    }
    pango_layout_set_width(layout, units(width));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -static_cast<int>(std::max<std::size_t>(1, most)));
    const auto lines = static_cast<std::size_t>(pango_layout_get_line_count(layout));
    if (only_count) return lines;
    for (std::size_t i = 0; i < lines; ++i)
        show_line(
            layout,
            static_cast<int>(i),
            {spot.x, spot.y + leading * static_cast<double>(i)},
            At::start,
            width,
            letters.ink
        );
    return lines;
}

}  // namespace entente::drawing
