#include "identity/clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "identity/test_names.h"

namespace entente::identity {
namespace {

// The definition taken at its word: all simple paths are walked.
std::set<std::size_t> on_simple_paths(
    std::size_t nodes,
    const std::vector<Tie>& ties,
    const std::vector<bool>& joins,
    std::uint32_t from,
    std::uint32_t to
) {
    std::set<std::size_t> out;
    std::vector<bool> visited(nodes);
    std::vector<std::size_t> path;
    const std::function<void(std::uint32_t)> walk = [&](std::uint32_t node) {
        if (node == to) {
            out.insert(path.begin(), path.end());
            return;
        }
        visited[node] = true;
        for (std::size_t i = 0; i < ties.size(); ++i) {
            if (!joins[i] || (ties[i].left != node && ties[i].right != node)) continue;
            const auto next = ties[i].left == node ? ties[i].right : ties[i].left;
            if (visited[next]) continue;
            path.push_back(i);
            walk(next);
            path.pop_back();
        }
        visited[node] = false;
    };
    walk(from);
    return out;
}

// Partition by repeated relabelling.
std::vector<std::uint32_t> connected(
    std::size_t nodes, const std::vector<Tie>& ties, const std::vector<bool>& joins
) {
    std::vector<std::uint32_t> out(nodes);
    for (std::uint32_t i = 0; i < nodes; ++i) out[i] = i;
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < ties.size(); ++i) {
            if (!joins[i]) continue;
            auto &a = out[ties[i].left], &b = out[ties[i].right];
            if (a != b) a = b = std::min(a, b), changed = true;
        }
    }
    return out;
}

std::vector<std::uint32_t> naive(std::size_t nodes, const std::vector<Tie>& ties) {
    std::vector<bool> joins(ties.size());
    for (std::size_t i = 0; i < ties.size(); ++i) joins[i] = ties[i].verdict == Verdict::positive;
    for (const bool rules_only : {true, false}) {
        auto left = joins;
        for (const auto& tie : ties) {
            if (tie.verdict != Verdict::negative || tie.left == tie.right) continue;
            for (const auto at : on_simple_paths(nodes, ties, joins, tie.left, tie.right))
                if (!rules_only || ties[at].ground == Ground::rule) left[at] = false;
        }
        joins = left;
    }
    return connected(nodes, ties, joins);
}

Tie tie(std::uint32_t a, std::uint32_t b, Verdict verdict, Ground ground = Ground::person) {
    return {a, b, verdict, ground, ""};
}
constexpr auto kYes = Verdict::positive, kNo = Verdict::negative;

TEST(Clusters, PositiveJoinsAndUnsureDoesNot) {
    const std::vector<Tie> ties{tie(0, 1, kYes), tie(1, 2, kYes), tie(2, 3, Verdict::unsure)};
    EXPECT_EQ(cluster(4, ties).cluster_of, (std::vector<std::uint32_t>{0, 0, 0, 3}));
}

TEST(Clusters, PositiveAndNegativeOnOnePairIsNegative) {
    const std::vector<Tie> ties{tie(0, 1, kYes), tie(1, 0, kNo)};
    const auto made = cluster(2, ties);
    EXPECT_EQ(made.cluster_of, (std::vector<std::uint32_t>{0, 1}));
    ASSERT_EQ(made.conflicts.size(), 1U);
    EXPECT_FALSE(made.conflicts[0].overruled);
}

TEST(Clusters, APathWhoseEndsAreHeldApartDoesNotJoin) {
    // 0 - 1 - 2, 0 is not 2; 3 hangs on 1 and stays with it.
    const std::vector<Tie> ties{tie(0, 1, kYes), tie(1, 2, kYes), tie(1, 3, kYes), tie(0, 2, kNo)};
    const auto made = cluster(4, ties);
    EXPECT_EQ(made.cluster_of, (std::vector<std::uint32_t>{0, 1, 2, 1}));
    ASSERT_EQ(made.conflicts.size(), 1U);
    EXPECT_EQ(made.conflicts[0].set_aside, (std::vector<std::size_t>{0, 1}));
}

TEST(Clusters, APersonsWordGoesBeforeARules) {
    // A person joined 0 and 1; a rule joined 1 and 2; a person parts 0 and 2.
    const std::vector<Tie> ties{tie(0, 1, kYes), tie(1, 2, kYes, Ground::rule), tie(0, 2, kNo)};
    const auto made = cluster(3, ties);
    EXPECT_EQ(made.cluster_of, (std::vector<std::uint32_t>{0, 0, 2}));
    ASSERT_EQ(made.conflicts.size(), 1U);
    EXPECT_TRUE(made.conflicts[0].overruled);
}

