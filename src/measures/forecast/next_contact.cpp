#include "measures/forecast/next_contact.h"

#include <algorithm>
#include <cmath>

#include "domain/declaration.h"
#include "measures/contact_days.h"
#include "measures/forecast/restart_forecast.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kPastDraws = 200;
constexpr double kTail = (1 - kForecastLevel) / 2;

bool is_in(const std::vector<Window>& stretches, Day day) {
    return std::ranges::any_of(stretches, [&](const Window& one) {
        return one.first <= day && day <= one.last;
    });
}

/// Adds a gap from `first` to `last`, cut where it becomes stopped or ceases to be.
void add_gap(
    std::vector<GapPiece>& pieces, std::span<const Window> stopped, Day first, Day last, bool ended
) {
    std::vector<Day> cuts{first};
    for (const auto& one : stopped) {
        if (first < one.first && one.first < last) cuts.push_back(one.first);
        if (first < one.last && one.last < last) cuts.push_back(one.last);
    }
    cuts.push_back(last);
    std::ranges::sort(cuts);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        if (cuts[i] == cuts[i + 1]) continue;
        const double high = cuts[i + 1] - first;
        const bool ends = ended && i + 2 == cuts.size();
        // What holds on the day after a cut holds for the stretch.
        const bool is_stopped = std::ranges::any_of(stopped, [&](const Window& one) {
            return one.first <= cuts[i] && cuts[i] < one.last;
        });
        pieces.push_back({{high, ends ? high : INFINITY, static_cast<double>(cuts[i] - first)}, is_stopped});
    }
}

/// The covered stretch in which a day lies.
const Window* stretch_of(const DatedCounts& counts, Day day) {
    for (const auto& one : counts.covered)
        if (one.first <= day && day <= one.last) return &one;
    return nullptr;
}

struct Asked {
    const DatedCounts& counts;
    std::vector<Window> stopped;
};

struct PastGap {
    double log_score = 0, log_even = 0;
    Came interval = Came::untold;
};

/// What was told at an age of a gap, and what came of it by a day.
std::optional<PastGap> told_of_gap(const Asked& asked, Day begin, Day end, bool ended, int age) {
    const Day origin = begin + age;
    if (origin >= end) return std::nullopt;
    const auto known = gaps_until(asked.counts, asked.stopped, origin);
    const auto law = law_of_gaps(known, is_in(asked.stopped, origin), kPastDraws);
    if (!law) return std::nullopt;
    double days = 0, ends = 0;
    for (const auto& one : known.pieces) {
        days += one.gap.low - one.gap.entry;
        ends += one.gap.ended();
    }
    const double left = end - origin;
    const Lifetime came = ended ? Lifetime{left, left} : Lifetime{left};
    PastGap out;
    out.log_score = std::log(std::max(1e-12, chance_of(*law, age, came)));
    out.log_even = std::log(std::max(1e-12, chance_of(PredictedLifetime::even(days / ends), age, came)));
    const double place = law->ended_by(age + left, age).value_or(1);
    out.interval = !ended              ? (place > 1 - kTail ? Came::later : Came::untold)
                   : place < kTail     ? Came::sooner
                   : place > 1 - kTail ? Came::later
                                       : Came::inside;
    return out;
}

void judge_past(NextContact& out, const Asked& asked, Day at) {
    std::vector<double> gains;
    std::vector<Disruption> groups;  // one a gap: those told of one gap stand together
    std::vector<std::size_t> group_of;
    const auto& days = asked.counts.days;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto* stretch = stretch_of(asked.counts, days[i]);
        if (!stretch || (i + 1 < days.size() && days[i + 1] == days[i])) continue;
        const bool ended = i + 1 < days.size() && days[i + 1] <= stretch->last;
        const Day end = ended ? days[i + 1] : std::min(stretch->last, at);
        bool any = false;
        for (const auto age : kAskedAges) {
            const auto told = told_of_gap(asked, days[i], end, ended, age);
            if (!told) continue;
            if (!any) groups.emplace_back();
            any = true;
            gains.push_back(told->log_score - told->log_even);
            group_of.push_back(groups.size() - 1);
            out.told += told->interval != Came::untold;
            out.inside += told->interval == Came::inside;
        }
    }
    std::vector<const Disruption*> of;
    for (const auto group : group_of) of.push_back(&groups[group]);
    out.over_even = grouped_mean(gains, of);
}

std::optional<double> quantile(const PredictedLifetime& law, double age, double p) {
    const auto ended = [&](double days) { return law.ended_by(age + days, age).value_or(1); };
    if (ended(kMostDays) < p) return std::nullopt;
    double low = 0, high = kMostDays;
    while (high - low > 1e-2) {
        const double middle = (low + high) / 2;
        (ended(middle) < p ? low : high) = middle;
    }
    return high;
}

