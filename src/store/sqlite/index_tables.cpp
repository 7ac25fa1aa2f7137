#include "store/sqlite/index_tables.h"

#include <algorithm>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/codec.h"
#include "base/hash.h"
#include "store/sqlite/index_pages.h"
#include "store/sqlite/index_record_views.h"
#include "store/sqlite/index_search.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

// Grows with any change of the layout below that no declaration shows.
constexpr int kLayout = 6;

std::string column(const std::string& name, const Field& field) {
    const bool whole_number =
        field.type == FieldType::count || name.ends_with(".from") || name.ends_with(".to");
    return fmt::format(
        "\"{}\" {}",
        name,
        whole_number && (field.type == FieldType::count || field.type == FieldType::date) ? "INTEGER" : "TEXT"
    );
}

void add_columns(const Field& field, std::string& sql) {
    for (const auto& name : value_columns(field)) sql += ", " + column(name, field);
}

std::string create_field_table(const RecordType& type, const Field& field) {
    std::string sql = fmt::format(
        "CREATE TABLE \"{}\"(rev INTEGER NOT NULL, ord INTEGER NOT NULL", field_table(type, field)
    );
    if (field.type == FieldType::group) {
        for (const auto& sub : field.fields) {
            if (sub.many)
                sql += fmt::format(", \"{}\" TEXT", sub.name);  // a list inside a group: comma-separated
            else
                add_columns(sub, sql), sql += fmt::format(", \"{}.none\" TEXT", sub.name);
        }
    } else {
        add_columns(field, sql);
    }
    return sql + ", PRIMARY KEY(rev, ord)) STRICT, WITHOUT ROWID";
}

std::string create_type_table(const RecordType& type) {
    std::string sql = fmt::format("CREATE TABLE \"{}\"(rev INTEGER PRIMARY KEY", type_table(type));
    for (const auto& field : type.fields) {
        if (!field.many && field.type != FieldType::group) add_columns(field, sql);
        sql += fmt::format(", \"{}.none\" TEXT", field.name);
    }
    return sql + ") STRICT";
}

std::string view_of(const std::string& table) {
    return fmt::format(
        "CREATE VIEW \"v_{0}\" AS SELECT x.* FROM \"{0}\" AS x JOIN revision AS r ON r.rev=x.rev WHERE "
        "entente_visible(r.label)",
        table
    );
}

}  // namespace

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
        "CREATE TABLE revision(rev INTEGER PRIMARY KEY, rec TEXT NOT NULL, type TEXT NOT NULL, kind TEXT NOT "
        "NULL, number INTEGER NOT NULL, "
        "idx INTEGER NOT NULL, row INTEGER NOT NULL, leaf BLOB NOT NULL, reason TEXT NOT NULL, at TEXT NOT "
        "NULL, "
        "label INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER, erased INTEGER NOT NULL, day_from "
        "INTEGER, day_to INTEGER, lists INTEGER NOT NULL, content TEXT) STRICT",
        "CREATE TABLE entry(idx INTEGER PRIMARY KEY, t TEXT NOT NULL, by_account TEXT NOT NULL) STRICT",
        "CREATE INDEX revision_rec ON revision(rec, number)",
        // Answers lists by day, and counts, without reading the wide rows.
        "CREATE INDEX revision_type ON revision(type, day_from, day_to, label, since, until, kind)",
        search_table(),
        page_table(),
        // What full text holds back before it writes out a segment: fewer segments, fewer merges.
        "INSERT INTO search(search,rank) VALUES('hashsize',16000000)",
        "CREATE TABLE target(id INTEGER PRIMARY KEY, rec TEXT NOT NULL UNIQUE) STRICT",
        "CREATE TABLE reference(rev INTEGER NOT NULL, field TEXT NOT NULL, target INTEGER NOT NULL, PRIMARY "
        "KEY(target, rev, field)) STRICT, WITHOUT ROWID",
        "CREATE TABLE handle(rev INTEGER NOT NULL, handle TEXT NOT NULL COLLATE NOCASE, PRIMARY KEY(handle, "
        "rev)) STRICT, WITHOUT ROWID",
    };
    for (const auto& type : schema.types()) {
        sql.push_back(create_type_table(type));
        for (const auto& field : type.fields)
            if (field.many || field.type == FieldType::group) sql.push_back(create_field_table(type, field));
    }
    return sql;
}

std::vector<std::string> index_views(const domain::Schema& schema) {
    std::vector<std::string> sql{
        "CREATE VIEW v_revision AS SELECT r.*, (SELECT t FROM entry WHERE idx=r.idx) AS t, (SELECT "
        "by_account FROM "
        "entry WHERE idx=r.idx) AS by_account FROM revision AS r WHERE entente_visible(r.label)",
        "CREATE VIEW v_reference AS SELECT x.rev, x.field, t.rec AS target FROM reference AS x JOIN target "
        "AS t ON "
        "t.id=x.target JOIN revision AS r ON r.rev=x.rev WHERE entente_visible(r.label) AND t.rec IS t.rec",
        view_of("handle"),
        view_of("page"),
        search_view(),
        "CREATE VIEW v_system_entry AS SELECT * FROM system_entry WHERE entente_visible(label)",
    };
    for (const auto& type : schema.types()) {
        sql.push_back(view_of(type_table(type)));
        for (const auto& field : type.fields)
            if (field.many || field.type == FieldType::group)
                sql.push_back(view_of(field_table(type, field)));
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
