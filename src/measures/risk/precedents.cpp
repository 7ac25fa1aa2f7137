#include "measures/risk/precedents.h"

#include <algorithm>

#include "numerics/distributions.h"

namespace entente::measures::risk {
namespace {

constexpr double kLevel = 0.9;

/// The first stop of any standing that began within the days.
const TieStop* stop_within(const TieTimeline& tie, Day first, Day last) {
    const auto found = std::ranges::find_if(tie.stops, [&](const TieStop& one) {
        return one.on >= first && one.on <= last;
    });
    return found == tie.stops.end() ? nullptr : &*found;
}

bool becomes_unknown(const TieTimeline& tie, Day first, Day last) {
    return std::ranges::any_of(tie.blocked, [&](const BlockedDays& one) {
        return one.standing == Standing::unknown && one.first <= last && one.last >= first;
    });
}

Followed what_followed(const TieTimeline& tie, Day on, const TieStop* stop, Day until) {
    const auto* blocked = tie.blocked_on(on);
    if (blocked && blocked->standing == Standing::stopped) return Followed::stopped_already;
    if (blocked) return Followed::unknown;
    if (stop) return Followed::yes;
    const Day last = on + (kFollowDays - 1);
    if (becomes_unknown(tie, on, std::min(last, until))) return Followed::unknown;
    return last > until ? Followed::not_over : Followed::no;
}

}  // namespace

bool is_of(const Shock& shock, const ShockClass& asked, const Pair& pair) {
    if (shock.kind != asked.kind || !touches(shock, pair)) return false;
    if (!asked.initiator.empty()) return contains(shock.initiators, asked.initiator);
    return !contains(shock.initiators, pair.a) && !contains(shock.initiators, pair.b);
}

std::optional<double> CountedShare::share() const {
    if (among == 0) return std::nullopt;
    return static_cast<double>(of) / static_cast<double>(among);
}

Interval CountedShare::limits() const {
    return numerics::jeffreys_share(static_cast<double>(of), static_cast<double>(among), kLevel);
}

CountedShare& CountedShare::operator+=(const CountedShare& other) {
    of += other.of, among += other.among;
    return *this;
}

std::vector<Precedent> precedents_of(
    const TieTimeline& tie, std::span<const Shock> shocks, const ShockClass& asked, Day until
) {
    std::vector<Precedent> out;
    for (const auto& shock : shocks) {
        const auto on = middle_day(shock.on);
        if (!on || *on > until || !is_of(shock, asked, tie.pair)) continue;
        Precedent one{&shock, *on, Followed::no, stop_within(tie, *on, *on + (kFollowDays - 1))};
        one.followed = what_followed(tie, *on, one.stop, until);
        if (one.followed != Followed::yes) one.stop = nullptr;
        out.push_back(one);
    }
    std::ranges::stable_sort(out, {}, &Precedent::on);
    return out;
}

CountedShare count_of(std::span<const Precedent> precedents) {
    CountedShare out;
    for (const auto& one : precedents) {
        out.of += one.followed == Followed::yes;
        out.among += one.followed == Followed::yes || one.followed == Followed::no;
    }
    return out;
}

CountedShare share_of_days(const TieTimeline& tie, Day until) {
    CountedShare out;
    for (const auto& stretch : tie.at_risk)
        for (Day day = stretch.first; day <= stretch.last; day = day + 1) {
            const Day last = day + (kFollowDays - 1);
            if (last > until) break;
            const auto* stop = tie.next_stop(day - 1);
            const bool followed = stop && stop->on <= std::min(last, stretch.last);
            if (!followed && stretch.last < last) continue;
            out.of += followed, ++out.among;
        }
    return out;
}

}  // namespace entente::measures::risk
