#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::ingest::document {

/// Loads poppler, to be called before a process gives up opening files.
/// Errors  unavailable: it is not there
Result<void> load_pdf_library();

/// Reads a PDF page by page.
/// Requires  load_pdf_library succeeded; runs in a confined process, because a
/// broken file may break the library.
/// Errors  invalid_argument: no PDF, locked, over `most_pages`; what
/// `take` says
Result<void> each_pdf_page(
    std::string_view bytes,
    std::uint32_t most_pages,
    const std::function<void(std::uint32_t pages)>& begin,
    const std::function<Result<void>(std::string text)>& take
);

}  // namespace entente::ingest::document
