#include "measures/attention/rules.h"

#include <gtest/gtest.h>

namespace entente::measures {
namespace {

std::string changed(std::string_view from, std::string_view to) {
    std::string text(builtin_attention_text());
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

Error refused(const std::string& text) {
    const auto parsed = parse_attention_rules(text);
    EXPECT_FALSE(parsed);
    return parsed ? Error{} : parsed.error();
}

TEST(AttentionRules, ThatShipHaveEveryLineOfTheContract) {
    std::vector<std::string> names;
    for (const auto& rule : builtin_attention_rules().rules) names.push_back(rule.rule);
    for (const auto* name :
         {"stopped_longer_than_half",
          "channel_late",
          "contact_overdue",
          "strength_fell",
          "agreement_ends",
          "unconfirmed_soon",
          "one_carries_all",
          "sources_disagree",
          "coverage_ended"})
        EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
}

TEST(AttentionRules, EveryWatchServesARule) {
    for (const auto& watch : all_watches())
        EXPECT_NE(
            std::ranges::find(builtin_attention_rules().rules, watch.name, &AttentionRule::watches),
            builtin_attention_rules().rules.end()
        ) << watch.name;
}

TEST(AttentionRules, ThatCannotBeReadAreNamed) {
    EXPECT_EQ(refused("[]").field, "rules");
    EXPECT_EQ(
        refused(changed("\"watches\": \"stops\"", "\"watches\": \"stoppages\"")).field, "rules[0].watches"
    );
    EXPECT_EQ(refused(changed("days > half_of_like", "days > half")).field, "rules[1].when");
    EXPECT_EQ(refused(changed("days > half_of_like", "days >> 3")).field, "rules[1].when");
    EXPECT_EQ(refused(changed("days > half_of_like", "days >")).field, "rules[1].when");
    EXPECT_EQ(refused(changed("scope = 'relationship'", "scope = relationship")).field, "rules[0].when");
    EXPECT_EQ(refused(changed("scope = 'relationship'", "scope < 'relationship'")).field, "rules[0].when");
    EXPECT_EQ(refused(changed("\"severity\": 3", "\"severity\": 4")).field, "rules[0].severity");
    EXPECT_EQ(refused(changed("{lasted} days (", "{weeks} weeks (")).field, "rules[0].says");
    EXPECT_EQ(refused(changed("{lasted} days (", "{lasted days (")).field, "rules[0].says");
    EXPECT_EQ(refused(changed("\"rule\": \"stopped\"", "\"rule\": \"tie_stopped\"")).field, "rules[2].rule");
    EXPECT_EQ(refused(changed("2026-11-30", "yesterday")).field, "date");
}

TEST(AttentionRules, ThatNameAFieldSayWhichThereAre) {
    const auto error = refused(changed("days > half_of_like", "days > half"));
    EXPECT_NE(error.message.find("half_of_like"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("days > half"), std::string::npos) << error.message;
}

Condition condition(std::string field, Comparison comparison, std::variant<double, std::string> against) {
    return {std::move(field), comparison, std::move(against), false};
}

TEST(Condition, ComparesNumbersWordsAndFields) {
    Watched row;
    row.numbers = {{"days", 30}, {"half", 40}};
    row.words = {{"scope", "family"}};
    EXPECT_TRUE(condition("days", Comparison::equal, 30.0).holds(row));
    EXPECT_FALSE(condition("days", Comparison::unequal, 30.0).holds(row));
    EXPECT_TRUE(condition("days", Comparison::at_most, 30.0).holds(row));
    EXPECT_TRUE(condition("days", Comparison::at_least, 30.0).holds(row));
    EXPECT_FALSE(condition("days", Comparison::less, 30.0).holds(row));
    EXPECT_FALSE(condition("days", Comparison::more, 30.0).holds(row));
    EXPECT_TRUE(condition("scope", Comparison::equal, "family").holds(row));
    EXPECT_TRUE(condition("scope", Comparison::unequal, "event").holds(row));
    Condition fields{"days", Comparison::less, "half", true};
    EXPECT_TRUE(fields.holds(row));
}

TEST(Condition, OfWhatCannotBeSaidNeverHolds) {
    const Watched row;
    for (const auto how :
         {Comparison::equal,
          Comparison::unequal,
          Comparison::less,
          Comparison::at_most,
          Comparison::more,
          Comparison::at_least}) {
        EXPECT_FALSE(condition("days", how, 0.0).holds(row));
        EXPECT_FALSE((Condition{"days", how, "half", true}.holds(row)));
    }
    EXPECT_FALSE(condition("scope", Comparison::unequal, "event").holds(row));
}

}  // namespace
}  // namespace entente::measures
