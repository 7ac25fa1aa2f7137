#include "store/sqlite/index_view.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/json.h"
#include "store/sqlite/index_tables.h"

namespace entente::store::sqlite {
namespace {

using namespace ledger;

// One bit a label id, and the digest of each.
struct VisibleLabels {
    std::vector<bool> bits;
    std::vector<std::string> digests;
};

void visible_function(sqlite3_context* context, int, sqlite3_value** values) {
    const auto& labels = *static_cast<const VisibleLabels*>(sqlite3_user_data(context));
    const auto id = sqlite3_value_int64(values[0]);
    sqlite3_result_int(
        context,
        id >= 0 && static_cast<std::size_t>(id) < labels.bits.size() &&
            labels.bits[static_cast<std::size_t>(id)]
    );
}

// Base tables are read through our views alone; the innermost view is the last argument.
int authorize(void*, int action, const char* table, const char*, const char*, const char* view) {
    if (action != SQLITE_READ)
        return action == SQLITE_SELECT || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE
                   ? SQLITE_OK
                   : SQLITE_DENY;
    const std::string_view name(table ? table : "");
    if (name.starts_with("v_")) return SQLITE_OK;
    return view && std::string_view(view).starts_with("v_") ? SQLITE_OK : SQLITE_DENY;
}

constexpr std::string_view kColumns =
    "r.rec,r.type,r.kind,r.number,r.idx,r.row,r.leaf,r.t,r.by_account,r.reason,r.at,r.label,r.until,r.erased,"
    "r.content";

Result<Revision> read_revision(const Statement& s, const VisibleLabels& labels) {
    Revision r;
    r.rec = s.text(0), r.type = s.text(1), r.kind = s.text(2);
    r.number = static_cast<std::uint32_t>(s.integer(3));
    r.index = static_cast<std::uint64_t>(s.integer(4));
    r.row = s.integer(5);
    r.leaf = Hash::from_bytes(s.blob(6)).value_or(Hash{});
    r.t = s.text(7), r.by = s.text(8), r.reason = s.text(9), r.at = s.text(10);
    r.label = labels.digests.at(static_cast<std::size_t>(s.integer(11)));
    if (!s.is_null(12)) r.until = static_cast<std::uint64_t>(s.integer(12));
    r.erased = static_cast<std::uint32_t>(s.integer(13));
    ENTENTE_ASSIGN_OR_RETURN(auto content, parse_json(s.text(14)));
    if (!content.is_object())
        return fail(ErrorCode::corrupt, "index", "found content that is no object", "entente rebuild");
    r.content = std::move(content.get_object());
    return r;
}

std::string like_pattern(std::string_view word) {
    std::string out = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + "%";
}

// A WHERE clause with its values, in order.
struct Conditions {
    std::string sql;
    std::vector<std::string> texts;

    void add(const std::string& condition, std::vector<std::string> values = {}) {
        sql += (sql.empty() ? " WHERE " : " AND ") + condition;
        texts.insert(
            texts.end(), std::make_move_iterator(values.begin()), std::make_move_iterator(values.end())
        );
    }
};

class IndexView final : public RecordView {
public:
    IndexView(
        Connection connection,
        const domain::Schema& schema,
        std::uint64_t as_of,
        std::unique_ptr<VisibleLabels> labels
    )
        : labels_(std::move(labels)), connection_(std::move(connection)), schema_(schema), as_of_(as_of) {}

    Result<std::optional<Revision>> current(std::string_view rec) override {
        Conditions where = current_now();
        where.add("r.rec=?", {std::string(rec)});
        ENTENTE_ASSIGN_OR_RETURN(auto found, select(where, ""));
        return found.empty() ? std::optional<Revision>{} : std::optional(std::move(found.front()));
    }

    Result<std::vector<Revision>> history(std::string_view rec) override {
        Conditions where;
        where.add("r.rec=?", {std::string(rec)});
        where.add(fmt::format("r.since<={}", as_of_));
        return select(where, " ORDER BY r.number");
    }

