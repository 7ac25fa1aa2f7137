#pragma once

#include "drawing/panels.h"

namespace entente::drawing {

/// Light lines at the labelled places.
void draw_grid(const Frame& frame, double top, double bottom);
/// The axis with its labels: years, or days.
void draw_axis(const Frame& frame, double y);

}  // namespace entente::drawing
