#include "measures/validity/comparison_day.h"

#include <algorithm>

#include "measures/tie/strand_coverage.h"

namespace entente::measures::validity {
namespace {

constexpr int kFirstYear = 1980;

}  // namespace

bool is_named(const Partner& partner, int year) {
    const auto found = std::ranges::lower_bound(partner.named_in, year - kNamedWithin + 1);
    return found != partner.named_in.end() && *found <= year;
}

double covered_share(const TieFacts& tie, const Parameters& parameters, Day day) {
    double share = 0;
    for (const auto& strand : parameters.strands) {
        const auto kind = strand_covered_on(tie.coverage, tie.pair, strand, day).kind;
        if (kind == CoverageKind::census || kind == CoverageKind::sample) share += strand.share;
    }
    return share;
}

ComparisonDay comparison_day(const ValidityFacts& facts, const Parameters& parameters) {
    std::vector<ComparisonDay> days;
    for (int year = calendar(facts.at).year; year >= kFirstYear; --year) {
        const Day day = *day_of(year, 12, 31);
        if (facts.at < day) continue;
        const auto enough = std::ranges::count_if(facts.partners, [&](const Partner& partner) {
            return is_named(partner, year) &&
                   covered_share(partner.tie, parameters, day) >= parameters.least_seen;
        });
        days.push_back({day, static_cast<std::size_t>(enough)});
    }
    if (days.empty()) return {facts.at, 0};
    const auto most = std::ranges::max(days, {}, &ComparisonDay::partners).partners;
    return *std::ranges::find_if(days, [&](const ComparisonDay& one) {
        return 10 * one.partners >= 9 * most;
    });
}

}  // namespace entente::measures::validity
