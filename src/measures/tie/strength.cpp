#include "measures/tie/strength.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "base/check.h"
#include "measures/tie/drawable_stock.h"
#include "measures/tie/going_on.h"
#include "numerics/exponentials.h"
#include "numerics/neumaier.h"

namespace entente::measures {
namespace {

double fullness_of(double stock, double half_full) {
    return -std::expm1(-stock / half_full * std::numbers::ln2);
}

/// Share of the draws in which the one is greater; a tie counts half.
double share_greater(const std::vector<double>& a, const std::vector<double>& b) {
    check(a.size() == b.size(), "compared results share their draws");
    double greater = 0;
    for (std::size_t draw = 0; draw < a.size(); ++draw)
        greater += a[draw] > b[draw] ? 1 : a[draw] == b[draw] ? 0.5 : 0;
    return greater / static_cast<double>(a.size());
}

/// A tie on a day, with what all questions about it share.
class TieOnDay {
public:
    TieOnDay(const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at)
        : facts_(facts),
          drawn_(drawn),
          parameters_(drawn.parameters()),
          at_(at),
          records_(parameters_.strands.size()) {
        for (const auto& record : masses.items) records_[record.strand].push_back(&record);
        for (std::size_t strand = 0; strand < records_.size(); ++strand) {
            coverage_.push_back(strand_coverage(facts.coverage, facts.pair, parameters_.strands[strand], at));
            going_on_.emplace_back(
                records_[strand], facts, parameters_.strands[strand], coverage_[strand], at
            );
        }
    }

    Strength answer() {
        Strength out;
        out.at = at_;
        for (std::size_t strand = 0; strand < records_.size(); ++strand) {
            out.strands.push_back(on_strand(strand));
            if (coverage_[strand].counts()) out.seen += parameters_.strands[strand].share;
        }
        if (out.seen >= parameters_.least_seen)
            give_total(out);
        else
            add_strand_bands(out);
        warn(out);
        return out;
    }

    std::vector<TornadoBar> tornado() const {
        constexpr Varied kNothing{false, false, false, false, false, false};
        const auto& strands = drawable();
        std::vector<TornadoBar> out;
        const auto bar = [&](const char* group, bool Varied::*member) {
            Varied varied = kNothing;
            varied.*member = true;
            auto totals = drawn_totals(drawn_fullness(strands, varied), varied);
            out.push_back({group, numerics::middle_part(totals, parameters_.band_level)});
        };
        bar("half-lives", &Varied::half_lives);
        bar("half-full values", &Varied::half_full);
        bar("tables of mass", &Varied::tables);
        bar("shares of strands", &Varied::shares);
        bar("imprecise dates", &Varied::dates);
        bar("status of what was announced", &Varied::status);
        std::ranges::stable_sort(out, [](const auto& a, const auto& b) {
            return a.band.high - a.band.low > b.band.high - b.band.low;
        });
        return out;
    }

private:
    StrandStrength on_strand(std::size_t strand) const {
        const auto& of = parameters_.strands[strand];
        StrandStrength out;
        out.strand = strand;
        out.coverage = coverage_[strand];
        const bool counts = out.coverage.counts();
        numerics::NeumaierSum total, faded_total;
        for (const auto* record : records_[strand]) {
            const double alone = stock_of(record->on, of.half_life_days, at_);
            const double stock =
                counts ? stock_of(going_on_[strand].held_on(record->on), of.half_life_days, at_) : alone;
            total.add(stock);
            faded_total.add(alone);
            out.records.push_back({record, stock, 0});
        }
        const double more = counts ? going_on_[strand].stock(of.half_life_days) : 0;
        if (more > 0) out.records.push_back({nullptr, more, 0});
        total.add(more);
        out.stock = total.value();
        std::ranges::stable_sort(out.records, std::greater(), &StockShare::stock);
        set_outer(out, faded_total.value(), more);
        if (counts) out.fullness = fullness_of(out.stock, of.half_full);
        return out;
    }

