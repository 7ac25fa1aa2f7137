#include "measures/shocks/shock_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "numerics/distributions.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kLeastFreeDays = 19;
constexpr std::size_t kMostTried = 999;
constexpr double kTail = 0.05;
constexpr int kDraws = 2000;
constexpr std::int32_t kDaysOfAMonth = 30;

/// Smallest count whose distribution function reaches p, of a negative binomial with the mean and shape
/// given; the predictive distribution of a Poisson count whose rate is known as a gamma.
std::int64_t predictive_quantile(double shape, double mean, double p) {
    const double share = shape / (shape + mean);
    double mass = std::pow(share, shape), sum = mass;
    std::int64_t value = 0;
    while (sum < p && value < 1'000'000) {
        mass *= (shape + static_cast<double>(value)) / static_cast<double>(value + 1) * (1 - share);
        ++value;
        sum += mass;
    }
    return value;
}

/// Fills in what was lost: observed so many, expected the mean of a Poisson rate seen `count` times.
Expected lost_of(std::string way, double expected, double count, std::int64_t observed) {
    Expected out;
    out.way = std::move(way);
    out.number = expected;
    const auto seen = static_cast<double>(observed);
    out.lost = expected - seen;
    const double shape = count + 0.5;  // Jeffreys
    const double mean = count > 0 ? expected * shape / count : expected;
    out.lost_band = {
        static_cast<double>(predictive_quantile(shape, mean, kTail)) - seen,
        static_cast<double>(predictive_quantile(shape, mean, 1 - kTail)) - seen};
    return out;
}

Expected unknown_of(std::string way, std::string reason) {
    Expected out;
    out.way = std::move(way);
    out.reason = std::move(reason);
    return out;
}

/// Nearest point of the simplex.
void project(std::vector<double>& weights) {
    std::vector<double> sorted = weights;
    std::ranges::sort(sorted, std::greater());
    double sum = 0, shift = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sum += sorted[i];
        const double trial = (sum - 1) / static_cast<double>(i + 1);
        if (sorted[i] - trial > 0) shift = trial;
    }
    for (double& weight : weights) weight = std::max(0.0, weight - shift);
}

}  // namespace

std::int64_t DatedCounts::count(Day first, Day last) const {
    if (last < first) return 0;
    return std::ranges::upper_bound(days, last) - std::ranges::lower_bound(days, first);
}

std::int32_t DatedCounts::exposure(Day first, Day last) const {
    std::int32_t total = 0;
    for (const auto& window : covered) {
        const Day from = std::max(first, window.first), to = std::min(last, window.last);
        if (from <= to) total += to - from + 1;
    }
    return total;
}

BeforeAfter before_and_after(const DatedCounts& counts, Day shock, std::int32_t window) {
    check(window > 0, "a window has days");
    BeforeAfter out;
    out.before = counts.count(shock - window, shock - 1);
    out.after = counts.count(shock, shock + (window - 1));
    out.exposure_before = counts.exposure(shock - window, shock - 1);
    out.exposure_after = counts.exposure(shock, shock + (window - 1));
    out.ratio = numerics::compare_rates(out.after, out.exposure_after, out.before, out.exposure_before);
    return out;
}

Expected expected_of_stretch(
    std::int64_t stretch_count, double stretch_days, std::int64_t observed, double window_days
) {
    const std::string way = "rate of the stretch before";
    if (stretch_days <= 0) return unknown_of(way, "no covered day before the shock");
    const auto count = static_cast<double>(stretch_count);
    return lost_of(way, count / stretch_days * window_days, count, observed);
}

Expected expected_of_calendar(const DatedCounts& counts, Day shock, std::int32_t window, int years) {
    const std::string way = fmt::format("same months of {} years before", years);
    const auto date = calendar(shock);
    double count = 0, exposure = 0;
    int found = 0;
    // Back until enough whole windows are found, at most twice as far.
    for (int back = 1; back <= 2 * years && found < years; ++back) {
        const auto same =
            day_of(date.year - back, date.month, date.month == 2 && date.day == 29 ? 28 : date.day);
        const Day last = *same + (window - 1);
        if (last >= shock || counts.exposure(*same, last) < window) continue;
        ++found;
        count += static_cast<double>(counts.count(*same, last));
        exposure += window;
    }
    if (found < years)
        return unknown_of(way, fmt::format("only {} of {} such windows are covered", found, years));
    const auto observed = counts.count(shock, shock + (window - 1));
    return lost_of(way, count / exposure * counts.exposure(shock, shock + (window - 1)), count, observed);
}

