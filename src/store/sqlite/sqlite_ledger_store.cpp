#include "store/sqlite/sqlite_ledger_store.h"

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <sqlite3.h>

#include "ledger/document.h"
#include "store/sqlite/connection.h"

namespace entente::store {
namespace {

using namespace ledger;
using sqlite::Access;
using sqlite::Connection;
using sqlite::Durability;
using sqlite::Statement;

constexpr std::int64_t kApplicationId = 0x454E5431;  // "ENT1"

// Hashes stand before bytes, so that reading them never touches an entry's overflow pages.
constexpr std::array kTables{
    "CREATE TABLE entry(idx INTEGER PRIMARY KEY, hashes BLOB NOT NULL, bytes BLOB NOT NULL) STRICT",
    "CREATE TABLE batch_row(idx INTEGER NOT NULL, row INTEGER NOT NULL, hashes BLOB NOT NULL, bytes BLOB NOT "
    "NULL, PRIMARY KEY(idx,row)) STRICT, WITHOUT ROWID",
    "CREATE TABLE payload(idx INTEGER NOT NULL, row INTEGER NOT NULL, slot INTEGER NOT NULL, key INTEGER NOT "
    "NULL, box BLOB NOT NULL, PRIMARY KEY(idx,row,slot)) STRICT, WITHOUT ROWID",
    "CREATE TABLE label(digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT",
    "CREATE TABLE receipt(key TEXT PRIMARY KEY, idx INTEGER NOT NULL, body BLOB NOT NULL, mac BLOB NOT NULL) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE head(one INTEGER PRIMARY KEY CHECK(one=1), size INTEGER NOT NULL, next_key INTEGER NOT "
    "NULL) STRICT",
};

std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t unsign(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}
Hash hash_of(std::string_view bytes) {
    return Hash::from_bytes(bytes).value_or(Hash{});
}

// A connection with its statements. Not moved: the statements point to it.
class Session {
public:
    explicit Session(Connection connection) : connection_(std::move(connection)) {}
    Connection& connection() { return connection_; }
    Result<Statement*> statement(const char* sql) { return statements_.get(sql); }

private:
    Connection connection_;
    sqlite::Statements statements_{connection_};
};

/// A connection that was read from and may be again: opening one costs more than a short question. What it had read of
/// the file is let go, so that the next reader sees what the disk holds.
class IdleReader {
public:
    std::unique_ptr<Session> take() {
        const std::lock_guard lock(mutex_);
        return std::move(session_);
    }
    void give_back(std::unique_ptr<Session> session) {
        if (!session || !session->connection().execute("ROLLBACK")) return;
        sqlite3_db_release_memory(session->connection().raw());
        const std::lock_guard lock(mutex_);
        session_ = std::move(session);
    }

private:
    std::mutex mutex_;
    std::unique_ptr<Session> session_;
};

class SqliteBoxCursor final : public BoxCursor {
public:
    explicit SqliteBoxCursor(Statement statement) : statement_(std::move(statement)) {}
    const BoxRow* current() const override { return row_ ? &*row_ : nullptr; }
    Result<void> advance() override {
        row_.reset();
        ENTENTE_ASSIGN_OR_RETURN(const bool more, statement_.step());
        if (more)
            row_ = BoxRow{
                statement_.integer(0),
                statement_.integer(1),
                statement_.integer(2),
                unsign(statement_.integer(3)),
                statement_.blob(4)};
        return {};
    }

private:
    Statement statement_;
    std::optional<BoxRow> row_;
};

class SqliteLedgerStore;

class SqliteTransaction final : public LedgerTransaction {
public:
    SqliteTransaction(
        SqliteLedgerStore& store,
        std::unique_ptr<Session> session,
        std::unique_lock<std::mutex> writer,
        std::shared_ptr<IdleReader> readers = {}
    );
    ~SqliteTransaction() override;

