#include "store/sqlite/index_writer.h"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "store/sqlite/index_search.h"
#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

std::string placeholders(std::size_t count) {
    std::string out = "?";
    for (std::size_t i = 1; i < count; ++i) out += ",?";
    return out;
}

// Binds one value to the columns of its field, nulls when there is none; gives the next position.
int bind_value(Statement& statement, int at, const Field& field, const json::value* value) {
    const auto width = static_cast<int>(value_columns(field).size());
    if (!value || domain::empty_of(*value)) {
        for (int i = 0; i < width; ++i) statement.bind_null(at + i);
        return at + width;
    }
    if (field.type == FieldType::date) {
        const auto span = domain::DateSpan::from_json(*value);
        span && span->from ? statement.bind(at, std::int64_t{span->from->value}) : statement.bind_null(at);
        span && span->to ? statement.bind(at + 1, std::int64_t{span->to->value})
                         : statement.bind_null(at + 1);
        statement.bind(at + 2, value->is_object() ? text_at(value->get_object(), "precision") : "");
    } else if (field.type == FieldType::money) {
        statement.bind(at, value->is_object() ? text_at(value->get_object(), "amount") : "");
        statement.bind(at + 1, value->is_object() ? text_at(value->get_object(), "currency") : "");
    } else if (value->is_int64()) {
        statement.bind(at, value->get_int64());
    } else if (const auto* text = value->if_string()) {
        statement.bind(at, view(*text));
    } else {
        statement.bind_null(at);
    }
    return at + width;
}

int bind_empty(Statement& statement, int at, const json::value* value) {
    const auto empty = value ? domain::empty_of(*value) : std::nullopt;
    if (empty)
        statement.bind(at, text_at(value->get_object(), "none"));
    else
        statement.bind_null(at);
    return at + 1;
}

std::string list_text(const json::value& value) {
    std::string out;
    if (const auto* array = value.if_array())
        for (const auto& item : *array) {
            if (!out.empty()) out += ',';
            if (const auto* text = item.if_string()) out += view(*text);
        }
    return out;
}

}  // namespace

std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> days_of(
    const RecordType& type, const domain::Content& content
) {
    std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> out;
    // An engagement that is only planned stands at its planned date.
    for (const std::string_view name : {std::string_view(type.day), std::string_view("planned")}) {
        const auto* value =
            name.empty() ? nullptr : content.if_contains(json::string_view(name.data(), name.size()));
        const auto span = value ? domain::DateSpan::from_json(*value) : fail(ErrorCode::not_found, {}, {});
        if (!span) continue;
        if (span->from) out.first = span->from->value;
        if (span->to) out.second = span->to->value;
        return out;
    }
    return out;
}

Result<void> IndexWriter::put_label(const std::string& digest, const std::string& bytes) {
    if (label_ids_.contains(digest)) return {};
    ENTENTE_ASSIGN_OR_RETURN(
        auto* insert, statement("INSERT INTO label(digest,bytes) VALUES(?,?) ON CONFLICT DO NOTHING")
    );
    ENTENTE_RETURN_IF_ERROR(insert->bind(1, digest).bind(2, bytes).run());
    ENTENTE_ASSIGN_OR_RETURN(auto* select, statement("SELECT id FROM label WHERE digest=?"));
    select->bind(1, digest);
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, select->step());
    label_ids_[digest] = select->integer(0);
    select->reset();
    return {};
}

Result<void> IndexWriter::put(const ledger::SystemEntry& entry) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statement("INSERT INTO system_entry(idx,kind,rec,type,t,f,label) VALUES(?,?,?,?,?,?,?)")
    );
    ENTENTE_RETURN_IF_ERROR(s->bind(1, static_cast<std::int64_t>(entry.index))
                                .bind(2, entry.kind)
                                .bind(3, entry.rec)
                                .bind(4, entry.type)
                                .bind(5, entry.t)
                                .bind(6, boost::json::serialize(entry.f))
                                .bind(7, label_ids_[entry.label])
                                .run());
    return entry.kind == "retract" ? retract_batch(entry) : Result<void>{};
}

