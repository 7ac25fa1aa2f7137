#include "measures/relational/term.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace entente::measures::relational {
namespace {

TEST(Term, IsReadAsTyped) {
    const auto plain = parse_term("inertia");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->kind, Kind::inertia);
    EXPECT_FALSE(plain->half_life);
    EXPECT_EQ(plain->transform, Transform::identity);
    const auto full = parse_term("reciprocity:182.5:log");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->kind, Kind::reciprocity);
    EXPECT_EQ(full->half_life, 182.5);
    EXPECT_EQ(full->transform, Transform::log);
    EXPECT_EQ(parse_term("recency:standard")->transform, Transform::standard);
}

TEST(Term, EveryNameIsAStatisticOfItsOwn) {
    std::vector<std::string> seen;
    for (const auto& name : term_names()) {
        const auto term = parse_term(name);
        ASSERT_TRUE(term) << name;
        const auto words = describe(*term);
        EXPECT_EQ(std::ranges::find(seen, words), seen.end()) << name;
        seen.push_back(words);
    }
}

TEST(Term, ThatCannotBeReadIsNamed) {
    for (const char* text :
         {"", "inert", "inertia:", "inertia:0", "inertia:-3", "inertia:1x", "inertia:nan", "recency:30"}) {
        const auto term = parse_term(text);
        ASSERT_FALSE(term) << text;
        EXPECT_EQ(term.error().field, "term");
    }
}

}  // namespace
}  // namespace entente::measures::relational
