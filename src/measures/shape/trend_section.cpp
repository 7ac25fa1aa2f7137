#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/shape/section.h"
#include "measures/shape/trend.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::string word_words(TrendWord word) {
    switch (word) {
        case TrendWord::growing:
            return "growing";
        case TrendWord::waning:
            return "waning";
        case TrendWord::steady:
            return "steady";
        case TrendWord::not_clear:
            return "not clear";
        case TrendWord::from_nothing:
            return "from nothing";
        case TrendWord::none_on_record:
            return "none on record";
        case TrendWord::not_said:
            return "cannot be said";
    }
    return {};
}

/// Above this a percentage says less than that it is beyond.
constexpr double kMostToldPercent = 1000;

/// A log ratio as a change: `-13 %`.
std::string change(double log_ratio) {
    if (std::isinf(log_ratio)) return log_ratio > 0 ? "no upper end" : "no lower end";
    if (100 * std::expm1(log_ratio) > kMostToldPercent) return "above +1,000 %";
    return fmt::format("{:+.0f} %", 100 * std::expm1(log_ratio));
}

std::vector<Cell> row(const StrandTrend& one, const ShapeOnDay& shape) {
    const auto stock = [&](double value, const StrandCoverage& coverage) {
        if (coverage.counts()) return value > 0 ? number_cell(value) : Cell{"0", 0};
        return value > 0 ? Cell{"≥ " + shown_number(value), six_digits(value)} : Cell{"unknown"};
    };
    Cell ratio{"cannot be said"};
    if (one.log_ratio)
        ratio = {
            fmt::format("{} ({} to {})", change(*one.log_ratio), change(one.band.low), change(one.band.high)),
            six_digits(*one.log_ratio)};
    else if (one.word == TrendWord::none_on_record || one.word == TrendWord::from_nothing)
        ratio = {word_words(one.word)};
    const auto then = covered_words(one.then_covered), now = covered_words(one.now_covered);
    return {
        {shape.strand(one.strand).name},
        stock(one.then, one.then_covered),
        stock(one.now, one.now_covered),
        ratio,
        {word_words(one.word)},
        {then == now ? now : then + "; " + now}};
}

std::string sentence(const std::vector<StrandTrend>& found, const ShapeOnDay& shape) {
    std::string out;
    for (const auto word :
         {TrendWord::growing,
          TrendWord::from_nothing,
          TrendWord::waning,
          TrendWord::steady,
          TrendWord::not_clear}) {
        std::vector<std::string> names;
        for (const auto& one : found)
            if (one.word == word) names.push_back(shape.strand(one.strand).name);
        if (!names.empty())
            out += fmt::format("{}{} {}", out.empty() ? "" : "; ", listed(names), word_words(word));
    }
    if (out.empty()) return "Trend cannot be said of any strand that has a stock.";
    return fmt::format("Against the year before: {}.", out);
}

}  // namespace

Section trend_section(const ShapeOnDay& shape) {
    const auto found = trends(shape.facts.tie, shape.strands, shape.drawn_strands, shape.drawn, shape.at);
    AnswerTable table{
        "trend",
        fmt::format("Growing or waning since {}?", day_words(shape.at - shape.parameters().trend_days)),
        {{"strand", "Strand"},
         {"then", "then", true},
         {"now", "now", true},
         {"change", "change (band)", true},
         {"word", "trend"},
         {"coverage", "covered then; now", false, 1}},
        {},
        fmt::format(
            "A word only where {:.0f} of 100 draws lie beyond ±{:.0f} % (steady: within).",
            100 * shape.parameters().trend_agree,
            100 * shape.parameters().trend_change
        ),
        false};
    for (const auto& one : found) table.rows.push_back(row(one, shape));
    const auto open = [&](double Interval::*end) {
        return std::ranges::any_of(found, [&](const StrandTrend& one) {
            return one.log_ratio && std::isinf(one.band.*end);
        });
    };
    if (open(&Interval::low)) table.note += " No lower end: in some draws there is nothing now.";
    if (open(&Interval::high)) table.note += " No upper end: in some draws there was nothing then.";
    return {sentence(found, shape), {std::move(table)}};
}

}  // namespace entente::measures
