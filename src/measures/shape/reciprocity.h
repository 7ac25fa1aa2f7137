#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/answer.h"
#include "measures/shape/given_training.h"
#include "measures/shape/legs.h"

namespace entente::measures {

/// Who travelled to whom, for the first actor of a pair.
enum class Travel : std::uint8_t {
    out,        ///< the first to the second, who hosts
    in,         ///< the second to the first, who hosts
    elsewhere,  ///< both to a third place
    nobody,     ///< by wire: the question does not apply
    unknown
};

/// By the host; without one by the direction, then by the roles.
Travel travel_of(const Engagement& engagement, const Pair& pair);

/// (out−in)/(out+in), −1 to 1, with 5 to 95 % of what as many would show by chance of the same share.
///
/// Definition  band: 2p−1 of the quantiles of Beta(out+½, in+½)
/// Missing     nothing in either direction: no value
struct Balance {
    std::optional<double> value;
    Interval band;
};
Balance balance_of(std::int64_t out, std::int64_t in);

/// One kind in both directions.
struct KindTravel {
    std::string kind;
    std::size_t strand = 0;
    std::array<std::vector<Evidence>, 5> records;  ///< in covered time, by travel
    std::vector<Evidence> uncovered;               ///< on record in time that is not covered
    bool covered = false;                          ///< a census or a sample at any time
    Balance by_counts;
    double stock_out = 0, stock_in = 0;  ///< what is left of these
    std::optional<double> by_stock;      ///< nothing: not covered on the day, or nothing left

    std::size_t count(Travel travel) const { return records[static_cast<std::size_t>(travel)].size(); }
};

struct Reciprocity {
    std::vector<KindTravel> kinds;  ///< with anything on record, the most first
    KindTravel all;                 ///< of all kinds, by counts only: their stocks have different units
    Given by_first, by_second;
    Balance seats;                   ///< places on courses
    std::optional<double> of_costs;  ///< likewise (given−received)/(given+received)
};

/// Who always travels, who hosts, who gives seats?
///
/// Definition  per kind (out−in)/(out+in) of counts and of what is left of their mass; out: the first of the pair
///             travelled to the second. Who is travelled to hosts
/// Units       −1: only the second travels, 0: even, 1: only the first
/// Missing     only contacts of covered time are counted; a kind never covered cannot be said. Third places, calls and
///             unknown hosts are in neither side and are counted apart. A statement that names one actor alone speaks of
///             training for what that actor gave: what the other gave is then not covered, never 0
/// Cost        O(engagements · statements)
/// Source      MEASURES.md 7
Reciprocity reciprocity(
    const TieFacts& facts, const std::vector<StrandStock>& strands, const Parameters& parameters, Day at
);

}  // namespace entente::measures