    Result<Head> head() override {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, session_->statement("SELECT size, next_key FROM head WHERE one=1"));
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        const Head head = row ? Head{unsign(s->integer(0)), unsign(s->integer(1))} : Head{};
        s->reset();
        return head;
    }
    Result<std::string> entry_bytes(std::uint64_t index) override {
        return one_blob("SELECT bytes FROM entry WHERE idx=?1", index, {}, "entry");
    }
    Result<std::string> entry_hashes(std::uint64_t index) override {
        return one_blob("SELECT hashes FROM entry WHERE idx=?1", index, {}, "entry");
    }
    Result<std::string> row_bytes(std::uint64_t index, std::uint64_t row) override {
        return one_blob("SELECT bytes FROM batch_row WHERE idx=?1 AND row=?2", index, row, "row");
    }
    Result<std::string> row_hashes(std::uint64_t index, std::uint64_t row) override {
        return one_blob("SELECT hashes FROM batch_row WHERE idx=?1 AND row=?2", index, row, "row");
    }

    Result<void> each_entry(std::uint64_t first, const LeafVisitor& visit) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            session_->connection().prepare("SELECT idx, bytes, hashes FROM entry WHERE idx>=?1 ORDER BY idx")
        );
        s.bind(1, number(first));
        return visit_leaves(s, visit);
    }
    Result<void> each_row(std::uint64_t index, const LeafVisitor& visit) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            session_->connection().prepare(
                "SELECT row, bytes, hashes FROM batch_row WHERE idx=?1 ORDER BY row"
            )
        );
        s.bind(1, number(index));
        return visit_leaves(s, visit);
    }
    Result<std::vector<StoredBox>> boxes(std::uint64_t index, std::int64_t row) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s,
            session_->statement("SELECT slot, key, box FROM payload WHERE idx=?1 AND row=?2 ORDER BY slot")
        );
        s->bind(1, number(index)).bind(2, row);
        std::vector<StoredBox> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
            if (!more) break;
            out.push_back(
                {{index, row, static_cast<std::uint32_t>(s->integer(0)), unsign(s->integer(1))},
                 std::string(s->blob(2))}
            );
        }
        s->reset();
        return out;
    }
    Result<std::optional<StoredBox>> chunk(std::uint64_t index, std::uint64_t at) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("SELECT key, box FROM payload WHERE idx=?1 AND row=?2 AND slot=?3")
        );
        s->bind(1, number(index)).bind(2, kChunkRow).bind(3, number(at));
        ENTENTE_ASSIGN_OR_RETURN(const bool found, s->step());
        std::optional<StoredBox> out;
        if (found)
            out = StoredBox{
                {index, kChunkRow, static_cast<std::uint32_t>(at), unsign(s->integer(0))},
                std::string(s->blob(1))};
        s->reset();
        return out;
    }
    Result<std::vector<ChunkPlace>> chunk_places() override {
        std::vector<ChunkPlace> out;
        ENTENTE_RETURN_IF_ERROR(each(
            "SELECT idx, row, count(*) FROM payload WHERE row<-1 GROUP BY idx, row ORDER BY idx, row",
            [&](Statement& s) {
                out.push_back({s.integer(0), s.integer(1), unsign(s.integer(2))});
            }
        ));
        return out;
    }
    Result<std::unique_ptr<BoxCursor>> all_boxes() override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto statement,
            session_->connection().prepare(
                "SELECT idx, row, slot, key, box FROM payload WHERE row>=-1 ORDER BY idx, row, slot"
            )
        );
        auto cursor = std::make_unique<SqliteBoxCursor>(std::move(statement));
        ENTENTE_RETURN_IF_ERROR(cursor->advance());
        return cursor;
    }
    Result<std::vector<std::uint64_t>> batches() override {
        std::vector<std::uint64_t> out;
        ENTENTE_RETURN_IF_ERROR(each("SELECT DISTINCT idx FROM batch_row ORDER BY idx", [&](Statement& s) {
            out.push_back(unsign(s.integer(0)));
        }));
        return out;
    }
    Result<std::string> label(std::string_view digest) override {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, session_->statement("SELECT bytes FROM label WHERE digest=?1"));
        s->bind(1, digest);
        return first_blob(*s, "label");
    }
    Result<std::vector<std::pair<std::string, std::string>>> labels() override {
        std::vector<std::pair<std::string, std::string>> out;
        ENTENTE_RETURN_IF_ERROR(each("SELECT digest, bytes FROM label ORDER BY digest", [&](Statement& s) {
            out.emplace_back(s.text(0), s.blob(1));
        }));
        return out;
    }
    Result<std::optional<StoredCheckpoint>> latest_checkpoint() override {
        std::optional<StoredCheckpoint> out;
        ENTENTE_RETURN_IF_ERROR(each(
            "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1",
            [&](Statement& s) {
                out = StoredCheckpoint{unsign(s.integer(0)), std::string(s.text(1))};
            }
        ));
        return out;
    }
    Result<std::vector<StoredCheckpoint>> checkpoints() override {
        std::vector<StoredCheckpoint> out;
        ENTENTE_RETURN_IF_ERROR(each("SELECT size, note FROM checkpoint ORDER BY size", [&](Statement& s) {
            out.push_back({unsign(s.integer(0)), std::string(s.text(1))});
        }));
        return out;
    }
    Result<std::optional<StoredReceipt>> receipt(std::string_view key) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("SELECT idx, body, mac FROM receipt WHERE key=?1")
        );
        s->bind(1, key);
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s->step());
        std::optional<StoredReceipt> out;
        if (row) out = StoredReceipt{unsign(s->integer(0)), hash_of(s->blob(1)), hash_of(s->blob(2))};
        s->reset();
        return out;
    }
    Result<std::vector<std::pair<std::string, StoredReceipt>>> receipts() override {
        std::vector<std::pair<std::string, StoredReceipt>> out;
        ENTENTE_RETURN_IF_ERROR(each(
            "SELECT key, idx, body, mac FROM receipt ORDER BY key",
            [&](Statement& s) {
                out.emplace_back(
                    s.text(0), StoredReceipt{unsign(s.integer(1)), hash_of(s.blob(2)), hash_of(s.blob(3))}
                );
            }
        ));
        return out;
    }
    Result<std::string> layout_damage() override {
        std::map<std::string, bool> expected;
        for (const char* table : kTables) expected[table] = false;
        std::string damage;
        ENTENTE_RETURN_IF_ERROR(each(
            "SELECT sql, name FROM sqlite_schema WHERE sql IS NOT NULL",
            [&](Statement& s) {
                const auto found = expected.find(std::string(s.text(0)));
                if (found == expected.end())
                    damage = fmt::format("the database holds '{}', which is no part of a ledger", s.text(1));
                else
                    found->second = true;
            }
        ));
        for (const auto& [table, seen] : expected)
            if (!seen)
                damage =
                    "a table of the ledger is missing or was changed: " + table.substr(0, table.find('('));
        // A negative index stands before entry 0, where no reader looks.
        ENTENTE_RETURN_IF_ERROR(each("SELECT 1 FROM entry WHERE idx<0 LIMIT 1", [&](Statement&) {
            damage = "an entry is stored that stands before the first";
        }));
        // SQLite's own check finds pages that contradict each other; what they say is checked against the
        // hashes.
        ENTENTE_RETURN_IF_ERROR(each("PRAGMA quick_check(1)", [&](Statement& s) {
            if (s.text(0) != "ok") damage = "the database file is damaged: " + std::string(s.text(0));
        }));
        return damage;
    }

    Result<void> put_entry(std::uint64_t index, std::string_view bytes, std::string_view hashes) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("INSERT INTO entry(idx,hashes,bytes) VALUES(?1,?2,?3)")
        );
        return s->bind(1, number(index)).bind_blob(2, hashes).bind_blob(3, bytes).run();
    }
    Result<void> put_row(
        std::uint64_t index, std::uint64_t row, std::string_view bytes, std::string_view hashes
    ) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("INSERT INTO batch_row(idx,row,hashes,bytes) VALUES(?1,?2,?3,?4)")
        );
        return s->bind(1, number(index)).bind(2, number(row)).bind_blob(3, hashes).bind_blob(4, bytes).run();
    }
    Result<void> put_box(const StoredBox& box) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("INSERT INTO payload(idx,row,slot,key,box) VALUES(?1,?2,?3,?4,?5)")
        );
        const auto& a = box.address;
        return s->bind(1, number(a.index))
            .bind(2, a.row)
            .bind(3, std::int64_t{a.slot})
            .bind(4, number(a.key))
            .bind_blob(5, box.box)
            .run();
    }
    Result<void> put_label(std::string_view digest, std::string_view bytes) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s,
            session_->statement("INSERT INTO label(digest,bytes) VALUES(?1,?2) ON CONFLICT DO NOTHING")
        );
        return s->bind(1, digest).bind_blob(2, bytes).run();
    }
    Result<void> put_checkpoint(const StoredCheckpoint& checkpoint) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s,
            session_->statement("INSERT INTO checkpoint(size,note) VALUES(?1,?2) ON CONFLICT DO NOTHING")
        );
        return s->bind(1, number(checkpoint.size)).bind(2, checkpoint.note).run();
    }
    Result<void> put_receipt(std::string_view key, const StoredReceipt& receipt) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("INSERT INTO receipt(key,idx,body,mac) VALUES(?1,?2,?3,?4)")
        );
        return s->bind(1, key)
            .bind(2, number(receipt.index))
            .bind_blob(3, receipt.body.view())
            .bind_blob(4, receipt.mac.view())
            .run();
    }
    Result<void> put_head(const Head& head) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, session_->statement("UPDATE head SET size=?1, next_key=?2 WHERE one=1")
        );
        return s->bind(1, number(head.size)).bind(2, number(head.next_key)).run();
    }
    Result<void> commit() override;

