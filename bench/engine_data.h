#pragma once

#include <cstdint>
#include <vector>

#include "base/day.h"
#include "measures/series/tie_masses.h"

namespace entente::bench {

/// Made-up records of all pairs, field by field: what both sides of the comparison are given.
struct MadeUpRecords {
    std::uint32_t pairs = 0;
    std::vector<std::int32_t> day;  ///< last day
    std::vector<std::int32_t> days;  ///< 1, or how long it went on
    std::vector<std::uint32_t> pair;
    std::vector<std::uint8_t> strand;
    std::vector<std::uint8_t> kind;
    std::vector<std::uint8_t> level;
    std::vector<std::uint16_t> label;
    std::vector<double> mass;
    std::vector<std::uint32_t> record;

    std::size_t size() const { return day.size(); }
};

inline constexpr std::size_t kStrands = 8;

/// 40 years, some pairs much busier than others, as a log may hold them: in no order.
/// \param spans  share of them that go on for days, in hundredths
MadeUpRecords made_up_records(std::size_t count, std::uint32_t pairs, unsigned spans);

/// By strand, pair and day, as the columns lie.
void order_as_columns(MadeUpRecords& records);

Day first_day();
Day last_day();

/// Half-lives of the strands that ship, and `count` about each of them.
std::vector<std::vector<double>> half_lives(std::size_t count);

measures::series::TieMasses columns_of(const MadeUpRecords& records);

}  // namespace entente::bench
