#include "measures/shape/breadth.h"

#include <algorithm>
#include <cmath>

#include "numerics/exponentials.h"
#include "numerics/neumaier.h"

namespace entente::measures {
namespace {

/// How many half-fulls each leg of a strand is, by draw; one after the other.
void add_drawn_legs(
    const StrandStock& strand,
    const DrawnStrand& found,
    const DrawnParameters& drawn,
    std::vector<std::vector<double>>& out
) {
    // What goes on is divided among the legs as what is on record; where a draw leaves nothing, none goes on.
    std::vector<double> grown(drawn.draws(), 1);
    if (strand.goes_on > 0) {
        std::vector<double> on_record(drawn.draws());
        for (const auto& leg : found.legs)
            for (std::size_t draw = 0; draw < on_record.size(); ++draw) on_record[draw] += leg[draw];
        const auto going_on = found.stock->going_on();
        for (std::size_t draw = 0; draw < grown.size(); ++draw)
            if (on_record[draw] > 0) grown[draw] = 1 + going_on[draw] / on_record[draw];
    }
    for (std::size_t draw = 0; draw < grown.size(); ++draw)
        grown[draw] /= drawn.half_full(draw, strand.strand);
    for (const auto& leg : found.legs) {
        auto& one = out.emplace_back(leg);
        for (std::size_t draw = 0; draw < grown.size(); ++draw) one[draw] *= grown[draw];
    }
}

/// The effective number of each draw: exp(ln T − Σ x ln x / T), T the sum of the legs x.
std::vector<double> drawn_numbers(const std::vector<std::vector<double>>& legs, std::size_t draws) {
    std::vector<double> totals(draws), entropy(draws), logs(draws);
    // Below this a leg is none, and has no logarithm.
    constexpr double kLeast = 1e-300;
    for (const auto& leg : legs) {
        for (std::size_t draw = 0; draw < draws; ++draw) {
            totals[draw] += leg[draw];
            logs[draw] = std::max(leg[draw], kLeast);
        }
        numerics::log_all(logs);
        for (std::size_t draw = 0; draw < draws; ++draw) entropy[draw] -= leg[draw] * logs[draw];
    }
    for (std::size_t draw = 0; draw < draws; ++draw) logs[draw] = std::max(totals[draw], kLeast);
    numerics::log_all(logs);
    for (std::size_t draw = 0; draw < draws; ++draw)
        entropy[draw] = totals[draw] > kLeast ? logs[draw] + entropy[draw] / totals[draw] : -INFINITY;
    numerics::exp_all(entropy);
    // Rounding must not make more legs than there are.
    for (double& one : entropy) one = std::min(one, static_cast<double>(legs.size()));
    return entropy;
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
    return breadth(strands, drawn_strands(strands, drawn, at), drawn);
}

Breadth breadth(
    const std::vector<StrandStock>& strands,
    const std::vector<DrawnStrand>& found,
    const DrawnParameters& drawn
) {
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
        add_drawn_legs(strand, found[strand.strand], drawn, drawn_legs);
    }
    out.units_mixed = effective_number(stocks);
    std::vector<double> parts;
    for (const auto& one : out.legs) parts.push_back(one.share);
    for (auto& one : out.legs) one.share /= total;
    std::ranges::stable_sort(out.legs, std::greater(), &LegShare::share);
    if (out.seen < parameters.least_seen) return out;
    out.number = effective_number(parts);
    out.band = numerics::middle_part(drawn_numbers(drawn_legs, drawn.draws()), parameters.band_level);
    return out;
}

}  // namespace entente::measures
