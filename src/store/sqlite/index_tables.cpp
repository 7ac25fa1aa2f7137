#include "store/sqlite/index_tables.h"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/codec.h"
#include "base/hash.h"
#include "store/sqlite/index_pages.h"
#include "store/sqlite/index_record_views.h"
#include "store/sqlite/index_search.h"
#include "store/sqlite/index_texts.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

// Grows with any change of the layout below that no declaration shows.
constexpr int kLayout = 10;

struct Column {
    std::string name;
    enum class Kind : std::uint8_t { integer, text, numbered } kind = Kind::text;
};
using Kind = Column::Kind;

void add_value(const Field& field, std::vector<Column>& out) {
    const auto kind = field.type == FieldType::count ? Kind::integer
                      : is_numbered(field)           ? Kind::numbered
                                                     : Kind::text;
    for (const auto& name : value_columns(field)) {
        if (field.type == FieldType::date)
            out.push_back({name, name.ends_with(".precision") ? Kind::numbered : Kind::integer});
        else
            out.push_back({name, name.ends_with(".currency") ? Kind::numbered : kind});
    }
}

void add_none(const Field& field, std::vector<Column>& out) {
    out.push_back({field.name + ".none", Kind::numbered});
}

std::vector<Column> columns_of(const RecordType& type) {
    std::vector<Column> out;
    for (const auto& field : type.fields) {
        if (!field.many && field.type != FieldType::group) add_value(field, out);
        add_none(field, out);
    }
    return out;
}

std::vector<Column> columns_of_item(const Field& field) {
    std::vector<Column> out;
    if (field.type != FieldType::group) {
        add_value(field, out);
        return out;
    }
    for (const auto& sub : field.fields) {
        if (sub.many)
            out.push_back({sub.name, Kind::text});  // a list inside a group: comma-separated
        else
            add_value(sub, out), add_none(sub, out);
    }
    return out;
}

std::string declared(const std::vector<Column>& columns) {
    std::string sql;
    for (const auto& [name, kind] : columns)
        sql += fmt::format(", \"{}\" {}", name, kind == Kind::text ? "TEXT" : "INTEGER");
    return sql;
}

std::string told(const std::vector<Column>& columns, std::string_view alias) {
    std::string sql;
    for (const auto& column : columns) {
        const auto bare = fmt::format("{}.\"{}\"", alias, column.name);
        sql += column.kind == Kind::numbered ? fmt::format(", entente_text({}) AS \"{}\"", bare, column.name)
                                             : ", " + bare;
    }
    return sql;
}

std::string create_field_table(const RecordType& type, const Field& field) {
    return fmt::format(
        "CREATE TABLE \"{}\"(rev INTEGER NOT NULL, ord INTEGER NOT NULL{}, PRIMARY KEY(rev, ord)) STRICT, "
        "WITHOUT ROWID",
        field_table(type, field),
        declared(columns_of_item(field))
    );
}

std::string create_type_table(const RecordType& type) {
    return fmt::format(
        "CREATE TABLE \"{}\"(rev INTEGER PRIMARY KEY{}) STRICT", type_table(type), declared(columns_of(type))
    );
}

std::string view_of(const std::string& table, const std::string& columns) {
    return fmt::format(
        "CREATE VIEW \"v_{0}\" AS SELECT x.rev{1} FROM \"{0}\" AS x JOIN revision AS r ON r.rev=x.rev WHERE "
        "entente_visible(r.label)",
        table,
        columns
    );
}

}  // namespace

const std::array<NamedStatement, 2> kRevisionIndexes{{
    {"revision_rec", "CREATE INDEX revision_rec ON revision(rec, number)"},
    // Answers lists by day, and counts, without reading the wide rows.
    {"revision_type",
     "CREATE INDEX revision_type ON revision(type, day_from, day_to, label, since, until, kind)"},
}};

bool is_numbered(const Field& field) {
    if (!field.clear) return false;
    switch (field.type) {
        case FieldType::code:
        case FieldType::reference:
        case FieldType::name:
            return true;
        case FieldType::identifier:
            return field.name != "code" && field.name != "key" && field.name != "source_id";
        default:
            return false;
    }
}

std::string told_columns(const RecordType& type, std::string_view alias) {
    return told(columns_of(type), alias);
}
std::string told_items(const Field& field, std::string_view alias) {
    return told(columns_of_item(field), alias);
}

std::string type_table(const RecordType& type) {
    return "t_" + type.type;
}
std::string field_table(const RecordType& type, const Field& field) {
    return fmt::format("t_{}__{}", type.type, field.name);
}

std::vector<std::string> value_columns(const Field& field) {
    switch (field.type) {
        case FieldType::date:
            return {field.name + ".from", field.name + ".to", field.name + ".precision"};
        case FieldType::money:
            return {field.name + ".amount", field.name + ".currency"};
        default:
            return {field.name};
    }
}

