#include "store/sqlite/index_view.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/json.h"
#include "store/outsider_view.h"
#include "store/sqlite/content_columns.h"
#include "store/sqlite/index_changes.h"
#include "store/sqlite/index_conditions.h"
#include "store/sqlite/index_facets.h"
#include "store/sqlite/index_guard.h"
#include "store/sqlite/index_lists.h"
#include "store/sqlite/index_tally.h"
#include "store/sqlite/stored_json.h"

namespace entente::store::sqlite {
namespace {

using namespace ledger;

constexpr std::size_t kShortestBeginning = 4;
constexpr std::size_t kRowsOfAPage = 1'001;  // of the longest page that is asked for, and one more
constexpr std::string_view kColumns =
    "r.rec,r.type,r.kind,r.number,r.idx,r.row,r.leaf,r.t,r.by_account,r.reason,r.at,r.label,r.until,r.erased,"
    "r.content,r.rev,r.lists";

Result<Revision> read_revision(
    const Statement& s,
    const GuardedConnection& connection,
    const domain::Schema& schema,
    ContentReader& contents
) {
    Revision r;
    r.rec = s.text(0), r.type = s.text(1), r.kind = s.text(2);
    r.number = static_cast<std::uint32_t>(s.integer(3));
    r.index = static_cast<std::uint64_t>(s.integer(4));
    r.row = s.integer(5);
    r.leaf = Hash::from_bytes(s.blob(6)).value_or(Hash{});
    r.t = s.text(7), r.by = s.text(8), r.reason = s.text(9), r.at = s.text(10);
    r.label = connection.label_digest(s.integer(11));
    if (!s.is_null(12)) r.until = static_cast<std::uint64_t>(s.integer(12));
    r.erased = static_cast<std::uint32_t>(s.integer(13));
    const auto* type = schema.find(r.type);
    if (type && s.is_null(14)) {
        ENTENTE_ASSIGN_OR_RETURN(
            r.content, contents.read(*type, s.integer(15), static_cast<std::uint64_t>(s.integer(16)))
        );
        return r;
    }
    ENTENTE_ASSIGN_OR_RETURN(r.content, stored_object(s.text(14)));
    return r;
}

// Ids that begin so. They hold small letters and digits, so that a brace stands behind whatever goes on.
constexpr const char* kBeginsSo = "r.rec>=? AND r.rec<?";
std::vector<SqlValue> beginning(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return {low, low + "{"};
}
constexpr const char* kCalledSo = "r.rev IN (SELECT h.rev FROM v_handle AS h WHERE h.handle=?)";

// Spellings of names are looked for among all values of a field, whenever a condition names one.
struct Tallies {
    std::vector<Tally> rows;
    std::size_t bytes() const {
        std::size_t out = rows.capacity() * sizeof(Tally);
        for (const auto& row : rows) out += row.value.capacity();
        return out;
    }
};

// What a value takes, roughly: its own room, and that of what it holds.
std::size_t room_of(const json::value& value) {
    std::size_t out = sizeof(json::value);
    if (const auto* text = value.if_string()) out += text->size();
    if (const auto* list = value.if_array())
        for (const auto& item : *list) out += room_of(item);
    if (const auto* object = value.if_object())
        for (const auto& member : *object) out += 32 + member.key().size() + room_of(member.value());
    return out;
}

// A revision that was read: lists show the same ones over and over.
struct RevisionRead {
    Revision revision;
    std::size_t bytes() const {
        std::size_t out = sizeof(Revision) + 256;
        for (const auto& member : revision.content) out += 32 + member.key().size() + room_of(member.value());
        return out;
    }
};

// A WHERE clause with its values, in order.
struct Conditions {
    std::string sql;
    std::vector<SqlValue> texts;

    void add(const std::string& condition, std::vector<SqlValue> values = {}) {
        sql += (sql.empty() ? " WHERE " : " AND ") + condition;
        texts.insert(
            texts.end(), std::make_move_iterator(values.begin()), std::make_move_iterator(values.end())
        );
    }
};

class IndexView final : public RecordView {
public:
    IndexView(GuardedConnection connection, const domain::Schema& schema, std::uint64_t as_of)
        : connection_(std::move(connection)), schema_(schema), as_of_(as_of) {
        if (connection_.remembers()) lists_.emplace(connection_, schema_, as_of_);
    }

    Result<std::optional<Revision>> current(std::string_view rec) override {
        Conditions where = current_now();
        where.add("r.rec=?", {std::string(rec)});
        ENTENTE_ASSIGN_OR_RETURN(auto found, select(where, ""));
        return found.empty() ? std::optional<Revision>{} : std::optional(std::move(found.front()));
    }

