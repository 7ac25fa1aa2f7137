#include "measures/series/stocks_at.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "measures/series/share_work.h"
#include "measures/series/sum_masses.h"

namespace entente::measures::series {
namespace {

template <std::size_t kWidth>
using Totals = std::array<numerics::NeumaierSum, kWidth>;

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

    Totals<kWidth> stock(PairNumber pair) const {
        Totals<kWidth> out;
        add_run(masses_.points().run(pair), out);
        add_run(masses_.spans().run(pair), out);
        for (const OddMass& mass : masses_.odd(pair))
            for (std::size_t k = 0; k < kWidth; ++k) out[k].add(mass.stock(fading_.half_life(k), at_));
        return out;
    }

private:
    void add_run(const MassRuns::Run& run, Totals<kWidth>& out) const {
        const std::size_t first_young = count_until(run, at_ - fading_.oldest() - 1);
        const std::size_t first_open = count_until(run, at_);
        for (std::size_t i = 0; i < first_young; ++i) add_alone(run, i, out);
        (run.days ? add_ended<kWidth, true>
                  : add_ended<kWidth, false>)(run, first_young, first_open, fading_, at_, out.data());
        if (run.days)
            for (std::size_t i = first_open; i < run.size; ++i) add_begun(run, i, out);
    }

    void add_alone(const MassRuns::Run& run, std::size_t i, Totals<kWidth>& out) const {
        for (std::size_t k = 0; k < kWidth; ++k) out[k].add(stock_of(run.on(i), fading_.half_life(k), at_));
    }

    void add_begun(const MassRuns::Run& run, std::size_t i, Totals<kWidth>& out) const {
        const std::int32_t passed = at_ - run.last_day(i) + run.days[i];
        if (passed <= 0) return;
        const double* const spread = fading_.spread(passed);
        for (std::size_t k = 0; k < kWidth; ++k)
            out[k].add(begun(run.mass[i], run.days[i], passed, spread[k]));
    }

    const StrandMasses& masses_;
    Fading fading_;
    Day at_;
};

/// Half-lives `first` and following of every strand.
template <std::size_t kWidth>
void fill(
    const TieMasses& masses,
    const HalfLives& half_lives,
    std::size_t first,
    std::size_t count,
    Day at,
    unsigned threads,
    Stocks& out
) {
    std::vector<std::optional<Pass<kWidth>>> passes(masses.strands());
    share_work(masses.strands(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t strand = from; strand < to; ++strand)
            passes[strand].emplace(
                masses.strand(strand), std::span(half_lives[strand]).subspan(first, count), at
            );
    });
    share_work(masses.strands() * out.pairs, threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t cell = from; cell < to; ++cell) {
            const Totals<kWidth> totals =
                passes[cell / out.pairs]->stock(static_cast<PairNumber>(cell % out.pairs));
            double* const stocks = out.values.data() + cell * out.half_lives + first;
            for (std::size_t k = 0; k < count; ++k) stocks[k] = totals[k].value();
        }
    });
}

}  // namespace

Stocks stocks_at(const TieMasses& masses, const HalfLives& half_lives, Day at, unsigned threads) {
    check(half_lives.size() == masses.strands(), "every strand has its half-lives");
    Stocks out;
    out.pairs = masses.pairs();
    out.half_lives = half_lives.empty() ? 0 : half_lives.front().size();
    for (const auto& of : half_lives)
        check(of.size() == out.half_lives, "every strand has as many half-lives");
    out.values.resize(out.pairs * masses.strands() * out.half_lives);
    for (std::size_t first = 0; first < out.half_lives; first += kAtOnce) {
        const std::size_t count = std::min(kAtOnce, out.half_lives - first);
        (count == 1 ? fill<1> : fill<kAtOnce>)(masses, half_lives, first, count, at, threads, out);
    }
    return out;
}

}  // namespace entente::measures::series