Result<void> IndexWriter::retract_batch(const ledger::SystemEntry& retraction) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* find, statement("SELECT idx FROM system_entry WHERE kind='import' AND rec=?")
    );
    find->bind(1, retraction.rec);
    ENTENTE_ASSIGN_OR_RETURN(const bool known, find->step());
    const auto batch = known ? find->integer(0) : -1;
    find->reset();
    if (!known) return {};
    ENTENTE_ASSIGN_OR_RETURN(auto replaced, replaced_by(batch));
    ENTENTE_ASSIGN_OR_RETURN(
        auto* close, statement("UPDATE revision SET until=? WHERE idx=? AND row>=0 AND until IS NULL")
    );
    ENTENTE_RETURN_IF_ERROR(
        close->bind(1, static_cast<std::int64_t>(retraction.index) + 1).bind(2, batch).run()
    );
    for (auto& revision : replaced) {
        revision.index = retraction.index, revision.row = -1;
        revision.t = retraction.t;
        revision.reason = "reinstated";
        ENTENTE_RETURN_IF_ERROR(put(revision));
    }
    return {};
}

// What stood before each revision of the batch that nobody has revised since.
Result<std::vector<ledger::Revision>> IndexWriter::replaced_by(std::int64_t batch) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statement("SELECT p.rec,p.type,p.kind,p.leaf,p.by_account,p.at,l.digest,p.erased,p.content FROM "
                  "revision AS r "
                  "JOIN revision AS p ON p.rec=r.rec AND p.number=r.number-1 JOIN label AS l ON l.id=p.label "
                  "WHERE r.idx=? AND r.row>=0 AND r.until IS NULL AND p.kind<>'retract' ORDER BY r.row")
    );
    s->bind(1, batch);
    std::vector<ledger::Revision> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) break;
        ledger::Revision p;
        p.rec = s->text(0), p.type = s->text(1), p.kind = s->text(2);
        p.leaf = Hash::from_bytes(s->blob(3)).value_or(Hash{});
        p.by = s->text(4), p.at = s->text(5), p.label = s->text(6);
        p.erased = static_cast<std::uint32_t>(s->integer(7));
        ENTENTE_ASSIGN_OR_RETURN(auto content, parse_json(s->text(8)));
        p.content = std::move(content.as_object());
        out.push_back(std::move(p));
    }
    s->reset();
    return out;
}

// Ends the revision that was current; gives the number of the new one.
Result<std::int64_t> IndexWriter::close_previous(const ledger::Revision& revision) {
    ENTENTE_ASSIGN_OR_RETURN(auto* last, statement("SELECT max(number) FROM revision WHERE rec=?"));
    last->bind(1, revision.rec);
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, last->step());
    const auto number = last->integer(0) + 1;
    last->reset();
    if (number > 1) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* close, statement("UPDATE revision SET until=? WHERE rec=? AND until IS NULL")
        );
        ENTENTE_RETURN_IF_ERROR(
            close->bind(1, static_cast<std::int64_t>(revision.index) + 1).bind(2, revision.rec).run()
        );
    }
    return number;
}

Result<void> IndexWriter::put(const ledger::Revision& revision) {
    ENTENTE_ASSIGN_OR_RETURN(const auto number, close_previous(revision));
    const auto* type = schema_.find(revision.type);
    const auto [from, to] = type ? days_of(*type, revision.content)
                                 : std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>{};
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statement("INSERT INTO "
                  "revision(rec,type,kind,number,idx,row,leaf,t,by_account,reason,at,label,since,erased,day_"
                  "from,day_to,content) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING rev")
    );
    s->bind(1, revision.rec)
        .bind(2, revision.type)
        .bind(3, revision.kind)
        .bind(4, number)
        .bind(5, static_cast<std::int64_t>(revision.index))
        .bind(6, revision.row);
    s->bind_blob(7, revision.leaf.view())
        .bind(8, revision.t)
        .bind(9, revision.by)
        .bind(10, revision.reason)
        .bind(11, revision.at);
    s->bind(12, label_ids_[revision.label])
        .bind(13, static_cast<std::int64_t>(revision.index) + 1)
        .bind(14, std::int64_t{revision.erased});
    from ? s->bind(15, *from) : s->bind_null(15);
    to ? s->bind(16, *to) : s->bind_null(16);
    s->bind(17, boost::json::serialize(revision.content));
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, s->step());
    const auto rev = s->integer(0);
    ENTENTE_RETURN_IF_ERROR(s->run());
    if (!type || revision.kind == "retract") return {};
    ENTENTE_RETURN_IF_ERROR(put_words(rev, *type, revision.content));
    return put_fields(rev, *type, revision.content);
}

