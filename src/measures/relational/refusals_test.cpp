#include <gtest/gtest.h>

#include <limits>

#include "measures/relational/fit.h"

namespace entente::measures::relational {
namespace {

History small() {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}};
    history.events = {{1, 0, 1}, {2, 1, 0}, {3, 0, 2}, {4, 2, 1}, {5, 0, 1}, {6, 0, 1}, {7, 1, 2}};
    return history;
}

const Model kModel{.statistics = {{Kind::inertia}}};

std::string refusal(const History& history, const Model& model = kModel) {
    const auto found = fit(history, model);
    return found ? "fitted" : found.error().field + ": " + found.error().message;
}

TEST(RelationalRefusals, LeaveGoodInputAlone) {
    EXPECT_EQ(refusal(small()), "fitted");
}

TEST(RelationalRefusals, NameTheEvent) {
    History history = small();
    history.events[2].receiver = 0, history.events[2].record = "e3";
    EXPECT_EQ(refusal(history), "events: e3: Found A with itself, expected two actors.");
    history = small(), history.events[0].sender = 7;
    EXPECT_EQ(refusal(history), "events: Found actor number 7, who is unknown: there are 3.");
    history = small(), history.events[0].weight = -1;
    EXPECT_EQ(refusal(history), "events: A to B: found a weight of -1, expected more than 0.");
    history = small(), history.events[0].time = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(refusal(history), "events: A to B: the event has no time.");
    history = small(), history.pairs_at_risk = {{0, 1}, {1, 0}, {0, 2}, {2, 1}};
    EXPECT_EQ(refusal(history), "events: B to C on 1970-01-08: not among the pairs at risk.");
    history = small(), history.events.clear();
    EXPECT_EQ(refusal(history), "events: There is no event to explain.");
}

TEST(RelationalRefusals, NameTheSamePairTwiceWithinOneTime) {
    History history = small();
    history.events.push_back({4, 2, 1});
    EXPECT_EQ(refusal(history), "events: C to B is there twice on 1970-01-05.");
    Model asked = kModel;
    asked.duplicates = true;
    EXPECT_EQ(refusal(history, asked), "fitted");
    history = small(), history.directed = false;
    history.events.push_back({4, 1, 2});
    EXPECT_EQ(refusal(history), "events: B and C is there twice on 1970-01-05.");
}

TEST(RelationalRefusals, NameActorsAndWindows) {
    History history = small();
    history.actors[1].presence = {{5, 5}};
    EXPECT_EQ(refusal(history), "actors: B is present from 5 until 5, expected an end after the beginning.");
    Model model = kModel;
    model.start = 4, model.end = 4;
    EXPECT_EQ(refusal(small(), model), "start: Found a start of 4 and an end of 4, expected start < end.");
    model = kModel, model.likelihood = Likelihood::timing;
    EXPECT_EQ(
        refusal(small(), model), "start: The timing likelihood needs a start and an end of observation."
    );
    model = kModel, model.likelihood = Likelihood::sampled, model.controls = 0;
    EXPECT_EQ(refusal(small(), model), "controls: Found 0 controls for each event, expected at least 1.");
}

TEST(RelationalRefusals, NameTheStatistic) {
    EXPECT_EQ(refusal(small(), {}), "statistics: Found none, expected at least one.");
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::inertia, -3.0}}}),
        "statistics: inertia, half-life -3 days: found a half-life of -3 days, expected more than 0."
    );
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::recency, 3.0}}}),
        "statistics: recency, half-life 3 days: this statistic does not decay."
    );
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::activity}}}),
        "statistics: activity of both has no meaning for directed events."
    );
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::inertia}, {Kind::inertia}}}),
        "statistics: inertia is there twice."
    );
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::sender_covariate, {}, Transform::identity, "wealth"}}}),
        "statistics: There is no covariate of actors named \"wealth\"."
    );
    EXPECT_EQ(
        refusal(small(), {.statistics = {{Kind::shock, {}, Transform::identity, "sale", 90}}}),
        "statistics: There is no shock of class \"sale\"."
    );
}

