#include "store/sqlite/index_writer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "store/sqlite/index_pages.h"
#include "store/sqlite/index_search.h"
#include "store/sqlite/index_tables.h"
#include "store/sqlite/stored_json.h"

namespace entente::store::sqlite {
namespace {

using domain::Field;
using domain::FieldType;
using domain::RecordType;

std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

constexpr std::size_t kWordsAtOnce = 32'768;   // some 7 MB of text
constexpr std::size_t kLinksAtOnce = 500'000;  // some 12 MB of references, 30 MB of handles
// New revisions from which on the indexes over them are made anew at the end, and the share of those before.
constexpr std::int64_t kManyRevisions = 8'192, kShareBefore = 4;

std::string placeholders(std::size_t count) {
    std::string out = "?";
    for (std::size_t i = 1; i < count; ++i) out += ",?";
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
        if (!value || domain::empty_of(*value)) continue;
        const auto span = domain::DateSpan::from_json(*value);
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
    ENTENTE_RETURN_IF_ERROR(put_entry(entry.index, entry.t, entry.by));
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
    indexes_asked_ = true;
    ENTENTE_RETURN_IF_ERROR(restore_indexes());
    ENTENTE_ASSIGN_OR_RETURN(auto replaced, replaced_by(batch));
    ENTENTE_ASSIGN_OR_RETURN(
        auto* close,
        // What another undo had put on record again came from the batch as well.
        statement("UPDATE revision SET until=?1 WHERE until IS NULL AND ((idx=?2 AND row>=0) OR rev IN ("
                  "SELECT r.rev FROM revision AS b JOIN revision AS r ON r.rec=b.rec AND r.leaf=b.leaf AND "
                  "r.row=-1 AND r.reason='reinstated' WHERE b.idx=?2 AND b.row>=0))")
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
        statement("SELECT "
                  "p.rec,entente_text(p.type),p.kind,p.leaf,e.by_account,p.at,l.digest,p.erased,p.content,p."
                  "rev,p.lists "
                  "FROM revision AS b JOIN revision AS r ON r.rec=b.rec AND r.leaf=b.leaf AND "
                  "(r.rev=b.rev OR (r.row=-1 AND r.reason='reinstated')) "
                  "JOIN revision AS p ON p.rec=b.rec AND p.number=b.number-1 "
                  "JOIN label AS l ON l.id=p.label JOIN entry AS e ON e.idx=p.idx "
                  "WHERE b.idx=? AND b.row>=0 AND r.until IS NULL AND p.kind<>'retract' ORDER BY b.row")
    );
    s->bind(1, batch);
    texts_.forget();
    std::vector<ledger::Revision> out;
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
        if (!more) break;
        ledger::Revision p;
        p.rec = s->text(0), p.type = s->text(1), p.kind = s->text(2);
        p.leaf = Hash::from_bytes(s->blob(3)).value_or(Hash{});
        p.by = s->text(4), p.at = s->text(5), p.label = s->text(6);
        p.erased = static_cast<std::uint32_t>(s->integer(7));
        const auto* type = schema_.find(p.type);
        if (type && s->is_null(8)) {
            ENTENTE_ASSIGN_OR_RETURN(
                p.content, contents_.read(*type, s->integer(9), static_cast<std::uint64_t>(s->integer(10)))
            );
        } else {
            ENTENTE_ASSIGN_OR_RETURN(p.content, stored_object(s->text(8)));
        }
        out.push_back(std::move(p));
    }
    s->reset();
    return out;
}

// Ends the revision that was current; gives the number of the new one.
Result<std::int64_t> IndexWriter::close_previous(const ledger::Revision& revision) {
    // A row of a batch that follows nothing is the first revision of a record; a reinstated one is no such
    // row.
    if (revision.kind == "row" && revision.row >= 0) return 1;
    indexes_asked_ = true;
    ENTENTE_RETURN_IF_ERROR(restore_indexes());
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
    ENTENTE_ASSIGN_OR_RETURN(const auto rev, next_rev());
    if (revision.row < 0) ENTENTE_RETURN_IF_ERROR(put_entry(revision.index, revision.t, revision.by));
    const auto* type = schema_.find(revision.type);
    const auto [from, to] = type ? days_of(*type, revision.content)
                                 : std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>{};
    Columns columns;
    if (type && revision.kind != "retract") {
        std::size_t known = 0;
        const auto values = domain::by_field(*type, revision.content, &known);
        ENTENTE_ASSIGN_OR_RETURN(columns, put_fields(rev, *type, values));
        columns.exact = columns.exact && known == revision.content.size();
        ENTENTE_ASSIGN_OR_RETURN(const auto text, put_pages(statements_, rev, revision));
        words_.emplace_back(rev, search_words(*type, values) + text);
        // The text of a document may be as long as that of all others.
        if (words_.size() >= kWordsAtOnce || !text.empty()) ENTENTE_RETURN_IF_ERROR(flush_words());
        if (references_.size() >= kLinksAtOnce) ENTENTE_RETURN_IF_ERROR(flush_references());
        if (handles_.size() >= kLinksAtOnce) ENTENTE_RETURN_IF_ERROR(flush_handles());
    }
    if (!revision_) {
        ENTENTE_ASSIGN_OR_RETURN(
            revision_,
            statement(
                "INSERT INTO revision(rev,rec,type,kind,number,idx,row,leaf,reason,at,label,since,erased,"
                "day_from,day_to,lists,content) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            )
        );
    }
    auto& s = *revision_;
    s.bind(1, rev).bind(2, revision.rec).bind(3, numbers_.number(revision.type)).bind(4, revision.kind);
    s.bind(5, number);
    s.bind(6, static_cast<std::int64_t>(revision.index))
        .bind(7, revision.row)
        .bind_blob(8, revision.leaf.view());
    s.bind(9, revision.reason).bind(10, revision.at).bind(11, label_ids_[revision.label]);
    s.bind(12, static_cast<std::int64_t>(revision.index) + 1).bind(13, std::int64_t{revision.erased});
    from ? s.bind(14, *from) : s.bind_null(14);
    to ? s.bind(15, *to) : s.bind_null(15);
    s.bind(16, static_cast<std::int64_t>(columns.lists));
    if (columns.exact) {
        s.bind_null(17);
    } else {
        // Whatever order its fields came in.
        ENTENTE_ASSIGN_OR_RETURN(const auto content, canonical_json(revision.content));
        s.bind(17, content);
    }
    ENTENTE_RETURN_IF_ERROR(numbers_.state());
    ENTENTE_RETURN_IF_ERROR(s.run());
    return count_for_indexes();
}

Result<std::int64_t> IndexWriter::next_rev() {
    if (rev_ == 0) {
        ENTENTE_ASSIGN_OR_RETURN(auto* last, statement("SELECT coalesce(max(rev),0) FROM revision"));
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, last->step());
        rev_ = rows_before_ = last->integer(0);
        last->reset();
    }
    return ++rev_;
}

Result<void> IndexWriter::put_entry(std::uint64_t index, const std::string& t, const std::string& by) {
    if (entry_ == index) return {};
    entry_ = index;
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statement("INSERT INTO entry(idx,t,by_account) VALUES(?,?,?) ON CONFLICT DO NOTHING")
    );
    return s->bind(1, static_cast<std::int64_t>(index)).bind(2, t).bind(3, by).run();
}

