#include "measures/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"

namespace entente::measures {
namespace {

constexpr std::size_t kLineCells = 25;

std::string in_hundred(double share) {
    const double value = 100 * share;
    return fmt::format("{:.{}f}", value, value > 0 && value < 9.95 ? 1 : 0);
}

std::string percent(double share) {
    return in_hundred(share) + " %";
}

/// The end of the lines: all shares and chances told lie on them.
double end_of_lines(std::span<const CalibrationBin> bins) {
    double most = 0;
    for (const auto& one : bins) most = std::max({most, one.told, one.share()});
    for (const double end : {0.1, 0.25, 0.5})
        if (most <= end) return end;
    return 1;
}

}  // namespace

Interval CalibrationBin::limits() const {
    return numerics::jeffreys_share(static_cast<double>(came), static_cast<double>(among), 0.9);
}

std::vector<CalibrationBin> calibrate(std::span<const ToldChance> chances, std::span<const double> edges) {
    check(edges.size() > 1, "chances lie between two edges at least");
    std::vector<CalibrationBin> out;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) out.push_back({edges[i], edges[i + 1], 0, 0, 0});
    for (const auto& one : chances) {
        const auto after = std::ranges::upper_bound(edges, one.told) - edges.begin();
        auto& bin = out[static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(after - 1, 0, static_cast<std::ptrdiff_t>(out.size()) - 1)
        )];
        bin.told += one.told, bin.came += one.came, ++bin.among;
    }
    std::erase_if(out, [](const CalibrationBin& bin) { return bin.among == 0; });
    for (auto& bin : out) bin.told /= static_cast<double>(bin.among);
    return out;
}

std::string calibration_line(const CalibrationBin& bin, double most) {
    std::string out(kLineCells, '.');
    const auto cell = [&](double share) {
        return static_cast<std::size_t>(std::clamp(share / most, 0.0, 1.0) * (kLineCells - 1) + 0.5);
    };
    const auto limits = bin.limits();
    const auto low = cell(limits.low), high = cell(limits.high);
    for (std::size_t i = low; i <= high; ++i) out[i] = '-';
    out[low] = '[';
    out[high] = limits.high > most ? '>' : ']';
    const auto came = cell(bin.share()), told = cell(bin.told);
    out[came] = 'o';
    out[told] = told == came ? '#' : '|';
    return out;
}

AnswerTable calibration_table(std::string name, std::string title, std::span<const CalibrationBin> bins) {
    const double most = end_of_lines(bins);
    AnswerTable table{
        std::move(name),
        std::move(title),
        {{"told_from", "told from", true, 1},
         {"told_to", "to", true, 1},
         {"told", "told", true},
         {"came", "came", true},
         {"share", "share", true},
         {"limits", "90 % limits", true, 2},
         {"line", fmt::format("0 to {:.0f} %", 100 * most)}},
        {},
        "o came, | told, # both; [ ] limits of what came, as if each chance were by itself.",
        false};
    for (const auto& bin : bins) {
        const auto limits = bin.limits();
        table.rows.push_back(
            {{percent(bin.from), bin.from},
             {percent(bin.to), bin.to},
             {percent(bin.told), bin.told},
             {fmt::format("{} of {}", bin.came, bin.among), static_cast<double>(bin.came)},
             {percent(bin.share()), bin.share()},
             {fmt::format("{}–{}", in_hundred(limits.low), percent(limits.high))},
             {calibration_line(bin, most)}}
        );
    }
    return table;
}

}  // namespace entente::measures
