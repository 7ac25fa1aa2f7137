#include "identity/review.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "identity/test_names.h"

namespace entente::identity {
namespace {

using test::judged;
using test::mention;

ReadName read(const std::string& text, const std::string& nation = "COL") {
    return read_name(text, nation, RuleTables::builtin());
}

double score(const std::string& a, const std::string& b, const std::string& nation = "COL") {
    Rarity rarity;
    for (const char* name :
         {"Colombian National Police, Carabineros",
          "Colombian Army",
          "1st Infantry Battalion",
          "2nd Infantry Battalion",
          "Naval Academy",
          "Military Hospital",
          "Air Force",
          "Special Forces Brigade"})
        rarity.add(read(name, nation));
    const auto x = read(a, nation), y = read(b, nation);
    rarity.add(x);
    rarity.add(y);
    const double one = compare_names(x, y, rarity).total;
    EXPECT_DOUBLE_EQ(one, compare_names(y, x, rarity).total) << a << " / " << b;
    EXPECT_GE(one, 0);
    EXPECT_LE(one, 1);
    return one;
}

TEST(Score, HandMadePairsThatAreOne) {
    EXPECT_GT(score("1st Infantry Battalion", "1 INF BN"), 0.95);
    EXPECT_GT(score("First Infantry Battalion", "1st Inf. Bn."), 0.95);
    EXPECT_GT(score("Seargents Academy", "Sergeants Academy"), 0.9);
    EXPECT_GT(score("Special Forces Bde", "Brigada de Special Force"), 0.8);
    EXPECT_GT(score("Colombian National Police, Carabinero", "COLOMBIAN NATIONAL POLICE, CARABINEROS"), 0.95);
    EXPECT_GT(score("Ministry of Defence", "Minstry of Defense"), 0.95);
    EXPECT_GT(score("Joint Military War College", "JMWC"), 0.6);
    EXPECT_GT(score("Batallon 5", "5th Battalion"), 0.95);
}

TEST(Score, HandMadePairsThatAreNot) {
    EXPECT_EQ(score("1st Battalion", "2nd Battalion"), 0);
    EXPECT_EQ(score("II Corps", "III Corps"), 0);
    EXPECT_EQ(score("Military Unit A3136", "Military Unit A1257"), 0);
    EXPECT_LT(score("Naval Academy", "Naval Hospital"), 0.8);
    EXPECT_LT(score("Special Forces Brigade", "Mountain Brigade"), 0.6);
    EXPECT_LT(score("Infantry Battalion", "1st Infantry Battalion"), 0.8) << "one of them does not say which";
    EXPECT_LT(score("Army", "Navy"), 0.5);
}

TEST(Score, ExplainsItself) {
    Rarity rarity;
    const auto a = read("1st Inf Bn Alpha"), b = read("1 Infantry Battalion");
    rarity.add(a);
    rarity.add(b);
    const auto made = compare_names(a, b, rarity);
    ASSERT_EQ(made.parts.size(), 3U);
    EXPECT_EQ(made.parts[0].words, "1 = 1st, battalion = bn, inf = infantry; only one has: alpha");
    EXPECT_EQ(made.parts[2].words, "equal: 1");
    const auto other = compare_names(
        read("Military Unit A3136, Northern Operational Command"), read("Military Unit A1257"), rarity
    );
    EXPECT_EQ(other.parts[2].words, "differ: a1257 and a3136");
    EXPECT_EQ(compare_names(a, read("Battalion"), rarity).parts[2].words, "only one has: 1");
    EXPECT_NEAR(made.total, 0.7 * made.parts[0].value + 0.3 * made.parts[1].value, 1e-12);
}

// Worked by hand: MARTHA and MARHTA 0.9611, DIXON and DICKSONX 0.8133, after Winkler.
TEST(Score, JaroWinklerAsPublished) {
    EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
    EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
    EXPECT_EQ(jaro_winkler("a", ""), 0);
    EXPECT_EQ(jaro_winkler("abc", "xyz"), 0);
}

// P17: twelve forms at six places of a name never merge by themselves and never hide.
TEST(LookAlikes, NeverMergeByThemselvesAndNeverHide) {
    const std::string name = "Joint Operations Command";
    struct Form {
        const char* what;
        const char* letters[6];  // what stands in for the letter at each place
    };
    const std::size_t places[]{1, 6, 8, 12, 19, 22};  // o, O, e, i, m of "Comm", n
    const Form forms[]{
        {"Cyrillic", {"\xD0\xBE", "\xD0\x9E", "\xD0\xB5", "\xD1\x96", "\xD0\xBC", "\xD0\xBF"}},
        {"Greek", {"\xCE\xBF", "\xCE\x9F", "\xCE\xB5", "\xCE\xB9", "\xCE\xBC", "\xCE\xB7"}},
        {"full width",
         {"\xEF\xBD\x8F", "\xEF\xBC\xAF", "\xEF\xBD\x85", "\xEF\xBD\x89", "\xEF\xBD\x8D", "\xEF\xBD\x8E"}},
        {"zero width",
         {"o\xE2\x80\x8B",
          "O\xE2\x80\x8B",
          "e\xE2\x80\x8B",
          "i\xE2\x80\x8B",
          "m\xE2\x80\x8B",
          "n\xE2\x80\x8B"}},
        {"soft hyphen", {"o\xC2\xAD", "O\xC2\xAD", "e\xC2\xAD", "i\xC2\xAD", "m\xC2\xAD", "n\xC2\xAD"}},
        {"turned direction",
         {"\xE2\x80\xAEo",
          "\xE2\x80\xAEO",
          "\xE2\x80\xAE"
          "e",
          "\xE2\x80\xAEi",
          "\xE2\x80\xAEm",
          "\xE2\x80\xAEn"}},
        {"direction mark",
         {"o\xE2\x80\x8F",
          "O\xE2\x80\x8F",
          "e\xE2\x80\x8F",
          "i\xE2\x80\x8F",
          "m\xE2\x80\x8F",
          "n\xE2\x80\x8F"}},
        {"dot below", {"o\xCC\xA3", "O\xCC\xA3", "e\xCC\xA3", "i\xCC\xA3", "m\xCC\xA3", "n\xCC\xA3"}},
        {"mark that is no letter's",
         {"o\xCD\x8F\xCC\xB8", "O\xCC\xB8\xCC\xB8", "e\xCC\xB8", "i\xCC\xB8", "m\xCC\xB8", "n\xCC\xB8"}},
        {"mathematical",
         {"\xF0\x9D\x90\xA8",
          "\xF0\x9D\x90\x8E",
          "\xF0\x9D\x90\x9E",
          "\xF0\x9D\x90\xA2",
          "\xF0\x9D\x90\xA6",
          "\xF0\x9D\x90\xA7"}},
        {"superscript or circled",
         {"\xE2\x93\x9E", "\xE2\x93\x84", "\xE2\x93\x94", "\xE2\x93\x98", "\xE2\x93\x9C", "\xE2\x93\x9D"}},
        {"digit or ASCII", {"0", "0", "c", "1", "rn", "ri"}},
    };
    std::size_t tried = 0;
    for (const auto& form : forms)
        for (std::size_t place = 0; place < 6; ++place, ++tried) {
            auto other = name;
            other.replace(places[place], 1, form.letters[place]);
            ASSERT_NE(other, name);
            const MentionGraph graph({mention(name, 5), mention(other, 2)}, {}, RuleTables::builtin());
            EXPECT_NE(graph.cluster_of(0), graph.cluster_of(1)) << form.what << " at " << place;
            EXPECT_EQ(graph.mentions()[1].key.text, other);
            const auto open = find_open(graph, {"", std::nullopt, 0.8});
            const bool shown = std::any_of(open.begin(), open.end(), [&](const ReviewItem& item) {
                return item.cluster == graph.cluster_of(1) ||
                       std::any_of(item.candidates.begin(), item.candidates.end(), [&](const Candidate& c) {
                           return c.cluster == graph.cluster_of(1);
                       });
            });
            EXPECT_TRUE(shown) << form.what << " at " << place << ": " << other;
        }
    EXPECT_EQ(tried, 72U);
}

TEST(LookAlikes, KeepEveryRuleAway) {
    const MentionGraph graph(
        {mention("MOD"),
         mention("M\xD0\x9E"
                 "D"),
         mention("\xEF\xBC\xADOD"),
         mention("Ministry of Defe\xE2\x80\x8Bnse")},
        {},
        RuleTables::builtin()
    );
    for (std::uint32_t i = 1; i < 4; ++i) EXPECT_NE(graph.cluster_of(0), graph.cluster_of(i)) << i;
    EXPECT_GE(find_open(graph, {}).size(), 3U);
    const auto open = find_open(graph, {});
    EXPECT_TRUE(std::any_of(open.begin(), open.end(), [](const ReviewItem& item) {
        return item.reasons == std::vector<std::string>{"letters of several scripts (U+041E)"};
    })) << "what cannot be seen is spelled out";
    const MentionGraph twice(
        {mention("Ar\xE2\x80\x8Bmy"), mention("AR\xE2\x80\x8BMY")}, {}, RuleTables::builtin()
    );
    EXPECT_NE(twice.cluster_of(0), twice.cluster_of(1)) << "not even with each other";
}

TEST(Review, ListsAPairOnceUnderTheOneThatMattersLess) {
    const MentionGraph graph(
        {mention("Sergeants Academy", 3), mention("Seargents Academy", 50)}, {}, RuleTables::builtin()
    );
    const auto open = find_open(graph, {});
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(graph.mentions()[open[0].mention].key.text, "Sergeants Academy");
    ASSERT_EQ(open[0].candidates.size(), 1U);
    EXPECT_EQ(graph.mentions()[open[0].candidates[0].mention].key.text, "Seargents Academy");
}

TEST(Review, FindsASlipOfThePenAmongCommonWords) {
    std::vector<Mention> mentions{
        mention("MINISTRY OF DEFENSE", 50), mention("MIINISTRY OF DEFENSE"), mention("MINISTRY O FDEFENSE")};
    for (int i = 0; i < 100; ++i)
        mentions.push_back(mention("Office " + std::to_string(i) + " of the Ministry of Defense", 1));
    const MentionGraph graph(mentions, {}, RuleTables::builtin());
    const auto open = find_open(graph, {});
    ASSERT_EQ(open.size(), 2U);
    for (const auto& item : open) EXPECT_EQ(item.candidates[0].cluster, graph.cluster_of(0));
}

TEST(Review, AJudgementSettlesAPair) {
    for (const auto verdict : {Verdict::positive, Verdict::negative}) {
        const std::vector judgements{judged("Sergeants Academy", "Seargents Academy", verdict)};
        const MentionGraph graph(
            {mention("Sergeants Academy", 3), mention("Seargents Academy", 50)},
            judgements,
            RuleTables::builtin()
        );
        EXPECT_TRUE(find_open(graph, {}).empty());
        EXPECT_EQ(
            test::together(graph, "Sergeants Academy", "Seargents Academy"), verdict == Verdict::positive
        );
    }
    const std::vector unsure{judged("Sergeants Academy", "Seargents Academy", Verdict::unsure)};
    const MentionGraph graph(
        {mention("Sergeants Academy", 3), mention("Seargents Academy", 50)}, unsure, RuleTables::builtin()
    );
    ASSERT_EQ(find_open(graph, {}).size(), 1U);
    EXPECT_EQ(find_open(graph, {})[0].open.front(), Open::unsure);
}

TEST(Review, AContradictionOfPersonsIsShown) {
    const std::vector judgements{
        judged("Alpha", "Bravo", Verdict::positive),
        judged("Bravo", "Charlie", Verdict::positive),
        judged("Alpha", "Charlie", Verdict::negative)};
    const MentionGraph graph(
        {mention("Alpha"), mention("Bravo"), mention("Charlie")}, judgements, RuleTables::builtin()
    );
    const auto open = find_open(graph, {});
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].open.front(), Open::conflict);
    EXPECT_FALSE(test::together(graph, "Alpha", "Bravo"));
}

TEST(Review, NamesOfPersonsAreNeverJoinedByARule) {
    const MentionGraph graph(
        {mention("J. Smith - colonel", 1, "", Kind::person),
         mention("J. SMITH - colonel", 1, "", Kind::person)},
        {},
        RuleTables::builtin()
    );
    EXPECT_NE(graph.cluster_of(0), graph.cluster_of(1));
    EXPECT_EQ(find_open(graph, {}).size(), 1U);
}

TEST(Review, NationsAreComparedApart) {
    const MentionGraph graph(
        {mention("Naval Academy", 1, "ALB"), mention("Naval Academy", 1, "COL")}, {}, RuleTables::builtin()
    );
    EXPECT_NE(graph.cluster_of(0), graph.cluster_of(1));
    EXPECT_TRUE(find_open(graph, {}).empty());
}

}  // namespace
}  // namespace entente::identity
