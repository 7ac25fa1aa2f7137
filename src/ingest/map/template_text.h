#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::map {

/// The columns that `Visit to {country}, {city}` names; nothing when a brace lacks its other one.
std::optional<std::vector<std::string>> columns_in_text(std::string_view text);

/// The text with each `{column}` replaced. Where a column has no text, the blanks, commas and brackets that
/// would be left standing alone go as well.
/// Requires  columns_in_text(text)
std::string filled_text(std::string_view text, const std::function<std::string_view(std::string_view)>& cell);

}  // namespace entente::ingest::map
