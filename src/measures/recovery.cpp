#include "measures/recovery.h"

#include <algorithm>

namespace entente::measures {
namespace {

std::vector<Duration> durations_of(std::span<const TimeOut> outages, std::int32_t domain::LengthRange::*end) {
    std::vector<Duration> out;
    for (const auto& one : outages)
        out.push_back({std::max(1.0, static_cast<double>(one.days.*end)), one.ended});
    return out;
}

}  // namespace

double restricted_mean(const DurationCurve& curve, double until) {
    double area = 0, from = 0, share = 1;
    for (const auto& step : curve.steps) {
        if (step.days >= until) break;
        area += share * (step.days - from);
        from = step.days;
        share = step.share;
    }
    return area + share * (until - from);
}

Recovery recovery_of(std::span<const TimeOut> outages) {
    Recovery out;
    double low = 0, high = 0;
    for (const auto& one : outages) {
        if (!one.ended) {
            ++out.lasting;
            continue;
        }
        ++out.ended;
        low += one.days.low;
        high += one.days.high;
    }
    if (out.ended == 0) return out;
    const auto number = static_cast<double>(out.ended);
    out.mean = Interval{low / number, high / number};
    const auto shortest = kaplan_meier(durations_of(outages, &domain::LengthRange::low));
    const auto longest = kaplan_meier(durations_of(outages, &domain::LengthRange::high));
    if (!shortest || !longest) return out;
    out.up_to = shortest->last_seen;
    out.restricted = Interval{restricted_mean(*shortest, out.up_to), restricted_mean(*longest, out.up_to)};
    return out;
}

std::vector<TimeOut> times_out(std::span<const Episode> episodes) {
    std::vector<TimeOut> out;
    for (const auto& one : episodes) {
        if (one.ended) {
            out.push_back({one.length, true});
            continue;
        }
        if (!one.began.from || !one.began.to) continue;
        const Day last = one.last_said.value_or(*one.began.to);
        out.push_back({{std::max(1, last - *one.began.to), std::max(1, last - *one.began.from)}, false});
    }
    return out;
}

std::optional<FirstToFull> first_to_full(const Episode& episode) {
    if (!episode.ended) return std::nullopt;
    FirstToFull out;
    out.full = episode.length;
    for (const auto& one : episode.first_back)
        if (!out.contact || one.days.low < out.first.low) out.contact = one.engagement, out.first = one.days;
    if (!out.contact) return std::nullopt;
    const auto& held = out.contact->held;
    if (!held || !held->from || !episode.ended->from || !episode.ended->to) return std::nullopt;
    out.between = {
        std::max(0, *episode.ended->from - held->to.value_or(*held->from)),
        std::max(0, *episode.ended->to - *held->from)};
    return out;
}

}  // namespace entente::measures
