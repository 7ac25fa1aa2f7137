#include "measures/shape/breadth.h"

#include <algorithm>
#include <cmath>

#include "measures/tie/drawable_stock.h"
#include "numerics/neumaier.h"

namespace entente::measures {
namespace {

/// How many half-fulls each leg of a strand is, by draw; one after the other.
void add_drawn_legs(
    const StrandStock& strand, const DrawnParameters& drawn, Day at, std::vector<std::vector<double>>& out
) {
    const auto ready = [&](const auto& records) {
        return DrawableStock(records, strand.going_on, drawn, strand.strand, at);
    };
    const std::size_t begin = out.size();
    for (const auto& leg : strand.legs) out.push_back(ready(leg.records).on_record());
    // What goes on is divided among the legs as what is on record; where a draw leaves nothing, none goes on.
    std::vector<double> grown(drawn.draws(), 1);
    if (strand.goes_on > 0) {
        std::vector<double> on_record(drawn.draws());
        for (std::size_t leg = begin; leg < out.size(); ++leg)
            for (std::size_t draw = 0; draw < on_record.size(); ++draw) on_record[draw] += out[leg][draw];
        for (std::size_t draw = 0; draw < grown.size(); ++draw)
            if (on_record[draw] > 0)
                grown[draw] =
                    1 + strand.going_on.stock(drawn.half_life(draw, strand.strand)) / on_record[draw];
    }
    for (std::size_t leg = begin; leg < out.size(); ++leg)
        for (std::size_t draw = 0; draw < grown.size(); ++draw)
            out[leg][draw] *= grown[draw] / drawn.half_full(draw, strand.strand);
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
    std::vector<std::vector<double>> drawn_legs;
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
        }
        add_drawn_legs(strand, drawn, at, drawn_legs);
    }
    out.units_mixed = effective_number(stocks);
    std::vector<double> parts;
    for (const auto& one : out.legs) parts.push_back(one.share);
    for (auto& one : out.legs) one.share /= total;
    std::ranges::stable_sort(out.legs, std::greater(), &LegShare::share);
    if (out.seen < parameters.least_seen) return out;
    out.number = effective_number(parts);
    std::vector<double> numbers;
    for (std::size_t draw = 0; draw < drawn.draws(); ++draw) {
        for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = drawn_legs[i][draw];
        numbers.push_back(effective_number(parts));
    }
    out.band = numerics::middle_part(std::move(numbers), parameters.band_level);
    return out;
}

}  // namespace entente::measures
