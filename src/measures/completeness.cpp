#include "measures/completeness.h"

#include <cmath>

#include "base/check.h"

namespace entente::measures {

Completeness completeness_by_overlap(std::int64_t first, std::int64_t second, std::int64_t matched) {
    check(matched >= 0 && matched <= first && matched <= second, "what is on both lists is on each");
    const auto n1 = static_cast<double>(first), n2 = static_cast<double>(second),
               m = static_cast<double>(matched);
    Completeness out;
    out.seen = n1 + n2 - m;
    if (matched == 0) {
        out.reason = "the lists have nothing in common: no estimate";
        return out;
    }
    const double whole = (n1 + 1) * (n2 + 1) / (m + 1) - 1;
    const double unseen = whole - out.seen;
    if (unseen <= 0) {
        out.reason = "one list holds the other: the overlap says nothing of what neither has";
        return out;
    }
    out.whole = whole;
    out.variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) * (m + 1) * (m + 2));
    const double spread = std::exp(1.96 * std::sqrt(std::log(1 + out.variance / (unseen * unseen))));
    out.interval = {out.seen + unseen / spread, out.seen + unseen * spread};
    out.share = out.seen / whole;
    return out;
}

}  // namespace entente::measures