Result<void> IndexWriter::put_words(
    std::int64_t rev, const RecordType& type, const domain::Content& content
) {
    const auto words = search_words(type, content);
    if (words.empty()) return {};
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statement("INSERT INTO search(rowid,words) VALUES(?,?)"));
    return s->bind(1, rev).bind(2, words).run();
}

Result<void> IndexWriter::put_fields(
    std::int64_t rev, const RecordType& type, const domain::Content& content
) {
    std::string columns = "rev";
    std::size_t count = 1;
    for (const auto& field : type.fields) {
        if (!field.many && field.type != FieldType::group)
            for (const auto& name : value_columns(field)) columns += ",\"" + name + "\"", ++count;
        columns += ",\"" + field.name + ".none\"", ++count;
    }
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statement(
            fmt::format("INSERT INTO \"{}\"({}) VALUES({})", type_table(type), columns, placeholders(count))
        )
    );
    s->bind(1, rev);
    int at = 2;
    for (const auto& field : type.fields) {
        const auto* value = content.if_contains(field.name);
        if (!field.many && field.type != FieldType::group) at = bind_value(*s, at, field, value);
        at = bind_empty(*s, at, value);
    }
    ENTENTE_RETURN_IF_ERROR(s->run());
    for (const auto& field : type.fields) {
        const auto* value = content.if_contains(field.name);
        if (!value) continue;
        if (value->is_array()) ENTENTE_RETURN_IF_ERROR(put_items(rev, type, field, *value));
        ENTENTE_RETURN_IF_ERROR(put_links(rev, type, field, *value));
    }
    return {};
}

Result<void> IndexWriter::put_items(
    std::int64_t rev, const RecordType& type, const Field& field, const json::value& value
) {
    std::string columns = "rev,ord";
    std::size_t count = 2;
    const auto add = [&](const std::string& name) { columns += ",\"" + name + "\"", ++count; };
    for (const auto& sub : field.fields) {
        if (sub.many)
            add(sub.name);
        else {
            for (const auto& name : value_columns(sub)) add(name);
            add(sub.name + ".none");
        }
    }
    if (field.fields.empty())
        for (const auto& name : value_columns(field)) add(name);
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s,
        statement(fmt::format(
            "INSERT INTO \"{}\"({}) VALUES({})", field_table(type, field), columns, placeholders(count)
        ))
    );
    std::int64_t order = 0;
    for (const auto& item : value.get_array()) {
        s->bind(1, rev).bind(2, order++);
        int at = 3;
        if (field.fields.empty()) bind_value(*s, at, field, &item);
        for (const auto& sub : field.fields) {
            const auto* part = item.is_object() ? item.get_object().if_contains(sub.name) : nullptr;
            if (sub.many)
                part ? s->bind(at++, list_text(*part)) : s->bind_null(at++);
            else
                at = bind_empty(*s, bind_value(*s, at, sub, part), part);
        }
        ENTENTE_RETURN_IF_ERROR(s->run());
    }
    return {};
}

// References to other records, and the names by which a person may call this one.
Result<void> IndexWriter::put_links(
    std::int64_t rev, const RecordType& type, const Field& field, const json::value& value
) {
    if (const auto* array = value.if_array()) {
        for (const auto& item : *array)
            if (!item.is_array()) ENTENTE_RETURN_IF_ERROR(put_links(rev, type, field, item));
        return {};
    }
    if (field.type == FieldType::group) {
        if (!value.is_object()) return {};
        for (const auto& sub : field.fields)
            if (const auto* part = value.get_object().if_contains(sub.name);
                part && sub.type == FieldType::reference)
                ENTENTE_RETURN_IF_ERROR(put_links(rev, type, sub, *part));
        return {};
    }
    const auto* text = value.if_string();
    if (!text) return {};
    if (field.type == FieldType::reference) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* s, statement("INSERT INTO reference(rev,field,target) VALUES(?,?,?) ON CONFLICT DO NOTHING")
        );
        return s->bind(1, rev).bind(2, field.name).bind(3, view(*text)).run();
    }
    if (!is_handle(type, field)) return {};
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statement("INSERT INTO handle(rev,handle) VALUES(?,?) ON CONFLICT DO NOTHING")
    );
    return s->bind(1, rev).bind(2, view(*text)).run();
}

}  // namespace entente::store::sqlite
