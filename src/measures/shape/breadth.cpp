#include "measures/shape/breadth.h"

#include <algorithm>
#include <cmath>

#include "measures/shape/drawn_band.h"
#include "measures/tie/drawable_stock.h"
#include "numerics/neumaier.h"

namespace entente::measures {
namespace {

/// A leg ready for draws; `whole` is its strand, where that goes on beyond its coverage.
struct DrawnLeg {
    std::size_t strand;
    DrawableStock leg;
    std::optional<DrawableStock> whole;

    double half_fulls(const DrawnParameters& drawn, std::size_t draw) const {
        double stock = leg.on_record(draw, {});
        // What goes on is divided among the legs as what is on record; where a draw leaves nothing, none goes on.
        const double on_record = whole ? whole->on_record(draw, {}) : 0;
        if (on_record > 0) stock *= whole->stock(draw, {}) / on_record;
        return stock / drawn.half_full(draw, strand);
    }
};

DrawnLeg drawn_leg(const StrandStock& strand, const Leg& leg, const DrawnParameters& drawn, Day at) {
    const auto ready = [&](const auto& records) {
        return DrawableStock(records, strand.going_on, drawn, strand.strand, at);
    };
    return {
        strand.strand,
        ready(leg.records),
        strand.goes_on > 0 ? std::optional(ready(strand.records)) : std::nullopt};
}

}  // namespace

double effective_number(std::span<const double> parts) {
    numerics::NeumaierSum total, entropy;
    for (const double part : parts) total.add(part);
    if (total.value() <= 0) return 0;
    for (const double part : parts)
        if (part > 0) entropy.add(-part / total.value() * std::log(part / total.value()));
    return std::exp(entropy.value());
}

Breadth breadth(const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at) {
    const auto& parameters = drawn.parameters();
    Breadth out;
    out.seen = share_seen(strands, parameters);
    std::vector<DrawnLeg> legs;
    std::vector<double> stocks;
    double total = 0;
    for (const auto& strand : strands) {
        if (!strand.counts()) {
            out.unseen += strand.legs.size();
            continue;
        }
        const double half_full = parameters.strands[strand.strand].half_full;
        for (const auto& leg : strand.legs) {
            stocks.push_back(leg.stock);
            out.legs.push_back({&leg, leg.stock / half_full});
            total += leg.stock / half_full;
            legs.push_back(drawn_leg(strand, leg, drawn, at));
        }
    }
    out.units_mixed = effective_number(stocks);
    std::vector<double> parts;
    for (const auto& one : out.legs) parts.push_back(one.share);
    for (auto& one : out.legs) one.share /= total;
    std::ranges::stable_sort(out.legs, std::greater(), &LegShare::share);
    if (out.seen < parameters.least_seen) return out;
    out.number = effective_number(parts);
    out.band = drawn_band(drawn, [&](std::size_t draw) {
        for (std::size_t i = 0; i < legs.size(); ++i) parts[i] = legs[i].half_fulls(drawn, draw);
        return effective_number(parts);
    });
    return out;
}

}  // namespace entente::measures
