#include <sys/stat.h>

#include "store.h"

namespace entente::accounts {
namespace {

class AccountsTest : public StoreTest {};

TEST_F(AccountsTest, TheFileIsItsOwnersAlone) {
    for (const char* name : {"accounts.db", "accounts.db-wal", "accounts.db-shm"}) {
        struct stat about {};
        ASSERT_EQ(::stat((folder_ / name).c_str(), &about), 0) << name;
        EXPECT_EQ(about.st_mode & 0777U, 0600U) << name;
    }
}

TEST_F(AccountsTest, ANameIsOnePersonsInAnyCaseAndLook) {
    EXPECT_FALSE(*accounts_->any());
    add("J.Smith");
    EXPECT_TRUE(*accounts_->any());
    EXPECT_EQ(accounts_->find("j.smith")->name, "J.Smith");
    EXPECT_TRUE(AccountId::parse(accounts_->find("j.smith")->id));
    for (const char* other : {"j.smith", "J_SMITH", "j.smlth"}) {
        const auto refused = accounts_->add({.name = other, .password = kPassword});
        ASSERT_FALSE(refused) << other;
        EXPECT_EQ(refused.error().code, ErrorCode::conflict) << other;
    }
    EXPECT_EQ(accounts_->find("jsmith").error().code, ErrorCode::not_found);
}

TEST_F(AccountsTest, WhatCannotBeIsRefusedByField) {
    const auto field_of = [&](const NewAccount& wanted) { return accounts_->add(wanted).error().field; };
    EXPECT_EQ(field_of({.name = "a b", .password = kPassword}), "name");
    EXPECT_EQ(field_of({.name = "ab", .password = "short"}), "password");
    EXPECT_EQ(field_of({.name = "ab", .password = kPassword, .nation = "China"}), "nation");
    EXPECT_EQ(field_of({.name = "ab", .password = kPassword, .language = "fr fr"}), "language");
    EXPECT_EQ(field_of({.name = "ab", .password = kPassword, .display_name = "a\nb"}), "display_name");
    EXPECT_FALSE(*accounts_->any());
}

TEST_F(AccountsTest, TheLastAdministratorStays) {
    add("boss", Role::administrator);
    add("other");
    const auto code = [&](const AccountChange& change) {
        return accounts_->change("boss", change).error().code;
    };
    EXPECT_EQ(code({.role = Role::reader}), ErrorCode::conflict);
    EXPECT_EQ(code({.disabled = true}), ErrorCode::conflict);
    EXPECT_EQ(code({.nation = "CHN"}), ErrorCode::conflict);
    EXPECT_TRUE(accounts_->change("other", {.role = Role::administrator}));
    EXPECT_TRUE(accounts_->change("boss", {.disabled = true}));
    EXPECT_EQ(accounts_->change("other", {.role = Role::officer}).error().code, ErrorCode::conflict)
        << "the other one is disabled";
}

TEST_F(AccountsTest, TheFirstOneIsMadeWithATokenOnceAndInTime) {
    EXPECT_FALSE(*accounts_->awaits_set_up());
    const auto early = *accounts_->make_set_up_token(), token = *accounts_->make_set_up_token();
    EXPECT_TRUE(*accounts_->awaits_set_up());
    const NewAccount boss{.name = "boss", .password = kPassword, .nation = "CHN"};
    const auto code = [&](const std::string& with) { return accounts_->set_up(with, boss).error().code; };
    EXPECT_EQ(code(""), ErrorCode::forbidden);
    EXPECT_EQ(code(early), ErrorCode::forbidden) << "a later one was made";
    clock_.pass(3600);
    EXPECT_EQ(code(token), ErrorCode::forbidden) << "too late";
    const auto fresh = *accounts_->make_set_up_token();
    const auto made = accounts_->set_up(fresh, boss);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->role, Role::administrator);
    EXPECT_EQ(made->nation, "") << "the first one is of home";
    EXPECT_EQ(code(fresh), ErrorCode::conflict);
    EXPECT_EQ(accounts_->make_set_up_token().error().code, ErrorCode::conflict);
}

TEST_F(AccountsTest, AnotherProcessSeesWhatWasChanged) {
    add("boss", Role::administrator);
    const auto beside = *store::open_sqlite_account_store(file());
    Accounts others(*beside, clock_, kCheap);
    ASSERT_TRUE(others.add({.name = "second", .password = kPassword}));
    EXPECT_EQ(accounts_->list()->size(), 2U);
}

}  // namespace
}  // namespace entente::accounts
