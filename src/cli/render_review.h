#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/json.h"
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
json::object review_json(
    const service::IdentityPicture& picture, std::span<const identity::ReviewItem> items, std::size_t total
);
/// One line a candidate; an item without any has one line.
std::string review_csv(const service::IdentityPicture& picture, std::span<const identity::ReviewItem> items);

/// The cluster of a mention: members with counts, the grounds on which each joined, conflicts.
std::string render_cluster(
    const service::IdentityPicture& picture, std::uint32_t mention, const Style& style
);
json::object cluster_json(const service::IdentityPicture& picture, std::uint32_t mention);

std::string render_summary(const service::IdentitySummary& summary, const Style& style);
json::object summary_json(const service::IdentitySummary& summary);

}  // namespace entente::cli
