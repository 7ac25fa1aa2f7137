#include <algorithm>

#include "drawing/panels.h"

namespace entente::drawing {

using picture::Survey;

double Frame::x(picture::Place at) const {
    const double share = (at - axis.first) / std::max(1e-9, axis.last - axis.first);
    return left + (right - left) * std::clamp(share, 0.0, 1.0);
}

Box Frame::box(picture::Place from, picture::Place to, double y, double height) const {
    const double first = x(from);
    return {first, y, std::max(0.0, x(to) - first), height};
}

Letters lettering(Ink ink, Weight weight) {
    return {7, weight, false, true, ink};
}

void draw_gutters(
    const Frame& frame,
    const Box& area,
    const std::string& name,
    const std::string& note,
    const std::string& aside
) {
    auto& canvas = frame.canvas;
    const double room = frame.left - frame.words_left - 6;
    const double middle = area.y + area.height / 2;
    const bool two = !note.empty() && area.height >= 10.5;
    const double first = two ? middle - 1 : middle + 2.5;
    auto named = lettering(Ink::black, Weight::strong);
    named.size = 7.5;
    canvas.words_within({frame.words_left, first}, room, name, named);
    auto small = lettering(Ink::dark);
    small.size = 6.5;
    if (two) canvas.words_within({frame.words_left, first + 7.6}, room, note, small);
    if (aside.empty()) return;
    const double wide = frame.words_right - frame.right - 5;
    // An aside may have two lines.
    const auto split = aside.find('\n');
    const double at = split == std::string::npos ? middle + 2.5 : middle - 1;
    canvas.words_within({frame.right + 5, at}, wide, aside.substr(0, split), small);
    if (split != std::string::npos)
        canvas.words_within({frame.right + 5, at + 7.6}, wide, aside.substr(split + 1), small);
}

void draw_survey(const Frame& frame, const std::vector<picture::Surveyed>& survey, const Box& area) {
    for (const auto& stretch : survey) {
        const auto box = frame.box(stretch.from, stretch.to, area.y, area.height);
        if (stretch.how == Survey::none) frame.canvas.hatch(box, 3.2, {0.35, Ink::light});
        if (stretch.how != Survey::withheld) continue;
        for (double y = box.y + 2; y < box.bottom(); y += 3)
            frame.canvas.line({box.x + 1.5, y}, {box.right(), y}, {0.9, Ink::middle, {0.9, 2.6}});
    }
}

void draw_stop_behind(const Frame& frame, const picture::Stop& stop, const Box& area) {
    auto& canvas = frame.canvas;
    canvas.fill(frame.box(stop.from, stop.to, area.y, area.height), Ink::stop_wash);
    const auto edge = [&](picture::Place at) {
        canvas.line({frame.x(at), area.y}, {frame.x(at), area.bottom()}, {0.45, Ink::stop});
    };
    edge(stop.from_latest);
    if (stop.to_earliest) edge(*stop.to_earliest);
}

void draw_stop_bar(const Frame& frame, const picture::Stop& stop, const Box& area) {
    auto& canvas = frame.canvas;
    const auto box = frame.box(stop.from, stop.to, area.y, area.height);
    canvas.fill(box, Ink::stop_wash);
    canvas.hatch(box, 2.2, {0.5, Ink::stop}, Slant::falling);
    // Somewhere inside these it began and ended.
    for (const auto& doubt :
         {frame.box(stop.from, stop.from_latest, area.y, area.height),
          frame.box(stop.to_earliest.value_or(stop.to), stop.to, area.y, area.height)})
        canvas.hatch(doubt, 1.1, {0.5, Ink::stop}, Slant::rising);
    const auto edge = [&](double x, double width) {
        canvas.line({x, area.y}, {x, area.bottom()}, {width, Ink::stop});
    };
    edge(box.x, 1.1);
    if (stop.to_earliest) {
        edge(box.right(), 1.1);
        return;
    }
    // No end is known: from the last day a source says so nothing is claimed, and nothing closes it.
    const Pen open{0.6, Ink::stop, {1.6, 1.6}};
    const double from = std::max(box.right(), box.x + 1);
    canvas.line({from, area.y + 0.3}, {frame.right, area.y + 0.3}, open);
    canvas.line({from, area.bottom() - 0.3}, {frame.right, area.bottom() - 0.3}, open);
}

void draw_cross(Canvas& canvas, Spot at, double size, const Pen& pen) {
    canvas.line({at.x - size, at.y - size}, {at.x + size, at.y + size}, pen);
    canvas.line({at.x - size, at.y + size}, {at.x + size, at.y - size}, pen);
}

}  // namespace entente::drawing
