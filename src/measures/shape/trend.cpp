#include "measures/shape/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "numerics/exponentials.h"

namespace entente::measures {
namespace {

/// The stock of a strand by draw, by what is supposed of the time after coverage ended.
class DrawnStocks {
public:
    DrawnStocks(const StrandStock& strand, const DrawnStrand& found, const DrawnParameters& drawn, Day at)
        : strand_(strand), found_(found), drawn_(drawn), at_(at) {}

    std::vector<double> mean_rate() const { return found_.stock->with_going_on(found_.all); }
    std::vector<double> upper_rate() const {
        auto out = found_.stock->going_on_at_most();
        for (std::size_t draw = 0; draw < out.size(); ++draw) out[draw] += found_.all[draw];
        return out;
    }
    /// What was held to the end of coverage is not held on either.
    std::vector<double> nothing() const {
        if (!strand_.going_on.holds_on()) return found_.all;
        return DrawableStock(strand_.records, GoingOn(), drawn_, strand_.strand, at_).on_record();
    }

private:
    const StrandStock& strand_;
    const DrawnStrand& found_;
    const DrawnParameters& drawn_;
    Day at_;
};

/// Below this a drawn stock is nothing: it is interpolated between half-lives, and may come out a little beside
/// nothing, even below.
constexpr double kNothing = 1e-9;

/// ln(now/then) by draw; infinite where there was nothing, 0 where there is nothing on either day. What has faded to
/// nothing has no lower end, whatever little it was then.
std::vector<double> log_ratios(const std::vector<double>& now, const std::vector<double>& then) {
    constexpr double kNoLimit = std::numeric_limits<double>::infinity();
    const auto has_ratio = [&](std::size_t draw) {
        return now[draw] != then[draw] && now[draw] >= kNothing && then[draw] >= kNothing;
    };
    std::vector<double> logs(now.size(), 1);
    for (std::size_t draw = 0; draw < logs.size(); ++draw)
        if (has_ratio(draw)) logs[draw] = now[draw] / then[draw];
    numerics::log_all(logs);
    for (std::size_t draw = 0; draw < logs.size(); ++draw)
        if (now[draw] != then[draw] && !has_ratio(draw))
            logs[draw] = now[draw] < kNothing ? -kNoLimit : kNoLimit;
    return logs;
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
    const StrandStock& now,
    const DrawnStrand& drawn_now,
    const StrandStock& then,
    const DrawnParameters& drawn,
    Day at,
    Day before
) {
    StrandTrend out{
        now.strand, then.coverage, now.coverage, then.stock(), now.stock(), {}, {}, TrendWord::not_said};
    if (then.coverage.knowledge != StrandKnowledge::known || !now.counts()) return out;
    if (out.then == 0) {
        out.word = out.now == 0 ? TrendWord::none_on_record : TrendWord::from_nothing;
        return out;
    }
    out.log_ratio = std::log(out.now / out.then);
    const DrawnStocks stocks(now, drawn_now, drawn, at);
    const auto stocks_then = DrawableStock(then.records, then.going_on, drawn, then.strand, before).stocks();
    const auto middle = log_ratios(stocks.mean_rate(), stocks_then);
    out.word = word_of(middle, drawn.parameters());
    out.band = numerics::middle_part(middle, drawn.parameters().band_level);
    if (now.coverage.knowledge == StrandKnowledge::stale)
        for (const auto& since : {stocks.nothing(), stocks.upper_rate()})
            if (word_of(log_ratios(since, stocks_then), drawn.parameters()) != out.word)
                out.word = TrendWord::not_clear;
    return out;
}

}  // namespace

std::vector<StrandTrend> trends(const TieFacts& facts, const DrawnParameters& drawn, Day at) {
    const auto masses = weigh(facts, drawn.parameters(), at);
    const auto now = strand_stocks(facts, masses, drawn.parameters(), at);
    return trends(facts, now, drawn_strands(now, drawn, at), drawn, at);
}

std::vector<StrandTrend> trends(
    const TieFacts& facts,
    const std::vector<StrandStock>& now,
    const std::vector<DrawnStrand>& drawn_now,
    const DrawnParameters& drawn,
    Day at
) {
    const auto& parameters = drawn.parameters();
    const Day before = at - parameters.trend_days;
    const auto earlier = weigh(facts, parameters, before);
    const auto then = strand_stocks(facts, earlier, parameters, before);
    std::vector<StrandTrend> out;
    for (std::size_t strand = 0; strand < now.size(); ++strand)
        out.push_back(trend_of(now[strand], drawn_now[strand], then[strand], drawn, at, before));
    return out;
}

}  // namespace entente::measures
