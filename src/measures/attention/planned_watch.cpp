// What was planned and is not known to have taken place.
#include <algorithm>
#include <array>

#include "measures/attention/watch.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// Statuses from which something may still come about, or may have without a word.
constexpr std::array<std::string_view, 5> kAhead{"proposed", "planned", "approved", "confirmed", "announced"};

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto& engagement : tie.facts.tie.engagements) {
        if (std::ranges::find(kAhead, engagement.status) == kAhead.end()) continue;
        const auto& on = engagement.planned ? engagement.planned : engagement.held;
        if (!on || !on->to || !on->from) continue;
        Watched row;
        row.about = engagement.evidence.id;
        row.records = {engagement.evidence};
        row.words["what"] = engagement.title.empty() ? category_words(engagement.category) : engagement.title;
        row.words["on"] = on->to_words("–");
        row.words["on_typed"] = on->to_text();
        if (engagement.title.empty()) row.words["category"] = engagement.category;
        row.words["status"] = engagement.status;
        // Ahead until its last possible day is over.
        const bool ahead = *on->to >= tie.at;
        const Day day = ahead ? std::max(*on->from, tie.at) : *on->to;
        row.numbers["days_until"] = day - tie.at;
        row.numbers["confirmed"] = engagement.status == "confirmed" ? 1 : 0;
        row.since = std::min(day, tie.at);
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

Watch planned_watch() {
    return {
        "planned",
        "What was planned and is not known to have taken place?",
        {{"what", WatchedAs::words, "its title, or its kind"},
         {"on", WatchedAs::words, "when it is, or was, to take place"},
         {"status", WatchedAs::words, "code: planned, announced"},
         {"days_until", WatchedAs::number, "until its first possible day; negative once its last is over"},
         {"confirmed", WatchedAs::number, "1 or 0"}},
        look};
}

}  // namespace entente::measures
