// Channels and kinds of contact whose present gap can be judged.
#include "measures/attention/watch.h"
#include "measures/shape/overdue.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto& one : overdue(tie.facts, tie.at)) {
        const auto last = one.history.last();
        const auto age = one.history.age();
        if (!one.to_the_day || !last || !age || one.lateness == Lateness::stopped) continue;
        Watched row;
        row.about = (one.is_channel ? "channel:" : "kind:") + one.name;
        row.since = *last;
        row.records = one.history.days.rbegin()->second;
        row.words["what"] = one.is_channel ? one.name : category_words(one.name);
        if (!one.is_channel) row.words["category"] = one.name;
        row.words["of"] = one.is_channel ? "channel" : "kind";
        row.words["next"] = one.next ? "planned" : "none";
        row.numbers["last"] = last->value;
        row.numbers["days"] = static_cast<double>(*age);
        if (one.cadence) {
            row.numbers["cadence"] = static_cast<double>(*one.cadence);
            row.numbers["cadences"] = static_cast<double>(*age) / static_cast<double>(*one.cadence);
        } else if (one.chance) {
            row.numbers["chance"] = *one.chance;
        }
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

Watch contacts_due_watch() {
    return {
        "contacts_due",
        "How long ago was the last one of each kind and channel, against the usual?",
        {{"what", WatchedAs::words, "the kind or channel"},
         {"of", WatchedAs::words, "kind or channel"},
         {"last", WatchedAs::day, "last contact"},
         {"days", WatchedAs::number, "since then"},
         {"cadence", WatchedAs::number, "declared, in days"},
         {"cadences", WatchedAs::number, "days in cadences"},
         {"chance", WatchedAs::share, "of past gaps that were longer, where no cadence is declared"},
         {"next", WatchedAs::words, "planned or none"}},
        look};
}

}  // namespace entente::measures
