#include "measures/series/stocks_on_days.h"

#include <algorithm>

#include "base/check.h"
#include "measures/series/share_work.h"
#include "measures/series/sum_masses.h"

namespace entente::measures::series {
namespace {

/// The longest that anything has to fade in one go: to the first day asked about, or from one to the next.
std::int64_t longest_wait(const StrandMasses& masses, std::span<const Day> days) {
    const Day earliest = std::min(masses.points().earliest_last(), masses.spans().earliest_last());
    std::int64_t out = std::int64_t{days.front().value} - earliest.value;
    for (std::size_t i = 1; i < days.size(); ++i) out = std::max<std::int64_t>(out, days[i] - days[i - 1]);
    return out;
}

/// One pair at a time; what it has ended with, and what is under way, apart.
class Walk {
public:
    Walk(const StrandMasses& masses, double half_life, std::span<const Day> days)
        : masses_(masses),
          half_life_(half_life),
          days_(days),
          fading_({&half_life, 1}, longest_wait(masses, days), masses.spans().longest()) {
        for (std::size_t i = 1; i < days.size(); ++i)
            faded_.push_back(faded(1, half_life, days[i] - days[i - 1]));
    }

    /// Fills `out`, one number for each day.
    void series(PairNumber pair, double* out) const {
        std::fill_n(out, days_.size(), 0.0);
        add_ends(masses_.points().run(pair), out);
        add_ends(masses_.spans().run(pair), out);
        for (std::size_t i = 1; i < days_.size(); ++i) out[i] += out[i - 1] * faded_[i - 1];
        add_begun(masses_.spans().run(pair), out);
        for (const OddMass& mass : masses_.odd(pair))
            for (std::size_t i = 0; i < days_.size(); ++i) out[i] += mass.stock(half_life_, days_[i]);
    }

private:
    /// To each day what ended since the day before.
    void add_ends(const MassRuns::Run& run, double* out) const {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < days_.size() && begin < run.size; ++i) {
            const std::int32_t until = days_[i] - kEpoch;
            std::size_t end = begin;
            while (end < run.size && run.last[end] <= until) ++end;
            if (begin == end) continue;
            numerics::NeumaierSum total;
            for (; begin < end && until - run.last[begin] > fading_.oldest(); ++begin)
                total.add(stock_of(run.on(begin), half_life_, days_[i]));
            (run.days ? add_ended<1, true> : add_ended<1, false>)(run, begin, end, fading_, days_[i], &total);
            out[i] += total.value();
            begin = end;
        }
    }

    void add_begun(const MassRuns::Run& run, double* out) const {
        for (std::size_t i = 0; i < run.size; ++i) {
            const auto on = run.on(i);
            auto at = static_cast<std::size_t>(std::ranges::lower_bound(days_, on.first) - days_.begin());
            for (; at < days_.size() && days_[at] < on.last; ++at) {
                const std::int32_t passed = days_[at] - on.first + 1;
                out[at] += begun(run.mass[i], run.days[i], passed, *fading_.spread(passed));
            }
        }
    }

    const StrandMasses& masses_;
    double half_life_;
    std::span<const Day> days_;
    Fading fading_;
    std::vector<double> faded_;
};

}  // namespace

std::vector<Day> ends_of_months(Day first, Day last) {
    std::vector<Day> out;
    auto [year, month, day] = calendar(first);
    for (;;) {
        out.push_back(end_of_month(year, month));
        if (last <= out.back()) return out;
        if (++month > 12) month = 1, ++year;
    }
}

StockSeries stocks_on_days(
    const StrandMasses& masses, double half_life, std::span<const Day> days, unsigned threads
) {
    check(std::ranges::is_sorted(days), "the days of a series ascend");
    StockSeries out{days.size(), {}};
    if (days.empty()) return out;
    const std::size_t pairs = masses.pairs();
    out.values.resize(pairs * days.size());
    const Walk walk(masses, half_life, days);
    share_work(pairs, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t pair = begin; pair < end; ++pair)
            walk.series(static_cast<PairNumber>(pair), out.values.data() + pair * days.size());
    });
    return out;
}

}  // namespace entente::measures::series
