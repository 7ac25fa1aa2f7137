// Agreements in force whose last day is known.
#include "measures/attention/watch.h"

namespace entente::measures {
namespace {

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto& agreement : tie.facts.tie.agreements) {
        if (!names_both(agreement.parties, tie.facts.tie.pair) || !agreement.ended || !agreement.ended->to)
            continue;
        const Day ends = *agreement.ended->to;
        if (ends < tie.at) continue;
        if (agreement.in_force && agreement.in_force->from && *agreement.in_force->from > tie.at) continue;
        Watched row;
        row.about = agreement.evidence.id;
        row.since = tie.at;
        row.records = {agreement.evidence};
        row.words["what"] = agreement.name;
        row.numbers["ends"] = ends.value;
        row.numbers["days_left"] = ends - tie.at;
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

Watch agreements_watch() {
    return {
        "agreements",
        "Which agreements have a last day ahead?",
        {{"what", WatchedAs::words, "its name"},
         {"ends", WatchedAs::day, "its last day"},
         {"days_left", WatchedAs::number, "until then"}},
        look};
}

}  // namespace entente::measures
