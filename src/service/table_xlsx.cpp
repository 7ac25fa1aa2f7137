#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "base/decimal.h"
#include "service/table_out.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 1'048'575;  // besides the heading
constexpr std::size_t kMostColumns = 16'384;
constexpr std::size_t kMostDigits = 15;  // that a spreadsheet keeps
constexpr std::size_t kLongestCell = 32'767;
constexpr double kWidth = 18;

// A number whose digits all survive in a spreadsheet.
std::optional<double> exact_number(const std::string& text) {
    if (!is_decimal(text)) return std::nullopt;
    std::size_t digits = 0;
    for (const char c : text) digits += c >= '0' && c <= '9';
    if (digits > kMostDigits) return std::nullopt;
    return std::strtod(text.c_str(), nullptr);
}

class XlsxSink final : public TableSink {
public:
    XlsxSink(fs::path file, std::vector<TableColumn> columns)
        : file_(std::move(file)), made_(file_.string() + ".part"), columns_(std::move(columns)) {}
    ~XlsxSink() override {
        if (!book_) return;
        workbook_close(book_);
        drop();
    }
    XlsxSink(const XlsxSink&) = delete;
    XlsxSink& operator=(const XlsxSink&) = delete;

    Result<void> begin(const std::string& sheet_name) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        book_ = workbook_new_opt(made_.c_str(), &options);
        sheet_ = book_ ? workbook_add_worksheet(book_, sheet_name.substr(0, 31).c_str()) : nullptr;
        if (!sheet_) return fail(ErrorCode::unavailable, "xlsx", "could not begin a workbook");
        auto* bold = workbook_add_format(book_);
        format_set_bold(bold);
        const auto last = static_cast<lxw_col_t>(columns_.size() - 1);
        worksheet_set_column(sheet_, 0, last, kWidth, nullptr);
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_.size(); ++i)
            worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(i), columns_[i].name.c_str(), bold);
        return {};
    }

    Result<void> add(const TableRow& row) override {
        if (++rows_ > kMostRows)
            return fail(
                ErrorCode::invalid_argument,
                "xlsx",
                fmt::format("found over {} rows, more than a sheet holds", kMostRows),
                "narrow the list, or use --csv or --parquet"
            );
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i] || row[i]->empty()) continue;
            ENTENTE_RETURN_IF_ERROR(write(static_cast<lxw_row_t>(rows_), static_cast<lxw_col_t>(i), *row[i]));
        }
        return {};
    }

    Result<void> finish() override {
        worksheet_autofilter(
            sheet_, 0, 0, static_cast<lxw_row_t>(rows_), static_cast<lxw_col_t>(columns_.size() - 1)
        );
        const auto closed = workbook_close(std::exchange(book_, nullptr));
        std::error_code ec;
        if (closed == LXW_NO_ERROR) fs::rename(made_, file_, ec);
        if (closed == LXW_NO_ERROR && !ec) return {};
        drop();
        return fail(
            ErrorCode::unavailable,
            "xlsx",
            fmt::format(
                "could not write {}: {}", file_.string(), closed ? lxw_strerror(closed) : ec.message()
            )
        );
    }

private:
    Result<void> write(lxw_row_t row, lxw_col_t column, const std::string& text) {
        const bool number =
            columns_[column].kind == ColumnKind::whole || columns_[column].kind == ColumnKind::decimal;
        const auto exact = number ? exact_number(text) : std::nullopt;
        // Not worksheet_write_formula, whatever the text begins with.
        const auto wrote = exact ? worksheet_write_number(sheet_, row, column, *exact, nullptr)
                                 : worksheet_write_string(sheet_, row, column, text.c_str(), nullptr);
        if (wrote == LXW_NO_ERROR) return {};
        return fail(
            ErrorCode::invalid_argument,
            "xlsx",
            fmt::format(
                "row {}, {}: found {} bytes, expected at most {} characters",
                row + 1,
                columns_[column].name,
                text.size(),
                kLongestCell
            ),
            "--csv and --parquet hold any length"
        );
    }
    void drop() {
        book_ = nullptr;
        std::error_code ignored;
        fs::remove(made_, ignored);
    }

    fs::path file_, made_;
    std::vector<TableColumn> columns_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    std::size_t rows_ = 0;
};

}  // namespace

Result<void> check_new_file(const fs::path& file, const std::string& option) {
    std::error_code ec;
    if (fs::exists(file, ec))
        return fail(
            ErrorCode::conflict,
            option,
            fmt::format("found something called {} already, expected a new name", file.string())
        );
    const auto parent = file.parent_path();
    if (!parent.empty() && !fs::is_directory(parent, ec))
        return fail(
            ErrorCode::invalid_argument, option, fmt::format("found no directory {}", parent.string())
        );
    return {};
}

Result<std::unique_ptr<TableSink>> open_xlsx(
    const fs::path& file, const std::string& sheet, const std::vector<TableColumn>& columns
) {
    ENTENTE_RETURN_IF_ERROR(check_new_file(file, "xlsx"));
    if (columns.empty() || columns.size() > kMostColumns)
        return fail(ErrorCode::invalid_argument, "xlsx", fmt::format("found {} columns", columns.size()));
    auto sink = std::make_unique<XlsxSink>(file, columns);
    ENTENTE_RETURN_IF_ERROR(sink->begin(sheet));
    return sink;
}

}  // namespace entente::service
