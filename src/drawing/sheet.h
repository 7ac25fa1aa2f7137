// Pictures and documents as the bytes of a file.
#pragma once

#include <string>

#include "base/result.h"
#include "picture/document.h"
#include "picture/picture.h"

namespace entente::drawing {

/// The picture as SVG, with its title and description for who cannot see it.
/// Errors  unavailable: cairo says so
Result<std::string> to_svg(const picture::Picture& picture);

/// The document as PDF on A4; as many pages as it has, whatever they hold.
/// Errors  unavailable: cairo says so
Result<std::string> to_pdf(const picture::Document& document);

}  // namespace entente::drawing
