#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "cli/terminal.h"
#include "service/review_mentions.h"

namespace entente::cli {

/// What waits for a person, what matters most first: each mention with its candidates and why.
std::string render_review(
    const service::IdentityPicture& picture,
    std::span<const identity::ReviewItem> items,
    std::size_t from,
    std::size_t total,
    std::size_t page,
    const Style& style
);

/// The cluster of a mention: members with counts, the grounds on which each joined, conflicts.
std::string render_cluster(
    const service::IdentityPicture& picture, std::uint32_t mention, const Style& style
);

std::string render_summary(const service::IdentitySummary& summary, const Style& style);

}  // namespace entente::cli
