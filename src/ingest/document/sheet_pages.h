#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/result.h"

namespace entente::ingest::document {

/// Reads the sheets of a workbook with the readers of `import table`, hidden ones too: each a page, whose
/// line n is row n, with tabs between the cells; formulas by the value stored with them. Does not close the
/// descriptor.
/// Errors  invalid_argument: no workbook, a limit passed; what `take` says
Result<void> each_sheet(
    int descriptor,
    std::uint64_t most_bytes,
    const std::function<void(std::uint64_t sheets)>& begin,
    const std::function<Result<void>(std::string_view text)>& take
);

}  // namespace entente::ingest::document
