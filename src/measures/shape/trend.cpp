#include "measures/shape/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "measures/tie/drawable_stock.h"

namespace entente::measures {
namespace {

/// What is supposed of the time after coverage ended.
enum class Since : std::uint8_t { nothing, mean_rate, upper_rate };

/// The stock of a strand on a day, by draw.
std::vector<double> drawn_stocks(
    const StrandStock& strand, const DrawnParameters& drawn, Day at, Since since
) {
    const DrawableStock ready(
        strand.records, since == Since::nothing ? GoingOn() : strand.going_on, drawn, strand.strand, at
    );
    if (since != Since::upper_rate) return ready.stocks();
    auto out = ready.on_record();
    for (std::size_t draw = 0; draw < out.size(); ++draw)
        out[draw] += strand.going_on.upper_stock(drawn.half_life(draw, strand.strand));
    return out;
}

/// ln(now/then) by draw; infinite where there was nothing, 0 where there is nothing on either day.
std::vector<double> log_ratios(const std::vector<double>& now, const std::vector<double>& then) {
    std::vector<double> out(now.size());
    for (std::size_t draw = 0; draw < out.size(); ++draw)
        out[draw] = now[draw] == then[draw] ? 0
                    : then[draw] == 0       ? std::numeric_limits<double>::infinity()
                                            : std::log(now[draw] / then[draw]);
    return out;
}

TrendWord word_of(const std::vector<double>& ratios, const Parameters& parameters) {
    const double up = std::log1p(parameters.trend_change), down = std::log1p(-parameters.trend_change);
    double above = 0, below = 0;
    for (const double ratio : ratios) {
        above += ratio > up;
        below += ratio < down;
    }
    const auto draws = static_cast<double>(ratios.size());
    if (above >= parameters.trend_agree * draws) return TrendWord::growing;
    if (below >= parameters.trend_agree * draws) return TrendWord::waning;
    return draws - above - below >= parameters.trend_agree * draws ? TrendWord::steady : TrendWord::not_clear;
}

StrandTrend trend_of(
    const StrandStock& now, const StrandStock& then, const DrawnParameters& drawn, Day at, Day before
) {
    StrandTrend out{
        now.strand, then.coverage, now.coverage, then.stock(), now.stock(), {}, {}, TrendWord::not_said};
    if (then.coverage.knowledge != StrandKnowledge::known || !now.counts()) return out;
    if (out.then == 0) {
        out.word = out.now == 0 ? TrendWord::none_on_record : TrendWord::from_nothing;
        return out;
    }
    out.log_ratio = std::log(out.now / out.then);
    const auto stocks_then = drawn_stocks(then, drawn, before, Since::mean_rate);
    const auto ratios = [&](Since since) {
        return log_ratios(drawn_stocks(now, drawn, at, since), stocks_then);
    };
    const auto middle = ratios(Since::mean_rate);
    out.word = word_of(middle, drawn.parameters());
    out.band = numerics::middle_part(middle, drawn.parameters().band_level);
    if (now.coverage.knowledge == StrandKnowledge::stale)
        for (const auto since : {Since::nothing, Since::upper_rate})
            if (word_of(ratios(since), drawn.parameters()) != out.word) out.word = TrendWord::not_clear;
    return out;
}

}  // namespace

std::vector<StrandTrend> trends(const TieFacts& facts, const DrawnParameters& drawn, Day at) {
    const auto& parameters = drawn.parameters();
    const Day before = at - parameters.trend_days;
    const auto masses = weigh(facts, parameters, at), earlier = weigh(facts, parameters, before);
    const auto now = strand_stocks(facts, masses, parameters, at);
    const auto then = strand_stocks(facts, earlier, parameters, before);
    std::vector<StrandTrend> out;
    for (std::size_t strand = 0; strand < now.size(); ++strand)
        out.push_back(trend_of(now[strand], then[strand], drawn, at, before));
    return out;
}

}  // namespace entente::measures
