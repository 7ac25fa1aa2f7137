#include "store/sqlite/sqlite_record_index.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/files.h"
#include "store/sqlite/batch_rows.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/content_columns.h"
#include "store/sqlite/index_pages.h"
#include "store/sqlite/index_relay.h"
#include "store/sqlite/index_search.h"
#include "store/sqlite/index_tables.h"
#include "store/sqlite/index_texts.h"
#include "store/sqlite/index_view.h"
#include "store/sqlite/index_writer.h"
#include "store/sqlite/stored_json.h"

namespace entente::store {
namespace {

namespace fs = std::filesystem;

constexpr int kLockWaitMilliseconds = 15'000;
using namespace ledger;
using sqlite::Access;
using sqlite::Connection;
using sqlite::Durability;
using sqlite::Statement;

void remove_database(const fs::path& file) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix, ignored);
}

class SqliteRecordIndex final : public RecordIndex {
public:
    SqliteRecordIndex(
        fs::path file,
        const domain::Schema& schema,
        TextReader read_text,
        std::shared_ptr<sqlite::IndexMemory> memory
    )
        : file_(std::move(file)),
          schema_(schema),
          read_text_(std::move(read_text)),
          memory_(std::move(memory)) {}

    // Under a lock of its own: two commands that find no index must not make it, or throw it away, at once.
    Result<void> prepare() {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto lock, FileLock::acquire(file_.string() + ".lock", kLockWaitMilliseconds)
        );
        auto opened = open_existing();
        if (opened && *opened) return {};
        if (!opened && opened.error().code != ErrorCode::corrupt) return std::unexpected(opened.error());
        return make_anew();
    }

    Result<std::uint64_t> applied() override {
        ENTENTE_ASSIGN_OR_RETURN(const auto text, state("applied"));
        std::uint64_t size = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
            return fail(ErrorCode::corrupt, "index", "found no number of applied entries", "entente rebuild");
        return size;
    }

    Result<std::uint64_t> catch_up(LedgerStore& store, Vault& vault) override {
        {
            ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
            ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
            ENTENTE_ASSIGN_OR_RETURN(const auto seen, applied());
            ENTENTE_ASSIGN_OR_RETURN(const bool same, is_of(*reader, head, seen));
            if (same && seen == head.size) return seen;
        }
        return apply(store, vault, false);
    }

    Result<std::uint64_t> rebuild(LedgerStore& store, Vault& vault) override {
        return apply(store, vault, true);
    }

    Result<std::unique_ptr<BatchRows>> take_rows(const std::string& label) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::rebuild, Access::read_write)
        );
        return sqlite::make_batch_rows(std::move(connection), schema_, label);
    }

    Result<void> clear() override {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto lock, FileLock::acquire(file_.string() + ".lock", kLockWaitMilliseconds)
        );
        connection_.reset();
        // Another process may have mended it meanwhile.
        auto opened = open_existing();
        if (opened && *opened && is_sound()) return {};
        return make_anew();
    }

    Result<std::uint64_t> each_revision(
        const std::vector<std::string>& types,
        std::uint64_t behind,
        const std::function<Result<void>(std::uint64_t place, const Revision&)>& visit
    ) override {
        ENTENTE_RETURN_IF_ERROR(connection_->execute("BEGIN"));
        sqlite::TextsByNumber texts;
        check(texts.add_functions(connection_->raw()), "SQLite takes a function");
        auto done = visit_revisions(types, behind, visit);
        texts.remove_functions();
        ENTENTE_RETURN_IF_ERROR(connection_->execute("COMMIT"));
        return done;
    }

    Result<std::unique_ptr<RecordView>> read(
        const policy::AuthzContext& context, std::optional<std::uint64_t> as_of
    ) override {
        ENTENTE_ASSIGN_OR_RETURN(const auto size, applied());
        if (as_of && *as_of > size)
            return fail(
                ErrorCode::invalid_argument,
                "as_of",
                fmt::format("found {}, expected at most {}, the size of the record", *as_of, size)
            );
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::rebuild, Access::read_only)
        );
        return sqlite::make_index_view(
            std::move(connection), schema_, context, as_of.value_or(size), memory_
        );
    }

    Result<std::string> dump() override {
        ENTENTE_RETURN_IF_ERROR(connection_->execute("BEGIN"));
        auto out = dump_tables();
        ENTENTE_RETURN_IF_ERROR(connection_->execute("COMMIT"));
        return out;
    }

