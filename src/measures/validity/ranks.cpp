#include "measures/validity/ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "numerics/neumaier.h"

namespace entente::measures::validity {
namespace {

double mean_of(std::span<const double> values) {
    numerics::NeumaierSum sum;
    for (const double value : values) sum.add(value);
    return sum.value() / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
    const double mean = mean_of(values);
    numerics::NeumaierSum sum;
    for (const double value : values) sum.add((value - mean) * (value - mean));
    return sum.value() / static_cast<double>(values.size() - 1);
}

/// Share of the others below each of a group, ties half: the rank among all less the rank within the group.
std::vector<double> placements(
    std::span<const double> ranks_among_all, std::span<const double> group, std::size_t others
) {
    const auto within = ranks_of(group);
    std::vector<double> out(group.size());
    for (std::size_t i = 0; i < group.size(); ++i)
        out[i] = (ranks_among_all[i] - within[i]) / static_cast<double>(others);
    return out;
}

/// How many standard errors a band reaches to either side.
double deviations(std::size_t groups) {
    if (groups == 0) return numerics::normal_quantile((1 + kLevel) / 2);
    // t²/(ν + t²) is Beta(½, ν/2).
    const auto degrees = static_cast<double>(groups - 1);
    const double part = numerics::beta_quantile(kLevel, 0.5, degrees / 2);
    return std::sqrt(degrees * part / (1 - part));
}

}  // namespace

std::vector<double> ranks_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> out(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        const double rank = static_cast<double>(first + 1 + end) / 2;
        for (; first < end; ++first) out[order[first]] = rank;
    }
    return out;
}

Share share_with_band(double value, double standard_error, std::size_t groups) {
    Share out{value, standard_error, std::nullopt};
    if (!(standard_error > 0) || value <= 0 || value >= 1 || groups == 1) return out;
    const double middle = std::log(value / (1 - value));
    const double reach = deviations(groups) * standard_error / (value * (1 - value));
    const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
    out.band = Interval{back(middle - reach), back(middle + reach)};
    return out;
}

std::optional<Share> area_under_curve(std::span<const double> members, std::span<const double> others) {
    if (members.size() < 2 || others.size() < 2) return std::nullopt;
    std::vector<double> all(members.begin(), members.end());
    all.insert(all.end(), others.begin(), others.end());
    const auto ranks = ranks_of(all);
    const std::span among(ranks);
    const auto of_members = placements(among.first(members.size()), members, others.size());
    const auto of_others = placements(among.subspan(members.size()), others, members.size());
    const double variance = variance_of(of_members) / static_cast<double>(members.size()) +
                            variance_of(of_others) / static_cast<double>(others.size());
    return share_with_band(mean_of(of_members), std::sqrt(variance));
}

std::optional<AreaAmongAlike> area_among_alike(std::span<const Placed> all) {
    std::vector<double> won(all.size()), met(all.size());
    double couples = 0, wins = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (!all[i].member || all[j].member || all[i].alike_in != all[j].alike_in) continue;
            const double one = all[i].score > all[j].score ? 1 : all[i].score == all[j].score ? 0.5 : 0;
            couples += 1, wins += one;
            for (const auto at : {i, j}) won[at] += one, met[at] += 1;
        }
    if (couples == 0) return std::nullopt;
    const double share = wins / couples;
    double variance = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double influence = (won[i] - share * met[i]) / couples;
        variance += influence * influence;
    }
    return AreaAmongAlike{share_with_band(share, std::sqrt(variance)), couples};
}

std::optional<RankCorrelation> rank_correlation(std::span<const double> x, std::span<const double> y) {
    check(x.size() == y.size(), "two orders of the same things are compared");
    if (x.size() < 4) return std::nullopt;
    const auto rx = ranks_of(x), ry = ranks_of(y);
    const double middle = static_cast<double>(x.size() + 1) / 2;
    numerics::NeumaierSum both, of_x, of_y;
    for (std::size_t i = 0; i < x.size(); ++i) {
        both.add((rx[i] - middle) * (ry[i] - middle));
        of_x.add((rx[i] - middle) * (rx[i] - middle));
        of_y.add((ry[i] - middle) * (ry[i] - middle));
    }
    if (of_x.value() == 0 || of_y.value() == 0) return std::nullopt;
    const double rho = std::clamp(both.value() / std::sqrt(of_x.value() * of_y.value()), -1.0, 1.0);
    const double reach = numerics::normal_quantile((1 + kLevel) / 2) *
                         std::sqrt((1 + rho * rho / 2) / static_cast<double>(x.size() - 3));
    if (std::fabs(rho) == 1) return RankCorrelation{rho, {rho, rho}};
    return RankCorrelation{rho, {std::tanh(std::atanh(rho) - reach), std::tanh(std::atanh(rho) + reach)}};
}

}  // namespace entente::measures::validity
