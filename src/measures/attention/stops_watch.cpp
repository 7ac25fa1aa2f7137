// Stops that have no end on record, or that had not ended by then.
#include <fmt/format.h>

#include <algorithm>

#include "measures/attention/watch.h"
#include "measures/forecast/outages.h"
#include "measures/survival/interval_curve.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// Fewer ended ones say nothing of the next.
constexpr std::size_t kFewestEnded = 10;
/// From here on the share reads 100 %.
constexpr double kAll = 0.995;

std::string what_stopped(const Disruption& outage, const PairFacts& facts) {
    const auto channel =
        std::ranges::find(facts.channels, outage.channel, [](const Channel& one) { return one.evidence.id; });
    if (channel != facts.channels.end())
        return channel->short_name.empty() ? channel->name : channel->short_name;
    if (!outage.scope.empty()) return outage.scope;
    return outage.scope_class == "relationship" ? "everything" : "a family of contacts";
}

std::string who_stopped(const Disruption& outage, const PairFacts& facts) {
    if (outage.stopped_by.empty()) return "by whom is not known";
    std::vector<std::string> names;
    for (const auto& id : outage.stopped_by) names.push_back(facts.name(id));
    return fmt::format("by {}", fmt::join(names, " and "));
}

/// Codes of those who stopped it, or names where they have none here; parted by commas.
std::string codes_of(const Disruption& outage, const PairFacts& facts) {
    std::vector<std::string> codes;
    for (const auto& id : outage.stopped_by) {
        const auto code = facts.codes.find(id);
        codes.push_back(code == facts.codes.end() || code->second.empty() ? facts.name(id) : code->second);
    }
    return fmt::format("{}", fmt::join(codes, ","));
}

/// Ages at which outages of a scope ended, of all pairs, as known on the day. Too few that ended: of every scope.
Result<IntervalCurve> curve_of_like(const PairFacts& facts, const std::string& scope, Day at) {
    std::vector<Lifetime> alike, all;
    for (const auto* outage : outages_of(facts.all_disruptions)) {
        const auto lifetime = began_by(*outage, at) ? lifetime_on(*outage, at) : std::nullopt;
        if (!lifetime) continue;
        all.push_back(*lifetime);
        if (outage->scope_class == scope) alike.push_back(*lifetime);
    }
    const auto enough = static_cast<std::size_t>(std::ranges::count_if(alike, &Lifetime::ended));
    return turnbull(enough >= kFewestEnded ? alike : all);
}

/// The first whole age at which at most half still last; nothing when the curve never falls so low.
std::optional<double> half_ended(const IntervalCurve& curve) {
    double ended = 0;
    for (const auto& piece : curve.pieces) {
        ended += piece.share;
        if (ended >= 0.5 - 1e-12 && std::isfinite(piece.high)) return piece.high;
    }
    return std::nullopt;
}

std::string end_words(const Disruption& outage, const std::optional<Day>& last_said, Day at) {
    if (outage.ended) return fmt::format("it ended later, {}", outage.ended->to_words("–"));
    if (!last_said || *last_said >= at) return "no end is on record";
    return fmt::format("no end is on record, and no word after {}", day_words(*last_said));
}

Watched row_of(const Disruption& outage, const WatchedTie& tie) {
    Watched row;
    row.about = outage.evidence.id;
    row.since = *outage.began.from;
    row.records = {outage.evidence};
    const auto last_said = last_known_to_last(outage, tie.at);
    row.words = {
        {"what", what_stopped(outage, tie.facts)},
        {"by", who_stopped(outage, tie.facts)},
        {"scope", outage.scope_class.empty() ? "not stated" : outage.scope_class},
        {"end_words", end_words(outage, last_said, tie.at)}};
    row.words["began"] = outage.began.to_words("–");
    // The same as codes and dates, so that a page can say them in its own language.
    row.words["began_typed"] = outage.began.to_text();
    if (outage.ended) row.words["ended_typed"] = outage.ended->to_text();
    row.words["by_codes"] = codes_of(outage, tie.facts);
    row.words["lasted"] = range_words({tie.at - *outage.began.to, tie.at - *outage.began.from});
    row.numbers["days"] = std::round(age_on(outage, tie.at));
    row.numbers["last_said"] = last_said.value;
    const auto curve = curve_of_like(tie.facts, outage.scope_class, tie.at);
    if (!curve || curve->ended < kFewestEnded) return row;
    if (const auto half = half_ended(*curve)) row.numbers["half_of_like"] = *half;
    const auto lasting = curve->lasting(age_on(outage, tie.at));
    const double ended = 1 - (lasting.low + lasting.high) / 2;
    row.numbers["longer_than"] = ended;
    row.words["longer"] = ended < kAll ? shown_share(ended) + " of like stops" : "all like stops that ended";
    return row;
}

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto* outage : outages_of(tie.facts.disruptions)) {
        const bool known = tie.facts.tie.general_knowledge || !outage->evidence.rests_on_general_knowledge();
        if (known && between(*outage, tie.facts.tie.pair) && began_by(*outage, tie.at) &&
            !ended_by(*outage, tie.at))
            out.push_back(row_of(*outage, tie));
    }
    return out;
}

}  // namespace

Watch stops_watch() {
    return {
        "stops",
        "Which stops have not ended, as far as is known?",
        {{"what", WatchedAs::words, "the tie, a channel, or what the record says stopped"},
         {"by", WatchedAs::words, "who stopped it"},
         {"scope", WatchedAs::words, "code of the scope class: relationship, family"},
         {"began", WatchedAs::words, "as precisely as it is known"},
         {"lasted", WatchedAs::words, "days since then, a range where the beginning is not known to the day"},
         {"days", WatchedAs::number, "since the middle of its possible first days"},
         {"half_of_like", WatchedAs::number, "age at which half of like stops of all pairs had ended"},
         {"longer_than", WatchedAs::share, "of like stops that had ended at that age"},
         {"longer", WatchedAs::words, "the same in words: 62 % of like stops, all like stops that ended"},
         {"last_said", WatchedAs::day, "last day on which it is known to have lasted"},
         {"end_words", WatchedAs::words, "what is known of its end"}},
        look};
}

}  // namespace entente::measures
