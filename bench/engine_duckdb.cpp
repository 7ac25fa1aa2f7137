#include "engine_duckdb.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "service/duckdb_library.h"
#include "support.h"

namespace entente::bench {
namespace {

// What the product does not call, declared as in duckdb.h.
struct Chunk;
struct Vector;
struct More {
    const char* (*library_version)();
    Chunk* (*fetch_chunk)(duckdb_result);
    idx_t (*chunk_size)(Chunk*);
    Vector* (*chunk_vector)(Chunk*, idx_t);
    void* (*vector_data)(Vector*);
    void (*destroy_chunk)(Chunk**);
    duckdb_state (*append_int32)(duckdb_appender, std::int32_t);
    duckdb_state (*append_uint8)(duckdb_appender, std::uint8_t);
    duckdb_state (*append_uint16)(duckdb_appender, std::uint16_t);
    duckdb_state (*append_double)(duckdb_appender, double);
    idx_t (*column_count)(duckdb_result*);
};

More take_more() {
    void* library = ::dlopen(service::duckdb_path().c_str(), RTLD_NOW | RTLD_LOCAL);
    require(library != nullptr, "the DuckDB library opens");
    More out{};
    const auto take = [&](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
        require(function != nullptr, name);
    };
    take("duckdb_library_version", out.library_version);
    take("duckdb_fetch_chunk", out.fetch_chunk);
    take("duckdb_data_chunk_get_size", out.chunk_size);
    take("duckdb_data_chunk_get_vector", out.chunk_vector);
    take("duckdb_vector_get_data", out.vector_data);
    take("duckdb_destroy_data_chunk", out.destroy_chunk);
    take("duckdb_append_int32", out.append_int32);
    take("duckdb_append_uint8", out.append_uint8);
    take("duckdb_append_uint16", out.append_uint16);
    take("duckdb_append_double", out.append_double);
    take("duckdb_column_count", out.column_count);
    return out;
}

double rate_of(double half_life) { return std::numbers::ln2 / half_life; }

// One number a strand, chosen by the strand's number.
std::string by_strand(const std::vector<std::vector<double>>& half_lives, std::size_t k, double (*of)(double)) {
    std::string out = "CASE strand";
    for (std::size_t s = 0; s < half_lives.size(); ++s) out += fmt::format(" WHEN {} THEN {:.17e}", s, of(half_lives[s][k]));
    return out + " END";
}

}  // namespace

struct Peer::Parts {
    const service::DuckDb* duck = nullptr;
    More more{};
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
};

Peer::Peer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Peer::~Peer() {
    parts_->duck->disconnect(&parts_->connection);
    parts_->duck->close(&parts_->database);
}

std::unique_ptr<Peer> Peer::open(std::string& why) {
    const auto library = service::load_duckdb();
    if (!library) return why = library.error().message, nullptr;
    auto parts = std::make_unique<Parts>();
    parts->duck = *library;
    parts->more = take_more();
    char* error = nullptr;
    require(parts->duck->open_ext(nullptr, &parts->database, nullptr, &error) == DuckDBSuccess, "DuckDB opens");
    require(parts->duck->connect(parts->database, &parts->connection) == DuckDBSuccess, "DuckDB connects");
    return std::unique_ptr<Peer>(new Peer(std::move(parts)));
}

std::string Peer::version() const { return parts_->more.library_version(); }
void Peer::threads(unsigned number) { run(fmt::format("SET threads={}", number)); }

void Peer::load(const MadeUpRecords& records) {
    run("CREATE OR REPLACE TABLE record(day INTEGER, pair INTEGER, strand UTINYINT, kind UTINYINT, level UTINYINT, "
        "label USMALLINT, mass DOUBLE, number INTEGER, days INTEGER, month INTEGER)");
    duckdb_appender appender = nullptr;
    const auto& [duck, more, database, connection] = *parts_;
    require(duck->appender_create(connection, nullptr, "record", &appender) == DuckDBSuccess, "an appender");
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto date = calendar(Day{records.day[i]});
        more.append_int32(appender, records.day[i]);
        more.append_int32(appender, static_cast<std::int32_t>(records.pair[i]));
        more.append_uint8(appender, records.strand[i]);
        more.append_uint8(appender, records.kind[i]);
        more.append_uint8(appender, records.level[i]);
        more.append_uint16(appender, records.label[i]);
        more.append_double(appender, records.mass[i]);
        more.append_int32(appender, static_cast<std::int32_t>(records.record[i]));
        more.append_int32(appender, records.days[i]);
        more.append_int32(appender, (date.year - calendar(first_day()).year) * 12 + date.month - 1);
        require(duck->appender_end_row(appender) == DuckDBSuccess, "a row is taken");
    }
    require(duck->appender_destroy(&appender) == DuckDBSuccess, "rows are kept");
    run("CREATE OR REPLACE TABLE month AS SELECT g::INTEGER AS month, (date_diff('day', DATE '1970-01-01', last_day(DATE '1985-01-01' + "
        "to_months(g::INTEGER))))::INTEGER AS day FROM range(480) AS t(g)");
}

