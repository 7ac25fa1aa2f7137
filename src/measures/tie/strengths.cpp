#include "measures/tie/strengths.h"

#include "measures/series/share_work.h"

namespace entente::measures {

std::vector<Strength> strengths(
    std::span<const TieFacts> ties, const DrawnParameters& drawn, Day at, unsigned threads
) {
    std::vector<Strength> out(ties.size());
    series::share_work(ties.size(), threads, [&](std::size_t first, std::size_t end) {
        for (std::size_t i = first; i < end; ++i) {
            const auto masses = weigh(ties[i], drawn.parameters(), at);
            out[i] = strength(ties[i], masses, drawn, at);
            for (auto& strand : out[i].strands) strand.records.clear();
        }
    });
    return out;
}

}  // namespace entente::measures
