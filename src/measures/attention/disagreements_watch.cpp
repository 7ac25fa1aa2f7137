// Fields of which two sources say different things.
#include <algorithm>

#include "domain/declaration.h"
#include "measures/attention/watch.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::string field_words(std::string_view type, const std::string& field) {
    const auto* declaration = domain::Schema::builtin().find(type);
    const auto* found = declaration ? declaration->find(field) : nullptr;
    return found ? found->label : field;
}

void add(
    std::vector<Watched>& out,
    std::string_view type,
    const Evidence& evidence,
    const std::string& what,
    const std::optional<Day>& day,
    Day at
) {
    if (!day || *day > at) return;
    for (const auto& claim : evidence.conflicts) {
        auto field = field_words(type, claim.field);
        std::ranges::transform(field, field.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        Watched row;
        row.about = evidence.id + ":" + claim.field;
        row.since = *day;
        row.records = {evidence};
        row.words = {
            {"what", what}, {"field", std::move(field)}, {"field_code", claim.field}, {"claim", claim.claim}};
        row.numbers = {{"days_ago", at - *day}};
        out.push_back(std::move(row));
    }
}

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto& one : tie.facts.tie.engagements)
        add(out,
            "engagement",
            one.evidence,
            one.title.empty() ? category_words(one.category) : one.title,
            one.held ? one.held->to : std::nullopt,
            tie.at);
    for (const auto& one : tie.facts.disruptions)
        add(out, "disruption", one.evidence, one.scope.empty() ? "a stop" : one.scope, one.began.to, tie.at);
    for (const auto& one : tie.facts.shocks)
        add(out, "shock", one.evidence, one.title.empty() ? "a shock" : one.title, one.on.to, tie.at);
    return out;
}

}  // namespace

Watch disagreements_watch() {
    return {
        "disagreements",
        "Of what do sources say different things?",
        {{"what", WatchedAs::words, "the record"},
         {"field", WatchedAs::words, "the field of it"},
         {"claim", WatchedAs::words, "what the other source says"},
         {"days_ago", WatchedAs::number, "since the day of the record"}},
        look};
}

}  // namespace entente::measures
