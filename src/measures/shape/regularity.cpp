#include "measures/shape/regularity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/check.h"
#include "measures/shape/gaps.h"
#include "numerics/exponentials.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kTogether = 16;
static_assert(kDraws % kTogether == 0);
constexpr double kLevel = 0.9;

double sum_of(std::span<const double> values) {
    numerics::NeumaierSum total;
    for (const double value : values) total.add(value);
    return total.value();
}

/// From the mean and the sum of squares about it.
double burstiness_of(double n, double mean, double variance) {
    const double rho = std::sqrt(variance) / mean;
    const double above = std::sqrt(n + 1), below = std::sqrt(n - 1);
    return (above * rho - below) / ((above - 2) * rho + below);
}

/// Of geometric gaps made of the logarithms of uniform draws: whole days, so that their sums lose nothing.
void drawn_burstiness(const GapsToDraw& of, std::span<const double> logs, std::span<double> out) {
    // A day has a contact with probability 1/mean; every day has one where the mean is a day.
    const double scale = of.mean_days > 1 ? std::log1p(-1 / of.mean_days) : -INFINITY;
    std::array<std::int64_t, kTogether> sums{}, squares{};
    for (std::size_t i = 0; i < of.gaps; ++i)
        for (std::size_t draw = 0; draw < kTogether; ++draw) {
            const double days = logs[i * kTogether + draw] / scale;
            auto whole = static_cast<std::int64_t>(days);
            whole += static_cast<double>(whole) < days || whole == 0;
            sums[draw] += whole;
            squares[draw] += whole * whole;
        }
    const auto gaps = static_cast<std::int64_t>(of.gaps);
    const auto n = static_cast<double>(of.gaps);
    for (std::size_t draw = 0; draw < kTogether; ++draw)
        out[draw] = burstiness_of(
            n,
            static_cast<double>(sums[draw]) / n,
            static_cast<double>(gaps * squares[draw] - sums[draw] * sums[draw]) / (n * n)
        );
}

/// Logarithms of uniform draws by place of the gap, one beside the other for each draw of a few.
class DrawnLogs {
public:
    DrawnLogs() : kept_(kDraws * kKept) {
        for (std::size_t first = 0; first < kDraws; first += kTogether)
            for (std::size_t place = 0; place < kKept; ++place)
                draw(first, place, std::span(kept_).subspan(first * kKept + place * kTogether, kTogether));
    }

    void tell(std::size_t first, std::span<double> out) const {
        const std::size_t places = out.size() / kTogether, kept = std::min(places, kKept);
        std::copy_n(&kept_[first * kKept], kept * kTogether, out.begin());
        for (std::size_t place = kept; place < places; ++place)
            draw(first, place, out.subspan(place * kTogether, kTogether));
    }

private:
    static constexpr std::size_t kKept = 64;  ///< places of which the draws are kept

    void draw(std::size_t first, std::size_t place, std::span<double> out) const {
        random_.uniforms(first, place, out);
        numerics::log_all(out);
    }

    numerics::Draws random_{"regularity 1"};
    std::vector<double> kept_;
};

}  // namespace

std::optional<double> burstiness(std::span<const double> gaps) {
    const auto n = static_cast<double>(gaps.size());
    if (gaps.size() < 2) return std::nullopt;
    const double mean = sum_of(gaps) / n;
    if (mean <= 0) return std::nullopt;
    numerics::NeumaierSum squares;
    for (const double gap : gaps) squares.add((gap - mean) * (gap - mean));
    return burstiness_of(n, mean, squares.value() / n);
}

std::vector<Interval> burstiness_by_chance(std::span<const GapsToDraw> all) {
    static const DrawnLogs kLogs;
    std::size_t most = 0;
    for (const auto& one : all) {
        check(one.gaps >= 2 && one.mean_days >= 1, "chance is asked for two gaps or more, of a day or more");
        most = std::max(most, one.gaps);
    }
    std::vector<std::vector<double>> values(all.size(), std::vector<double>(kDraws));
    // By place of the gap, one beside the other for each draw of a few.
    std::vector<double> logs(most * kTogether);
    for (std::size_t first = 0; first < kDraws; first += kTogether) {
        kLogs.tell(first, logs);
        for (std::size_t kind = 0; kind < all.size(); ++kind)
            drawn_burstiness(all[kind], logs, std::span(values[kind]).subspan(first, kTogether));
    }
    std::vector<Interval> out;
    for (auto& one : values) out.push_back(numerics::middle_part(one, kLevel));
    return out;
}

std::vector<std::optional<Regularity>> regularities(std::span<const std::vector<double>> kinds) {
    std::vector<std::optional<Regularity>> out(kinds.size());
    std::vector<GapsToDraw> drawn;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i].size() < kFewestGaps) continue;
        out[i].emplace().burstiness = *burstiness(kinds[i]);
        drawn.push_back({kinds[i].size(), sum_of(kinds[i]) / static_cast<double>(kinds[i].size())});
    }
    const auto chances = burstiness_by_chance(drawn);
    std::size_t next = 0;
    for (auto& one : out) {
        if (!one) continue;
        one->by_chance = chances[next++];
        if (one->burstiness < one->by_chance.low) one->rhythm = Rhythm::regular;
        if (one->burstiness > one->by_chance.high) one->rhythm = Rhythm::bursts;
    }
    return out;
}

}  // namespace entente::measures
