#pragma once

#include "measures/shape/breadth.h"
#include "measures/shape/section.h"

namespace entente::measures {

Section breadth_section(const Breadth& found, const ShapeOnDay& shape);

}  // namespace entente::measures