    void set_outer(StrandStrength& out, double alone, double more) const {
        const auto& of = parameters_.strands[out.strand];
        out.stock_outer.low = alone;
        out.fullness_outer.low = fullness_of(alone, of.half_full);
        if (!out.coverage.counts()) {
            out.stock_outer.high = std::numeric_limits<double>::infinity();
            out.fullness_outer.high = 1;
            return;
        }
        const double upper = out.stock - more + going_on_[out.strand].upper_stock(of.half_life_days);
        const double part = out.coverage.census ? 1 : out.coverage.completeness_low;
        out.stock_outer.high =
            part > 0 ? std::max(out.stock, upper) / part : std::numeric_limits<double>::infinity();
        out.fullness_outer.high = fullness_of(out.stock_outer.high, of.half_full);
    }

    /// Strands that count, ready for draws; made when first asked for.
    const std::vector<DrawableStock>& drawable() const {
        if (drawable_.empty())
            for (std::size_t strand = 0; strand < records_.size(); ++strand)
                if (coverage_[strand].counts())
                    drawable_.emplace_back(records_[strand], going_on_[strand], drawn_, strand, at_);
        return drawable_;
    }

    double total_of(const std::vector<double>& fullness, const std::vector<double>& shares) const {
        numerics::NeumaierSum total, seen;
        for (std::size_t i = 0; i < fullness.size(); ++i) {
            total.add(shares[i] * fullness[i]);
            seen.add(shares[i]);
        }
        return 100 * total.value() / seen.value();
    }

    /// Fullness of each strand that counts, by draw.
    std::vector<std::vector<double>> drawn_fullness(
        const std::vector<DrawableStock>& strands, const Varied& varied
    ) const {
        std::vector<std::vector<double>> out;
        for (std::size_t strand = 0; strand < records_.size(); ++strand) {
            if (!coverage_[strand].counts()) continue;
            const double middle = parameters_.strands[strand].half_full;
            const auto& of = strands[out.size()];
            auto& full = out.emplace_back();
            if (!varied.half_full && !of.varies(varied)) {
                full.assign(drawn_.draws(), fullness_of(of.stocks(varied).front(), middle));
                continue;
            }
            full = of.stocks(varied);
            for (std::size_t draw = 0; draw < full.size(); ++draw)
                full[draw] *=
                    -std::numbers::ln2 / (varied.half_full ? drawn_.half_full(draw, strand) : middle);
            numerics::expm1_all(full);
            for (double& one : full) one = 0 - one;  // of nothing 0, not -0
        }
        return out;
    }

    /// Total by draw.
    std::vector<double> drawn_totals(const std::vector<std::vector<double>>& fullness, const Varied& varied)
        const {
        std::vector<double> out(drawn_.draws()), seen(drawn_.draws());
        std::size_t next = 0;
        for (std::size_t strand = 0; strand < records_.size(); ++strand) {
            if (!coverage_[strand].counts()) continue;
            const auto& of = fullness[next++];
            const double middle = parameters_.strands[strand].share;
            for (std::size_t draw = 0; draw < out.size(); ++draw) {
                const double share = varied.shares ? drawn_.share(draw, strand) : middle;
                out[draw] += share * of[draw];
                seen[draw] += share;
            }
        }
        for (std::size_t draw = 0; draw < out.size(); ++draw) out[draw] = 100 * out[draw] / seen[draw];
        return out;
    }

    void give_total(Strength& out) const {
        std::vector<double> fullness, shares;
        numerics::NeumaierSum low, high;
        for (const auto& strand : out.strands) {
            const double share = parameters_.strands[strand.strand].share;
            // What is left of a strand that is not known is shown with it; the total has it at nothing at the least.
            low.add(strand.fullness ? share * strand.fullness_outer.low : 0);
            high.add(share * strand.fullness_outer.high);
            if (!strand.fullness) continue;
            fullness.push_back(*strand.fullness);
            shares.push_back(share);
        }
        out.total = total_of(fullness, shares);
        const auto& strands = drawable();
        auto by_strand = drawn_fullness(strands, {});
        out.drawn_totals = drawn_totals(by_strand, {});
        out.band = numerics::middle_part(out.drawn_totals, parameters_.band_level);
        out.outer = {
            std::min({100 * low.value(), out.band.low, *out.total}),
            std::max({100 * high.value(), out.band.high, *out.total})};
        set_strand_bands(out, std::move(by_strand));
        out.words = on_record(out) ? strength_words(out.drawn_totals, parameters_) : "none on record";
        share_points(out);
        add_one_more(out);
    }

