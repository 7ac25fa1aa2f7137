#include "store/sqlite/account_schema.h"

#include <fmt/format.h>

#include "base/random.h"

namespace entente::store::sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x454E5441;  // "ENTA"
constexpr std::size_t kSaltBytes = 32;

constexpr std::string_view kTables = R"(
CREATE TABLE account(
    key TEXT PRIMARY KEY, look TEXT NOT NULL UNIQUE, name TEXT NOT NULL, display_name TEXT NOT NULL,
    role TEXT NOT NULL, nation TEXT NOT NULL, language TEXT NOT NULL, disabled INTEGER NOT NULL,
    created INTEGER NOT NULL, last_sign_in INTEGER, password TEXT NOT NULL,
    hidden BLOB NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE) STRICT;
-- Names that were tried are kept as digests: people type passwords where the name belongs.
CREATE TABLE tries(
    hidden BLOB PRIMARY KEY, wrong INTEGER NOT NULL, lockings INTEGER NOT NULL,
    last INTEGER NOT NULL, locked_until INTEGER NOT NULL) STRICT;
CREATE INDEX tries_last ON tries(last);
CREATE TABLE session(
    token BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES account(key), began INTEGER NOT NULL,
    seen INTEGER NOT NULL, peer TEXT NOT NULL, browser TEXT NOT NULL) STRICT;
CREATE INDEX session_account ON session(account);
CREATE TABLE set_up(one INTEGER PRIMARY KEY CHECK(one=1), token BLOB NOT NULL, until INTEGER NOT NULL) STRICT;
CREATE TABLE salt(one INTEGER PRIMARY KEY CHECK(one=1), bytes BLOB NOT NULL) STRICT;
CREATE TABLE access(number INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT;
CREATE TRIGGER access_stays BEFORE UPDATE ON access
    BEGIN SELECT RAISE(ABORT,'the access log is not changed'); END;
CREATE TRIGGER access_is_kept BEFORE DELETE ON access
    BEGIN SELECT RAISE(ABORT,'the access log is kept'); END;
)";

Result<std::int64_t> first_number(Connection& connection, std::string_view sql) {
    ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare(sql));
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, s.step());
    return s.integer(0);
}

}  // namespace

Result<std::string> prepare_accounts(Connection& connection, const std::string& file) {
    ENTENTE_RETURN_IF_ERROR(connection.execute("BEGIN IMMEDIATE"));
    ENTENTE_ASSIGN_OR_RETURN(const auto id, first_number(connection, "PRAGMA application_id"));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto tables, first_number(connection, "SELECT count(*) FROM sqlite_schema")
    );
    if (id != kApplicationId) {
        if (id != 0 || tables != 0)
            return fail(ErrorCode::corrupt, file, "found a database that holds no accounts");
        ENTENTE_RETURN_IF_ERROR(connection.execute(kTables));
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("INSERT INTO salt VALUES(1,?1)"));
        s.bind_blob(1, random_bytes(kSaltBytes));
        ENTENTE_RETURN_IF_ERROR(s.run());
        ENTENTE_RETURN_IF_ERROR(connection.execute(fmt::format("PRAGMA application_id={}", kApplicationId)));
    }
    ENTENTE_RETURN_IF_ERROR(connection.execute("COMMIT"));
    ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("SELECT bytes FROM salt WHERE one=1"));
    ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
    if (!row) return fail(ErrorCode::corrupt, file, "found no salt");
    return std::string(s.blob(0));
}

}  // namespace entente::store::sqlite
