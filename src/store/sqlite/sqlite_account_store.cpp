#include "store/sqlite/sqlite_account_store.h"

#include <sys/stat.h>

#include <mutex>

#include <fmt/format.h>

#include "base/check.h"
#include "store/sqlite/account_rows.h"
#include "store/sqlite/account_schema.h"

namespace entente::store {
namespace {

using accounts::AccountStore;
using sqlite::AccountTables;
using sqlite::Connection;

/// One connection, used by one after the other.
class Side {
public:
    explicit Side(Connection connection) : connection_(std::move(connection)) {}

    Result<void> within(std::string_view begin, const std::string& salt, const AccountStore::Act& act) {
        const std::lock_guard one(mutex_);
        ENTENTE_RETURN_IF_ERROR(run(begin));
        AccountTables rows(statements_, salt);
        auto done = act(rows);
        if (done) done = run("COMMIT");
        // Where this fails, too, the next BEGIN does, and says so.
        if (!done) (void)run("ROLLBACK");
        return done;
    }

private:
    Result<void> run(std::string_view sql) {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(sql));
        return s->run();
    }

    std::mutex mutex_;
    Connection connection_;
    sqlite::Statements statements_{connection_};
};

/// Whoever reads does not wait for the disk of whoever writes: each side has a connection of its own.
class SqliteAccountStore final : public AccountStore {
public:
    SqliteAccountStore(Connection writes, Connection reads, std::string salt)
        : writing_(std::move(writes)), reading_(std::move(reads)), salt_(std::move(salt)) {}

    Result<void> read(const Act& act) override { return reading_.within("BEGIN", salt_, act); }
    Result<void> write(const Act& act) override { return writing_.within("BEGIN IMMEDIATE", salt_, act); }

private:
    Side writing_, reading_;
    std::string salt_;
};

}  // namespace

Result<std::unique_ptr<AccountStore>> open_sqlite_account_store(const std::filesystem::path& file) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto writes, Connection::open(file, sqlite::Durability::full, sqlite::Access::read_write)
    );
    // Before a word is in it: what SQLite makes beside it gets the same mode.
    if (::chmod(file.c_str(), 0600) != 0)
        return fail(ErrorCode::unavailable, file.string(), "could not be kept from others");
    ENTENTE_ASSIGN_OR_RETURN(auto salt, sqlite::prepare_accounts(writes, file.string()));
    ENTENTE_ASSIGN_OR_RETURN(
        auto reads, Connection::open(file, sqlite::Durability::full, sqlite::Access::read_only)
    );
    return std::make_unique<SqliteAccountStore>(std::move(writes), std::move(reads), std::move(salt));
}

}  // namespace entente::store
