#pragma once

#include <optional>
#include <vector>

#include "measures/answer.h"
#include "measures/shape/drawn_strands.h"
#include "measures/shape/legs.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures {

enum class TrendWord : std::uint8_t {
    growing,
    waning,
    steady,     ///< enough of the draws lie within the least change
    not_clear,  ///< the draws do not agree
    from_nothing,
    none_on_record,  ///< neither then nor now
    not_said         ///< not covered on one of the days
};

struct StrandTrend {
    std::size_t strand = 0;
    StrandCoverage then_covered, now_covered;
    double then = 0, now = 0;         ///< stocks
    std::optional<double> log_ratio;  ///< ln(now/then); nothing where there is none to divide by
    Interval band;                    ///< of the log ratio; the ends may be infinite
    TrendWord word = TrendWord::not_said;
};

/// Is it growing or waning? Every strand against the day a year before.
///
/// Definition  ln(S(t)/S(t−365)), each draw of the parameters common to both days. A word only where nine draws in ten
///             lie beyond a tenth (`steady`: within); where coverage ended before t, it must hold with nothing since
///             then and with the upper rate going on
/// Units       log ratio of stocks
/// Missing     a strand that is not covered on t−365, or neither covered nor stale on t: not said. Nothing then and
///             something now has no ratio: from nothing
/// Cost        O(strands · cells · draws)
/// Source      MEASURES.md 3, 7 and 16
std::vector<StrandTrend> trends(const TieFacts& facts, const DrawnParameters& drawn, Day at);
/// The same, where the strands of the day are told already.
std::vector<StrandTrend> trends(
    const TieFacts& facts,
    const std::vector<StrandStock>& now,
    const std::vector<DrawnStrand>& drawn_now,
    const DrawnParameters& drawn,
    Day at
);

}  // namespace entente::measures
