#include "measures/survival/interval_curve.h"

#include <fmt/format.h>

#include <algorithm>

#include "numerics/mixture.h"

namespace entente::measures {
namespace {

/// An end of an interval. On one day the closed left ends come first (exactly that day), then the right ends, then the
/// open left ends (after that day).
struct End {
    double days = 0;
    int order = 0;
    friend auto operator<=>(const End&, const End&) = default;
};

constexpr int kRight = 1;

End left_of(const Lifetime& lifetime) {
    return {lifetime.low, lifetime.exact() ? 0 : 2};
}

End right_of(const Lifetime& lifetime) {
    return {lifetime.high, kRight};
}

Result<void> usable(std::span<const Lifetime> lifetimes) {
    if (lifetimes.empty())
        return fail(ErrorCode::invalid_argument, "lifetimes", "found none, expected one at least");
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
        const auto& one = lifetimes[i];
        const bool ordered = one.low >= 0 && one.low <= one.high && one.high > 0 && std::isfinite(one.low);
        if (ordered && one.entry == 0) continue;
        return fail(
            ErrorCode::invalid_argument,
            "lifetimes",
            ordered ? fmt::format(
                          "number {}: found a late entry, expected to be followed from the beginning", i + 1
                      )
                    : fmt::format(
                          "number {}: found {} to {} days, expected an interval", i + 1, one.low, one.high
                      )
        );
    }
    return {};
}

/// Innermost intervals: a left end followed by a right end with no other end between.
std::vector<std::pair<End, End>> innermost(std::span<const Lifetime> lifetimes) {
    std::vector<End> ends;
    for (const auto& one : lifetimes) {
        ends.push_back(left_of(one));
        ends.push_back(right_of(one));
    }
    std::ranges::sort(ends);
    std::vector<std::pair<End, End>> out;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i)
        if (ends[i].order != kRight && ends[i + 1].order == kRight) out.emplace_back(ends[i], ends[i + 1]);
    return out;
}

}  // namespace

Interval IntervalCurve::lasting(double days) const {
    Interval out{0, 0};
    for (const auto& piece : pieces) {
        if (piece.high > days) out.high += piece.share;
        if (piece.low > days || (piece.low == days && piece.high > days)) out.low += piece.share;
    }
    return {std::min(1.0, out.low), std::min(1.0, out.high)};
}

Result<IntervalCurve> turnbull(std::span<const Lifetime> lifetimes) {
    ENTENTE_RETURN_IF_ERROR(usable(lifetimes));
    const auto inner = innermost(lifetimes);
    numerics::MixtureTable table{lifetimes.size(), inner.size(), {}};
    for (const auto& one : lifetimes)
        for (const auto& [left, right] : inner)
            table.likelihoods.push_back(left_of(one) <= left && right <= right_of(one) ? 1 : 0);
    ENTENTE_ASSIGN_OR_RETURN(const auto found, numerics::fit_mixture(table));
    IntervalCurve out;
    out.log_likelihood = found.log_likelihood;
    for (std::size_t j = 0; j < inner.size(); ++j)
        if (found.weights[j] > 0)
            out.pieces.push_back({inner[j].first.days, inner[j].second.days, found.weights[j]});
    for (const auto& one : lifetimes) {
        out.last_seen = std::max(out.last_seen, one.ended() ? one.high : one.low);
        out.ended += one.ended();
    }
    return out;
}

}  // namespace entente::measures
