#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::domain {

/// A place in a document on record, in its one written form: `p. 12`, `pp. 12-13`, `l. 40`, `l. 40-52`,
/// `sheet 2`, `sheet 2, B7`. Free locators, such as `para 4`, are for sources that are not on record.
struct Locator {
    enum class Kind : std::uint8_t { page, line, sheet };
    Kind kind = Kind::page;
    std::uint32_t first = 1;   ///< page, line or sheet, from 1
    std::uint32_t last = 1;    ///< of a range; else `first`
    std::uint32_t column = 0;  ///< cell of a sheet: 1 for A; 0: the sheet as a whole
    std::uint32_t row = 0;     ///< cell of a sheet, from 1; 0: the sheet as a whole

    /// Reads exactly the written form: one spelling a place.
    /// Errors  invalid_argument, with what was found and what was expected
    static Result<Locator> parse(std::string_view text);
    std::string to_text() const;
    friend bool operator==(const Locator&, const Locator&) = default;
};

}  // namespace entente::domain
