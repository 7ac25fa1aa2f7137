#include "accounts/access_log.h"

#include <fmt/format.h>

#include "base/json.h"
#include "store.h"
#include "store/sqlite/connection.h"

namespace entente::accounts {
namespace {

class AccessLogTest : public StoreTest {
protected:
    void export_of(const std::string& account) {
        ASSERT_TRUE(log_.append(
            {.account = account, .route = "listRecords", .what = "export", .detail = "csv", .status = 200}
        ));
    }
    /// As somebody does who has the file and knows SQL.
    void edit(const std::string& sql) {
        auto connection = store::sqlite::Connection::open(
            file(), store::sqlite::Durability::full, store::sqlite::Access::read_write
        );
        ASSERT_TRUE(connection);
        const auto done = connection->execute(
            "DROP TRIGGER IF EXISTS access_stays; DROP TRIGGER IF EXISTS access_is_kept;" + sql
        );
        ASSERT_TRUE(done) << done.error().message;
    }
    std::string found() {
        const auto head = log_.verify();
        return head ? "" : head.error().message;
    }

    AccessLog log_{*store_, clock_};
};

TEST_F(AccessLogTest, KeepsWhatItIsToldInOrder) {
    export_of("a");
    clock_.pass(-100);  // set back
    export_of("b");
    const auto lines = *log_.lines({});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].account, "b");
    EXPECT_EQ(lines[0].number, 2U);
    EXPECT_EQ(lines[0].at, lines[1].at) << "time does not run back";
    EXPECT_EQ(lines[1].route, "listRecords");
    EXPECT_EQ(lines[1].detail, "csv");
    EXPECT_EQ(lines[1].status, 200U);
    EXPECT_EQ(log_.lines({.account = "a"})->size(), 1U);
    EXPECT_EQ(log_.lines({.what = "denied"})->size(), 0U);
    EXPECT_EQ(log_.lines({.below = 2}).value().front().account, "a");
    EXPECT_EQ(log_.lines({.limit = 1})->size(), 1U);
    EXPECT_EQ(log_.verify()->lines, 2U);
}

TEST_F(AccessLogTest, WhatARequestBroughtAlongCannotBreakALine) {
    ASSERT_TRUE(
        log_.append({.what = "denied", .record = "a\nb\x1b[2J\xFF" + std::string(5000, 'x'), .status = 404})
    );
    const auto lines = *log_.lines({});
    EXPECT_EQ(lines[0].record.size(), 200U);
    EXPECT_TRUE(lines[0].record.starts_with("a?b?[2J?xxx")) << lines[0].record;
    EXPECT_EQ(found(), "");
}

TEST_F(AccessLogTest, AnEditedLineIsFound) {
    for (int i = 0; i < 10; ++i) export_of("a");
    EXPECT_EQ(found(), "");
    const auto head = *log_.verify();
    const auto replaced = [](const char* from, const char* by) {
        return fmt::format(
            "UPDATE access SET line=CAST(replace(CAST(line AS TEXT),'{}','{}') AS BLOB) WHERE number=4",
            from,
            by
        );
    };
    edit(replaced("\"a\"", "\"b\""));
    EXPECT_EQ(found(), "line 4 is not the one to which the next line was bound");
    edit(replaced("\"b\"", "\"a\""));
    EXPECT_EQ(found(), "") << "put back";
    edit(replaced("}", " }"));
    EXPECT_EQ(found(), "line 4 is not as it was written");
    edit(replaced(" }", "}") + "; DELETE FROM access WHERE number=7");
    EXPECT_EQ(found(), "line 7 is missing");
    edit("UPDATE access SET number=7 WHERE number=8");
    EXPECT_EQ(found(), "line 7 is not as it was written");
    edit("DELETE FROM access WHERE number>6");
    EXPECT_EQ(found(), "") << "a tail that is gone shows nowhere in the log itself";
    EXPECT_EQ(
        log_.verify(head).error().message,
        "found 6 lines, expected 10 at least: its end was cut off since the digest was kept"
    );
}

