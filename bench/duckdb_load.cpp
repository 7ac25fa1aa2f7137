// The peer of bench/import: DuckDB reads decompressed reports into one table.
//   bench_duckdb DATABASE FILE…
#include <cstdio>
#include <string>

#include "service/duckdb_library.h"

namespace {

std::string statement(int count, char** files) {
    std::string sql = "CREATE TABLE line AS SELECT * FROM read_csv([";
    for (int i = 2; i < count; ++i) sql += (i > 2 ? ",'" : "'") + std::string(files[i]) + "'";
    return sql + "], delim='\\t', quote='', escape='', header=true, all_varchar=true)";
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) return std::fputs("bench_duckdb DATABASE FILE…\n", stderr), 2;
    const auto library = entente::service::load_duckdb();
    if (!library) return std::fprintf(stderr, "%s\n", library.error().message.c_str()), 3;
    const auto& duck = **library;
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    char* error = nullptr;
    if (duck.open_ext(arguments[1], &database, nullptr, &error) != DuckDBSuccess) return std::fprintf(stderr, "%s\n", error), 3;
    if (duck.connect(database, &connection) != DuckDBSuccess) return std::fputs("no connection\n", stderr), 3;
    duckdb_result result;
    const bool done = duck.query(connection, statement(count, arguments).c_str(), &result) == DuckDBSuccess;
    if (!done) std::fprintf(stderr, "%s\n", duck.result_error(&result));
    duck.destroy_result(&result);
    duck.disconnect(&connection);
    duck.close(&database);
    return done ? 0 : 1;
}
