#include <algorithm>

#include <fmt/format.h>

#include "service/duckdb_library.h"
#include "service/table_out.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;

std::string identifier(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string literal(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

// Rows are kept by DuckDB as text and typed when the file is written: then the decimals are known.
class ParquetSink final : public TableSink {
public:
    ParquetSink(const DuckDb& duck, fs::path file, std::vector<TableColumn> columns)
        : duck_(duck),
          file_(std::move(file)),
          made_(file_.string() + ".part"),
          columns_(std::move(columns)),
          filled_(columns_.size()),
          decimals_(columns_.size()) {}
    ~ParquetSink() override {
        if (appender_) duck_.appender_destroy(&appender_);
        if (connection_) duck_.disconnect(&connection_);
        if (database_) duck_.close(&database_);
        std::error_code ignored;
        fs::remove(made_, ignored);
    }
    ParquetSink(const ParquetSink&) = delete;
    ParquetSink& operator=(const ParquetSink&) = delete;

    Result<void> begin() {
        ENTENTE_RETURN_IF_ERROR(open());
        std::string sql = "CREATE TABLE t(";
        for (std::size_t i = 0; i < columns_.size(); ++i)
            sql += fmt::format("{}c{} VARCHAR", i ? "," : "", i);
        ENTENTE_RETURN_IF_ERROR(run(sql + ")"));
        if (duck_.appender_create(connection_, nullptr, "t", &appender_) != DuckDBSuccess) return refused();
        return {};
    }

    Result<void> add(const TableRow& row) override {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto state = row[i] ? duck_.append_varchar_length(appender_, row[i]->data(), row[i]->size())
                                      : duck_.append_null(appender_);
            if (state != DuckDBSuccess) return refused();
            if (!row[i]) continue;
            filled_[i] = true;
            if (columns_[i].kind == ColumnKind::decimal)
                if (const auto point = row[i]->find('.'); point != std::string::npos)
                    decimals_[i] = std::max(decimals_[i], row[i]->size() - point - 1);
        }
        return duck_.appender_end_row(appender_) == DuckDBSuccess ? Result<void>{} : refused();
    }

    Result<void> finish() override {
        const bool flushed = duck_.appender_destroy(&appender_) == DuckDBSuccess;
        appender_ = nullptr;
        if (!flushed)
            return fail(ErrorCode::unavailable, "parquet", "could not keep the rows: out of memory");
        std::string list;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].drop_if_empty && !filled_[i]) continue;
            list +=
                fmt::format("{}{} AS {}", list.empty() ? "" : ",", typed(i), identifier(columns_[i].name));
        }
        ENTENTE_RETURN_IF_ERROR(run(fmt::format(
            "COPY (SELECT {} FROM t) TO {} (FORMAT parquet, COMPRESSION zstd)", list, literal(made_.string())
        )));
        std::error_code ec;
        fs::permissions(made_, fs::perms::owner_read | fs::perms::owner_write, ec);
        fs::rename(made_, file_, ec);
        if (ec)
            return fail(
                ErrorCode::unavailable,
                "parquet",
                fmt::format("could not write {}: {}", file_.string(), ec.message())
            );
        return {};
    }

private:
    std::string typed(std::size_t i) const {
        switch (columns_[i].kind) {
            case ColumnKind::whole:
                return fmt::format("CAST(c{} AS BIGINT)", i);
            case ColumnKind::day:
                return fmt::format("CAST(c{} AS DATE)", i);
            case ColumnKind::decimal:
                return decimals_[i] > 18 ? fmt::format("c{}", i)
                                         : fmt::format("CAST(c{} AS DECIMAL(38,{}))", i, decimals_[i]);
            default:
                return fmt::format("c{}", i);
        }
    }

    // In memory, one thread, no extension fetched or loaded.
    Result<void> open() {
        duckdb_config config = nullptr;
        bool set = duck_.create_config(&config) == DuckDBSuccess;
        for (const auto& [name, value] :
             {std::pair("autoinstall_known_extensions", "false"),
              std::pair("autoload_known_extensions", "false"),
              std::pair("threads", "1"),
              std::pair("memory_limit", "1GB"),
              std::pair("temp_directory", "")})
            set = set && duck_.set_config(config, name, value) == DuckDBSuccess;
        char* why = nullptr;
        const bool opened = set && duck_.open_ext(nullptr, &database_, config, &why) == DuckDBSuccess &&
                            duck_.connect(database_, &connection_) == DuckDBSuccess;
        duck_.destroy_config(&config);
        const std::string reason = why ? why : "it refused its settings";
        if (why) duck_.free(why);
        if (!opened) return fail(ErrorCode::unavailable, "parquet", "could not start DuckDB: " + reason);
        return {};
    }

    Result<void> run(const std::string& sql) {
        duckdb_result result{};
        const bool done = duck_.query(connection_, sql.c_str(), &result) == DuckDBSuccess;
        const char* why = done ? nullptr : duck_.result_error(&result);
        const std::string reason = why ? why : "no reason given";
        duck_.destroy_result(&result);
        if (!done) return fail(ErrorCode::unavailable, "parquet", "DuckDB refused: " + reason);
        return {};
    }
    std::unexpected<Error> refused() {
        const char* why = appender_ ? duck_.appender_error(appender_) : nullptr;
        return fail(
            ErrorCode::unavailable,
            "parquet",
            fmt::format("DuckDB took no row: {}", why ? why : "no reason given")
        );
    }

    const DuckDb& duck_;
    fs::path file_, made_;
    std::vector<TableColumn> columns_;
    std::vector<bool> filled_;
    std::vector<std::size_t> decimals_;
    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
    duckdb_appender appender_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<TableSink>> open_parquet(
    const fs::path& file, const std::vector<TableColumn>& columns
) {
    ENTENTE_RETURN_IF_ERROR(check_new_file(file, "parquet"));
    ENTENTE_ASSIGN_OR_RETURN(const auto* duck, load_duckdb());
    auto sink = std::make_unique<ParquetSink>(*duck, file, columns);
    ENTENTE_RETURN_IF_ERROR(sink->begin());
    return sink;
}

}  // namespace entente::service