    Result<RecordPage> list(const RecordQuery& query) override {
        ENTENTE_ASSIGN_OR_RETURN(auto where, conditions(query));
        const char* direction = query.newest_first ? "DESC" : "ASC";
        const std::string order = fmt::format(
            " ORDER BY r.day_from IS NULL, r.day_from {0}, r.day_to {0}, r.idx {0}, r.row {0}, r.rec",
            direction
        );
        ENTENTE_ASSIGN_OR_RETURN(
            const auto ids, texts("SELECT r.rec FROM v_revision AS r" + where.sql + order, where.texts)
        );
        RecordPage page;
        page.total = ids.size();
        std::size_t at = 0;
        if (!query.after.empty()) {
            const auto found = std::find(ids.begin(), ids.end(), query.after);
            if (found == ids.end())
                return fail(ErrorCode::invalid_argument, "after", "found an id that is not in this list");
            at = static_cast<std::size_t>(found - ids.begin()) + 1;
        }
        for (; at < ids.size() && page.records.size() < query.limit; ++at) {
            ENTENTE_ASSIGN_OR_RETURN(auto record, current(ids[at]));
            if (record) page.records.push_back(*std::move(record));
        }
        return page;
    }

    Result<std::vector<std::pair<std::string, std::string>>> resolve(
        const std::vector<std::string>& types, std::string_view text
    ) override {
        Conditions where = current_now();
        add_types(where, types);
        where.add(
            "EXISTS(SELECT 1 FROM v_handle AS h WHERE h.rev=r.rev AND h.handle=?)", {std::string(text)}
        );
        ENTENTE_ASSIGN_OR_RETURN(auto found, pairs(where));
        if (!found.empty() || text.size() < 4) return found;
        Conditions prefix = current_now();
        add_types(prefix, types);
        prefix.add("r.rec LIKE ? ESCAPE '\\'", {like_pattern(text).substr(1)});
        return pairs(prefix);
    }

    Result<std::vector<std::pair<std::string, std::string>>> resolve_any(std::string_view text) override {
        Conditions where;
        where.add(fmt::format("r.since<={}", as_of_));
        where.add(
            "(r.rec LIKE ? ESCAPE '\\' OR EXISTS(SELECT 1 FROM v_handle AS h WHERE h.rev=r.rev AND "
            "h.handle=?))",
            {text.size() < 4 ? std::string() : like_pattern(text).substr(1), std::string(text)}
        );
        return pairs(where);
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
            ENTENTE_ASSIGN_OR_RETURN(auto f, parse_json(s.text(5)));
            out.push_back(
                {static_cast<std::uint64_t>(s.integer(0)),
                 std::string(s.text(1)),
                 std::string(s.text(2)),
                 std::string(s.text(3)),
                 std::string(s.text(4)),
                 labels_->digests.at(static_cast<std::size_t>(s.integer(6))),
                 f.as_object()}
            );
        }
    }

