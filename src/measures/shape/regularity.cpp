#include "measures/shape/regularity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/check.h"
#include "measures/shape/gaps.h"
#include "measures/shape/geometric_sums.h"
#include "numerics/exponentials.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kTogether = GeometricSums::kTogether;
static_assert(kDraws % kTogether == 0);
constexpr double kLevel = 0.9;

double sum_of(std::span<const double> values) {
    numerics::NeumaierSum total;
    for (const double value : values) total.add(value);
    return total.value();
}

/// Of n gaps, from their mean and the mean of the squares about it.
class BurstinessOf {
public:
    explicit BurstinessOf(double n) : above_(std::sqrt(n + 1)), below_(std::sqrt(n - 1)) {}

    double operator()(double mean, double variance) const {
        const double rho = std::sqrt(variance) / mean;
        return (above_ * rho - below_) / ((above_ - 2) * rho + below_);
    }

private:
    double above_, below_;
};

/// Of geometric gaps made of the logarithms of uniform draws: whole days, so that their sums lose nothing.
void drawn_burstiness(const GapsToDraw& of, std::span<const double> logs, std::span<double> out) {
    // A day has a contact with probability 1/mean; every day has one where the mean is a day.
    const double scale = of.mean_days > 1 ? std::log1p(-1 / of.mean_days) : -INFINITY;
    GeometricSums found{logs.data(), of.gaps, scale};
    add_geometric_gaps(found);
    const auto gaps = static_cast<std::int64_t>(of.gaps);
    const auto n = static_cast<double>(of.gaps);
    const BurstinessOf burstiness_of(n);
    for (std::size_t draw = 0; draw < kTogether; ++draw) {
        const auto sum = static_cast<std::int64_t>(found.sums[draw]);
        const auto squares = static_cast<std::int64_t>(found.squares[draw]);
        out[draw] = burstiness_of(
            static_cast<double>(sum) / n, static_cast<double>(gaps * squares - sum * sum) / (n * n)
        );
    }
}

/// Logarithms of uniform draws by place of the gap, one beside the other for each draw of a few.
class DrawnLogs {
public:
    DrawnLogs() : kept_(kDraws * kKept) {
        for (std::size_t first = 0; first < kDraws; first += kTogether)
            for (std::size_t place = 0; place < kKept; ++place)
                draw(first, place, std::span(kept_).subspan(first * kKept + place * kTogether, kTogether));
    }

    /// Of the first places for a few draws; into `room` where more are asked for than are kept.
    std::span<const double> of(std::size_t first, std::size_t places, std::vector<double>& room) const {
        if (places <= kKept) return std::span(kept_).subspan(first * kKept, places * kTogether);
        room.resize(places * kTogether);
        std::copy_n(&kept_[first * kKept], kKept * kTogether, room.begin());
        for (std::size_t place = kKept; place < places; ++place)
            draw(first, place, std::span(room).subspan(place * kTogether, kTogether));
        return room;
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
    return BurstinessOf(n)(mean, squares.value() / n);
}

std::vector<Interval> burstiness_by_chance(std::span<const GapsToDraw> all) {
    static const DrawnLogs kLogs;
    std::size_t most = 0;
    for (const auto& one : all) {
        check(one.gaps >= 2 && one.mean_days >= 1, "chance is asked for two gaps or more, of a day or more");
        most = std::max(most, one.gaps);
    }
    std::vector<std::vector<double>> values(all.size(), std::vector<double>(kDraws));
    std::vector<double> room;
    for (std::size_t first = 0; first < kDraws; first += kTogether) {
        const auto logs = kLogs.of(first, most, room);
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