TEST(RelationalRefusals, NameTheCovariate) {
    History history = small();
    history.actor_covariates = {{"wealth", {{0, 1, 2}, {0, 1, 3}}, 0}};
    EXPECT_EQ(refusal(history), "wealth: B has two values from 1970-01-01 on.");
    history.actor_covariates = {{"wealth", {{0, 1, -1}}, 0}};
    EXPECT_EQ(
        refusal(history, {.statistics = {{Kind::sender_covariate, {}, Transform::log, "wealth"}}}),
        "wealth: B has the value -1; ln(1+x) needs more than -1."
    );
    history.actor_covariates = {{"wealth", {{0, 1, 2}}, {}}};
    EXPECT_EQ(
        refusal(history, {.statistics = {{Kind::covariate_sum, {}, Transform::identity, "wealth"}}}),
        "events: No event is left to explain: of 7 a covariate of their own pair is missing."
    );
}

TEST(RelationalRefusals, NameWhatIsConstantOrRepeats) {
    History history = small();
    history.actor_covariates = {{"one", {}, 1}, {"last", {{0, 2, 1}}, 0}, {"double", {{0, 2, 2}}, 0}};
    const Statistic one{Kind::sender_covariate, {}, Transform::identity, "one"};
    const Statistic last{Kind::sender_covariate, {}, Transform::identity, "last"};
    const Statistic twice{Kind::sender_covariate, {}, Transform::identity, "double"};
    EXPECT_EQ(
        refusal(history, {.statistics = {one}}),
        "sender's one: It is the same for all pairs at risk at every event."
    );
    EXPECT_EQ(
        refusal(history, {.statistics = {{Kind::inertia}, last, twice}}),
        "sender's double: It repeats sender's last."
    );
    Model timing{.statistics = {one}, .likelihood = Likelihood::timing};
    timing.start = 0, timing.end = 8;
    EXPECT_EQ(refusal(history, timing), "sender's one: It is constant over the observed time.");
}

TEST(RelationalRefusals, NameWhatSeparatesPerfectly) {
    History history = small();
    // Only B ever acts after the first event; it is the only one with the mark.
    history.events = {{1, 1, 0}, {2, 1, 2}, {3, 1, 0}, {4, 1, 2}, {5, 1, 2}};
    history.actor_covariates = {{"mark", {{0, 1, 1}}, 0}};
    const Statistic mark{Kind::sender_covariate, {}, Transform::identity, "mark"};
    const std::string why =
        "sender's mark: Every event falls on a pair whose value is the highest of all at risk, so that no "
        "finite coefficient fits best.";
    for (const auto likelihood : {Likelihood::ordinal, Likelihood::timing, Likelihood::sampled}) {
        Model model{.statistics = {mark, {Kind::reciprocity}}, .likelihood = likelihood};
        model.start = 0, model.end = 6;
        history.events[4] = {5, 1, 2};
        model.statistics = {mark};
        EXPECT_EQ(refusal(history, model), why);
    }
    // Every event repeats an earlier pair.
    history.events = {{1, 0, 1}, {2, 0, 1}, {3, 0, 1}, {4, 0, 1}};
    EXPECT_EQ(
        refusal(history),
        "inertia: Every event falls on a pair whose value is the highest of all at risk, so that no finite "
        "coefficient fits best."
    );
}

// Neither separates alone, both together do: every event falls on the pair with the greatest sum.
TEST(RelationalRefusals, NameWhatSeparatesTogether) {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}, {"D"}};
    history.pairs_at_risk = {{0, 1}, {0, 2}, {0, 3}};
    history.events = {{1, 0, 1}, {2, 0, 2}, {3, 0, 3}, {4, 0, 1}};
    history.pair_covariates = {{"left", {}, 0}, {"right", {}, 0}};
    const auto set = [&](double time, ActorIndex j, double left, double right) {
        history.pair_covariates[0].values.push_back({time, 0, j, left});
        history.pair_covariates[1].values.push_back({time, 0, j, right});
    };
    // The one that acts has (2, 2), the others (3, 0) and (0, 3).
    for (int event = 0; event < 4; ++event) {
        const auto acts = history.events[static_cast<std::size_t>(event)].receiver;
        ActorIndex other = 1;
        for (const auto& [left, right] : {std::pair{3.0, 0.0}, std::pair{0.0, 3.0}}) {
            if (other == acts) ++other;
            set(event + 0.5, other++, left, right);
        }
        set(event + 0.5, acts, 2, 2);
    }
    const Statistic left{Kind::pair_covariate, {}, Transform::identity, "left"};
    const Statistic right{Kind::pair_covariate, {}, Transform::identity, "right"};
    const auto text = refusal(history, {.statistics = {left, right}});
    EXPECT_NE(text.find("pair's "), std::string::npos) << text;
    EXPECT_NE(text.find("no limit"), std::string::npos) << text;
}

}  // namespace
}  // namespace entente::measures::relational
