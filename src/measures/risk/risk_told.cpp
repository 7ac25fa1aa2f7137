#include "measures/risk/risk_told.h"

#include <algorithm>

#include "base/check.h"
#include "numerics/distributions.h"

namespace entente::measures::risk {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kPastDraws = 200;

ToldChances chances_of(const RiskModel& model, std::span<const DrawnRisk> draws, const Outlook& outlook) {
    auto drawn = drawn_chances(model.columns, draws, outlook);
    ToldChances out{mean_chances(drawn), {}};
    for (std::size_t h = 0; h < drawn.size(); ++h) {
        std::ranges::sort(drawn[h]);
        out.bands[h] = {numerics::sorted_quantile(drawn[h], 0.05), numerics::sorted_quantile(drawn[h], 0.95)};
    }
    return out;
}

Outlook with_shock(Outlook outlook, const SupposedShock& supposed) {
    const auto group =
        group_of(supposed.what.kind, supposed.what.initiator.empty() ? ShockSide::other : ShockSide::own);
    check(group.has_value(), "a supposed shock is of a class on the list");
    outlook.shocks.add(*group, supposed.on);
    return outlook;
}

}  // namespace

GatheredRecord gather_record(const PairFacts& facts, Day until) {
    GatheredRecord out;
    const auto& asked = facts.tie.pair;
    for (const auto& one : facts.all_disruptions)
        if (facts.tie.general_knowledge || !one.evidence.rests_on_general_knowledge() || between(one, asked))
            out.disruptions.push_back(one);
        else
            ++out.left_to_general_knowledge;
    auto pairs = interrupted_pairs(out.disruptions);
    const auto same = [&](const Pair& one) {
        return (one.a == asked.a && one.b == asked.b) || (one.a == asked.b && one.b == asked.a);
    };
    auto own = std::ranges::find_if(pairs, same);
    if (own == pairs.end()) own = pairs.insert(pairs.end(), asked);
    out.own = static_cast<std::size_t>(own - pairs.begin());
    for (const auto& pair : pairs) {
        const bool is_asked = same(pair);
        out.record.ties.push_back(timeline_of(
            pair,
            {out.disruptions,
             is_asked ? facts.tie.engagements : facts.all_contacts,
             is_asked ? facts.channels : facts.all_channels,
             facts.tie.coverage},
            until
        ));
        out.record.shocks.emplace_back(facts.all_shocks, pair);
    }
    return out;
}

Result<ToldRisk> tell_risk(
    const GatheredRecord& gathered, Day from, const std::optional<SupposedShock>& supposed
) {
    const auto& record = gathered.record;
    RiskLearnt learnt(record.ties.size());
    for (const auto& piece : record.pieces(from)) learnt.add(piece, record.shocks[piece.tie]);
    ToldRisk out;
    ENTENTE_ASSIGN_OR_RETURN(out.model, learn_risk(learnt.cells, record.ties.size(), learnt.shocks));
    out.ties_learnt_from =
        static_cast<std::size_t>(std::ranges::count_if(learnt.weeks, [](double weeks) { return weeks > 0; }));
    out.past = roll_risks(record, from, kPastDraws);
    for (std::size_t h = 0; h < out.track.size(); ++h) out.track[h] = judge_risks(out.past.forecasts, h);
    const auto outlook = outlook_of(gathered.tie(), gathered.shocks(), from);
    const auto draws = draw_risks(out.model, gathered.own, kDraws);
    out.as_it_is = chances_of(out.model, draws, outlook);
    if (supposed) out.supposed = chances_of(out.model, draws, with_shock(outlook, *supposed));
    out.all = learnt.all().chances();
    out.own = learnt.own(gathered.own).chances();
    return out;
}

}  // namespace entente::measures::risk
