#include "measures/spells/segmentation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/check.h"
#include "numerics/neumaier.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr double kTie = 1e-9;
constexpr double kWithinBest = 3.84;  // 95 % of a χ² of one degree

/// Sums up to each covered period.
struct Prefix {
    std::vector<std::int64_t> count{0};
    std::vector<double> exposure{0};

    std::size_t size() const { return count.size() - 1; }
    double cost(std::size_t from, std::size_t to) const {
        return segment_cost(count[to] - count[from], exposure[to] - exposure[from]);
    }
};

Result<Prefix> prefix_of(std::span<const CountedPeriod> periods) {
    Prefix out;
    numerics::NeumaierSum exposure;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        const auto& period = periods[i];
        if (period.count < 0 || !(period.exposure >= 0) || (period.exposure == 0 && period.count > 0))
            return fail(
                ErrorCode::invalid_argument,
                "counts",
                fmt::format(
                    "period {}: found a count of {} over an exposure of {}, expected none of them negative "
                    "and no count without exposure",
                    i + 1,
                    period.count,
                    period.exposure
                )
            );
        if (period.exposure == 0) continue;
        exposure.add(period.exposure);
        out.count.push_back(out.count.back() + period.count);
        out.exposure.push_back(exposure.value());
    }
    if (out.size() == 0)
        return fail(ErrorCode::invalid_argument, "counts", "found no covered period, expected one at least");
    return out;
}

/// Best way to the end of a period.
struct Best {
    double cost = std::numeric_limits<double>::infinity();  ///< with penalties
    std::size_t changes = 0;
    std::size_t from = 0;  ///< where its last segment begins
};

bool better(const Best& a, const Best& b) {
    if (std::fabs(a.cost - b.cost) > kTie) return a.cost < b.cost;
    return std::pair(a.changes, a.from) < std::pair(b.changes, b.from);
}

/// A place where the last change may lie, until the period from which something else is always as good.
struct Candidate {
    std::size_t at = 0;
    std::size_t until = std::numeric_limits<std::size_t>::max();
    /// Cost of the way over it when it was last told, less the costs of all periods up to there each alone. A stretch
    /// costs no less than its periods alone, so that this never falls: what it bounds need not be told anew.
    double bound = -std::numeric_limits<double>::infinity();
};

/// Best ways to the end of each period, one after the other.
class BestWays {
public:
    BestWays(const Prefix& prefix, double penalty, std::size_t shortest)
        : prefix_(prefix), penalty_(penalty), shortest_(shortest), best_(prefix.size() + 1) {
        best_[0] = {-penalty, 0, 0};
        for (std::size_t end = 1; end <= prefix.size(); ++end) go_to(end);
    }

    std::vector<std::size_t> cuts() const {
        std::vector<std::size_t> out{prefix_.size()};
        while (out.back() != 0) out.push_back(best_[out.back()].from);
        std::ranges::reverse(out);
        return out;
    }

private:
    void go_to(std::size_t end) {
        alone_ += prefix_.cost(end - 1, end);
        std::erase_if(candidates_, [&](const Candidate& one) { return one.until <= end; });
        if (end >= 2 * shortest_ && std::isfinite(best_[end - shortest_].cost))
            candidates_.push_back({end - shortest_});
        // What was best will hardly be bad: others are told only where they may be better.
        const auto before = std::ranges::lower_bound(candidates_, best_[end - 1].from, {}, &Candidate::at);
        if (before != candidates_.end()) tell(*before, end);
        for (auto& one : candidates_)
            if (one.bound + alone_ + penalty_ <= best_[end].cost + 2 * kTie) tell(one, end);
        // What is beaten at `end` stays beaten once a segment that begins there may be long enough.
        for (auto& one : candidates_)
            if (one.until == std::numeric_limits<std::size_t>::max() &&
                one.bound + alone_ > best_[end].cost + kTie)
                one.until = end + shortest_;
    }

    void tell(Candidate& one, std::size_t end) {
        if (end - one.at < shortest_ && !(one.at == 0 && end == prefix_.size())) return;
        const double cost = best_[one.at].cost + prefix_.cost(one.at, end);
        one.bound = cost - alone_;
        const Best way{cost + penalty_, one.at == 0 ? 0 : best_[one.at].changes + 1, one.at};
        if (better(way, best_[end])) best_[end] = way;
    }

    const Prefix& prefix_;
    double penalty_;
    std::size_t shortest_;
    std::vector<Best> best_;
    std::vector<Candidate> candidates_{{}};
    double alone_ = 0;  ///< cost of all periods so far, each a stretch of its own
};

Segmentation segmentation_of(const Prefix& prefix, const std::vector<std::size_t>& cuts, double penalty) {
    Segmentation out;
    out.penalty = penalty;
    double pearson = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const auto from = cuts[i], to = cuts[i + 1];
        RateSegment segment{
            from,
            to - 1,
            prefix.count[to] - prefix.count[from],
            prefix.exposure[to] - prefix.exposure[from],
            prefix.cost(from, to)};
        for (std::size_t at = from; at < to && segment.count > 0; ++at) {
            const double expected = segment.rate() * (prefix.exposure[at + 1] - prefix.exposure[at]);
            const double off = static_cast<double>(prefix.count[at + 1] - prefix.count[at]) - expected;
            pearson += off * off / expected;
        }
        out.cost += segment.cost;
        out.segments.push_back(segment);
    }
    const auto freedom = static_cast<double>(prefix.size()) - static_cast<double>(out.segments.size());
    out.dispersion = freedom > 0 ? pearson / freedom : 0;
    return out;
}

