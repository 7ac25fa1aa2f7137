// For tests and the fuzz target: what a reader makes of bytes, as one text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente::http {

/// Shows `pieces` to a reader one after the other, as a connection does (a body may have 100 bytes), and writes
/// each request as `METHOD /path (query) [headers] |body|`, then the status of a refusal, or ` end` where no other
/// request may follow, or `…` where one is not whole.
std::string read_all(
    const std::vector<std::string>& pieces,
    std::size_t header_limit = 16 * 1024,
    std::size_t target_limit = 8 * 1024
);

/// `text` in pieces of `size`.
std::vector<std::string> cut(std::string_view text, std::size_t size);

}  // namespace entente::http
