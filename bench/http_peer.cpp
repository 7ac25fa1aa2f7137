// The peer of bench/http.sh: plain SQL over the same index file (its tables, no labels, no views) through
// libmicrohttpd, of the other servers that Debian has the one with most requests a second of processor time. It
// answers the paths that bench/http.sh asks: a record, lists with a total, facets by GROUP BY, words by MATCH.
//
//   bench_http_peer INDEX_FILE      prints its port; ends by a signal
#include <fmt/format.h>
#include <microhttpd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include "base/day.h"
#include "store/sqlite/connection.h"
#include "support.h"

namespace entente::bench {
namespace {

using store::sqlite::Connection;
using store::sqlite::Statement;

constexpr unsigned kPoolThreads = 8;
std::string index_file;

void add_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<int>(c));
        else
            out += c;
    }
    out += '"';
}

/// Rows as objects: numbers bare, texts in quotes, nulls left out. Columns that are called `[name]` hold JSON.
void add_rows(Statement& rows, const std::vector<const char*>& names, std::string& out) {
    out += '[';
    bool first = true;
    for (;;) {
        const bool more = require(rows.step());
        if (!more) break;
        if (!std::exchange(first, false)) out += ',';
        out += '{';
        bool any = false;
        for (int i = 0; i < static_cast<int>(names.size()); ++i) {
            if (rows.is_null(i)) continue;
            if (std::exchange(any, true)) out += ',';
            const std::string_view name = names[static_cast<std::size_t>(i)];
            const bool is_json = name.front() == '[';
            add_text(out, is_json ? name.substr(1, name.size() - 2) : name);
            out += ':';
            if (rows.is_integer(i))
                out += std::to_string(rows.integer(i));
            else if (is_json)
                out += rows.text(i);
            else
                add_text(out, rows.text(i));
        }
        out += '}';
    }
    rows.reset();
    out += ']';
}

struct Condition {
    std::string sql;
    std::vector<std::string> texts;
    std::vector<std::int64_t> days;
};

using Query = std::multimap<std::string, std::string>;

