#include "measures/forecast/next_contact.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

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

/// Gaps with those that are alike put together, as days go by.
class GapsSoFar {
public:
    explicit GapsSoFar(std::span<const Window> stopped) : stopped_(stopped) {}

    const Gaps& gaps() const { return gaps_; }
    void add(Day first, Day told_from, Day last, bool ended);

private:
    void add_piece(const GapPiece& piece);

    std::span<const Window> stopped_;
    Gaps gaps_;
    std::map<std::tuple<double, double, double, bool>, std::size_t> places_;
};

void GapsSoFar::add_piece(const GapPiece& piece) {
    const auto [found, fresh] = places_.try_emplace(
        {piece.gap.low, piece.gap.high, piece.gap.entry, piece.stopped}, gaps_.pieces.size()
    );
    if (fresh)
        gaps_.pieces.push_back(piece);
    else
        ++gaps_.pieces[found->second].number;
}

/// Adds a gap from `first` to `last`, cut where it becomes stopped or ceases to be.
void GapsSoFar::add(Day first, Day told_from, Day last, bool ended) {
    gaps_.last = first;
    gaps_.told_from = told_from;
    gaps_.ended += ended;
    const auto stopped = stopped_;
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
        add_piece({{high, ends ? high : INFINITY, static_cast<double>(cuts[i] - first)}, is_stopped});
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

/// What was told at an age of a gap after those before it, and what came of it by a day.
std::optional<PastGap> told_of_gap(
    const GapsSoFar& before, const Asked& asked, Day begin, Day end, bool ended, int age
) {
    const Day origin = begin + age;
    if (origin >= end || before.gaps().ended < kFewestEnded) return std::nullopt;
    auto so_far = before;
    so_far.add(begin, origin, origin, false);
    const auto& known = so_far.gaps();
    const auto law = law_of_gaps(known, is_in(asked.stopped, origin), kPastDraws);
    if (!law) return std::nullopt;
    double days = 0, ends = 0;
    for (const auto& one : known.pieces) {
        const auto number = static_cast<double>(one.number);
        days += number * (one.gap.low - one.gap.entry);
        ends += number * one.gap.ended();
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
    GapsSoFar before(asked.stopped);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto* stretch = stretch_of(asked.counts, days[i]);
        if (!stretch || (i + 1 < days.size() && days[i + 1] == days[i])) continue;
        const bool ended = i + 1 < days.size() && days[i + 1] <= stretch->last;
        const Day end = ended ? days[i + 1] : std::min(stretch->last, at);
        bool any = false;
        for (const auto age : kAskedAges) {
            const auto told = told_of_gap(before, asked, days[i], end, ended, age);
            if (!told) continue;
            if (!any) groups.emplace_back();
            any = true;
            gains.push_back(told->log_score - told->log_even);
            group_of.push_back(groups.size() - 1);
            out.told += told->interval != Came::untold;
            out.inside += told->interval == Came::inside;
        }
        before.add(days[i], end, end, ended);
    }
    std::vector<const Disruption*> of;
    for (const auto group : group_of) of.push_back(&groups[group]);
    out.over_even = grouped_mean(gains, of);
}

/// The first day, to a hundredth, by which a share of what lasts longer than `age` has ended.
///
/// Halves what lies between as long as it takes. Where a place is known to be before or after the share by places told
/// already, it is not told again; these come from straight lines between them, which meet the share in a few steps.
class Quantile {
public:
    Quantile(const PredictedLifetime& law, double age) : law_(law), age_(age), alive_(law.lasting(age)) {}

    std::optional<double> operator()(double p) const {
        if (ended(kMostDays) < p) return std::nullopt;
        double before = 0, after = kMostDays;  // known to lie before the share, and not before
        double at_before = -p, at_after = ended(kMostDays) - p;
        bool shrunk_before = false;
        for (int step = 0; step < 12 && after - before > kHundredth / 8; ++step) {
            // Every third step halves, so that a bent curve cannot hold it up.
            const double between = step % 3 == 2 || at_after == at_before
                                       ? (before + after) / 2
                                       : before + (after - before) * -at_before / (at_after - at_before);
            const double at = ended(between) - p;
            const bool low = at < 0;
            (low ? before : after) = between;
            (low ? at_before : at_after) = at;
            // Of a side that stays twice half is counted (Illinois).
            if (step > 0 && low == shrunk_before) (low ? at_after : at_before) /= 2;
            shrunk_before = low;
        }
        double low = 0, high = kMostDays;
        while (high - low > kHundredth) {
            const double middle = (low + high) / 2;
            const bool is_before = middle <= before || (middle < after && ended(middle) < p);
            (is_before ? low : high) = middle;
        }
        return high;
    }

private:
    static constexpr double kHundredth = 1e-2;

    double ended(double days) const {
        if (!(alive_ > kNothingLeft)) return 1;
        return days <= 0 ? 0 : 1 - law_.lasting(age_ + days) / alive_;
    }

    const PredictedLifetime& law_;
    double age_, alive_;
};

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
    const Quantile quantile(*law, age);
    out.soon = quantile(kTail);
    out.median = quantile(0.5);
    out.late = quantile(1 - kTail);
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
    GapsSoFar out(stopped);
    const auto end = std::ranges::upper_bound(counts.days, on);
    for (auto day = counts.days.begin(); day != end; ++day) {
        const auto* stretch = stretch_of(counts, *day);
        const auto next = std::next(day);
        if (!stretch || (next != end && *next == *day)) continue;
        const bool ended = next != end && *next <= stretch->last;
        const Day told_from = std::min(stretch->last, on);
        out.add(*day, told_from, ended ? *next : told_from, ended);
    }
    auto gaps = out.gaps();
    if (!gaps.last) gaps.told_from = on;
    return gaps;
}

Result<PredictedLifetime> law_of_gaps(const Gaps& gaps, bool stopped_now, std::size_t draws) {
    if (gaps.ended < kFewestEnded) return fail(ErrorCode::invalid_argument, "gaps", "too few");
    std::vector<Lifetime> lifetimes;
    std::vector<double> numbers;
    std::array<std::size_t, 2> ended{};
    std::size_t all = 0, stopped = 0;
    for (const auto& one : gaps.pieces) {
        lifetimes.push_back(one.gap);
        numbers.push_back(static_cast<double>(one.number));
        if (one.gap.ended()) ended[one.stopped] += one.number;
        all += one.number;
        if (one.stopped) stopped += one.number;
    }
    const double share = static_cast<double>(stopped) / static_cast<double>(all);
    LifetimeCovariates covariates;
    std::vector<std::vector<double>> row{{}};
    if (std::ranges::min(ended) >= TraitColumns::kEnough) {
        const double spread = std::sqrt(share * (1 - share));
        covariates = {{"stopped"}, {}, {1}, {}};
        for (const auto& one : gaps.pieces) covariates.values.push_back((one.stopped - share) / spread);
        row = {{(stopped_now - share) / spread}};
    }
    covariates.numbers = std::move(numbers);
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