private:
    template <class Visit>
    Result<void> each(const char* sql, Visit visit) {
        ENTENTE_ASSIGN_OR_RETURN(auto s, session_->connection().prepare(sql));
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return {};
            visit(s);
        }
    }
    static Result<void> visit_leaves(Statement& s, const LeafVisitor& visit) {
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return {};
            ENTENTE_RETURN_IF_ERROR(visit({unsign(s.integer(0)), s.blob(1), s.blob(2)}));
        }
    }
    static Result<std::string> first_blob(Statement& s, std::string_view what) {
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
        if (!row) return fail(ErrorCode::not_found, {}, fmt::format("found no {}", what));
        std::string out(s.blob(0));
        s.reset();
        return out;
    }
    Result<std::string> one_blob(
        const char* sql, std::uint64_t index, std::optional<std::uint64_t> row, std::string_view what
    ) {
        ENTENTE_ASSIGN_OR_RETURN(auto* s, session_->statement(sql));
        s->bind(1, number(index));
        if (row) s->bind(2, number(*row));
        return first_blob(*s, what);
    }

    SqliteLedgerStore& store_;
    std::unique_ptr<Session> session_;
    std::unique_lock<std::mutex> writer_;
    std::shared_ptr<IdleReader> readers_;  // of one that only reads
    bool open_ = true;
};