Result<void> IndexWriter::finish() {
    ENTENTE_RETURN_IF_ERROR(flush());
    return restore_indexes();
}

Result<void> IndexWriter::flush() {
    ENTENTE_RETURN_IF_ERROR(flush_references());
    ENTENTE_RETURN_IF_ERROR(flush_handles());
    return flush_words();
}

Result<void> IndexWriter::flush_references() {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statement("INSERT INTO reference(target,rev,field) VALUES(?,?,?) ON CONFLICT DO NOTHING")
    );
    std::sort(references_.begin(), references_.end());
    for (const auto& [target, rev, field] : references_)
        ENTENTE_RETURN_IF_ERROR(s->bind(1, target).bind(2, rev).bind(3, field).run());
    references_.clear();
    return numbers_.state();
}

Result<void> IndexWriter::flush_handles() {
    ENTENTE_ASSIGN_OR_RETURN(
        auto* s, statement("INSERT INTO handle(handle,rev) VALUES(?,?) ON CONFLICT DO NOTHING")
    );
    std::sort(handles_.begin(), handles_.end());
    for (const auto& [handle, rev] : handles_) ENTENTE_RETURN_IF_ERROR(s->bind(1, handle).bind(2, rev).run());
    handles_.clear();
    return {};
}

// Full text takes its rows many at a time: each statement in between would make it write out what it holds.
Result<void> IndexWriter::flush_words() {
    ENTENTE_ASSIGN_OR_RETURN(auto* s, statement("INSERT INTO search(rowid,words) VALUES(?,?)"));
    for (const auto& [rev, words] : words_)
        if (!words.empty()) ENTENTE_RETURN_IF_ERROR(s->bind(1, rev).bind(2, words).run());
    words_.clear();
    return {};
}

