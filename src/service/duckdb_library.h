#pragma once

#include <filesystem>

#include <duckdb.h>

#include "base/result.h"

namespace entente::service {

/// DuckDB's C functions, out of a library that is loaded when first asked for and stays loaded.
struct DuckDb {
    decltype(&duckdb_create_config) create_config;
    decltype(&duckdb_set_config) set_config;
    decltype(&duckdb_destroy_config) destroy_config;
    decltype(&duckdb_open_ext) open_ext;
    decltype(&duckdb_close) close;
    decltype(&duckdb_connect) connect;
    decltype(&duckdb_disconnect) disconnect;
    decltype(&duckdb_query) query;
    decltype(&duckdb_destroy_result) destroy_result;
    decltype(&duckdb_result_error) result_error;
    decltype(&duckdb_free) free;
    decltype(&duckdb_appender_create) appender_create;
    decltype(&duckdb_appender_error) appender_error;
    decltype(&duckdb_appender_destroy) appender_destroy;
    decltype(&duckdb_appender_end_row) appender_end_row;
    decltype(&duckdb_append_varchar_length) append_varchar_length;
    decltype(&duckdb_append_null) append_null;
};

/// Where the library is looked for: ENTENTE_DUCKDB, else where tools/install puts it.
std::filesystem::path duckdb_path();

/// Errors  unavailable: not there, or not such a library; the advice says how to get it
Result<const DuckDb*> load_duckdb(const std::filesystem::path& path = duckdb_path());

}  // namespace entente::service