std::optional<NextContact> next_of(
    const PairFacts& facts,
    const std::vector<std::string>& kinds,
    std::vector<Window> stopped,
    Day at,
    std::vector<KindLeftOut>& left_out
) {
    const auto found = contact_days(facts.tie, kinds, at);
    const Asked asked{found.counts, std::move(stopped)};
    const auto gaps = gaps_until(asked.counts, asked.stopped, at);
    const std::string kind = kinds.size() == 1 ? kinds.front() : "";
    const bool uncovered = gaps.last && at - gaps.told_from > kStaleDays;
    const auto law = law_of_gaps(gaps, is_in(asked.stopped, gaps.told_from), kDraws);
    if (!gaps.last || uncovered || !law) {
        left_out.push_back({kind, uncovered});
        return std::nullopt;
    }
    NextContact out;
    out.kind = kind;
    out.last = *gaps.last;
    out.told_from = gaps.told_from;
    const double age = gaps.told_from - *gaps.last;
    for (std::size_t h = 0; h < kHorizons.size(); ++h)
        out.chances[h] = law->ended_by(age + kHorizons[h], age).value_or(1);
    out.soon = quantile(*law, age, kTail);
    out.median = quantile(*law, age, 0.5);
    out.late = quantile(*law, age, 1 - kTail);
    for (std::size_t i = 0; i < found.counts.days.size(); ++i)
        if (found.counts.days[i] == out.last) out.records = {found.engagements[i]->evidence};
    judge_past(out, asked, at);
    return out;
}

}  // namespace

std::vector<Window> stopped_stretches(std::span<const Disruption> disruptions, const Pair& pair, Day on) {
    std::vector<Window> found;
    for (const auto* one : outages_of(disruptions))
        if (between(*one, pair) && began_by(*one, on))
            found.push_back({*one->began.to, last_known_to_last(*one, on)});
    std::ranges::sort(found, {}, &Window::first);
    std::vector<Window> out;
    for (const auto& one : found)
        if (!out.empty() && one.first <= out.back().last + 1)
            out.back().last = std::max(out.back().last, one.last);
        else
            out.push_back(one);
    return out;
}

Gaps gaps_until(const DatedCounts& counts, std::span<const Window> stopped, Day on) {
    Gaps out;
    out.told_from = on;
    const auto end = std::ranges::upper_bound(counts.days, on);
    for (auto day = counts.days.begin(); day != end; ++day) {
        const auto* stretch = stretch_of(counts, *day);
        const auto next = std::next(day);
        if (!stretch || (next != end && *next == *day)) continue;
        out.last = *day;
        out.told_from = std::min(stretch->last, on);
        const bool ended = next != end && *next <= stretch->last;
        out.ended += ended;
        add_gap(out.pieces, stopped, *day, ended ? *next : out.told_from, ended);
    }
    return out;
}

Result<PredictedLifetime> law_of_gaps(const Gaps& gaps, bool stopped_now, std::size_t draws) {
    if (gaps.ended < kFewestEnded) return fail(ErrorCode::invalid_argument, "gaps", "too few");
    std::vector<Lifetime> lifetimes;
    std::array<std::size_t, 2> ended{};
    double share = 0;
    for (const auto& one : gaps.pieces) {
        lifetimes.push_back(one.gap);
        if (one.gap.ended()) ++ended[one.stopped];
        share += one.stopped / static_cast<double>(gaps.pieces.size());
    }
    LifetimeCovariates covariates;
    std::vector<std::vector<double>> row{{}};
    if (std::ranges::min(ended) >= TraitColumns::kEnough) {
        const double spread = std::sqrt(share * (1 - share));
        covariates = {{"stopped"}, {}, {1}};
        for (const auto& one : gaps.pieces) covariates.values.push_back((one.stopped - share) / spread);
        row = {{(stopped_now - share) / spread}};
    }
    std::optional<LifetimeFit> best;
    const auto aic = [](const LifetimeFit& fit) {
        return 2.0 * static_cast<double>(fit.parameters()) - 2 * fit.log_likelihood;
    };
    for (const auto law : kLifetimeLaws) {
        auto fit = fit_lifetimes(law, lifetimes, covariates);
        if (fit && (!best || aic(*fit) < aic(*best))) best = *std::move(fit);
    }
    if (!best) return fail(ErrorCode::invalid_argument, "gaps", "no law of lifetimes could be fitted");
    return PredictedLifetime::of_fit(*best, row, draws);
}

std::vector<NextContact> next_contacts(const PairFacts& facts, Day at, std::vector<KindLeftOut>& left_out) {
    const auto stopped = stopped_stretches(facts.disruptions, facts.tie.pair, at);
    std::vector<std::string> all;
    std::vector<NextContact> out;
    for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes) {
        if (!code.attributes.contains("strand")) continue;
        all.push_back(code.code);
        if (std::ranges::none_of(facts.tie.engagements, [&](const auto& one) {
                return one.category == code.code;
            }))
            continue;
        if (auto one = next_of(facts, {code.code}, stopped, at, left_out)) out.push_back(*std::move(one));
    }
    std::ranges::stable_sort(out, [](const NextContact& a, const NextContact& b) {
        return a.chances[1] > b.chances[1];
    });
    if (auto any = next_of(facts, all, stopped, at, left_out)) out.insert(out.begin(), *std::move(any));
    return out;
}

}  // namespace entente::measures