    Result<std::vector<std::string>> pages(std::string_view rec) override {
        Conditions where = current_now();
        where.add("r.rec=?", {std::string(rec)});
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            bound(
                "SELECT p.text FROM v_page AS p JOIN v_revision AS r ON r.rev=p.rev" + where.sql +
                    " ORDER BY p.number",
                where.texts
            )
        );
        std::vector<std::string> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            out.emplace_back(s.text(0));
        }
    }

    Result<std::vector<Revision>> history(std::string_view rec) override {
        Conditions where;
        where.add("r.rec=?", {std::string(rec)});
        where.add(fmt::format("r.since<={}", as_of_));
        return select(where, " ORDER BY r.number");
    }

    Result<RecordPage> list(const RecordQuery& query) override {
        RecordPage page;
        ENTENTE_ASSIGN_OR_RETURN(page.total, count(query));
        RecordQuery one_more = query;
        if (query.limit < SIZE_MAX) one_more.limit = query.limit + 1;
        ENTENTE_RETURN_IF_ERROR(each(one_more, [&](Revision record) -> Result<void> {
            page.more = page.records.size() == query.limit;
            if (!page.more) page.records.push_back(std::move(record));
            return {};
        }));
        return page;
    }

    Result<std::size_t> count(const RecordQuery& query) override {
        if (lists_) return lists_->count(query);
        ENTENTE_RETURN_IF_ERROR(learn(types_asked(schema_, query)));
        ENTENTE_ASSIGN_OR_RETURN(const auto where, condition_of(schema_, as_of_, query));
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            bound(
                "SELECT count(*) FROM " + source_of(schema_, query).view + " AS r WHERE " + where.text,
                where.values
            )
        );
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool row, s.step());
        return static_cast<std::size_t>(s.integer(0));
    }

    // The numbers of the revisions are sorted alone; the wide rows are then read one at a time.
    Result<void> each(const RecordQuery& query, const Taker& take) override {
        if (lists_) {
            ENTENTE_ASSIGN_OR_RETURN(const auto page, lists_->page(query));
            for (const auto rev : page) {
                // Many at once are read for a file: they would push out what pages show.
                if (page.size() > kRowsOfAPage) {
                    ENTENTE_ASSIGN_OR_RETURN(auto revision, read_numbered(rev));
                    ENTENTE_RETURN_IF_ERROR(take(std::move(revision)));
                    continue;
                }
                ENTENTE_ASSIGN_OR_RETURN(
                    const auto known,
                    connection_.learned<RevisionRead>(
                        as_of_,
                        "row " + std::to_string(rev),
                        [&]() -> Result<RevisionRead> {
                            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_numbered(rev));
                            return RevisionRead{std::move(revision)};
                        }
                    )
                );
                ENTENTE_RETURN_IF_ERROR(take(known->revision));
            }
            return {};
        }
        ENTENTE_RETURN_IF_ERROR(learn(types_asked(schema_, query)));
        ENTENTE_ASSIGN_OR_RETURN(auto where, condition_of(schema_, as_of_, query));
        ENTENTE_ASSIGN_OR_RETURN(const auto keys, sort_keys(schema_, query));
        const auto from = " FROM " + source_of(schema_, query).view + " AS r";
        if (!query.after.empty()) {
            ENTENTE_ASSIGN_OR_RETURN(const auto later, behind(from, where, keys, query.after));
            where.and_also(later);
        }
        const auto limit = query.limit < SIZE_MAX ? fmt::format(" LIMIT {}", query.limit) : std::string();
        ENTENTE_ASSIGN_OR_RETURN(
            auto found,
            bound("SELECT r.\"@rev\"" + from + " WHERE " + where.text + order_by(keys) + limit, where.values)
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, found.step());
            if (!more) return {};
            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_numbered(found.integer(0)));
            ENTENTE_RETURN_IF_ERROR(take(std::move(revision)));
        }
    }

    Result<FacetPage> facets(const FacetQuery& query) override {
        if (lists_ && query.sum.empty()) return lists_->facets(query);
        ENTENTE_RETURN_IF_ERROR(learn(query.where.types));
        ENTENTE_RETURN_IF_ERROR(learn(types_asked(schema_, query.where)));
        return count_facets(connection_, schema_, as_of_, query);
    }

    std::uint64_t as_of() const override { return as_of_; }

    Result<std::vector<std::pair<std::string, std::string>>> resolve(
        const std::vector<std::string>& types, std::string_view text
    ) override {
        Conditions where = current_now();
        add_types(where, types);
        where.add(kCalledSo, {std::string(text)});
        ENTENTE_ASSIGN_OR_RETURN(auto found, pairs(where));
        if (!found.empty() || text.size() < kShortestBeginning) return found;
        Conditions prefix = current_now();
        add_types(prefix, types);
        prefix.add(kBeginsSo, beginning(text));
        return pairs(prefix);
    }

    Result<std::vector<std::pair<std::string, std::string>>> resolve_any(std::string_view text) override {
        Conditions where;
        where.add(fmt::format("r.since<={}", as_of_));
        where.add(kCalledSo, {std::string(text)});
        ENTENTE_ASSIGN_OR_RETURN(auto found, pairs(where));
        if (text.size() < kShortestBeginning) return found;
        Conditions prefix;
        prefix.add(fmt::format("r.since<={}", as_of_));
        prefix.add(kBeginsSo, beginning(text));
        ENTENTE_ASSIGN_OR_RETURN(const auto begun, pairs(prefix));
        found.insert(found.end(), begun.begin(), begun.end());
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    Result<std::vector<SystemEntry>> system_entries(std::string_view kind) override {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            connection_.prepare(fmt::format(
                "SELECT idx,kind,rec,type,t,f,label FROM v_system_entry WHERE idx<{} AND kind=? ORDER BY idx",
                as_of_
            ))
        );
        s.bind(1, kind);
        std::vector<SystemEntry> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            ENTENTE_ASSIGN_OR_RETURN(auto f, stored_object(s.text(5)));
            out.push_back(
                {static_cast<std::uint64_t>(s.integer(0)),
                 std::string(s.text(1)),
                 std::string(s.text(2)),
                 std::string(s.text(3)),
                 std::string(s.text(4)),
                 {},
                 connection_.label_digest(s.integer(6)),
                 std::move(f)}
            );
        }
    }

    Result<std::vector<Change>> changes(const ChangesQuery& query) override {
        return sqlite::changes(connection_, as_of_, query);
    }

    Result<void> each_current(
        const std::string& type, const std::function<Result<void>(const Revision&)>& visit
    ) override {
        Conditions where = current_now();
        where.add("r.type_number=entente_number(?)", {type});
        ENTENTE_ASSIGN_OR_RETURN(
            auto s, bound(fmt::format("SELECT {} FROM v_revision AS r{}", kColumns, where.sql), where.texts)
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return {};
            ENTENTE_ASSIGN_OR_RETURN(const auto revision, read_revision(s, connection_, schema_, contents_));
            ENTENTE_RETURN_IF_ERROR(visit(revision));
        }
    }

    Result<std::vector<bool>> current_places(const std::vector<std::string>& types) override {
        ENTENTE_RETURN_IF_ERROR(learn(types));
        std::vector<bool> out;
        connection_.learned_current().each([&](std::size_t rev) {
            if (rev >= out.size()) out.resize(rev + 1 + rev / 2);
            out[rev] = true;
        });
        return out;
    }

    Result<void> each_of_batch(std::uint64_t index, const std::function<Result<void>(Revision)>& visit)
        override {
        if (index >= as_of_) return {};
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            connection_.prepare(fmt::format(
                "SELECT {} FROM v_revision AS r WHERE r.idx={} AND r.row>=0 ORDER BY r.row", kColumns, index
            ))
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return {};
            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_revision(s, connection_, schema_, contents_));
            ENTENTE_RETURN_IF_ERROR(visit(std::move(revision)));
        }
    }

    Result<std::vector<Tally>> tally_values(const TallyQuery& query) override {
        if (!connection_.remembers() || !query.by.empty() || !query.sums.empty())
            return sqlite::tally_values(connection_, schema_, as_of_, query);
        ENTENTE_ASSIGN_OR_RETURN(
            const auto known,
            connection_.learned<Tallies>(
                as_of_,
                fmt::format("tallies {} {}", query.type, query.field),
                [&]() -> Result<Tallies> {
                    ENTENTE_ASSIGN_OR_RETURN(
                        auto rows, sqlite::tally_values(connection_, schema_, as_of_, query)
                    );
                    return Tallies{std::move(rows)};
                }
            )
        );
        return known->rows;
    }

