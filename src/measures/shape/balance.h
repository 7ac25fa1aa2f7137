#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/shape/legs.h"

namespace entente::measures {

/// By the best source that a record cites.
enum class Grade : std::uint8_t { a, b, c, d, e, f, not_judged, no_source };
inline constexpr std::size_t kGrades = 8;

/// `A`, `not judged`, `no source`
std::string_view to_words(Grade grade);

/// The best of what a record cites. A source that nobody judged counts only where no other one is judged.
Grade grade_of(const Evidence& evidence, const std::map<std::string, Source>& sources);

/// Shares of a stock by what it rests on.
struct EvidenceShares {
    std::array<double, kGrades> grades{};  ///< add up to 1
    double two_or_more = 0;                ///< cited by two sources or more
    double disputed = 0;                   ///< of which another source says otherwise
};

struct StrandEvidence {
    std::size_t strand = 0;
    double weight = 0;  ///< part of the whole, by the points of the strand; 0 where it does not count
    EvidenceShares shares;
    std::array<std::vector<Evidence>, kGrades> records;
};

struct BalanceOfEvidence {
    std::vector<StrandEvidence> strands;  ///< with anything left on record
    double seen = 0;
    std::optional<EvidenceShares> whole;  ///< nothing: too little is seen, or nothing is left
};

/// How do we know?
///
/// Definition  of what is left of the records of each strand, the share by the best reliability among the cited sources,
///             by two sources or more, and in dispute. The whole: strands by their points of the strength
/// Units       shares of stock, 0 to 1
/// Missing     what goes on where coverage ended rests on no record and is left out. A strand that does not count has
///             shares of what is on record, and no part in the whole; less seen than the least: no whole
/// Cost        O(records)
/// Source      MEASURES.md 7
BalanceOfEvidence balance_of_evidence(
    const std::vector<StrandStock>& strands,
    const std::map<std::string, Source>& sources,
    const Parameters& parameters,
    Day at
);

}  // namespace entente::measures
