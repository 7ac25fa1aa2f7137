#include "service/duckdb_library.h"

#include <dlfcn.h>
#include <cstdlib>

#include <fmt/format.h>

#ifndef ENTENTE_DUCKDB_VERSION
#error "the build names the version of third_party/duckdb.lock"
#endif

namespace entente::service {
namespace {

namespace fs = std::filesystem;

template <class Function>
bool take(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

bool take_all(void* library, DuckDb& out) {
    return take(library, "duckdb_create_config", out.create_config) &&
           take(library, "duckdb_set_config", out.set_config) &&
           take(library, "duckdb_destroy_config", out.destroy_config) &&
           take(library, "duckdb_open_ext", out.open_ext) && take(library, "duckdb_close", out.close) &&
           take(library, "duckdb_connect", out.connect) &&
           take(library, "duckdb_disconnect", out.disconnect) && take(library, "duckdb_query", out.query) &&
           take(library, "duckdb_destroy_result", out.destroy_result) &&
           take(library, "duckdb_result_error", out.result_error) &&
           take(library, "duckdb_appender_create", out.appender_create) &&
           take(library, "duckdb_appender_error", out.appender_error) &&
           take(library, "duckdb_appender_destroy", out.appender_destroy) &&
           take(library, "duckdb_appender_end_row", out.appender_end_row) &&
           take(library, "duckdb_append_varchar_length", out.append_varchar_length) &&
           take(library, "duckdb_append_null", out.append_null);
}

}  // namespace

fs::path duckdb_path() {
    if (const char* named = std::getenv("ENTENTE_DUCKDB"); named && *named) return named;
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const fs::path root = cache && *cache ? fs::path(cache) : fs::path(home ? home : ".") / ".cache";
    return root / "entente" / "duckdb-" ENTENTE_DUCKDB_VERSION / "libduckdb.so";
}

Result<const DuckDb*> load_duckdb(const fs::path& path) {
    static DuckDb functions{};
    static bool loaded = false;
    std::error_code ec;
    if (!fs::exists(path, ec))
        return fail(
            ErrorCode::unavailable,
            "parquet",
            fmt::format("found no DuckDB library at {}; everything else works without it", path.string()),
            "tools/install parquet    (24 MB, once; or set ENTENTE_DUCKDB to a libduckdb.so 1.4 or 1.5)"
        );
    if (loaded) return &functions;
    // An absolute name: the loader's own search path is not asked.
    void* library = ::dlopen(fs::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library || !take_all(library, functions)) {
        const char* why = library ? "it lacks a function of the C API" : ::dlerror();
        return fail(
            ErrorCode::unavailable,
            "parquet",
            fmt::format("could not load {}: {}", path.string(), why ? why : "no reason given"),
            "tools/install parquet"
        );
    }
    loaded = true;
    return &functions;
}

}  // namespace entente::service
