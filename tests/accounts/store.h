// A store in a folder that goes with it, and a clock that a test sets.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "accounts/accounts.h"
#include "accounts/sessions.h"
#include "base/id.h"
#include "store/sqlite/sqlite_account_store.h"

namespace entente::accounts {

/// As few bytes and passes as Argon2id takes: what it costs is tested elsewhere.
inline constexpr HashCost kCheap{1, 8192};

class SetClock final : public Clock {
public:
    Instant now() const override { return now_; }
    void pass(std::int64_t seconds) { now_.microseconds += seconds * 1'000'000; }

private:
    Instant now_{1'800'000'000'000'000};
};

class StoreTest : public testing::Test {
protected:
    ~StoreTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    std::filesystem::path file() const { return folder_ / "accounts.db"; }

    Account add(const std::string& name, Role role = Role::reader) {
        const auto made = accounts_->add({.name = name, .password = kPassword, .role = role});
        EXPECT_TRUE(made) << made.error().message;
        return made.value_or(Account{});
    }

    static constexpr const char* kPassword = "four unlike words here";

    static std::filesystem::path made_folder() {
        const auto out = std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text());
        std::filesystem::create_directories(out);
        return out;
    }

    std::filesystem::path folder_ = made_folder();
    std::unique_ptr<AccountStore> store_ = *store::open_sqlite_account_store(file());
    SetClock clock_;
    std::unique_ptr<Accounts> accounts_ = std::make_unique<Accounts>(*store_, clock_, kCheap);
    std::unique_ptr<Sessions> sessions_ = std::make_unique<Sessions>(*store_, clock_, kCheap, 100'000);
};

}  // namespace entente::accounts
