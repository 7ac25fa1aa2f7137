// Strands of which the record does not speak any more.
#include <fmt/format.h>

#include "measures/attention/watch.h"

namespace entente::measures {
namespace {

/// Strands that ended on one day stand in one row.
std::vector<Watched> look(const WatchedTie& tie) {
    std::map<Day, std::vector<const StrandStrength*>> by_end;
    for (const auto& strand : tie.now.strands) {
        const bool ended = strand.coverage.knowledge == StrandKnowledge::stale ||
                           strand.coverage.knowledge == StrandKnowledge::not_covered;
        if (ended && strand.coverage.until && *strand.coverage.until < tie.at)
            by_end[*strand.coverage.until].push_back(&strand);
    }
    std::vector<Watched> out;
    for (const auto& [until, strands] : by_end) {
        Watched row;
        double weight = 0;
        std::vector<std::string> names, codes;
        for (const auto* strand : strands) {
            names.push_back(tie.parameters.strands[strand->strand].name);
            codes.push_back(tie.parameters.strands[strand->strand].strand);
            weight += tie.parameters.strands[strand->strand].share;
            for (const auto& one : strand->coverage.statements) row.records.push_back(one);
        }
        row.about = fmt::format("{}", fmt::join(names, "+"));
        row.since = until;
        row.words["strands"] = fmt::format("{}", fmt::join(names, ", "));
        row.words["strand_codes"] = fmt::format("{}", fmt::join(codes, ","));
        row.numbers = {{"until", until.value}, {"days_ago", tie.at - until}, {"weight", weight}};
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

Watch coverage_watch() {
    return {
        "coverage",
        "Of which strands does the record not speak any more?",
        {{"strands", WatchedAs::words, "their names"},
         {"until", WatchedAs::day, "last day that is covered"},
         {"days_ago", WatchedAs::number, "since then"},
         {"weight", WatchedAs::share, "of what one would look at that they make"}},
        look};
}

}  // namespace entente::measures
