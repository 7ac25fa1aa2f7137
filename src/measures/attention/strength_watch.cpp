// Strength beside a year before.
#include "measures/attention/watch.h"

#include <fmt/format.h>

namespace entente::measures {
namespace {

/// A tenth, as in the trend of a strand.
constexpr double kFall = 0.9;

std::vector<Watched> look(const WatchedTie& tie) {
    const auto &now = tie.now, &then = tie.then;
    if (!now.total || !then.total) return {};
    Watched row;
    row.about = "strength";
    row.since = then.at;
    row.words["words"] = now.words;
    row.words["now"] = shown_with_band(*now.total, now.band);
    row.words["then"] = shown_with_band(*then.total, then.band);
    std::size_t fell = 0;
    for (std::size_t i = 0; i < now.drawn_totals.size(); ++i)
        fell += now.drawn_totals[i] < kFall * then.drawn_totals[i] ? 1U : 0U;
    row.numbers["fell"] = static_cast<double>(fell) / static_cast<double>(now.drawn_totals.size());
    row.numbers["strength"] = *now.total;
    return {row};
}

}  // namespace

Watch strength_watch() {
    return {
        "strength",
        "Has the tie grown weaker within a year?",
        {{"words", WatchedAs::words, "thin, moderate, strong or between"},
         {"strength", WatchedAs::number, "now"},
         {"now", WatchedAs::words, "with its band"},
         {"then", WatchedAs::words, "a year before, with its band"},
         {"fell", WatchedAs::share, "of draws in which it is lower by a tenth or more"}},
        look};
}

}  // namespace entente::measures
