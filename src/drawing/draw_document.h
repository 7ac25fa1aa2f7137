#pragma once

#include "drawing/canvas.h"
#include "picture/document.h"

namespace entente::drawing {

/// Draws one page of a document, with its head and foot; nothing reaches beyond the margins of `paper`.
void draw_page(Canvas& canvas, const picture::Document& document, std::size_t page, const Box& paper);

}  // namespace entente::drawing
