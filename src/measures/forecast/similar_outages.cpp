#include "measures/forecast/similar_outages.h"

#include <algorithm>

#include "measures/interruptions.h"

namespace entente::measures {
namespace {

std::vector<std::string> shared_by(const Learnt::Case& one, const Disruption& outage, const Traits& traits) {
    std::vector<std::string> out;
    const auto same = [](const std::string& a, const std::string& b) { return !a.empty() && a == b; };
    if (of_one_pair(*one.outage, outage)) out.emplace_back("pair");
    if (same(one.traits.cause, traits.cause)) out.emplace_back("cause");
    if (same(one.traits.stopped_by, traits.stopped_by)) out.emplace_back("who");
    if (one.traits.whole == traits.whole) out.emplace_back("scope");
    if (same(one.traits.level, traits.level)) out.emplace_back("level");
    return out;
}

/// The first contact after the end of one outage, as the restart meter finds it.
const Engagement* first_back(const Disruption& outage, std::span<const Engagement> contacts, Day at) {
    InterruptionsQuestion question;
    question.pair = {outage.side_a.front(), outage.side_b.front()};
    question.window = {*outage.began.from, at};
    const auto found = find_interruptions(std::span(&outage, 1), {}, contacts, question);
    if (found.episodes.empty() || found.episodes.front().first_back.empty()) return nullptr;
    return found.episodes.front().first_back.front().engagement;
}

}  // namespace

std::vector<SimilarOutage> most_alike(
    const Learnt& learnt,
    const Disruption& outage,
    const Traits& traits,
    const PairFacts& facts,
    std::size_t most
) {
    struct Ranked {
        const Learnt::Case* of;
        std::vector<std::string> shared;
    };
    std::vector<Ranked> ranked;
    for (const auto& one : learnt.cases)
        if (one.lasted.ended()) ranked.push_back({&one, shared_by(one, outage, traits)});
    // Cases come by their beginning: of those that share as much the later one is to stay in front.
    std::ranges::reverse(ranked);
    std::ranges::stable_sort(ranked, [](const Ranked& a, const Ranked& b) {
        const bool pair_a = contains(a.shared, "pair"), pair_b = contains(b.shared, "pair");
        return pair_a != pair_b ? pair_a : a.shared.size() > b.shared.size();
    });
    std::vector<SimilarOutage> out;
    for (auto& one : ranked) {
        if (out.size() == most) break;
        const auto& lasted = one.of->lasted;
        const auto high = static_cast<std::int32_t>(lasted.high);
        out.push_back(
            {one.of->outage,
             {lasted.exact() ? high : static_cast<std::int32_t>(lasted.low) + 1, high},
             std::move(one.shared),
             first_back(*one.of->outage, facts.all_contacts, learnt.on)}
        );
    }
    return out;
}

}  // namespace entente::measures