Result<void> IndexWriter::count_for_indexes() {
    ++rows_put_;
    if (indexes_dropped_ || indexes_asked_ || rows_put_ < kManyRevisions ||
        rows_put_ * kShareBefore < rows_before_)
        return {};
    for (const auto& index : kRevisionIndexes)
        ENTENTE_RETURN_IF_ERROR(connection_.execute(fmt::format("DROP INDEX {}", index.name)));
    indexes_dropped_ = true;
    return {};
}

Result<void> IndexWriter::restore_indexes() {
    if (!std::exchange(indexes_dropped_, false)) return {};
    for (const auto& index : kRevisionIndexes) ENTENTE_RETURN_IF_ERROR(connection_.execute(index.create));
    return {};
}

Result<IndexWriter::TypeStatements*> IndexWriter::statements_of(const RecordType& type) {
    auto& out = types_[&type];
    if (out.insert) return &out;
    std::string columns = "rev";
    std::size_t count = 1;
    for (const auto& field : type.fields) {
        if (!has_own_table(field))
            for (const auto& name : value_columns(field)) columns += ",\"" + name + "\"", ++count;
        columns += ",\"" + field.name + ".none\"", ++count;
    }
    ENTENTE_ASSIGN_OR_RETURN(
        out.insert,
        statement(
            fmt::format("INSERT INTO \"{}\"({}) VALUES({})", type_table(type), columns, placeholders(count))
        )
    );
    for (const auto& field : type.fields) {
        auto& item = out.items.emplace_back();
        if (has_own_table(field)) {
            ENTENTE_ASSIGN_OR_RETURN(item, item_statement(type, field));
        }
    }
    return &out;
}

Result<Statement*> IndexWriter::item_statement(const RecordType& type, const Field& field) {
    std::string columns = "rev,ord";
    std::size_t count = 2;
    const auto add = [&](const std::string& name) { columns += ",\"" + name + "\"", ++count; };
    for (const auto& sub : field.fields) {
        if (sub.many) {
            add(sub.name);
            continue;
        }
        for (const auto& name : value_columns(sub)) add(name);
        add(sub.name + ".none");
    }
    if (field.fields.empty())
        for (const auto& name : value_columns(field)) add(name);
    return statement(fmt::format(
        "INSERT INTO \"{}\"({}) VALUES({})", field_table(type, field), columns, placeholders(count)
    ));
}

Result<IndexWriter::Columns> IndexWriter::put_fields(
    std::int64_t rev, const RecordType& type, const std::vector<const json::value*>& values
) {
    ENTENTE_ASSIGN_OR_RETURN(auto* statements, statements_of(type));
    Columns out{true, 0};
    ContentBinder binder(*statements->insert, numbers_);
    statements->insert->bind(1, rev);
    int at = 2;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& field = type.fields[i];
        const auto* value = values[i];
        if (!has_own_table(field))
            at = binder.value(at, field, value);
        else if (value && !domain::empty_of(*value))
            out.exact = out.exact && value->is_array() && !value->get_array().empty();
        at = binder.empty(at, value);
    }
    out.exact = out.exact && binder.exact();
    ENTENTE_RETURN_IF_ERROR(numbers_.state());
    ENTENTE_RETURN_IF_ERROR(statements->insert->run());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        if (const auto* list = values[i]->if_array(); list && statements->items[i]) {
            out.lists |= std::uint64_t{1} << i;
            ENTENTE_ASSIGN_OR_RETURN(
                const bool exact, put_items(*statements->items[i], rev, type.fields[i], *list)
            );
            out.exact = out.exact && exact;
        }
        ENTENTE_RETURN_IF_ERROR(put_links(rev, type, type.fields[i], *values[i]));
    }
    return out;
}

Result<bool> IndexWriter::put_items(
    Statement& statement, std::int64_t rev, const Field& field, const json::array& items
) {
    ContentBinder binder(statement, numbers_);
    std::int64_t order = 0;
    for (const auto& item : items) {
        statement.bind(1, rev).bind(2, order++);
        binder.item(3, field, item);
        ENTENTE_RETURN_IF_ERROR(statement.run());
    }
    return binder.exact();
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
        const auto target = numbers_.number(view(*text));
        references_.push_back({target, rev, numbers_.number(field.name)});
    } else if (is_handle(type, field)) {
        handles_.emplace_back(view(*text), rev);
    }
    return {};
}

}  // namespace entente::store::sqlite
