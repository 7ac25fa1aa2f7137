#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/document/read_text.h"

namespace entente::ingest::document {

/// The words with which this program is executed to read a document from its standard input; argv[1] on. What
/// it writes: a number of pages, then a text for each (worker_wire.h); or the number kNoText and a reason.
std::vector<std::string> text_worker_words(std::string_view media_type, const TextLimits& limits);
inline constexpr std::uint64_t kNoText = ~std::uint64_t{0};

}  // namespace entente::ingest::document
