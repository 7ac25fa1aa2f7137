#include "measures/ask_side_by_side.h"

#include <gtest/gtest.h>

#include "measures/shape/test_tie.h"

namespace entente::measures {
namespace {

TEST(AskSideBySide, GivesTheAnswersOfOneByOneInTheirOrderWhateverTheThreads) {
    std::mt19937 random(7);
    test::Tie tie = test::covered();
    tie.engagements = test::random_contacts(random, 60);
    const auto facts = tie.facts();
    std::vector<QuestionToMeasure> questions;
    for (const auto* name : {"strength", "overdue", "memory", "shocks", "shape", "spells", "balance"}) {
        const auto* measure = find_measure(name);
        QuestionToMeasure one{measure, {test::day("2026-11-27"), &builtin_parameters(), {}}};
        for (const auto& choice : measure->choices) one.question.choices[choice.name] = choice.preset;
        questions.push_back(std::move(one));
    }
    questions[3].question.choices["window"] = "not a number";  // an error stands in its place
    for (const unsigned threads : {0U, 1U, 2U, 16U}) {
        const auto found = ask_side_by_side(facts, questions, threads);
        ASSERT_EQ(found.size(), questions.size());
        for (std::size_t i = 0; i < questions.size(); ++i) {
            const auto alone = questions[i].measure->ask(facts, questions[i].question);
            ASSERT_EQ(found[i].has_value(), alone.has_value()) << i;
            ASSERT_EQ(alone.has_value(), i != 3);
            if (!alone) continue;
            EXPECT_EQ(found[i]->measure, questions[i].measure->name);
            EXPECT_EQ(found[i]->headline, alone->headline);
            EXPECT_EQ(found[i]->value, alone->value);
        }
    }
    EXPECT_TRUE(ask_side_by_side(facts, {}, 2).empty());
}

}  // namespace
}  // namespace entente::measures