private:
    bool is_sound() {
        auto check = connection_->prepare("PRAGMA quick_check(1)");
        if (!check) return false;
        const auto row = check->step();
        return row && *row && check->text(0) == "ok" && applied();
    }

    Result<void> make_anew() {
        connection_.reset();
        remove_database(file_);
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::rebuild, Access::read_write)
        );
        std::string sql = "BEGIN;";
        for (const auto& table : sqlite::index_tables(schema_)) sql += table + ";";
        for (const auto& view : sqlite::index_views(schema_)) sql += view + ";";
        sql += fmt::format(
            "INSERT INTO state VALUES('applied','0'),('last',''),('schema','{}'); COMMIT;",
            sqlite::fingerprint(schema_)
        );
        ENTENTE_RETURN_IF_ERROR(connection.execute(sql));
        connection_.emplace(std::move(connection));
        return {};
    }

    Result<std::string> dump_tables() {
        ENTENTE_ASSIGN_OR_RETURN(const auto tables, table_names());
        std::string out;
        for (const auto& table : tables) ENTENTE_RETURN_IF_ERROR(dump_table(table, out));
        ENTENTE_ASSIGN_OR_RETURN(const auto words, sqlite::dump_search(*connection_));
        return out + words;
    }

    // False: there is no usable file. Errors  unavailable · corrupt
    Result<bool> open_existing() {
        if (!fs::exists(file_)) return false;
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::rebuild, Access::read_write)
        );
        ENTENTE_ASSIGN_OR_RETURN(
            auto tables, connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name='state'")
        );
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool counted, tables.step());
        if (tables.integer(0) != 1) return false;
        tables.reset();
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("SELECT value FROM state WHERE name='schema'"));
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
        if (!row || s.text(0) != sqlite::fingerprint(schema_)) return false;
        s.reset();
        connection_.emplace(std::move(connection));
        return true;
    }

    Result<std::string> state(const char* name) {
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection_->prepare("SELECT value FROM state WHERE name=?1"));
        s.bind(1, std::string_view(name));
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
        return row ? std::string(s.text(0)) : std::string();
    }

    Result<std::uint64_t> visit_revisions(
        const std::vector<std::string>& types,
        std::uint64_t behind,
        const std::function<Result<void>(std::uint64_t place, const Revision&)>& visit
    ) {
        ENTENTE_ASSIGN_OR_RETURN(const auto entries, applied());
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            connection_->prepare(
                "SELECT r.rev,r.rec,t.text,r.kind,r.idx,r.row,r.lists,r.content,l.digest FROM revision AS r "
                "JOIN text AS t ON t.id=r.type JOIN label AS l ON l.id=r.label WHERE r.rev>?1 ORDER BY r.rev"
            )
        );
        sqlite::ContentReader contents(
            [&](const std::string& sql) { return connection_->prepare(sql); },
            sqlite::ContentReader::From::tables
        );
        s.bind(1, static_cast<std::int64_t>(behind));
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return entries;
            const std::string_view type_name = s.text(2);
            const auto* type = schema_.find(type_name);
            if (!type || std::ranges::find(types, type_name) == types.end()) continue;
            Revision out;
            out.rec = s.text(1), out.type = s.text(2), out.kind = s.text(3), out.label = s.text(8);
            out.index = static_cast<std::uint64_t>(s.integer(4)), out.row = s.integer(5);
            if (s.is_null(7)) {
                ENTENTE_ASSIGN_OR_RETURN(
                    out.content, contents.read(*type, s.integer(0), static_cast<std::uint64_t>(s.integer(6)))
                );
            } else {
                ENTENTE_ASSIGN_OR_RETURN(out.content, stored_object(s.text(7)));
            }
            ENTENTE_RETURN_IF_ERROR(visit(static_cast<std::uint64_t>(s.integer(0)), out));
        }
    }

    // Whether what was applied is a beginning of this log.
    Result<bool> is_of(LedgerReader& reader, const Head& head, std::uint64_t seen) {
        if (seen == 0) return true;
        if (seen > head.size) return false;
        ENTENTE_ASSIGN_OR_RETURN(const auto last, state("last"));
        ENTENTE_ASSIGN_OR_RETURN(const auto hashes, reader.entry_hashes(seen - 1));
        return last == hex(hashes);
    }

    // Under the write lock of the index, with a read of the ledger begun after it was taken: whatever another
    // process applied meanwhile is in that read.
    Result<std::uint64_t> apply(LedgerStore& store, Vault& vault, bool from_the_start) {
        // Ids and handles are random: their trees are written all over, and should not be read again for
        // each.
        ENTENTE_RETURN_IF_ERROR(connection_->execute("PRAGMA cache_size=-64000"));
        auto done = apply_in_transaction(store, vault, from_the_start);
        ENTENTE_RETURN_IF_ERROR(connection_->execute("PRAGMA cache_size=-16000"));
        return done;
    }

    Result<std::uint64_t> apply_in_transaction(LedgerStore& store, Vault& vault, bool from_the_start) {
        ENTENTE_RETURN_IF_ERROR(connection_->execute("BEGIN IMMEDIATE"));
        auto done = apply_locked(store, vault, from_the_start);
        if (done)
            if (auto committed = connection_->execute("COMMIT"); !committed)
                done = std::unexpected(committed.error());
        if (!done) (void)connection_->execute("ROLLBACK");
        return done;
    }

    Result<std::uint64_t> apply_locked(LedgerStore& store, Vault& vault, bool from_the_start) {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
        ENTENTE_ASSIGN_OR_RETURN(auto from, applied());
        ENTENTE_ASSIGN_OR_RETURN(const bool same, is_of(*reader, head, from));
        if (from_the_start || !same) {
            ENTENTE_RETURN_IF_ERROR(empty_tables());
            from = 0;
        }
        sqlite::IndexWriter writer(*connection_, schema_);
        sqlite::IndexRelay relay(writer);
        RevisionVisitor visitor;
        visitor.revision = [&](Revision revision) -> Result<void> {
            ENTENTE_RETURN_IF_ERROR(sqlite::attach_text(revision, *reader, vault, read_text_));
            return relay.put(std::move(revision));
        };
        visitor.system = [&](SystemEntry entry) { return relay.put(std::move(entry)); };
        visitor.label = [&](const std::string& digest, const std::string& bytes) {
            return relay.put(sqlite::IndexRelay::Label{digest, bytes});
        };
        ENTENTE_RETURN_IF_ERROR(ledger::each_revision(*reader, vault, schema_, from, visitor));
        ENTENTE_RETURN_IF_ERROR(relay.finish());
        ENTENTE_RETURN_IF_ERROR(sqlite::set_applied(*connection_, *reader, head));
        return head.size;
    }

    Result<void> empty_tables() {
        ENTENTE_ASSIGN_OR_RETURN(const auto tables, table_names());
        for (const auto& table : tables)
            if (table != "state")
                ENTENTE_RETURN_IF_ERROR(connection_->execute(fmt::format("DELETE FROM \"{}\"", table)));
        return connection_->execute(sqlite::empty_search());
    }

    // Those with rows of ours: what full text keeps is compared by its terms.
    Result<std::vector<std::string>> table_names() {
        std::vector<std::string> tables;
        ENTENTE_ASSIGN_OR_RETURN(
            auto names,
            connection_->prepare("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, names.step());
            if (!more) return tables;
            if (!sqlite::is_search_table(names.text(0))) tables.emplace_back(names.text(0));
        }
    }

    Result<void> dump_table(const std::string& table, std::string& out) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto columns, connection_->prepare(fmt::format("SELECT name FROM pragma_table_info('{}')", table))
        );
        std::string list;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, columns.step());
            if (!more) break;
            list += fmt::format("{}quote(\"{}\")", list.empty() ? "" : "||'|'||", columns.text(0));
        }
        ENTENTE_ASSIGN_OR_RETURN(
            auto rows,
            connection_->prepare(fmt::format("SELECT {} AS line FROM \"{}\" ORDER BY line", list, table))
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, rows.step());
            if (!more) return {};
            out += fmt::format("{}|{}\n", table, rows.text(0));
        }
    }

    fs::path file_;
    const domain::Schema& schema_;
    TextReader read_text_;
    std::shared_ptr<sqlite::IndexMemory> memory_;
    std::optional<Connection> connection_;
};

}  // namespace

std::string record_index_name(const domain::Schema& schema) {
    return fmt::format("projection-{}.db", sqlite::fingerprint(schema));
}

Result<std::unique_ptr<RecordIndex>> open_sqlite_record_index(
    const fs::path& file,
    const domain::Schema& schema,
    TextReader read_text,
    std::shared_ptr<sqlite::IndexMemory> memory
) {
    auto index = std::make_unique<SqliteRecordIndex>(file, schema, std::move(read_text), std::move(memory));
    ENTENTE_RETURN_IF_ERROR(index->prepare());
    return index;
}

}  // namespace entente::store
