#pragma once

#include <optional>
#include <string>

#include "service/review_mentions.h"

namespace entente::service {

/// The code of a nation as a person typed it: by code, key or name. Empty stays empty.
/// Errors  not_found, with near names
Result<std::string> nation_code(
    ledger::RecordView& view, const domain::Schema& schema, const std::string& typed
);

/// The mention that a person typed: letter for letter, else the one with the same letters.
/// Errors  not_found, with the three nearest
Result<std::uint32_t> find_mention(const identity::MentionGraph& graph, const identity::MentionKey& key);

}  // namespace entente::service
