#include "accounts/password.h"

#include <gtest/gtest.h>

namespace entente::accounts {
namespace {

constexpr HashCost kCheap{1, 8192};

TEST(Password, IsKeptAsArgon2idAtTheCostOfTheDesign) {
    const auto hash = hash_password("four unlike words here", HashCost{});
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *hash;
    EXPECT_TRUE(is_password(*hash, "four unlike words here"));
    EXPECT_FALSE(is_password(*hash, "four unlike words herE"));
    EXPECT_FALSE(is_password(*hash, ""));
}

TEST(Password, HasASaltOfItsOwn) {
    EXPECT_NE(*hash_password("the same password", kCheap), *hash_password("the same password", kCheap));
}

TEST(Password, AnOlderCostIsSeen) {
    const auto hash = hash_password("four unlike words here", kCheap);
    EXPECT_FALSE(is_outdated(*hash, kCheap));
    EXPECT_TRUE(is_outdated(*hash, HashCost{}));
}

TEST(Password, WhichOnesMayBe) {
    for (const char* good :
         {"four unlike words", "aaaaaaaaaaab1", "日本国防衛大臣統合幕僚監部", "just-12-long"})
        EXPECT_TRUE(check_new_password(good, "jsmith")) << good;
    for (const char* bad :
         {"",
          "eleven char",
          "aaaaaaaaaaaa",
          "abababababab",
          "Password1234",
          "QWERTYUIOP123",
          "correcthorsebatterystaple",
          "long.account.name",
          "Long_Account-Name",
          "日本国防衛大臣",
          "no text \xFF\xFF\xFF\xFF\xFF\xFF"})
        EXPECT_FALSE(check_new_password(bad, "long.account.name")) << bad;
    EXPECT_FALSE(check_new_password(std::string(513, 'a') + "b", "jsmith"));
}

}  // namespace
}  // namespace entente::accounts
