#include "measures/facts.h"

#include <gtest/gtest.h>

#include "measures/test_facts.h"

namespace entente::measures {
namespace {

using test::day;

json::object with_evidence(json::object fields) {
    fields["citations"] = json::array{json::object{{"source", "s1"}, {"locator", "item 1"}}};
    fields["conflicts"] = json::array{json::object{{"field", "held"}, {"claim", "2024-09-10"}}};
    fields["general_knowledge"] = json::array{"level"};
    fields["source_id"] = "c0001";
    return fields;
}

// Reading breaks on a name that the schema does not declare, so that reading every type is the whole check.
TEST(Facts, EveryNameThatIsReadIsDeclared) {
    const json::object people{{"participations", json::array{json::object{{"actor", "usa"}}}}};
    EXPECT_NO_THROW(read_actor("r", with_evidence({})));
    EXPECT_NO_THROW(read_engagement("r", with_evidence(people)));
    EXPECT_NO_THROW(read_disruption("r", with_evidence({})));
    EXPECT_NO_THROW(read_shock("r", with_evidence({})));
    EXPECT_NO_THROW(read_channel("r", with_evidence({})));
    EXPECT_NO_THROW(read_channel_state("r", with_evidence({})));
    EXPECT_NO_THROW(read_agreement("r", with_evidence({})));
    EXPECT_NO_THROW(read_coverage("r", with_evidence({})));
    EXPECT_NO_THROW(read_source("r", with_evidence({})));
}

TEST(Facts, ReadsAnEngagement) {
    json::object content = with_evidence({{"category", "DLG"}, {"status", "completed"}, {"title", "Talks"}});
    content["held"] = test::date("2024-04").to_json();
    content["participations"] = json::array{json::object{{"actor", "usa"}}, json::object{{"actor", "chn"}}};
    content["unnamed_parties"] = domain::to_json(domain::Empty::unknown);
    const auto engagement = read_engagement("abcdefghijklmnop", content);
    EXPECT_EQ(engagement.held->to_text(), "2024-04");
    EXPECT_TRUE(names_both(engagement.actors, test::kPair));
    EXPECT_EQ(engagement.unnamed_parties.none, domain::Empty::unknown);
    EXPECT_FALSE(engagement.unnamed_parties);
    EXPECT_EQ(engagement.evidence.sources, std::vector<std::string>{"s1"});
    EXPECT_TRUE(engagement.evidence.disputed("held"));
    EXPECT_FALSE(engagement.evidence.rests_on_general_knowledge());
    EXPECT_EQ(engagement.evidence.shown_id(), "c0001");
}

TEST(Facts, AnEmptyIsNotAnAbsence) {
    const auto unknown = read_disruption("r", {{"ended", domain::to_json(domain::Empty::unknown)}});
    EXPECT_FALSE(unknown.ended);
    EXPECT_EQ(unknown.ended.none, domain::Empty::unknown);
    const auto unasked = read_disruption("abcdefghijklmnop", {});
    EXPECT_FALSE(unasked.ended);
    EXPECT_FALSE(unasked.ended.none);
    EXPECT_EQ(unasked.evidence.shown_id(), "abcdefgh");
}

TEST(Facts, OnlyWhatTookPlaceOccurred) {
    auto engagement = test::engagement("e", "2024-05");
    for (const char* status : {"completed", "closed", "ongoing"}) {
        engagement.status = status;
        EXPECT_TRUE(occurred_by(engagement, day("2024-05-01"))) << status;
        EXPECT_FALSE(occurred_by(engagement, day("2024-04-30"))) << status;
    }
    for (const auto& code : domain::Schema::builtin().list("engagement_status")->codes) {
        engagement.status = code.code;
        const bool expected = code.code == "completed" || code.code == "closed" || code.code == "ongoing";
        EXPECT_EQ(occurred(engagement), expected) << code.code;
    }
}

TEST(Facts, SidesAndShocks) {
    auto disruption = test::outage("d", "2022-08-05", "", "cause");
    EXPECT_TRUE(between(disruption, {"chn", "usa"}));
    EXPECT_FALSE(between(disruption, {"usa", "ind"}));
    disruption.side_a = {"usa", "chn"};
    disruption.side_b = {"ind"};
    EXPECT_FALSE(between(disruption, {"usa", "chn"})) << "both on one side";
    EXPECT_TRUE(touches(test::shock("s", "2022-08-02"), {"chn", "usa"}));
    EXPECT_FALSE(touches(test::shock("s", "2022-08-02"), {"chn", "ind"}));
}

TEST(Facts, WeakSources) {
    Source source;
    EXPECT_FALSE(source.weak());
    source.held_as = "original";
    source.reliability = "C";
    EXPECT_FALSE(source.weak());
    source.reliability = "D";
    EXPECT_TRUE(source.weak());
    source = {};
    source.held_as = "summary";
    EXPECT_TRUE(source.weak());
}

}  // namespace
}  // namespace entente::measures
