#include "accounts/account_name.h"

#include <gtest/gtest.h>

namespace entente::accounts {
namespace {

TEST(AccountName, LettersOfOneScriptMayBeOne) {
    for (const char* name : {"jsmith", "j.smith", "J-Smith_2", "Müller", "Анна", "佐藤"})
        EXPECT_TRUE(new_account_name(name)) << name;
}

TEST(AccountName, WhatCouldPassForAnotherMayNot) {
    for (const char* name :
         {"",
          "j",
          ".smith",
          "smith.",
          "j smith",
          "j/smith",
          "<b>",
          "a@b",
          "j\xE2\x80\x8Bsmith",  // zero width
          "sm\xD1\x96th",        // a Cyrillic i among Latin letters
          "\xE2\x80\xAEsmith",   // turns the direction
          "\xEF\xBD\x8Asmith",   // full width
          "smith\xFF"}) {        // no UTF-8
        const auto read = new_account_name(name);
        EXPECT_FALSE(read) << name;
        EXPECT_EQ(read ? "" : read.error().field, "name");
    }
    EXPECT_FALSE(new_account_name(std::string(65, 'a')));
    EXPECT_FALSE(new_account_name(std::string(100'000, 'a')));
}

TEST(AccountName, CaseAndFormDoNotMakeAnother) {
    const auto key = [](const char* name) { return new_account_name(name)->key; };
    EXPECT_EQ(key("J.Smith"), key("j.smith"));
    EXPECT_EQ(key("M\xC3\xBCller"), key("mu\xCC\x88ller")) << "composed or not";
    EXPECT_EQ(key("j_smith"), key("j-smith"));
    EXPECT_NE(key("jsmith"), key("j.smith"));
    EXPECT_EQ(key_of("J.SMITH"), key("j.smith"));
}

TEST(AccountName, TheSameLookIsSeen) {
    const auto latin = new_account_name("coco"),
               cyrillic = new_account_name("\xD1\x81\xD0\xBE\xD1\x81\xD0\xBE");
    ASSERT_TRUE(latin && cyrillic);
    EXPECT_NE(latin->key, cyrillic->key);
    EXPECT_EQ(latin->look, cyrillic->look);
    EXPECT_EQ(new_account_name("al")->look, new_account_name("ai")->look) << "as i and l";
}

}  // namespace
}  // namespace entente::accounts
