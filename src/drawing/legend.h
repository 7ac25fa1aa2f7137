#pragma once

#include <functional>
#include <string>
#include <vector>

#include "drawing/canvas.h"
#include "picture/picture.h"

namespace entente::drawing {

/// A symbol with its meaning.
struct LegendItem {
    double width = 8;
    std::function<void(Canvas& canvas, Spot left)> draw;
    std::string words;
};

/// What the picture holds, and nothing else.
std::vector<LegendItem> legend_of(const picture::Picture& picture);

/// Items beside each other, in as many lines as they need; returns their number.
double draw_legend(
    Canvas& canvas, const std::vector<LegendItem>& items, const Box& box, double leading, bool only_count
);

}  // namespace entente::drawing