std::vector<double> donor_weights(std::span<const double> target, std::span<const DonorSeries> donors) {
    const std::size_t n = donors.size();
    std::vector<double> gram(n * n), cross(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t t = 0; t < target.size(); ++t) cross[i] += donors[i].before[t] * target[t];
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t t = 0; t < target.size(); ++t)
                gram[i * n + j] += donors[i].before[t] * donors[j].before[t];
    }
    double steepest = 1e-12;
    for (std::size_t i = 0; i < n; ++i) {
        double row = 0;
        for (std::size_t j = 0; j < n; ++j) row += std::fabs(gram[i * n + j]);
        steepest = std::max(steepest, row);
    }
    std::vector<double> weights(n, 1.0 / static_cast<double>(n)), ahead = weights;
    double momentum = 1;
    for (int step = 0; step < 100000; ++step) {
        auto next = ahead;
        for (std::size_t i = 0; i < n; ++i) {
            double slope = -cross[i];
            for (std::size_t j = 0; j < n; ++j) slope += gram[i * n + j] * ahead[j];
            next[i] -= slope / steepest;
        }
        project(next);
        double moved = 0;
        const double faster = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
        for (std::size_t i = 0; i < n; ++i) {
            moved = std::max(moved, std::fabs(next[i] - weights[i]));
            ahead[i] = next[i] + (momentum - 1) / faster * (next[i] - weights[i]);
        }
        momentum = faster;
        weights = std::move(next);
        if (moved < 1e-10) break;
    }
    return weights;
}

Expected expected_of_donors(
    std::span<const double> before, std::span<const DonorSeries> donors, std::int64_t observed
) {
    const std::string way = "other partners, reweighted";
    if (donors.size() < 2)
        return unknown_of(
            way, fmt::format("{} other partner with a rate to compare, 2 are needed", donors.size())
        );
    const auto weights = donor_weights(before, donors);
    double expected = 0, count = 0;
    for (std::size_t i = 0; i < donors.size(); ++i) {
        expected += weights[i] * std::accumulate(donors[i].after.begin(), donors[i].after.end(), 0.0);
        count += weights[i] * std::accumulate(donors[i].before.begin(), donors[i].before.end(), 0.0);
    }
    return lost_of(way, expected, count, observed);
}

Placebo placebo(const DatedCounts& counts, std::span<const Day> shocks, Day shock, std::int32_t window) {
    Placebo out;
    const auto change = [&](Day at) {
        return static_cast<double>(counts.count(at, at + (window - 1)) - counts.count(at - window, at - 1));
    };
    std::vector<Day> free;
    for (const auto& stretch : counts.covered)
        for (Day at = stretch.first + window; at + (window - 1) <= stretch.last; at = at + 1) {
            const auto near = [&](Day other) { return std::abs(at - other) < window; };
            if (std::ranges::none_of(shocks, near) && !near(shock)) free.push_back(at);
        }
    out.free_days = free.size();
    if (free.size() < kLeastFreeDays || counts.exposure(shock - window, shock + (window - 1)) < 2 * window)
        return out;
    out.tried = std::min(kMostTried, free.size());
    const double real = change(shock);
    for (std::size_t i = 0; i < out.tried; ++i)
        if (change(free[i * free.size() / out.tried]) <= real) ++out.as_extreme;
    out.p = static_cast<double>(1 + out.as_extreme) / static_cast<double>(1 + out.tried);
    return out;
}

std::vector<SuperposedMonth> superposed(
    const DatedCounts& counts, std::span<const Day> shocks, int first_month, int last_month
) {
    check(first_month <= last_month, "months are asked for in order");
    const auto months = static_cast<std::size_t>(last_month - first_month + 1);
    std::vector<std::vector<double>> rows;
    for (const Day shock : shocks) {
        const Day first = shock + first_month * kDaysOfAMonth,
                  last = shock + ((last_month + 1) * kDaysOfAMonth - 1);
        if (counts.exposure(first, last) < last - first + 1) continue;
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < months; ++i) {
            const Day from = first + static_cast<std::int32_t>(i) * kDaysOfAMonth;
            row.push_back(static_cast<double>(counts.count(from, from + (kDaysOfAMonth - 1))));
        }
    }
    std::vector<SuperposedMonth> out;
    if (rows.empty()) return out;
    const numerics::Draws draws("superposed epoch 1");
    const auto n = static_cast<double>(rows.size());
    std::vector<std::vector<double>> means(months, std::vector<double>(kDraws));
    for (int draw = 0; draw < kDraws; ++draw)
        for (std::size_t pick = 0; pick < rows.size(); ++pick) {
            const auto& row =
                rows[static_cast<std::size_t>(draws.uniform(static_cast<std::uint64_t>(draw), pick) * n)];
            for (std::size_t i = 0; i < months; ++i) means[i][static_cast<std::size_t>(draw)] += row[i] / n;
        }
    for (std::size_t i = 0; i < months; ++i) {
        SuperposedMonth month{first_month + static_cast<int>(i), 0, {}, static_cast<int>(rows.size())};
        for (const auto& row : rows) month.mean += row[i] / n;
        std::ranges::sort(means[i]);
        month.band = {
            numerics::sorted_quantile(means[i], kTail), numerics::sorted_quantile(means[i], 1 - kTail)};
        out.push_back(month);
    }
    return out;
}

std::size_t overlapping(std::span<const Day> shocks, std::int32_t window) {
    std::vector<Day> sorted(shocks.begin(), shocks.end());
    std::ranges::sort(sorted);
    std::size_t out = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) out += sorted[i] - sorted[i - 1] < window;
    return out;
}

}  // namespace entente::measures
