#pragma once

#include <string>

#include "drawing/canvas.h"
#include "picture/document.h"

namespace entente::drawing {

/// Draws the bands of a page one below the other, within a box whatever they hold.
///
/// Definition  where they are too high, in this order and only as far as needed: figures shrink to the height
///             that is good, tables the details of their last rows, then rows, figures the rest that they may,
///             paragraphs lines down to one, tables all rows. What still does not fit is left out from the
///             end, and a line names the command that prints it
/// Cost        O(rows · blocks)
void draw_bands(Canvas& canvas, const picture::Page& page, const std::string& command, const Box& box);

/// Height of the bands as they would be drawn; for tests.
double fitted_height(Canvas& canvas, const picture::Page& page, const Box& box);

}  // namespace entente::drawing
