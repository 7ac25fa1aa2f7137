#include "measures/forecast/next_year.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "domain/declaration.h"
#include "measures/contact_days.h"
#include "measures/forecast/next_contact.h"
#include "measures/spells/segmentation.h"

namespace entente::measures {
namespace {

constexpr double kYear = 365.25;
constexpr double kTail = (1 - kForecastLevel) / 2;

/// Months up to a day, counted back from it in steps of 30 days, oldest first.
struct Months {
    std::vector<CountedPeriod> periods;
    std::vector<Day> first;
};

Months months_until(const DatedCounts& counts, Day last) {
    Months out;
    for (Day end = last; !counts.covered.empty() && end - 29 >= counts.covered.front().first;
         end = end - 30) {
        const auto exposure = counts.exposure(end - 29, end);
        // A month hardly covered says more of its neighbours than of itself.
        const bool counts_in = exposure >= 15;
        out.periods.push_back({counts_in ? counts.count(end - 29, end) : 0, counts_in ? exposure / kYear : 0}
        );
        out.first.push_back(end - 29);
    }
    std::ranges::reverse(out.periods);
    std::ranges::reverse(out.first);
    return out;
}

std::optional<Day> last_covered(const DatedCounts& counts, Day on) {
    std::optional<Day> out;
    for (const auto& one : counts.covered)
        if (one.first <= on) out = std::min(one.last, on);
    return out;
}

/// The stretch of even rate that lasts on a day.
std::optional<NextYear> told_on(const DatedCounts& counts, Day on) {
    const auto from = last_covered(counts, on);
    if (!from) return std::nullopt;
    const auto months = months_until(counts, *from);
    double years = 0;
    for (const auto& one : months.periods) years += one.exposure;
    if (years < 2) return std::nullopt;
    const auto found = segment_counts(months.periods);
    if (!found) return std::nullopt;
    const auto& last = found->segments.back();
    NextYear out;
    out.from = *from;
    out.count = last.count;
    out.years = last.exposure;
    std::size_t place = 0;
    for (std::size_t i = 0, covered = 0; i < months.periods.size(); ++i) {
        if (months.periods[i].exposure <= 0) continue;
        if (covered++ == last.first) place = i;
    }
    out.since = months.first[place];
    out.number = YearCount(last.count, last.exposure);
    return out;
}

/// Counted until a day over all covered time.
YearCount rate_of_all(const DatedCounts& counts, Day on) {
    const Day first = counts.covered.front().first;
    return {counts.count(first, on), counts.exposure(first, on) / kYear};
}

void judge_past(NextYear& out, const DatedCounts& counts, Day at) {
    std::vector<double> over_all, over_last;
    std::vector<Disruption> years(
        static_cast<std::size_t>(calendar(at).year + 1 - calendar(counts.covered.front().first).year)
    );
    std::vector<const Disruption*> of;
    for (int year = calendar(counts.covered.front().first).year + 1; year <= calendar(at).year; ++year) {
        const Day first = *day_of(year, 1, 1), last = *day_of(year, 12, 31);
        if (last > at || counts.exposure(first, last) < last - first + 1) continue;
        const auto told = told_on(counts, first - 1);
        if (!told || told->from != first - 1) continue;
        const auto came = counts.count(first, last);
        ++out.told;
        out.inside += told->number.quantile(kTail) <= came && came <= told->number.quantile(1 - kTail);
        const double score = std::log(told->number.chance_of(came));
        over_all.push_back(score - std::log(rate_of_all(counts, first - 1).chance_of(came)));
        over_last.push_back(
            score - std::log(YearCount(counts.count(first - 365, first - 1), 1).chance_of(came))
        );
        of.push_back(&years[of.size()]);
    }
    out.over_all = grouped_mean(over_all, of);
    out.over_last = grouped_mean(over_last, of);
}

bool is_scheduled(const Engagement& one, const std::vector<std::string>& kinds, const Pair& pair, Day from) {
    const bool planned = one.status == "planned" || one.status == "approved" || one.status == "confirmed" ||
                         one.status == "announced" || one.status == "proposed";
    return planned && contains(kinds, one.category) && names_both(one.actors, pair) && one.held &&
           one.held->from && from < *one.held->from && *one.held->from <= from + 365;
}

std::optional<NextYear> next_of(const PairFacts& facts, const std::vector<std::string>& kinds, Day at) {
    const auto counts = contact_days(facts.tie, kinds, at).counts;
    if (counts.days.empty()) return std::nullopt;
    auto out = told_on(counts, at);
    if (!out || at - out->from > kStaleDays) return std::nullopt;
    out->kind = kinds.size() == 1 ? kinds.front() : "";
    for (const auto& one : facts.tie.engagements)
        out->scheduled += is_scheduled(one, kinds, facts.tie.pair, out->from);
    judge_past(*out, counts, at);
    return out;
}

}  // namespace

double YearCount::chance_of(std::int64_t number) const {
    // Negative binomial: Γ(n + a) / (n! Γ(a)) · (E / (E + 1))^a · (1 / (E + 1))^n
    const double n = static_cast<double>(number);
    return std::exp(
        numerics::log_gamma(n + shape_) - numerics::log_gamma(n + 1) - numerics::log_gamma(shape_) -
        shape_ * std::log1p(1 / years_) - n * std::log1p(years_)
    );
}

double YearCount::at_most(std::int64_t number) const {
    double out = 0;
    for (std::int64_t n = 0; n <= number; ++n) out += chance_of(n);
    return std::min(1.0, out);
}

std::int64_t YearCount::quantile(double p) const {
    check(p > 0 && p < 1, "a quantile is asked of a share between 0 and 1");
    double sum = 0;
    std::int64_t number = 0;
    for (; number < 1'000'000; ++number) {
        sum += chance_of(number);
        if (sum >= p) break;
    }
    return number;
}

std::vector<NextYear> next_years(const PairFacts& facts, Day at) {
    std::vector<std::string> all;
    std::vector<NextYear> out;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        all.push_back(code.code);
        if (auto one = next_of(facts, {code.code}, at)) out.push_back(*std::move(one));
    }
    std::ranges::stable_sort(out, [](const NextYear& a, const NextYear& b) {
        return a.number.mean() > b.number.mean();
    });
    if (auto any = next_of(facts, all, at)) out.insert(out.begin(), *std::move(any));
    return out;
}

}  // namespace entente::measures