TEST_F(AccessLogTest, AKeptDigestShowsALogThatWasMadeAnew) {
    for (int i = 0; i < 3; ++i) export_of("a");
    const auto head = AccessHead::parse(log_.verify()->text());
    ASSERT_TRUE(head);
    export_of("a");
    EXPECT_TRUE(log_.verify(head)) << "it grew";
    edit("DELETE FROM access");
    for (int i = 0; i < 4; ++i) export_of("b");
    EXPECT_EQ(found(), "");
    EXPECT_EQ(
        log_.verify(head).error().message, "line 3 or one before is not what it was when its digest was kept"
    );
    for (const char* no : {"", "3", "3:", ":ab", "x:", "3:zz"}) EXPECT_FALSE(AccessHead::parse(no)) << no;
}

TEST_F(AccessLogTest, TheStoreItselfChangesNoLine) {
    export_of("a");
    auto connection = store::sqlite::Connection::open(
        file(), store::sqlite::Durability::full, store::sqlite::Access::read_write
    );
    EXPECT_FALSE(connection->execute("UPDATE access SET line=x'00'"));
    EXPECT_FALSE(connection->execute("DELETE FROM access"));
}

TEST_F(AccessLogTest, AFloodOfRefusalsToNobodyIsCounted) {
    for (int i = 0; i < 1000; ++i)
        ASSERT_TRUE(log_.append({.route = "listRecords", .what = "denied", .status = 401}));
    EXPECT_EQ(log_.verify()->lines, 60U);
    ASSERT_TRUE(log_.append({.account = "a", .what = "denied", .status = 403}));
    const auto lines = *log_.lines({.limit = 2});
    EXPECT_EQ(lines[0].account, "a") << "somebody's own line is always there";
    EXPECT_EQ(lines[1].detail, "940 more refusals to nobody signed in");
    clock_.pass(60);
    ASSERT_TRUE(log_.append({.what = "denied", .status = 401}));
    EXPECT_EQ(log_.verify()->lines, 63U);
}

TEST_F(AccessLogTest, NoFloodHidesAWrongPassword) {
    const auto refused = [&](const char* route, unsigned status) {
        ASSERT_TRUE(log_.append({.route = route, .what = "denied", .status = status}));
    };
    for (int i = 0; i < 70; ++i) refused("listRecords", 401);
    for (int i = 0; i < 70; ++i) refused("signIn", 429);
    refused("signIn", 401);
    const auto lines = *log_.lines({});
    EXPECT_EQ(lines[0].route, "signIn");
    EXPECT_EQ(lines[0].status, 401U) << "it has a line of its own";
    EXPECT_EQ(lines[1].detail, "10 more tries to sign in, put off");
}

TEST_F(AccessLogTest, WhatWasLeftOutIsCountedThoughNothingFollows) {
    for (int i = 0; i < 70; ++i)
        ASSERT_TRUE(log_.append({.route = "signIn", .what = "denied", .status = 401}));
    ASSERT_TRUE(log_.write_counted());
    EXPECT_EQ(log_.verify()->lines, 60U) << "its minute is not over";
    clock_.pass(61);
    ASSERT_TRUE(log_.write_counted());
    ASSERT_TRUE(log_.write_counted());
    EXPECT_EQ(log_.verify()->lines, 61U);
    EXPECT_EQ(log_.lines({.limit = 1})->front().detail, "10 more wrong passwords or tokens");
}

TEST_F(AccessLogTest, WhoWritesAtOnceWritesOneAfterTheOther) {
    const auto beside = *store::open_sqlite_account_store(file());
    AccessLog other(*beside, clock_);
    for (int i = 0; i < 20; ++i) {
        export_of("a");
        ASSERT_TRUE(other.append({.account = "b", .what = "export"}));
    }
    EXPECT_EQ(log_.verify()->lines, 40U);
}

}  // namespace
}  // namespace entente::accounts