class SqliteLedgerStore final : public LedgerStore {
public:
    explicit SqliteLedgerStore(std::filesystem::path file) : file_(std::move(file)) {}

    Result<void> prepare() {
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::full, Access::read_write)
        );
        ENTENTE_ASSIGN_OR_RETURN(auto id, connection.prepare("PRAGMA application_id"));
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, id.step());
        const std::int64_t found = id.integer(0);
        id.reset();
        if (found == kApplicationId) {
            idle_writer_ = std::make_unique<Session>(std::move(connection));
            return {};
        }
        ENTENTE_ASSIGN_OR_RETURN(auto tables, connection.prepare("SELECT count(*) FROM sqlite_schema"));
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool counted, tables.step());
        const bool empty = tables.integer(0) == 0;
        tables.reset();
        if (found != 0 || !empty)
            return fail(ErrorCode::corrupt, file_.string(), "found a database that is no ledger");
        std::string sql = "BEGIN IMMEDIATE;";
        for (const char* table : kTables) sql += std::string(table) + ";";
        sql +=
            fmt::format("INSERT INTO head VALUES(1,0,0); PRAGMA application_id={}; COMMIT;", kApplicationId);
        ENTENTE_RETURN_IF_ERROR(connection.execute(sql));
        idle_writer_ = std::make_unique<Session>(std::move(connection));
        return {};
    }

    Result<std::unique_ptr<LedgerReader>> read() override {
        auto session = readers_->take();
        if (!session) {
            ENTENTE_ASSIGN_OR_RETURN(
                auto connection, Connection::open(file_, Durability::full, Access::read_only)
            );
            session = std::make_unique<Session>(std::move(connection));
        }
        ENTENTE_RETURN_IF_ERROR(session->connection().execute("BEGIN; SELECT 1 FROM head;"));
        return std::make_unique<SqliteTransaction>(
            *this, std::move(session), std::unique_lock<std::mutex>(), readers_
        );
    }
    Result<std::unique_ptr<LedgerTransaction>> write() override {
        std::unique_lock writer(mutex_);
        if (!idle_writer_)
            return fail(
                ErrorCode::unavailable,
                {},
                "the ledger takes no more writes after a failed one",
                "open it again"
            );
        ENTENTE_ASSIGN_OR_RETURN(auto* begin, idle_writer_->statement("BEGIN IMMEDIATE"));
        ENTENTE_RETURN_IF_ERROR(begin->run());
        return std::make_unique<SqliteTransaction>(*this, std::move(idle_writer_), std::move(writer));
    }
    void give_back(std::unique_ptr<Session> session) { idle_writer_ = std::move(session); }