    Result<void> each_current(
        const std::string& type, const std::function<Result<void>(const Revision&)>& visit
    ) override {
        Conditions where = current_now();
        add_types(where, {type});
        ENTENTE_ASSIGN_OR_RETURN(
            auto s, bound(fmt::format("SELECT {} FROM v_revision AS r{}", kColumns, where.sql), where.texts)
        );
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return {};
            ENTENTE_ASSIGN_OR_RETURN(const auto revision, read_revision(s, *labels_));
            ENTENTE_RETURN_IF_ERROR(visit(revision));
        }
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
            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_revision(s, *labels_));
            ENTENTE_RETURN_IF_ERROR(visit(std::move(revision)));
        }
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
        where.add("r.type IN (" + marks + ")", types);
    }

    Result<Conditions> conditions(const RecordQuery& query) const {
        Conditions where = current_now();
        add_types(where, query.types);
        for (const auto& actor : query.actors)
            where.add("EXISTS(SELECT 1 FROM v_reference AS x WHERE x.rev=r.rev AND x.target=?)", {actor});
        if (query.since) where.add(fmt::format("coalesce(r.day_to,r.day_from)>={}", query.since->value));
        if (query.until) where.add(fmt::format("coalesce(r.day_from,r.day_to)<={}", query.until->value));
        for (const auto& [field, value] : query.equals)
            ENTENTE_RETURN_IF_ERROR(add_equal(where, query.types, field, value));
        for (std::string_view rest = query.text; !rest.empty();) {
            const auto end = rest.find(' ');
            if (const auto word = rest.substr(0, end); !word.empty())
                where.add("r.words LIKE ? ESCAPE '\\'", {like_pattern(word)});
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
        return where;
    }

    Result<void> add_equal(
        Conditions& where,
        const std::vector<std::string>& types,
        const std::string& name,
        const std::string& value
    ) const {
        std::string any;
        std::vector<std::string> values;
        for (const auto& type : schema_.types()) {
            const auto* field = type.find(name);
            if (!field || (!types.empty() && std::find(types.begin(), types.end(), type.type) == types.end()))
                continue;
            if (field->type == domain::FieldType::group || value_columns(*field).size() > 1) continue;
            const auto table = field->many ? field_table(type, *field) : type_table(type);
            any += fmt::format(
                "{}EXISTS(SELECT 1 FROM \"v_{}\" AS x WHERE x.rev=r.rev AND CAST(x.\"{}\" AS TEXT)=?)",
                any.empty() ? "" : " OR ",
                table,
                name
            );
            values.push_back(value);
        }
        if (any.empty())
            return fail(
                ErrorCode::invalid_argument, name, "found a field by which this list cannot be narrowed"
            );
        where.add("(" + any + ")", std::move(values));
        return {};
    }

    Result<Statement> bound(const std::string& sql, const std::vector<std::string>& values) {
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection_.prepare(sql));
        for (std::size_t i = 0; i < values.size(); ++i) s.bind(static_cast<int>(i) + 1, values[i]);
        return s;
    }

    Result<std::vector<Revision>> select(const Conditions& where, const std::string& order) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            bound(fmt::format("SELECT {} FROM v_revision AS r{}{}", kColumns, where.sql, order), where.texts)
        );
        std::vector<Revision> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            ENTENTE_ASSIGN_OR_RETURN(auto revision, read_revision(s, *labels_));
            // Seen from an earlier size, a revision that was superseded later is still current.
            if (revision.until && *revision.until > as_of_) revision.until.reset();
            out.push_back(std::move(revision));
        }
    }

    Result<std::vector<std::string>> texts(const std::string& sql, const std::vector<std::string>& values) {
        ENTENTE_ASSIGN_OR_RETURN(auto s, bound(sql, values));
        std::vector<std::string> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            out.emplace_back(s.text(0));
        }
    }

    Result<std::vector<std::pair<std::string, std::string>>> pairs(const Conditions& where) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto s,
            bound(
                "SELECT DISTINCT r.rec, r.type FROM v_revision AS r" + where.sql + " ORDER BY r.rec LIMIT 50",
                where.texts
            )
        );
        std::vector<std::pair<std::string, std::string>> out;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) return out;
            out.emplace_back(s.text(0), s.text(1));
        }
    }

    std::unique_ptr<VisibleLabels> labels_;  // outlives the connection, whose function points to it
    Connection connection_;
    const domain::Schema& schema_;
    std::uint64_t as_of_;
};

}  // namespace

Result<std::unique_ptr<RecordView>> make_index_view(
    Connection connection,
    const domain::Schema& schema,
    const policy::AuthzContext& context,
    std::uint64_t as_of
) {
    ENTENTE_RETURN_IF_ERROR(connection.execute("BEGIN"));
    auto labels = std::make_unique<VisibleLabels>();
    {
        ENTENTE_ASSIGN_OR_RETURN(auto s, connection.prepare("SELECT id, bytes, digest FROM label"));
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, s.step());
            if (!more) break;
            const auto id = static_cast<std::size_t>(s.integer(0));
            if (labels->bits.size() <= id) labels->bits.resize(id + 1), labels->digests.resize(id + 1);
            labels->digests[id] = s.text(2);
            const auto label = policy::Label::parse(s.text(1));
            labels->bits[id] = label && policy::decide(*label, context);
        }
    }
    auto* const raw = connection.raw();
    const int made = sqlite3_create_function_v2(
        raw,
        "entente_visible",
        1,
        SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC,
        labels.get(),
        visible_function,
        nullptr,
        nullptr,
        nullptr
    );
    if (made != SQLITE_OK || sqlite3_set_authorizer(raw, authorize, nullptr) != SQLITE_OK)
        return std::unexpected(connection.error("guard the index"));
    return std::make_unique<IndexView>(std::move(connection), schema, as_of, std::move(labels));
}

}  // namespace entente::store::sqlite