    static bool on_record(const Strength& out) {
        return std::ranges::any_of(out.strands, [](const auto& one) {
            return one.fullness && one.stock > 0;
        });
    }

    void set_strand_bands(Strength& out, std::vector<std::vector<double>> by_strand) const {
        std::size_t next = 0;
        for (auto& strand : out.strands) {
            if (!strand.fullness) continue;
            strand.drawn_fullness = std::move(by_strand[next++]);
            strand.fullness_band = numerics::middle_part(strand.drawn_fullness, parameters_.band_level);
        }
    }

    void add_strand_bands(Strength& out) const {
        const auto& strands = drawable();
        set_strand_bands(out, drawn_fullness(strands, {}));
    }

    void share_points(Strength& out) const {
        for (auto& strand : out.strands) {
            if (!strand.fullness) continue;
            strand.points = 100 * parameters_.strands[strand.strand].share * *strand.fullness / out.seen;
            for (auto& share : strand.records)
                share.points = strand.stock > 0 ? strand.points * share.stock / strand.stock : 0;
        }
    }

    void add_one_more(Strength& out) const {
        const auto add = [&](const char* strand, double mass, std::string what) {
            const auto& one = out.strands[parameters_.strand(strand)];
            if (!one.fullness) return;
            const auto& of = parameters_.strands[one.strand];
            const double more = fullness_of(one.stock + mass, of.half_full) - *one.fullness;
            out.one_more.push_back({std::move(what), 100 * of.share * more / out.seen});
        };
        const auto minister = std::ranges::find(parameters_.levels, "minister", &TableEntry::key);
        add("leaders", minister->value, "a minister's visit");
        add("exercise", 1, "a field exercise of the two");
        add("education",
            10 * parameters_.education_days_when_unknown / 365,
            "ten war-college seats, once taken");
    }

    void warn(Strength& out) const {
        for (const auto& strand : out.strands)
            if (strand.coverage.counts() && !strand.coverage.census && !strand.coverage.completeness_stated) {
                out.warnings.emplace_back(
                    "No statement says how much of the whole the samples hold: the outer range leaves out "
                    "what they may miss."
                );
                break;
            }
    }

    const TieFacts& facts_;
    const DrawnParameters& drawn_;
    const Parameters& parameters_;
    Day at_;
    std::vector<std::vector<const RecordMass*>> records_;
    std::vector<StrandCoverage> coverage_;
    std::vector<GoingOn> going_on_;
    mutable std::vector<DrawableStock> drawable_;
};

}  // namespace

Strength strength(const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at) {
    return TieOnDay(facts, masses, drawn, at).answer();
}

std::vector<TornadoBar> tornado(
    const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at
) {
    return TieOnDay(facts, masses, drawn, at).tornado();
}

StrengthAndTornado strength_and_tornado(
    const TieFacts& facts, const Masses& masses, const DrawnParameters& drawn, Day at
) {
    TieOnDay tie(facts, masses, drawn, at);
    StrengthAndTornado out{tie.answer(), {}};
    if (out.strength.total) out.tornado = tie.tornado();
    return out;
}

std::optional<double> probability_greater(const Strength& a, const Strength& b) {
    if (!a.total || !b.total) return std::nullopt;
    return share_greater(a.drawn_totals, b.drawn_totals);
}

std::optional<double> probability_greater(const StrandStrength& a, const StrandStrength& b) {
    if (!a.fullness || !b.fullness) return std::nullopt;
    return share_greater(a.drawn_fullness, b.drawn_fullness);
}

std::string strength_words(const std::vector<double>& totals, const Parameters& parameters) {
    constexpr std::array<const char*, 3> kWords{"thin", "moderate", "strong"};
    std::array<double, 3> in{};
    for (const double total : totals)
        in[total < parameters.thin_below     ? 0
           : total > parameters.strong_above ? 2
                                             : 1] += 1.0 / static_cast<double>(totals.size());
    for (std::size_t i = 0; i < in.size(); ++i)
        if (in[i] >= parameters.words_agree) return kWords[i];
    if (in[0] + in[1] >= parameters.words_agree && in[0] + in[1] >= in[1] + in[2])
        return "between thin and moderate";
    if (in[1] + in[2] >= parameters.words_agree) return "between moderate and strong";
    return "between thin and strong";
}

}  // namespace entente::measures
