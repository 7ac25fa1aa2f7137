#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/content.h"

namespace entente::service {

/// A row that nothing but its place in the table tells from others: what it says, and the place.
struct PlacedRow {
    std::string place;
    const domain::Content* content = nullptr;
    bool partial = false;  ///< only a part of it could be read
};

/// Which row of an earlier edition a row is.
struct LikeRow {
    std::optional<std::size_t> earlier;  ///< its number there
    bool same = false;                   ///< it says the same
    bool ambiguous = false;              ///< several are as like: none is taken
};

struct Likeness {
    std::vector<LikeRow> rows;
    std::vector<std::size_t> perhaps;  ///< earlier rows that nothing was, but a row read in part may be
};

/// Tells the rows of an edition by what they say, each earlier row at most once: first those that say the
/// same; then those most alike, which have the same parties and most of all fields in common, or
/// differ in one field alone; last the rows read in part, by most of what could be read. Where several are as
/// like, the place decides if rows around them stand where they stood; otherwise none is taken. Ids and
/// citations are of no account.
/// Requires  both in the order of the table
/// Cost      O(rows), and of rows that changed the pairs of those with the same parties
Likeness match_by_likeness(std::span<const PlacedRow> earlier, std::span<const PlacedRow> now);

}  // namespace entente::service
