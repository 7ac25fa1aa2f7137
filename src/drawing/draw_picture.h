#pragma once

#include "drawing/canvas.h"
#include "picture/picture.h"

namespace entente::drawing {

/// Height that a picture takes when there is room: panels, axis and legend.
double natural_height(const picture::Picture& picture);

/// Draws panels, axis and legend into a box; panels give up height where it is less than the natural one.
void draw_picture(Canvas& canvas, const picture::Picture& picture, const Box& box);

}  // namespace entente::drawing