Segmentation segmented(const Prefix& prefix, double penalty, std::size_t shortest) {
    return segmentation_of(prefix, BestWays(prefix, penalty, shortest).cuts(), penalty);
}

/// The largest penalty at which any change is worth its price.
double last_penalty_with_a_change(const Prefix& prefix, std::size_t shortest) {
    const double whole = prefix.cost(0, prefix.size());
    double penalty = 0;
    for (;;) {
        const auto found = segmented(prefix, penalty, shortest);
        if (found.changes() == 0) return penalty;
        const double next = (whole - found.cost) / static_cast<double>(found.changes());
        if (next <= penalty + kTie) return next;
        penalty = next;
    }
}

std::int64_t poisson_draw(double mean, double uniform) {
    double mass = std::exp(-mean), sum = mass;
    std::int64_t value = 0;
    while (uniform > sum && value < 100000) {
        mass *= mean / static_cast<double>(++value);
        sum += mass;
    }
    return value;
}

}  // namespace

double segment_cost(std::int64_t count, double exposure) {
    if (count == 0) return 0;
    const auto y = static_cast<double>(count);
    return 2 * (y - y * std::log(y / exposure));
}

Result<Segmentation> segment_counts(
    std::span<const CountedPeriod> periods, const SegmentationOptions& options
) {
    check(options.shortest >= 1 && options.penalty >= 0, "a segment has a period, a penalty is not negative");
    ENTENTE_ASSIGN_OR_RETURN(const auto prefix, prefix_of(periods));
    const double penalty =
        options.penalty > 0 ? options.penalty : 2 * std::log(static_cast<double>(prefix.size()));
    return segmented(prefix, penalty, options.shortest);
}

Result<double> calibrated_penalty(
    std::span<const CountedPeriod> periods, std::size_t shortest, std::string_view draws_name, int series
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto real, prefix_of(periods));
    const numerics::Draws draws(fmt::format("segmentation {}", draws_name));
    const double rate = static_cast<double>(real.count.back()) / real.exposure.back();
    std::vector<double> penalties;
    for (int i = 0; i < series; ++i) {
        Prefix simulated;
        simulated.exposure = real.exposure;
        for (std::size_t at = 0; at < real.size(); ++at) {
            const double mean = rate * (real.exposure[at + 1] - real.exposure[at]);
            simulated.count.push_back(
                simulated.count.back() + poisson_draw(mean, draws.uniform(static_cast<std::uint64_t>(i), at))
            );
        }
        penalties.push_back(last_penalty_with_a_change(simulated, shortest));
    }
    std::ranges::sort(penalties);
    const auto allowed = static_cast<std::size_t>(std::floor(0.05 * series));
    return penalties[penalties.size() - 1 - allowed];
}

Result<std::vector<Segmentation>> segmentation_path(
    std::span<const CountedPeriod> periods, std::size_t shortest, double least_penalty, double most_penalty
) {
    check(
        0 < least_penalty && least_penalty < most_penalty, "a range of penalties is given from low to high"
    );
    ENTENTE_ASSIGN_OR_RETURN(const auto prefix, prefix_of(periods));
    std::map<std::size_t, Segmentation, std::greater<>> found;
    const auto keep = [&](double penalty) {
        auto one = segmented(prefix, penalty, shortest);
        const auto changes = one.changes();
        const double cost = one.cost;
        found.try_emplace(changes, std::move(one));
        return std::pair(changes, cost);
    };
    const auto fewest = keep(most_penalty);
    const auto most = keep(least_penalty);
    std::vector<std::pair<std::pair<std::size_t, double>, std::pair<std::size_t, double>>> open{
        {fewest, most}};
    while (!open.empty()) {
        const auto [few, many] = open.back();
        open.pop_back();
        if (many.first <= few.first + 1) continue;
        const double between = (few.second - many.second) / static_cast<double>(many.first - few.first);
        const auto middle = keep(between);
        if (middle.first == few.first || middle.first == many.first) continue;
        open.push_back({few, middle});
        open.push_back({middle, many});
    }
    std::vector<Segmentation> out;
    for (auto& [changes, one] : found) out.push_back(std::move(one));
    return out;
}

std::vector<ChangeConfidence> confidence_of_changes(
    std::span<const CountedPeriod> periods, const Segmentation& found, std::size_t shortest
) {
    const auto prefix = prefix_of(periods);
    check(prefix.has_value(), "what was segmented can be summed");
    std::vector<ChangeConfidence> out;
    for (std::size_t i = 0; i + 1 < found.segments.size(); ++i) {
        const auto& left = found.segments[i];
        const auto& right = found.segments[i + 1];
        const std::size_t from = left.first, cut = right.first, to = right.last + 1;
        const auto cost = [&](std::size_t at) { return prefix->cost(from, at) + prefix->cost(at, to); };
        ChangeConfidence one{cut - 1, prefix->cost(from, to) - cost(cut), cut - 1, cut - 1};
        double best = cost(cut);
        for (std::size_t at = from + shortest; at + shortest <= to; ++at) best = std::min(best, cost(at));
        for (std::size_t at = from + shortest; at + shortest <= to; ++at) {
            if (cost(at) > best + kWithinBest) continue;
            one.earliest = std::min(one.earliest, at - 1);
            one.latest = std::max(one.latest, at - 1);
        }
        out.push_back(one);
    }
    return out;
}

}  // namespace entente::measures