private:
    std::filesystem::path file_;
    std::shared_ptr<IdleReader> readers_ = std::make_shared<IdleReader>();  // a reader may outlive the store
    std::mutex mutex_;
    std::unique_ptr<Session> idle_writer_;  // gone for good after a commit that failed
};

SqliteTransaction::SqliteTransaction(
    SqliteLedgerStore& store,
    std::unique_ptr<Session> session,
    std::unique_lock<std::mutex> writer,
    std::shared_ptr<IdleReader> readers
)
    : store_(store), session_(std::move(session)), writer_(std::move(writer)), readers_(std::move(readers)) {}

SqliteTransaction::~SqliteTransaction() {
    if (readers_) {
        readers_->give_back(std::move(session_));
        return;
    }
    if (!open_ || !session_ || !writer_.owns_lock()) return;
    // Rolled back and still usable: nothing of it reached the disk's promise.
    if (session_->connection().execute("ROLLBACK")) store_.give_back(std::move(session_));
}

Result<void> SqliteTransaction::commit() {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, session_->statement("COMMIT"));
    open_ = false;
    ENTENTE_RETURN_IF_ERROR(s->run()
    );  // on failure the connection is dropped: what the disk kept is known only after reopening
    store_.give_back(std::move(session_));
    return {};
}

}  // namespace

Result<std::unique_ptr<LedgerStore>> open_sqlite_ledger_store(const std::filesystem::path& file) {
    auto store = std::make_unique<SqliteLedgerStore>(file);
    ENTENTE_RETURN_IF_ERROR(store->prepare());
    return store;
}

}  // namespace entente::store
