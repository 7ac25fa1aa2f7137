#include "identity/organisations.h"

#include <gtest/gtest.h>

namespace entente::identity {
namespace {

Named named(const std::string& text, const std::string& nation, UsedDays used = {}) {
    return read_organisation(fold_name(text), nation, used, RuleTables::builtin()).named;
}

TEST(Organisations, TheMinistryInItsSpellings) {
    for (const char* text :
         {"Ministry of Defense",
          "MINISTRY OF DEFENCE",
          "MoD",
          "MINDEF",
          "Min. of Def.",
          "Defense Ministry",
          "HQ, Ministry of Defense",
          "Ministry of Defense (MOD)",
          "Minist\xC3\xA8re de la D\xC3\xA9"
          "fense",
          "Ministerio de Defensa Nacional",
          "Minsitry of Defense",
          "Ministry of National Defence of the Republic of Albania",
          "MOD, Tirana, Albania"})
        EXPECT_EQ(named(text, "ALB"), Named::whole) << text;
    EXPECT_EQ(named("Ministry of Defense of El Salvador", "SLV"), Named::whole);
    EXPECT_EQ(named("SEDENA", "MEX"), Named::whole);
    EXPECT_EQ(named("SEDENA", "COL"), Named::nothing);
    EXPECT_EQ(named("Department of National Defense", "PHL"), Named::whole);
    EXPECT_EQ(named("Department of National Defense", "PER"), Named::nothing);
}

TEST(Organisations, WhatIsMoreThanTheMinistryIsNotTheMinistry) {
    EXPECT_EQ(named("Ministry of Defence, Engineering Directorate", "ALB"), Named::within);
    EXPECT_EQ(named("General Staff, MOD, Tirana", "ALB"), Named::within);
    EXPECT_EQ(named("Ministry of DefenseMinistry of Foreign Affairs", "ALB"), Named::several);
    EXPECT_EQ(named("Army, Navy, Ministry of Defense", "ALB"), Named::several);
    EXPECT_EQ(named("Ministry of Defense 12226", "ALB"), Named::unclear);
    EXPECT_EQ(named("Ministry of Defence Production", "PAK"), Named::another);
    EXPECT_EQ(named("Minister of Defense", "PRY"), Named::nothing);
    EXPECT_EQ(named("Slovenia Ministry of Defense", "MNE"), Named::within)
        << "another nation's name explains nothing";
    EXPECT_EQ(named("Defence Headquarters", "NGA"), Named::nothing);
}

TEST(Organisations, RulesHaveTheirTime) {
    const auto day = [](const char* text) { return *parse_iso_day(text); };
    EXPECT_EQ(named("Ministry of Defense", "JPN", {day("2010-01-01"), day("2011-01-01")}), Named::whole);
    EXPECT_EQ(
        named("Ministry of Defense", "JPN", {day("2001-01-01"), day("2011-01-01")}), Named::out_of_time
    );
    EXPECT_EQ(named("Defense Agency", "JPN", {day("2001-01-01"), day("2005-01-01")}), Named::whole);
    EXPECT_EQ(named("Defense Agency", "JPN", {day("2001-01-01"), day("2009-01-01")}), Named::out_of_time);
    EXPECT_EQ(named("Ministry of Defense", "JPN"), Named::whole) << "days that are not known set no limit";
    EXPECT_EQ(named("Ministry of Defense", "PAN"), Named::another) << "Panama has none";
}

TEST(Organisations, APatternSaysWhatItAllows) {
    const auto made = expand_pattern("ministry [national] defence (a|b c)");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size(), 4U);
    EXPECT_EQ((*made)[3], (std::vector<std::string>{"ministry", "national", "defence", "b", "c"}));
    for (const char* broken : {"", "[a]", "a (b", "a ()", "a b)", "a [b|]"})
        EXPECT_FALSE(expand_pattern(broken)) << broken;
}

TEST(Organisations, ABrokenTableNamesItsLine) {
    const auto made = RuleTables::create(
        "word,kind,means,nation,added,reason\nof,stop,,,2026-01-01,x\nbn,shrt,battalion,,2026-01-01,x\n",
        "nation,names,adjectives,seats\n",
        "rule,version,nations,since,until,kind,organisation,verdict,pattern,reason\n"
    );
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().field, "words.csv:3");
    EXPECT_NE(made.error().message.find("'shrt'"), std::string::npos);
}

}  // namespace
}  // namespace entente::identity