private:
    Conditions current_now() const {
        Conditions where;
        where.add("r.kind<>'retract'");
        where.add(fmt::format("r.since<={0} AND (r.until IS NULL OR r.until>{0})", as_of_));
        return where;
    }

    static void add_types(Conditions& where, const std::vector<std::string>& types) {
        if (types.empty()) return;
        std::string marks;
        for (std::size_t i = 0; i < types.size(); ++i) marks += i ? ",?" : "?";
        // A name leads to few records: the index of types is not walked (the plus sees to it).
        where.add("+r.type IN (" + marks + ")", {types.begin(), types.end()});
    }

    Result<void> learn(const std::vector<std::string>& types) {
        for (const auto& type : types) ENTENTE_RETURN_IF_ERROR(connection_.learn_current(type, as_of_));
        return {};
    }

    // The condition that a record stands behind another one in the order of the keys.
    Result<Sql> behind(
        const std::string& from, const Sql& where, const std::vector<SortKey>& keys, const std::string& rec
    ) {
        std::string columns;
        for (const auto& key : keys) columns += (columns.empty() ? "" : ", ") + key.expression;
        Sql anchor = where;
        anchor.and_also({"r.\"@rev\" IN (SELECT \"@rev\" FROM v_record WHERE \"@rec\"=?)", {rec}});
        ENTENTE_ASSIGN_OR_RETURN(
            auto s, bound("SELECT " + columns + from + " WHERE " + anchor.text, anchor.values)
        );
        ENTENTE_ASSIGN_OR_RETURN(const bool row, s.step());
        if (!row) return fail(ErrorCode::invalid_argument, "after", "found an id that is not in this list");
        Sql any, before;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto at = static_cast<int>(i);
            const auto& expression = keys[i].expression;
            if (s.is_null(at)) {  // whoever has no value stands last: nothing is behind by this key
                before.and_also({expression + " IS NULL", {}});
                continue;
            }
            const SqlValue value = s.is_integer(at) ? SqlValue(s.integer(at))
                                   : s.is_real(at)  ? SqlValue(s.real(at))
                                                    : SqlValue(std::string(s.text(at)));
            Sql here = before;
            here.and_also(
                {fmt::format("{0} IS NULL OR {0}{1}?", expression, keys[i].descending ? "<" : ">"), {value}}
            );
            if (!any.text.empty()) any.text += " OR ";
            any.add({"(" + here.text + ")", here.values});
            before.and_also({expression + "=?", {value}});
        }
        return any;
    }

    Result<Revision> read_numbered(std::int64_t rev) {
        static const auto sql = fmt::format("SELECT {} FROM v_revision AS r WHERE r.rev=?", kColumns);
        ENTENTE_ASSIGN_OR_RETURN(auto* const row, connection_.kept(sql));
        row->bind(1, rev);
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const bool found, row->step());
        ENTENTE_ASSIGN_OR_RETURN(auto revision, read_revision(*row, connection_, schema_, contents_));
        row->reset();
        // Seen from an earlier size, a revision that was superseded later is still current.
        if (revision.until && *revision.until > as_of_) revision.until.reset();
        return revision;
    }

    Result<Statement> bound(const std::string& sql, const std::vector<SqlValue>& values) {
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection_.prepare(sql));
        bind_all(s, values);
        return s;
    }

    Result<std::vector<Revision>> select(const Conditions& where, const std::string& order) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* const s,
            connection_.kept(fmt::format("SELECT {} FROM v_revision AS r{}{}", kColumns, where.sql, order))
        );
        bind_all(*s, where.texts);
        std::vector<Revision> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
            if (!more) return out;
            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_revision(*s, connection_, schema_, contents_));
            // Seen from an earlier size, a revision that was superseded later is still current.
            if (revision.until && *revision.until > as_of_) revision.until.reset();
            out.push_back(std::move(revision));
        }
    }

    Result<std::vector<std::pair<std::string, std::string>>> pairs(const Conditions& where) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto* const s,
            connection_.kept(
                "SELECT DISTINCT r.rec, r.type FROM v_revision AS r" + where.sql + " ORDER BY r.rec LIMIT 50"
            )
        );
        bind_all(*s, where.texts);
        std::vector<std::pair<std::string, std::string>> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s->step());
            if (!more) return out;
            out.emplace_back(s->text(0), s->text(1));
        }
    }

    GuardedConnection connection_;
    ContentReader contents_{
        [this](const std::string& sql) { return connection_.prepare(sql); }, ContentReader::From::views};
    const domain::Schema& schema_;
    std::uint64_t as_of_;
    std::optional<IndexLists> lists_;  // where the connection remembers
};

}  // namespace

Result<std::unique_ptr<RecordView>> make_index_view(
    Connection connection,
    const domain::Schema& schema,
    const policy::AuthzContext& context,
    std::uint64_t as_of,
    std::shared_ptr<IndexMemory> memory
) {
    ENTENTE_ASSIGN_OR_RETURN(
        auto guarded, GuardedConnection::create(std::move(connection), context, std::move(memory))
    );
    std::unique_ptr<RecordView> view = std::make_unique<IndexView>(std::move(guarded), schema, as_of);
    return context.is_home() ? std::move(view) : make_outsider_view(std::move(view), schema);
}

}  // namespace entente::store::sqlite
