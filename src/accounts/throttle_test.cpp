#include "accounts/throttle.h"

#include <gtest/gtest.h>

namespace entente::accounts {
namespace {

constexpr Instant at(std::int64_t seconds) {
    return {seconds * 1'000'000};
}

TEST(Throttle, CountsEachAddressByItself) {
    Throttle throttle(3);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(throttle.admit("a", at(i)));
    EXPECT_FALSE(throttle.admit("a", at(3)));
    EXPECT_TRUE(throttle.admit("b", at(3)));
    EXPECT_FALSE(throttle.admit("a", at(59)));
    EXPECT_TRUE(throttle.admit("a", at(60))) << "the minute is over";
}

TEST(Throttle, AFloodOfAddressesSharesOneCount) {
    Throttle throttle(3);
    std::size_t admitted = 0;
    for (int i = 0; i < 10'000; ++i) admitted += throttle.admit(std::to_string(i), at(1));
    EXPECT_EQ(admitted, 4096U + 3U);
}

}  // namespace
}  // namespace entente::accounts
