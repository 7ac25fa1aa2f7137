#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::map {

/// A cell in a message, cut where it is long: `'…'`.
std::string in_quotes(std::string_view text);

/// The columns that are wanted; `mem*` stands for every one that begins so.
std::vector<std::string> expanded(
    const std::vector<std::string>& wanted, const std::vector<std::string>& columns
);

}  // namespace entente::ingest::map
