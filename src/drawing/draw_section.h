// Sections of a document: how high they are, and their drawing.
#pragma once

#include <vector>

#include "drawing/canvas.h"
#include "picture/document.h"

namespace entente::drawing {

/// How much of a block is shown.
struct Shown {
    std::size_t rows = 0;                   ///< of a table
    std::size_t details = 0;                ///< rows of a table that have their details
    std::size_t lines = 0;                  ///< of a text
    double height = 0;                      ///< of a figure
    std::vector<double> details_high = {};  ///< of each row of a table, in the width of its section
};

/// All of it, in a width.
std::vector<Shown> everything(Canvas& canvas, const picture::Section& section, double width);

/// Height of a section in a width; with `draw` it is drawn, too.
double lay_out_section(
    Canvas& canvas,
    const picture::Section& section,
    const std::vector<Shown>& shown,
    const Box& box,
    bool draw
);

/// Heights of the details of each row: the same however many are shown.
std::vector<double> details_of_rows(Canvas& canvas, const picture::Table& table, double width);

// Blocks, each in a file of its own; they return their height.
double lay_out_table(
    Canvas& canvas, const picture::Table& table, const Shown& shown, const Box& box, bool draw
);
double lay_out_gauge(Canvas& canvas, const picture::Gauge& gauge, const Box& box, bool draw);

}  // namespace entente::drawing