std::string one(const Query& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

/// One thread's connection with its statements.
class Database {
public:
    Database() : connection_(require(Connection::open(index_file, store::sqlite::Durability::rebuild, store::sqlite::Access::read_only))) {
        // As large as the file: it is read from memory.
        require(connection_.execute("PRAGMA mmap_size=4294967296; PRAGMA cache_size=-64000").has_value(), "settings");
    }

    std::string record(const std::string& id) {
        auto& s = statement(
            "SELECT r.rev, r.rec, r.number, c.text, e.title, e.\"held.from\", e.\"held.to\", p.text, l.text, s.text, e.source_id, "
            "(SELECT count(*) FROM reference WHERE target=(SELECT id FROM text WHERE text=r.rec)) "
            "FROM revision r JOIN t_engagement e ON e.rev=r.rev LEFT JOIN text c ON c.id=e.category "
            "LEFT JOIN text p ON p.id=e.\"held.precision\" LEFT JOIN text l ON l.id=e.level LEFT JOIN text s ON s.id=e.status "
            "WHERE r.rec=?1 AND r.until IS NULL AND r.kind<>'retract'"
        );
        s.bind(1, id);
        std::string out = "{\"record\":";
        require(require(s.step()), "the record is there");
        const auto rev = s.integer(0);
        s.reset();
        s.bind(1, id);
        add_rows(s, {"rev", "id", "revision", "category", "title", "from", "to", "precision", "level", "status", "source_id", "named_by"}, out);
        out += ",\"participations\":";
        add_of(rev, "SELECT t.text, (SELECT a.code FROM revision q JOIN t_actor a ON a.rev=q.rev WHERE q.rec=t.text AND q.until IS NULL), o.text, x.people FROM \"t_engagement__participations\" x JOIN text t ON t.id=x.actor LEFT JOIN text o ON o.id=x.role WHERE x.rev=?1 ORDER BY x.ord", {"actor", "code", "role", "people"}, out);
        out += ",\"places\":";
        add_of(rev, "SELECT t.text FROM \"t_engagement__places\" x JOIN text t ON t.id=x.places WHERE x.rev=?1 ORDER BY x.ord", {"place"}, out);
        out += ",\"people\":";
        add_of(rev, "SELECT x.people FROM \"t_engagement__people\" x WHERE x.rev=?1 ORDER BY x.ord", {"person"}, out);
        out += ",\"citations\":";
        add_of(rev, "SELECT t.text, x.locator FROM \"t_engagement__citations\" x JOIN text t ON t.id=x.source WHERE x.rev=?1 ORDER BY x.ord", {"source", "locator"}, out);
        return out + "}";
    }

    std::string list(const Query& query) {
        const auto where = condition(query);
        std::string out = "{\"total\":";
        {
            auto& s = statement("SELECT count(*) " + from(query) + where.sql);
            bind(s, where);
            require(require(s.step()), "a total");
            out += std::to_string(s.integer(0));
            s.reset();
        }
        out += ",\"items\":";
        const auto sort = one(query, "sort");
        const std::string order = sort == "title:desc" ? "e.title COLLATE NOCASE DESC" : "r.day_from DESC, r.day_to DESC, r.rev DESC";
        const auto limit = one(query, "limit");
        auto& s = statement(
            "SELECT r.rec, r.number, c.text, e.title, e.\"held.from\", e.\"held.to\", p.text, l.text, s.text, e.source_id, "
            "(SELECT json_group_array(json_array((SELECT a.code FROM revision q JOIN t_actor a ON a.rev=q.rev WHERE q.rec=t.text AND q.until IS NULL), o.text, x.people)) FROM \"t_engagement__participations\" x JOIN text t ON t.id=x.actor LEFT JOIN text o ON o.id=x.role WHERE x.rev=r.rev), "
            "(SELECT json_group_array(t.text) FROM \"t_engagement__places\" x JOIN text t ON t.id=x.places WHERE x.rev=r.rev), "
            "(SELECT json_group_array(x.people) FROM \"t_engagement__people\" x WHERE x.rev=r.rev), "
            "(SELECT json_group_array(json_array(t.text, x.locator)) FROM \"t_engagement__citations\" x JOIN text t ON t.id=x.source WHERE x.rev=r.rev) "
            // The rows of the page are found first: what is beside them is read for them alone.
            "FROM (SELECT r.rev AS rev " + from(query) + where.sql + " ORDER BY " + order + " LIMIT " + (limit.empty() ? "50" : limit) + ") AS f "
            "JOIN revision r ON r.rev=f.rev JOIN t_engagement e ON e.rev=f.rev LEFT JOIN text c ON c.id=e.category "
            "LEFT JOIN text p ON p.id=e.\"held.precision\" LEFT JOIN text l ON l.id=e.level LEFT JOIN text s ON s.id=e.status"
        );
        bind(s, where);
        add_rows(s, {"id", "revision", "category", "title", "from", "to", "precision", "level", "status", "source_id", "[participations]", "[places]", "[people]", "[citations]"}, out);
        return out + "}";
    }

    std::string facets(const Query& query) {
        const auto where = condition(query);
        std::string out = "{\"fields\":[", fields = one(query, "fields");
        const auto top = one(query, "top");
        for (std::size_t begin = 0; begin < fields.size();) {
            const auto end = std::min(fields.find(',', begin), fields.size());
            const auto field = fields.substr(begin, end - begin);
            begin = end + 1;
            const auto point = field.find('.');
            const bool apart = point != std::string::npos || field == "places";
            const auto column = point == std::string::npos ? field : field.substr(point + 1);
            const auto table = "\"t_engagement__" + field.substr(0, point) + "\"";
            auto& s = statement(fmt::format(
                "SELECT t.text, n FROM (SELECT {0}.\"{1}\" AS v, {2} AS n {3}{4} GROUP BY 1 ORDER BY 2 DESC LIMIT {5}) LEFT JOIN text t ON t.id=v",
                apart ? "x" : "e",
                column,
                apart ? "count(DISTINCT x.rev)" : "count(*)",
                from(query, true) + (apart ? " JOIN " + table + " x ON x.rev=r.rev" : ""),
                where.sql,
                top.empty() ? "100" : top
            ));
            bind(s, where);
            if (out.back() == '}') out += ',';
            out += "{\"name\":\"" + field + "\",\"values\":";
            add_rows(s, {"value", "count"}, out);
            out += "}";
        }
        return out + "]}";
    }

private:
    // The table of fields is joined where a condition or an order needs it; words lead where there are any.
    static std::string from(const Query& query, bool fields = false) {
        const bool by_field = fields || query.contains("where") || one(query, "sort") == "title:desc";
        std::string out = query.contains("text") ? "FROM search JOIN revision r ON r.rev=search.rowid" : "FROM revision r";
        return out + (by_field ? " JOIN t_engagement e ON e.rev=r.rev" : "");
    }

    static Condition condition(const Query& query) {
        Condition out;
        out.sql = " WHERE r.until IS NULL AND r.kind<>'retract'";
        const bool words = query.contains("text");
        if (!words || query.contains("type"))
            out.sql += words ? " AND +r.type=(SELECT id FROM text WHERE text='engagement')" : " AND r.type=(SELECT id FROM text WHERE text='engagement')";
        if (words) out.sql += " AND search MATCH ?", out.texts.push_back(one(query, "text"));
        for (const char* name : {"actor", "pair"})
            if (auto codes = one(query, name); !codes.empty())
                for (std::size_t begin = 0; begin < codes.size(); begin += 4) {
                    out.sql += " AND r.rev IN (SELECT rev FROM reference WHERE target=(SELECT t.id FROM t_actor a JOIN revision q ON q.rev=a.rev AND q.until IS NULL JOIN text t ON t.text=q.rec WHERE a.code=?))";
                    out.texts.push_back(codes.substr(begin, 3));
                }
        for (auto [at, end] = query.equal_range("where"); at != end; ++at) {
            const auto equals = at->second.find('=');
            const auto field = at->second.substr(0, equals), value = at->second.substr(equals + 1);
            if (field == "held") {
                const int year = std::stoi(value);
                out.sql += fmt::format(" AND e.\"held.to\">={} AND e.\"held.from\"<={}", day_of(year, 1, 1)->value, day_of(year, 12, 31)->value);
            } else {
                out.sql += " AND e.\"" + field + "\"=(SELECT id FROM text WHERE text=?)";
                out.texts.push_back(value);
            }
        }
        return out;
    }

    static void bind(Statement& s, const Condition& where) {
        int at = 0;
        for (const auto& text : where.texts) s.bind(++at, text);
    }

    void add_of(std::int64_t rev, const char* sql, const std::vector<const char*>& names, std::string& out) {
        auto& s = statement(sql);
        s.bind(1, rev);
        add_rows(s, names, out);
    }

    Statement& statement(const std::string& sql) {
        const auto found = statements_.find(sql);
        if (found != statements_.end()) return found->second;
        return statements_.emplace(sql, require(connection_.prepare(sql))).first->second;
    }

    Connection connection_;
    std::map<std::string, Statement> statements_;
};

MHD_Result take_argument(void* data, MHD_ValueKind, const char* name, const char* value) {
    static_cast<Query*>(data)->emplace(name, value ? value : "");
    return MHD_YES;
}

MHD_Result answer(void*, MHD_Connection* connection, const char* url, const char*, const char*, const char*, size_t*, void** state) {
    static int seen;
    if (!*state) {  // called once with the head, once for the answer
        *state = &seen;
        return MHD_YES;
    }
    thread_local Database database;
    Query query;
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_argument, &query);
    const std::string_view path = url;
    std::string body;
    if (path.starts_with("/api/records/"))
        body = database.record(std::string(path.substr(13)));
    else if (path == "/api/records")
        body = database.list(query);
    else if (path == "/api/facets/engagement")
        body = database.facets(query);
    auto* const response = MHD_create_response_from_buffer(body.size(), body.data(), MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Content-Type", "application/json");
    const auto done = MHD_queue_response(connection, body.empty() ? 404 : 200, response);
    MHD_destroy_response(response);
    return done;
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente::bench;
    require(count == 2, "bench_http_peer INDEX_FILE");
    index_file = words[1];
    auto* const daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, nullptr, nullptr, answer, nullptr, MHD_OPTION_THREAD_POOL_SIZE, kPoolThreads, MHD_OPTION_END
    );
    require(daemon != nullptr, "the server starts");
    std::cout << "http://127.0.0.1:" << MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port << "/" << std::endl;
    for (;;) ::pause();
}
