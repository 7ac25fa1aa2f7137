#include <fstream>
#include <iterator>
#include <set>

#include "base/codec.h"
#include "store.h"

namespace entente::accounts {
namespace {

class SessionsTest : public StoreTest {
protected:
    SessionsTest() { add("boss", Role::administrator), add("jsmith", Role::officer); }

    std::expected<Session, Refusal> try_in(const std::string& name, const std::string& password) {
        auto outcome = sessions_->sign_in(name, password, {"192.0.2.1", "a browser"});
        EXPECT_TRUE(outcome) << outcome.error().message;
        return *std::move(outcome);
    }
    Session in(const std::string& name = "jsmith", const std::string& password = kPassword) {
        auto outcome = try_in(name, password);
        EXPECT_TRUE(outcome) << static_cast<int>(outcome.error().kind);
        return outcome.value_or(Session{});
    }
    bool goes_on(const Session& session) { return sessions_->find(session.token)->has_value(); }
    std::string all_files() const {
        std::string out;
        for (const auto& one : std::filesystem::directory_iterator(folder_)) {
            std::ifstream in(one.path(), std::ios::binary);
            out.append(std::istreambuf_iterator<char>(in), {});
        }
        return out;
    }
};

TEST_F(SessionsTest, ATokenIsWhoseItIsAndNobodyElses) {
    const auto session = in("JSmith");
    const auto found = *sessions_->find(session.token);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->account.name, "jsmith");
    EXPECT_EQ(found->csrf, session.csrf);
    EXPECT_FALSE(*sessions_->find(""));
    EXPECT_FALSE(*sessions_->find(session.csrf));
    EXPECT_FALSE(*sessions_->find(std::string(session.digest.view())));
    EXPECT_FALSE(*sessions_->find(hex(session.digest.view())));
    EXPECT_TRUE(accounts_->find("jsmith")->last_sign_in);
}

TEST_F(SessionsTest, AThousandTokensAreDistinctAndNotInTheFile) {
    std::set<std::string> tokens, csrf;
    for (int i = 0; i < 1000; ++i) {
        const auto session = in();
        tokens.insert(session.token), csrf.insert(session.csrf);
        EXPECT_EQ(from_base64url(session.token)->size(), 32U);
    }
    EXPECT_EQ(tokens.size(), 1000U);
    EXPECT_EQ(csrf.size(), 1000U);
    const auto bytes = all_files();
    std::size_t found = 0, digests = 0;
    for (const auto& token : tokens) {
        found += bytes.find(token) != std::string::npos;
        found += bytes.find(*from_base64url(token)) != std::string::npos;
        digests += bytes.find(sha256(token).view()) != std::string::npos;
    }
    for (const auto& token : csrf) found += bytes.find(token) != std::string::npos;
    EXPECT_EQ(found, 0U);
    EXPECT_EQ(digests, 1000U) << "the search finds what is there";
    EXPECT_EQ(bytes.find(kPassword), std::string::npos);
}

TEST_F(SessionsTest, WhatWasTypedAsANameIsNotKept) {
    EXPECT_FALSE(try_in("my secret typed too early", "x"));
    EXPECT_EQ(all_files().find("my secret typed"), std::string::npos);
}

TEST_F(SessionsTest, EndsIdleAfterHalfAnHourAndWhateverHappensAfterTwelve) {
    const auto idle = in();
    clock_.pass(1799);
    EXPECT_TRUE(goes_on(idle));
    clock_.pass(1799);
    EXPECT_TRUE(goes_on(idle)) << "it was used";
    clock_.pass(1800);
    EXPECT_FALSE(goes_on(idle));
    const auto busy = in();
    for (int i = 0; i < 12 * 4 - 1; ++i) {
        clock_.pass(900);
        EXPECT_TRUE(goes_on(busy)) << i;
    }
    clock_.pass(900);
    EXPECT_FALSE(goes_on(busy));
}

TEST_F(SessionsTest, EndsAtOnceWithTheRightsOfItsAccount) {
    const auto ends_with = [&](const char* what, const AccountChange& change, bool ends) {
        const auto session = in();
        ASSERT_TRUE(accounts_->change("jsmith", change)) << what;
        EXPECT_EQ(goes_on(session), !ends) << what;
    };
    ends_with("another display name", {.display_name = "Lt J. Smith"}, false);
    ends_with("the role it has", {.role = Role::officer}, false);
    ends_with("another role", {.role = Role::reader}, true);
    ends_with("another nation", {.nation = "CHN"}, true);
    ends_with("another password", {.password = kPassword}, true);
    ends_with("disabled", {.disabled = true}, true);
    EXPECT_EQ(try_in("jsmith", kPassword).error().kind, Refusal::Kind::wrong)
        << "the same words as any refusal";
    ASSERT_TRUE(accounts_->change("jsmith", {.disabled = false}));
    in();
}

TEST_F(SessionsTest, SigningOutEndsOneAndTheOthersAreListed) {
    const auto a = in(), b = in(), c = in(), elsewhere = in("boss");
    EXPECT_EQ(sessions_->of("jsmith")->size(), 3U);
    ASSERT_TRUE(sessions_->sign_out(a.digest));
    EXPECT_FALSE(goes_on(a));
    EXPECT_EQ(*sessions_->end_others("jsmith", Sessions::id_of(elsewhere.digest), b.digest), 0U) << "not his";
    EXPECT_EQ(*sessions_->end_others("jsmith", "", b.digest), 1U);
    EXPECT_TRUE(goes_on(b) && goes_on(elsewhere));
    EXPECT_FALSE(goes_on(c));
    EXPECT_EQ(*sessions_->end_others("jsmith", Sessions::id_of(b.digest), {}), 1U);
    EXPECT_FALSE(goes_on(b));
}

TEST_F(SessionsTest, AnOwnPasswordNeedsTheOldOneAndEndsTheOtherSessions) {
    const auto here = in(), there = in();
    EXPECT_FALSE(*sessions_->recognise("jsmith", "wrong", {}));
    const auto owner = *sessions_->recognise("jsmith", kPassword, {});
    ASSERT_TRUE(owner);
    EXPECT_EQ(accounts_->change_own_password(*owner, "short", here.digest).error().field, "password");
    EXPECT_TRUE(goes_on(there));
    ASSERT_TRUE(accounts_->change_own_password(*owner, "another good password", here.digest));
    EXPECT_EQ(
        accounts_->change_own_password(*owner, "a third good password", here.digest).error().code,
        ErrorCode::conflict
    ) << "the password that was looked at is no longer the one";
    EXPECT_TRUE(goes_on(here));
    EXPECT_FALSE(goes_on(there));
    in("jsmith", "another good password");
    EXPECT_FALSE(try_in("jsmith", kPassword));
}

/// Wrong passwords until the name is locked.
#define LOCK(name)                                                            \
    for (int i = 0; i < 5; ++i) {                                             \
        const auto refused = try_in(name, "wrong");                           \
        ASSERT_FALSE(refused);                                                \
        EXPECT_EQ(refused.error().kind, Refusal::Kind::wrong) << "try " << i; \
    }

TEST_F(SessionsTest, FiveWrongInARowLockForAQuarterOfAnHourAndThenLonger) {
    for (const char* name : {"jsmith", "nobody"}) {
        const bool known = std::string_view(name) == "jsmith";
        std::int64_t minutes = 15;
        for (int round = 0; round < 9; ++round) {
            LOCK(name);
            const auto refused = try_in(name, kPassword);
            ASSERT_FALSE(refused) << "right, and yet";
            EXPECT_EQ(refused.error().kind, Refusal::Kind::locked);
            EXPECT_EQ(refused.error().retry_after, minutes * 60 + 1) << name << " " << round;
            clock_.pass(minutes * 60);
            minutes = std::min<std::int64_t>(minutes * 2, 24 * 60);
        }
        if (!known) continue;
        in();
        LOCK(name);
        EXPECT_EQ(try_in(name, kPassword).error().retry_after, 901) << "the right one began it anew";
        ASSERT_TRUE(accounts_->change("jsmith", {.disabled = false}));
        in();
    }
}

TEST_F(SessionsTest, ARightOneBetweenBeginsTheCountAnew) {
    for (int i = 0; i < 20; ++i) {
        if (i % 4 == 3)
            in();
        else
            EXPECT_FALSE(try_in("jsmith", "wrong"));
    }
    in();
}

TEST_F(SessionsTest, OneAddressTriesSoOftenAMinute) {
    Sessions strict(*store_, clock_, kCheap, 3);
    const auto kind = [&](const char* peer) {
        return (*strict.sign_in("nobody" + std::to_string(clock_.now().microseconds), "x", {peer, ""}))
            .error()
            .kind;
    };
    for (int i = 0; i < 3; ++i) EXPECT_EQ(kind("192.0.2.1"), Refusal::Kind::wrong);
    EXPECT_EQ(kind("192.0.2.1"), Refusal::Kind::too_many);
    EXPECT_EQ(kind("192.0.2.2"), Refusal::Kind::wrong);
    clock_.pass(60);
    EXPECT_EQ(kind("192.0.2.1"), Refusal::Kind::wrong);
}

TEST_F(SessionsTest, ADigestIsMadeAnewWhenItsCostRises) {
    const auto before = accounts_->find("jsmith")->password;
    Sessions dearer(*store_, clock_, {2, 16384}, 100);
    ASSERT_TRUE((*dearer.sign_in("jsmith", "wrong", {})).error().kind == Refusal::Kind::wrong);
    EXPECT_EQ(accounts_->find("jsmith")->password, before);
    ASSERT_TRUE(*dearer.sign_in("jsmith", kPassword, {}));
    const auto after = accounts_->find("jsmith")->password;
    EXPECT_TRUE(after.starts_with("$argon2id$v=19$m=16,t=2,p=1$")) << after;
    EXPECT_TRUE(*dearer.sign_in("jsmith", kPassword, {}));
    EXPECT_EQ(accounts_->find("jsmith")->password, after);
}

TEST_F(SessionsTest, TokensAreComparedWhole) {
    EXPECT_TRUE(Sessions::same_token("abc", "abc"));
    for (const char* other : {"", "ab", "abcd", "abd"}) EXPECT_FALSE(Sessions::same_token("abc", other));
}

}  // namespace
}  // namespace entente::accounts
