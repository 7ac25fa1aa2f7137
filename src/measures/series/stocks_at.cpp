#include "measures/series/stocks_at.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "measures/series/share_pairs.h"
#include "measures/series/sum_masses.h"

namespace entente::measures::series {
namespace {

using Totals = std::array<numerics::NeumaierSum, kAtOnce>;

/// Days from the earliest end to the day asked about; nothing ended by then: none.
std::int64_t oldest_age(const StrandMasses& masses, Day at) {
    const Day earliest = std::min(masses.points().earliest_last(), masses.spans().earliest_last());
    return std::int64_t{at.value} - earliest.value;
}

/// One pass over one strand: a few half-lives of it.
template <std::size_t kWidth>
class Pass {
public:
    Pass(const StrandMasses& masses, std::span<const double> half_lives, Day at)
        : masses_(masses), fading_(half_lives, oldest_age(masses, at), masses.spans().longest()), at_(at) {}

    Totals stock(PairNumber pair) const {
        Totals out;
        add_run(masses_.points().run(pair), out);
        add_run(masses_.spans().run(pair), out);
        for (const OddMass& mass : masses_.odd(pair))
            for (std::size_t k = 0; k < kWidth; ++k) out[k].add(mass.stock(fading_.half_life(k), at_));
        return out;
    }

private:
    void add_run(const MassRuns::Run& run, Totals& out) const {
        const std::int32_t* const end = run.last + run.size;
        const std::int32_t oldest = static_cast<std::int32_t>(
            std::max<std::int64_t>(INT32_MIN, std::int64_t{at_.value} - fading_.oldest())
        );
        const auto first_young = static_cast<std::size_t>(std::lower_bound(run.last, end, oldest) - run.last);
        const auto first_open =
            static_cast<std::size_t>(std::upper_bound(run.last, end, at_.value) - run.last);
        for (std::size_t i = 0; i < first_young; ++i) add_alone(run, i, out);
        add_ended<kWidth>(run, first_young, first_open, fading_, at_, out.data());
        if (run.days)
            for (std::size_t i = first_open; i < run.size; ++i) add_begun(run, i, out);
    }

    void add_alone(const MassRuns::Run& run, std::size_t i, Totals& out) const {
        const std::int32_t days = run.days ? run.days[i] : 1;
        const MassOnDays on{{run.last[i] - (days - 1)}, {run.last[i]}, run.mass[i]};
        for (std::size_t k = 0; k < kWidth; ++k) out[k].add(stock_of(on, fading_.half_life(k), at_));
    }

    void add_begun(const MassRuns::Run& run, std::size_t i, Totals& out) const {
        const std::int32_t passed = at_.value - (run.last[i] - run.days[i]);
        if (passed <= 0) return;
        const double* const spread = fading_.spread(passed);
        for (std::size_t k = 0; k < kWidth; ++k)
            out[k].add(begun(run.mass[i], run.days[i], passed, spread[k]));
    }

    const StrandMasses& masses_;
    Fading fading_;
    Day at_;
};

/// `count` half-lives of a strand, from the `first` one on.
template <std::size_t kWidth>
void fill(
    const TieMasses& masses,
    std::size_t strand,
    std::span<const double> half_lives,
    std::size_t first,
    Day at,
    unsigned threads,
    Stocks& out
) {
    const StrandMasses& of = masses.strand(strand);
    const Pass<kWidth> pass(of, half_lives, at);
    const auto size = [&](std::size_t pair) { return of.size(static_cast<PairNumber>(pair)); };
    share_pairs(out.pairs, threads, size, [&](std::size_t begin, std::size_t end) {
        for (std::size_t pair = begin; pair < end; ++pair) {
            const Totals totals = pass.stock(static_cast<PairNumber>(pair));
            double* const to = out.values.data() + (strand * out.pairs + pair) * out.half_lives + first;
            for (std::size_t k = 0; k < half_lives.size(); ++k) to[k] = totals[k].value();
        }
    });
}

}  // namespace

Stocks stocks_at(const TieMasses& masses, const HalfLives& half_lives, Day at, unsigned threads) {
    check(half_lives.size() == masses.strands(), "every strand has its half-lives");
    Stocks out;
    out.pairs = masses.pairs();
    out.half_lives = half_lives.empty() ? 0 : half_lives.front().size();
    out.values.resize(out.pairs * masses.strands() * out.half_lives);
    for (std::size_t strand = 0; strand < masses.strands(); ++strand) {
        const std::span<const double> of(half_lives[strand]);
        check(of.size() == out.half_lives, "every strand has as many half-lives");
        for (std::size_t first = 0; first < of.size(); first += kAtOnce) {
            const auto some = of.subspan(first, std::min(kAtOnce, of.size() - first));
            (some.size() == 1 ? fill<1> : fill<kAtOnce>)(masses, strand, some, first, at, threads, out);
        }
    }
    return out;
}

}  // namespace entente::measures::series