bool is_handle(const RecordType& type, const Field& field) {
    if (field.type == FieldType::identifier)
        return field.name == "code" || field.name == "key" || field.name == "source_id";
    return field.type == FieldType::name &&
           std::find(type.title.begin(), type.title.end(), "name") != type.title.end();
}

std::vector<std::string> index_tables(const domain::Schema& schema) {
    std::vector<std::string> sql{
        "CREATE TABLE state(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE label(id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, bytes TEXT NOT NULL) STRICT",
        "CREATE TABLE system_entry(idx INTEGER PRIMARY KEY, kind TEXT NOT NULL, rec TEXT NOT NULL, type TEXT "
        "NOT NULL, t TEXT NOT NULL, label INTEGER NOT NULL, f TEXT NOT NULL) STRICT",
        "CREATE TABLE revision(rev INTEGER PRIMARY KEY, rec TEXT NOT NULL, type INTEGER NOT NULL, kind TEXT "
        "NOT "
        "NULL, number INTEGER NOT NULL, "
        "idx INTEGER NOT NULL, row INTEGER NOT NULL, leaf BLOB NOT NULL, reason TEXT NOT NULL, at TEXT NOT "
        "NULL, "
        "label INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, erased INTEGER NOT NULL, day_from "
        "INTEGER, day_to INTEGER, lists INTEGER NOT NULL, content TEXT) STRICT",
        "CREATE TABLE entry(idx INTEGER PRIMARY KEY, t TEXT NOT NULL, by_account TEXT NOT NULL) STRICT",
        search_table(),
        page_table(),
        // What full text holds back before it writes out a segment: fewer segments, fewer merges.
        "INSERT INTO search(search,rank) VALUES('hashsize',16000000)",
        text_table(),
        "CREATE TABLE reference(rev INTEGER NOT NULL, field INTEGER NOT NULL, target INTEGER NOT NULL, "
        "PRIMARY "
        "KEY(target, rev, field)) STRICT, WITHOUT ROWID",
        "CREATE TABLE handle(rev INTEGER NOT NULL, handle TEXT NOT NULL COLLATE NOCASE, PRIMARY KEY(handle, "
        "rev)) STRICT, WITHOUT ROWID",
    };
    for (const auto& index : kRevisionIndexes) sql.emplace_back(index.create);
    for (const auto& type : schema.types()) {
        sql.push_back(create_type_table(type));
        for (const auto& field : type.fields)
            if (field.many || field.type == FieldType::group) sql.push_back(create_field_table(type, field));
    }
    return sql;
}

std::vector<std::string> index_views(const domain::Schema& schema) {
    std::vector<std::string> sql{
        "CREATE VIEW v_revision AS SELECT r.rev, r.rec, r.type AS type_number, entente_text(r.type) AS type, "
        "r.kind, "
        "r.number, r.idx, r.row, r.leaf, r.reason, r.at, r.label, r.since, r.until, r.erased, r.day_from, "
        "r.day_to, r.lists, r.content, (SELECT t FROM entry WHERE idx=r.idx) AS t, (SELECT "
        "by_account FROM "
        "entry WHERE idx=r.idx) AS by_account FROM revision AS r WHERE entente_visible(r.label)",
        "CREATE VIEW v_reference AS SELECT x.rev, entente_text(x.field) AS field, t.text AS target FROM "
        "reference "
        "AS x JOIN text AS t ON t.id=x.target JOIN revision AS r ON r.rev=x.rev WHERE "
        "entente_visible(r.label) "
        "AND t.text IS t.text",
        view_of("handle", ", x.handle"),
        view_of("page", ", x.number, x.text"),
        search_view(),
        current_search_view(),
        "CREATE VIEW v_system_entry AS SELECT s.*, (SELECT by_account FROM entry WHERE idx=s.idx) AS "
        "by_account "
        "FROM system_entry AS s WHERE entente_visible(s.label)",
    };
    for (const auto& type : schema.types()) {
        sql.push_back(view_of(type_table(type), told_columns(type, "x")));
        for (const auto& field : type.fields)
            if (field.many || field.type == FieldType::group)
                sql.push_back(view_of(field_table(type, field), ", x.ord" + told_items(field, "x")));
    }
    for (auto& view : record_views(schema)) sql.push_back(std::move(view));
    return sql;
}

std::string fingerprint(const domain::Schema& schema) {
    Sha256Stream hash;
    hash.update(fmt::format("layout {}\n", kLayout));
    for (const auto& type : schema.types()) hash.update(boost::json::serialize(type.declaration) + "\n");
    return hex(hash.finish().view()).substr(0, 12);
}

}  // namespace entente::store::sqlite
