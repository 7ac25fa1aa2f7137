#include "measures/forecast/restart_forecast.h"

#include <algorithm>
#include <cmath>

#include "measures/forecast/similar_outages.h"
#include "measures/interruptions.h"

namespace entente::measures {
namespace {

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kPastDraws = 500;
constexpr double kTail = (1 - kForecastLevel) / 2;

/// First use of the outage's channel after it began.
const Engagement* next_use(const Disruption& outage, std::span<const Engagement> contacts) {
    const Engagement* first = nullptr;
    for (const auto& one : contacts) {
        if (one.channel != outage.channel || !occurred(one) || !one.held || !one.held->from || !one.held->to)
            continue;
        if (*one.held->from <= *outage.began.to) continue;
        if (!first || *one.held->from < *first->held->from) first = &one;
    }
    return first;
}

/// A channel that was used again was up again, whatever nobody recorded.
void end_at_use(Disruption& outage, std::span<const Engagement> contacts) {
    if (outage.ended || outage.channel.empty() || !outage.began.to) return;
    if (const auto* use = next_use(outage, contacts)) {
        const Day first = std::min(last_known_to_last(outage, *use->held->to) + 1, *use->held->to);
        outage.ended = {{{first, *use->held->to, domain::Precision::range}}, {}};
    }
}

std::vector<Disruption> record_of(const PairFacts& facts, std::size_t& left_out) {
    std::vector<Disruption> out;
    for (const auto& one : facts.all_disruptions) {
        if (one.evidence.rests_on_general_knowledge() && !facts.tie.general_knowledge &&
            !between(one, facts.tie.pair)) {
            ++left_out;
            continue;
        }
        out.push_back(one);
        end_at_use(out.back(), facts.all_contacts);
    }
    return out;
}

/// The pair's own outages that nobody checked are told, but not learnt from.
std::vector<OutageCase> learnable(
    std::span<const OutageCase> cases, bool general_knowledge, std::size_t& left_out
) {
    std::vector<OutageCase> out;
    for (const auto& one : cases)
        if (general_knowledge || !one.outage->evidence.rests_on_general_knowledge())
            out.push_back(one);
        else
            ++left_out;
    return out;
}

bool is_asked(const Disruption& outage, const PairFacts& facts, Day at, const std::string& channel) {
    return between(outage, facts.tie.pair) && began_by(outage, at) && !ended_by(outage, at) &&
           (channel.empty() || outage.channel == channel);
}

class Teller {
public:
    Teller(const PairFacts& facts, std::span<const OutageCase> cases, Day at, const CandidateWeights& weights)
        : facts_(facts), cases_(cases), at_(at), weights_(weights) {}

    Result<OutageForecast> tell(const OutageCase& asked) const {
        OutageForecast out;
        out.outage = asked.outage;
        out.age = age_on(*asked.outage, at_);
        out.days_out = {at_ - *asked.outage->began.to, at_ - *asked.outage->began.from};
        const Day said = last_known_to_last(*asked.outage, at_);
        if (said < at_) out.last_said = said;
        for (const auto open_ends : {OpenEnds::lasting, OpenEnds::as_said}) {
            ENTENTE_ASSIGN_OR_RETURN(const auto learnt, learn(cases_, at_, asked.outage, open_ends));
            fill(out, candidates_for(learnt, *asked.outage, std::span(&asked.traits, 1), kDraws), open_ends);
            out.alike = most_alike(learnt, *asked.outage, asked.traits, facts_, 3);
            out.ended_of_pair = ended_of_pair(learnt, *asked.outage);
        }
        return out;
    }

    /// One as those of the pair were; where it has none, as any.
    Result<OutageForecast> tell_new() const {
        OutageForecast out;
        Disruption unknown;
        unknown.side_a = {facts_.tie.pair.a};
        unknown.side_b = {facts_.tie.pair.b};
        for (const auto open_ends : {OpenEnds::lasting, OpenEnds::as_said}) {
            ENTENTE_ASSIGN_OR_RETURN(const auto learnt, learn(cases_, at_, nullptr, open_ends));
            fill(
                out,
                candidates_for(learnt, unknown, as_before(learnt, unknown, out.like_own), kDraws),
                open_ends
            );
            out.ended_of_pair = ended_of_pair(learnt, unknown);
        }
        return out;
    }

private:
    static std::size_t ended_of_pair(const Learnt& learnt, const Disruption& outage) {
        return static_cast<std::size_t>(std::ranges::count_if(learnt.of_pair(outage), &Lifetime::ended));
    }

    /// What the next outage may be like: each as likely as another of what was.
    static std::vector<Traits> as_before(const Learnt& learnt, const Disruption& outage, bool& like_own) {
        std::vector<Traits> own, all;
        for (const auto& one : learnt.cases) {
            all.push_back(one.traits);
            if (of_one_pair(*one.outage, outage)) own.push_back(one.traits);
        }
        like_own = !own.empty();
        auto& out = like_own ? own : all;
        for (auto& one : out) one.earlier = std::log1p(static_cast<double>(own.size()));
        return out;
    }

    void fill(OutageForecast& out, const Candidates& candidates, OpenEnds open_ends) const {
        const bool lasting = open_ends == OpenEnds::lasting;
        const RemainingTime remaining(candidates, weights_, out.age);
        auto& chances = lasting ? out.chances_if_open_lasted : out.chances;
        for (std::size_t h = 0; h < kHorizons.size(); ++h) chances[h] = remaining.ended_within(kHorizons[h]);
        if (out.last_said) {
            const double then = age_on(*out.outage, *out.last_said);
            (lasting ? out.ended_unseen_if_open_lasted : out.ended_unseen) =
                RemainingTime(candidates, weights_, then).ended_within(out.age - then);
        }
        out.soon = remaining.quantile(kTail, kMostDays);
        out.median = remaining.quantile(0.5, kMostDays);
        out.late = remaining.quantile(1 - kTail, kMostDays);
        out.weights = weights_;
    }

    const PairFacts& facts_;
    std::span<const OutageCase> cases_;
    Day at_;
    CandidateWeights weights_;
};

}  // namespace

Result<RestartForecast> forecast_restart(const PairFacts& facts, Day at, const std::string& channel) {
    RestartForecast out;
    out.record = record_of(facts, out.left_to_general_knowledge);
    const auto all = cases_of(out.record, facts.all_channels);
    const auto cases = learnable(all, facts.tie.general_knowledge, out.left_to_general_knowledge);
    ENTENTE_ASSIGN_OR_RETURN(out.learnt, learn(cases, at, nullptr));
    out.past = roll(cases, at, kPastDraws);
    out.track = judge(out.past, at);
    const Teller teller(facts, cases, at, weights_on(out.past, at));
    for (const auto& one : all) {
        if (!is_asked(*one.outage, facts, at, channel)) continue;
        ENTENTE_ASSIGN_OR_RETURN(auto told, teller.tell(one));
        out.outages.push_back(std::move(told));
    }
    out.stopped = !out.outages.empty();
    if (!out.stopped) {
        ENTENTE_ASSIGN_OR_RETURN(auto told, teller.tell_new());
        out.outages.push_back(std::move(told));
    }
    return out;
}

}  // namespace entente::measures
