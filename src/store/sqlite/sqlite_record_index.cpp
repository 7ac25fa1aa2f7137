#include "store/sqlite/sqlite_record_index.h"

#include <algorithm>
#include <bit>
#include <set>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/check.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/index_tables.h"
#include "store/sqlite/index_view.h"
#include "store/sqlite/index_writer.h"

namespace entente::store {
namespace {

namespace fs = std::filesystem;
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
    SqliteRecordIndex(fs::path file, const domain::Schema& schema)
        : file_(std::move(file)), schema_(schema) {}

    Result<void> prepare() {
        auto opened = open_existing();
        if (opened && *opened) return {};
        if (!opened && opened.error().code != ErrorCode::corrupt) return std::unexpected(opened.error());
        return clear();
    }

    Result<std::uint64_t> applied() override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s, connection_->prepare("SELECT value FROM state WHERE name='applied'")
        );
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
        return row ? static_cast<std::uint64_t>(std::stoull(std::string(s.text(0)))) : 0;
    }

    Result<std::uint64_t> catch_up(LedgerReader& reader, Vault& vault) override {
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader.head());
        ENTENTE_ASSIGN_OR_RETURN(auto seen, applied());
        if (seen == head.size) return seen;
        if (seen > head.size) {
            // The ledger is another, shorter one: an index of it begins anew.
            ENTENTE_RETURN_IF_ERROR(clear());
        }
        ENTENTE_RETURN_IF_ERROR(connection_->execute("BEGIN IMMEDIATE"));
        auto done = apply(reader, vault, head.size);
        if (!done) {
            (void)connection_->execute("ROLLBACK");
            return std::unexpected(done.error());
        }
        ENTENTE_RETURN_IF_ERROR(connection_->execute("COMMIT"));
        return head.size;
    }

    Result<void> clear() override {
        connection_.reset();
        remove_database(file_);
        ENTENTE_ASSIGN_OR_RETURN(
            auto connection, Connection::open(file_, Durability::rebuild, Access::read_write)
        );
        std::string sql = "BEGIN;";
        for (const auto& table : sqlite::index_tables(schema_)) sql += table + ";";
        for (const auto& view : sqlite::index_views(schema_)) sql += view + ";";
        sql += fmt::format(
            "INSERT INTO state VALUES('applied','0'),('schema','{}'); COMMIT;", sqlite::fingerprint(schema_)
        );
        ENTENTE_RETURN_IF_ERROR(connection.execute(sql));
        connection_.emplace(std::move(connection));
        return {};
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
        return sqlite::make_index_view(std::move(connection), schema_, context, as_of.value_or(size));
    }

    Result<std::string> dump() override {
        std::vector<std::string> tables;
        ENTENTE_ASSIGN_OR_RETURN(
            auto names,
            connection_->prepare("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, names.step());
            if (!more) break;
            tables.emplace_back(names.text(0));
        }
        std::string out;
        for (const auto& table : tables) ENTENTE_RETURN_IF_ERROR(dump_table(table, out));
        return out;
    }

private:
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

    Result<void> apply(LedgerReader& reader, Vault& vault, std::uint64_t size) {
        ENTENTE_ASSIGN_OR_RETURN(const auto from, applied());
        sqlite::IndexWriter writer(*connection_, schema_);
        RevisionVisitor visitor;
        visitor.revision = [&](Revision revision) { return writer.put(revision); };
        visitor.system = [&](SystemEntry entry) { return writer.put(entry); };
        visitor.label = [&](const std::string& digest, const std::string& bytes) {
            return writer.put_label(digest, bytes);
        };
        ENTENTE_RETURN_IF_ERROR(each_revision(reader, vault, schema_, from, visitor));
        return connection_->execute(fmt::format("UPDATE state SET value='{}' WHERE name='applied'", size));
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
    std::optional<Connection> connection_;
};

}  // namespace

std::string record_index_name(const domain::Schema& schema) {
    return fmt::format("projection-{}.db", sqlite::fingerprint(schema));
}

Result<std::unique_ptr<RecordIndex>> open_sqlite_record_index(
    const fs::path& file, const domain::Schema& schema
) {
    auto index = std::make_unique<SqliteRecordIndex>(file, schema);
    ENTENTE_RETURN_IF_ERROR(index->prepare());
    return index;
}

}  // namespace entente::store