TEST(Clusters, AreThoseOfANaiveRecomputationWhateverTheOrder) {
    std::mt19937 random(11);
    std::size_t with_conflict = 0;
    for (int round = 0; round < 4000; ++round) {
        const std::size_t nodes = 2 + random() % 7;
        std::vector<Tie> ties;
        for (auto left = random() % 12; left > 0; --left) {
            const auto kind = random() % 10;
            ties.push_back(
                tie(static_cast<std::uint32_t>(random() % nodes),
                    static_cast<std::uint32_t>(random() % nodes),
                    kind < 6   ? kYes
                    : kind < 9 ? kNo
                               : Verdict::unsure,
                    random() % 2 ? Ground::rule : Ground::person)
            );
        }
        const auto expected = naive(nodes, ties);
        const auto made = cluster(nodes, ties);
        ASSERT_EQ(made.cluster_of, expected) << "round " << round;
        with_conflict += made.conflicts.empty() ? 0 : 1;
        for (const auto& t : ties) {
            if (t.verdict == kNo && t.left != t.right) {
                ASSERT_NE(made.cluster_of[t.left], made.cluster_of[t.right]);
            }
        }
        auto shuffled = ties;
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        const auto again = cluster(nodes, shuffled);
        ASSERT_EQ(again.cluster_of, expected);
        ASSERT_EQ(again.conflicts.size(), made.conflicts.size());
    }
    EXPECT_GT(with_conflict, 500U) << "the cases are hard enough";
}

// Merges and un-merges in any order: an un-merge is a later negative judgement or a retraction. What is
// judged is a list that only grows; what is current decides.
TEST(Clusters, MergeAndUnmergeLeaveTheOriginalsIntact) {
    using test::judged;
    const std::vector<std::string> texts{
        "Alpha Bn", "alpha bn", "Alpha Battalion", "Bravo Bn", "MOD", "Ministry of Defense"};
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<Mention> mentions;
        for (std::size_t i = 0; i < texts.size(); ++i) mentions.push_back(test::mention(texts[i], i + 1));
        std::vector<PersonJudgement> current;
        for (int step = 0; step < 12; ++step) {
            if (!current.empty() && random() % 3 == 0)
                current.erase(current.begin() + static_cast<std::ptrdiff_t>(random() % current.size()));
            else {
                const auto a = random() % texts.size(), b = random() % texts.size();
                if (a != b) current.push_back(judged(texts[a], texts[b], random() % 2 ? kYes : kNo));
            }
            const MentionGraph graph(mentions, current, RuleTables::builtin());
            auto shuffled = current;
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            auto turned = mentions;
            std::shuffle(turned.begin(), turned.end(), random);
            const MentionGraph other(turned, shuffled, RuleTables::builtin());
            ASSERT_EQ(graph.mentions().size(), texts.size());
            for (std::size_t i = 0; i < texts.size(); ++i) {
                const auto node = graph.find({Kind::organisation, "ALB", texts[i]});
                ASSERT_TRUE(node);
                EXPECT_EQ(graph.mentions()[*node].key.text, texts[i]);
                EXPECT_EQ(graph.mentions()[*node].records, i + 1);
                for (const auto& text : texts)
                    ASSERT_EQ(test::together(graph, texts[i], text), test::together(other, texts[i], text));
            }
            ASSERT_EQ(
                graph.clustering().cluster_of, naive(graph.clustering().cluster_of.size(), graph.ties())
            );
        }
        // All judgements withdrawn: as if there had never been any.
        const MentionGraph bare(mentions, {}, RuleTables::builtin());
        EXPECT_TRUE(test::together(bare, "MOD", "Ministry of Defense"));
        EXPECT_TRUE(test::together(bare, "Alpha Bn", "alpha bn"));
        EXPECT_FALSE(test::together(bare, "Alpha Bn", "Alpha Battalion")) << "no rule of the table says so";
    }
}

TEST(Clusters, AreCalledByTheirMostFrequentMention) {
    const MentionGraph graph(
        {test::mention("MOD", 3), test::mention("Ministry of Defense", 9), test::mention("MoD", 9)},
        {},
        RuleTables::builtin()
    );
    const auto members = graph.members(graph.cluster_of(0));
    ASSERT_EQ(members.size(), 3U);
    EXPECT_EQ(graph.mentions()[members[0]].key.text, "Ministry of Defense");
    EXPECT_EQ(graph.mentions()[members[1]].key.text, "MoD");
}

}  // namespace
}  // namespace entente::identity