void Peer::run(const std::string& sql) {
    duckdb_result result;
    const bool done = parts_->duck->query(parts_->connection, sql.c_str(), &result) == DuckDBSuccess;
    require(done, done ? std::string() : std::string(parts_->duck->result_error(&result)) + "\n" + sql);
    parts_->duck->destroy_result(&result);
}

void Peer::each(const std::string& sql, const std::function<void(const double* row)>& take) {
    duckdb_result result;
    const bool done = parts_->duck->query(parts_->connection, sql.c_str(), &result) == DuckDBSuccess;
    require(done, done ? std::string() : std::string(parts_->duck->result_error(&result)) + "\n" + sql);
    const auto& more = parts_->more;
    std::vector<const double*> columns(more.column_count(&result));
    std::vector<double> row(columns.size());
    while (Chunk* chunk = more.fetch_chunk(result)) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            columns[i] = static_cast<const double*>(more.vector_data(more.chunk_vector(chunk, i)));
        for (idx_t at = 0; at < more.chunk_size(chunk); ++at) {
            for (std::size_t i = 0; i < columns.size(); ++i) row[i] = columns[i][at];
            take(row.data());
        }
        more.destroy_chunk(&chunk);
    }
    parts_->duck->destroy_result(&result);
}

std::string stocks_sql(const std::vector<std::vector<double>>& half_lives, bool spans) {
    std::string sums;
    for (std::size_t k = 0; k < half_lives.front().size(); ++k) {
        const auto rate = by_strand(half_lives, k, rate_of);
        sums += spans ? fmt::format(
                            ", sum(CASE WHEN days = 1 THEN mass * exp((day - {0}) * {1}) ELSE mass / days * exp((day - {0}) * {1}) * (1 - exp(-days * {1})) / "
                            "(1 - exp(-{1})) END)",
                            last_day().value,
                            rate
                        )
                      : fmt::format(", sum(mass * exp((day - {}) * {}))", last_day().value, rate);
    }
    return fmt::format(
        "SELECT pair::DOUBLE, strand::DOUBLE{} FROM record WHERE day <= {} GROUP BY pair, strand", sums, last_day().value
    );
}

// What came in by month, and a running sum in units that grow: no self-join, no recursion.
std::string months_sql(const std::vector<std::vector<double>>& half_lives) {
    const auto rate = by_strand(half_lives, 0, rate_of);
    return fmt::format(
        "WITH came AS (SELECT pair, strand, month, sum(mass * exp((day - {0}) * {1})) AS mass FROM record GROUP BY ALL), "
        "every AS (SELECT pair, strand, month, day FROM (SELECT DISTINCT pair, strand FROM came), month) "
        "SELECT pair::DOUBLE, strand::DOUBLE, month::DOUBLE, exp(({0} - day) * {1}) * "
        "sum(coalesce(mass, 0)) OVER (PARTITION BY pair, strand ORDER BY month ROWS UNBOUNDED PRECEDING) "
        "FROM every LEFT JOIN came USING (pair, strand, month)",
        first_day().value,
        rate
    );
}

}  // namespace entente::bench
