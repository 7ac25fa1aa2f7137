// Names that wait for a person, clusters of names, and how many there are: as JSON and CSV.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/json.h"
#include "service/review_mentions.h"

namespace entente::service {

/// What speaks for a match: `words 0.80 (only one has: jerusalem); letters 0.89 (89 % alike)`.
std::string part_words(const identity::Score& score);
/// Why an item waits, besides that another may be the same; empty where nothing else.
std::string reasons_of(const identity::ReviewItem& item);

/// \param  total  of all pages
json::object review_json(
    const IdentityPicture& picture, std::span<const identity::ReviewItem> items, std::size_t total
);
/// One line a candidate; an item without any has one line.
std::string review_csv(const IdentityPicture& picture, std::span<const identity::ReviewItem> items);

/// The cluster of a mention: members with counts and grounds, what persons judged about them, conflicts.
json::object cluster_json(const IdentityPicture& picture, std::uint32_t mention);

json::object summary_json(const IdentitySummary& summary);

}  // namespace entente::service
