// Concordance in one pass from the last exit to the first, with counts of scores at risk in a tree of partial sums.
#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "measures/survival/cox.h"

namespace entente::measures {
namespace {

/// How many are at risk, by rank of their score (Fenwick's tree).
class ScoreCounts {
public:
    explicit ScoreCounts(std::size_t ranks) : sums_(ranks + 1) {}

    void add(std::size_t rank, double by) {
        for (std::size_t i = rank + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += by;
    }
    /// With a rank below this.
    double below(std::size_t rank) const {
        double out = 0;
        for (std::size_t i = rank; i > 0; i -= i & (~i + 1)) out += sums_[i];
        return out;
    }

private:
    std::vector<double> sums_;
};

std::vector<std::size_t> ordered(std::size_t size, const auto& key) {
    std::vector<std::size_t> out(size);
    std::iota(out.begin(), out.end(), std::size_t{0});
    std::ranges::stable_sort(out, {}, key);
    return out;
}

std::vector<std::size_t> ranks_of(std::span<const double> scores, std::size_t& count) {
    std::vector<double> sorted(scores.begin(), scores.end());
    std::ranges::sort(sorted);
    const auto rest = std::ranges::unique(sorted);
    sorted.erase(rest.begin(), rest.end());
    count = sorted.size();
    std::vector<std::size_t> out;
    for (const double one : scores)
        out.push_back(static_cast<std::size_t>(std::ranges::lower_bound(sorted, one) - sorted.begin()));
    return out;
}

}  // namespace

std::optional<double> CoxConcordance::share() const {
    if (comparable() == 0) return std::nullopt;
    return (concordant + tied_score / 2) / comparable();
}

CoxConcordance cox_concordance(std::span<const CoxRow> rows, std::span<const double> scores) {
    check(rows.size() == scores.size(), "every row has a score");
    std::size_t count = 0;
    const auto ranks = ranks_of(scores, count);
    // At one time events come last, so that they meet the rows last seen then, which were still at risk.
    const auto by_exit = ordered(rows.size(), [&](std::size_t i) {
        return std::tuple(rows[i].stratum, -rows[i].exit, rows[i].event);
    });
    const auto by_entry =
        ordered(rows.size(), [&](std::size_t i) { return std::tuple(rows[i].stratum, -rows[i].entry); });
    CoxConcordance out;
    ScoreCounts at_risk(count);
    double inside = 0;
    std::size_t added = 0, left = 0;
    const auto leave = [&](std::size_t stratum, double time) {
        for (; left < added; ++left, --inside) {
            const auto& row = rows[by_entry[left]];
            if (row.stratum == stratum && row.entry < time) break;
            at_risk.add(ranks[by_entry[left]], -1);
        }
    };
    for (std::size_t k = 0; k < by_exit.size();) {
        const auto& row = rows[by_exit[k]];
        leave(row.stratum, row.exit);
        std::size_t end = k;
        const auto same = [&](std::size_t i) {
            return rows[i].stratum == row.stratum && rows[i].exit == row.exit && rows[i].event == row.event;
        };
        for (; end < by_exit.size() && same(by_exit[end]); ++end) {
            if (!row.event) continue;
            const auto rank = ranks[by_exit[end]];
            const double lower = at_risk.below(rank), not_higher = at_risk.below(rank + 1);
            out.concordant += lower;
            out.tied_score += not_higher - lower;
            out.discordant += inside - not_higher;
        }
        for (; k < end; ++k, ++inside, ++added) at_risk.add(ranks[by_exit[k]], 1);
    }
    return out;
}

}  // namespace entente::measures
