#include "store/sqlite/sqlite_account_store.h"

#include <sys/stat.h>

#include <mutex>

#include <fmt/format.h>

#include "base/check.h"
#include "store/sqlite/account_rows.h"

namespace entente::store {
namespace {

using accounts::AccountStore;
using sqlite::AccountTables;
using sqlite::Connection;

class SqliteAccountStore final : public AccountStore {
public:
    SqliteAccountStore(Connection connection, std::string salt)
        : connection_(std::move(connection)), salt_(std::move(salt)) {}

    Result<void> read(const Act& act) override { return within("BEGIN", act); }
    Result<void> write(const Act& act) override { return within("BEGIN IMMEDIATE", act); }

private:
    Result<void> within(std::string_view begin, const Act& act) {
        const std::lock_guard one(mutex_);
        ENTENTE_RETURN_IF_ERROR(run(begin));
        AccountTables rows(statements_, salt_);
        auto done = act(rows);
        if (done) done = run("COMMIT");
        // What cannot be taken back either goes with the connection's next BEGIN, which then fails and says so.
        if (!done) (void)run("ROLLBACK");
        return done;
    }
    Result<void> run(std::string_view sql) {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, statements_.get(sql));
        return s->run();
    }

    std::mutex mutex_;
    Connection connection_;
    sqlite::Statements statements_{connection_};
    std::string salt_;
};

}  // namespace

Result<std::unique_ptr<AccountStore>> open_sqlite_account_store(const std::filesystem::path& file) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto connection, Connection::open(file, sqlite::Durability::full, sqlite::Access::read_write)
    );
    // Before a word is in it: what SQLite makes beside it gets the same mode.
    if (::chmod(file.c_str(), 0600) != 0)
        return fail(ErrorCode::unavailable, file.string(), "could not be kept from others");
    ENTENTE_ASSIGN_OR_RETURN(auto salt, AccountTables::prepare(connection, file.string()));
    return std::make_unique<SqliteAccountStore>(std::move(connection), std::move(salt));
}

}  // namespace entente::store
