#include "measures/validity/concordance.h"

#include <cmath>
#include <map>

namespace entente::measures::validity {
namespace {

/// Whether `other` lasted longer than `shorter` for certain, and was followed when that ended.
bool lasted_longer(const Lifetime& other, const Lifetime& shorter) {
    if (!shorter.ended() || other.entry >= shorter.high) return false;
    // What is (low, high] or still lasts after low days is above low; what ended after exactly low days is not.
    return other.exact() ? other.low > shorter.high : other.low >= shorter.high;
}

}  // namespace

std::optional<Concordance> concordance(std::span<const ScoredLifetime> outages) {
    std::vector<double> agreeing(outages.size()), compared(outages.size());
    double pairs = 0, agree = 0;
    for (std::size_t i = 0; i < outages.size(); ++i)
        for (std::size_t j = 0; j < outages.size(); ++j) {
            if (i == j || !lasted_longer(outages[j].lasted, outages[i].lasted)) continue;
            const double one = outages[i].score > outages[j].score    ? 1
                               : outages[i].score == outages[j].score ? 0.5
                                                                      : 0;
            pairs += 1, agree += one;
            for (const auto at : {i, j}) agreeing[at] += one, compared[at] += 1;
        }
    if (pairs == 0) return std::nullopt;
    const double share = agree / pairs;
    std::map<std::size_t, double> influence;
    for (std::size_t i = 0; i < outages.size(); ++i)
        influence[outages[i].group] += (agreeing[i] - share * compared[i]) / pairs;
    double variance = 0;
    for (const auto& [group, one] : influence) variance += one * one;
    return Concordance{share_with_band(share, std::sqrt(variance), influence.size()), pairs};
}

}  // namespace entente::measures::validity
