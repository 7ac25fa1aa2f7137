#include "measures/relational/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/relational/check_input.h"
#include "measures/relational/controls.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/risk_sums.h"

namespace entente::measures::relational {
namespace {

/// Rank from the top, 1 the first, in the middle of its equals.
double rank_among(const std::vector<double>& scores, double own) {
    std::size_t above = 0, alike = 0;
    for (const double of : scores) {
        above += of > own ? 1 : 0;
        alike += of == own ? 1 : 0;
    }
    return static_cast<double>(above) + (static_cast<double>(alike) + 1) / 2;
}

bool within(double rank, std::size_t pairs, double share) {
    return rank <= std::ceil(share * static_cast<double>(pairs) - 1e-9);
}

}  // namespace

Result<Ranking> rank_held_out(const History& history, const Model& model, const Fit& fit, double until) {
    if (!model.end || !(until > *model.end))
        return fail(
            ErrorCode::invalid_argument,
            "until",
            "Events can be held out only after the end of the model; none was given, or it is later."
        );
    Model held_out = model;
    held_out.start = model.end, held_out.end = until;
    ENTENTE_RETURN_IF_ERROR(check_input(history, held_out));
    const auto beta = plain_coefficients(fit);
    const Timeline timeline(history, model.statistics);
    State state(history, model.statistics, timeline);
    Ranking out;
    for (const Group& group : groups_of(history, held_out, timeline)) {
        state.move_to(group.time);
        std::vector<double> scores;
        for (const auto& [i, j] : pairs_at_risk(state.risk())) scores.push_back(score(state, beta, i, j));
        for (const auto index : group.events) {
            auto [i, j] = std::pair{history.events[index].sender, history.events[index].receiver};
            if (!history.directed && i > j) std::swap(i, j);
            if (!state.risk().open(i, j)) {
                ++out.events_left_out;
                continue;
            }
            const double rank = rank_among(scores, score(state, beta, i, j));
            ++out.events;
            out.top_1 += within(rank, scores.size(), 0.01);
            out.top_5 += within(rank, scores.size(), 0.05);
            out.top_10 += within(rank, scores.size(), 0.1);
        }
    }
    if (out.events == 0)
        return fail(ErrorCode::invalid_argument, "events", "No held-out event has all its covariates.");
    for (double* share : {&out.top_1, &out.top_5, &out.top_10}) *share /= static_cast<double>(out.events);
    return out;
}

}  // namespace entente::measures::relational
