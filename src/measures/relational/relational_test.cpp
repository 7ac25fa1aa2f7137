#include "measures/relational/fit.h"

#include <gtest/gtest.h>

namespace entente::measures::relational {
namespace {

// MEASURES.md 18, 6: three actors, AB BA AB CA AC BA AB BC CB, all six pairs at risk.
History toy() {
    History history;
    history.actors = {{"A", {}}, {"B", {}}, {"C", {}}};
    double time = 0;
    for (const char* pair : {"AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB"})
        history.events.push_back(
            {++time,
             static_cast<ActorIndex>(pair[0] - 'A'),
             static_cast<ActorIndex>(pair[1] - 'A'),
             1,
             true,
             pair}
        );
    return history;
}

TEST(RelationalEvents, GiveTheWorkedFigures) {
    const auto found = fit(toy(), {.statistics = {{Kind::inertia}, {Kind::reciprocity}}});
    ASSERT_TRUE(found) << found.error().field << ": " << found.error().message;
    EXPECT_NEAR(found->coefficients[0].estimate, -2.79193159, 5e-9);
    EXPECT_NEAR(found->coefficients[1].estimate, 2.16108443, 5e-9);
    EXPECT_NEAR(found->coefficients[0].standard_error, 1.37746626, 5e-9);
    EXPECT_NEAR(found->coefficients[1].standard_error, 0.98621726, 5e-9);
    EXPECT_NEAR(found->log_likelihood, -12.28242875, 5e-9);
    EXPECT_NEAR(found->log_likelihood_null, -16.12583522, 5e-9);
}

}  // namespace
}  // namespace entente::measures::relational
