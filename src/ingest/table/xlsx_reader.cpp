#include "ingest/table/xlsx_reader.h"

#include <algorithm>
#include <deque>
#include <list>

#include <fmt/format.h>

#include "ingest/table/columns.h"
#include "ingest/table/xlsx_header.h"

namespace entente::ingest::table {
namespace {

constexpr std::size_t kBeginning = 40;  // rows in which the header is looked for

/// A text merged over several rows, while it lasts.
struct Lasting {
    Merge merge;
    std::string text;
};

class XlsxReader : public TableReader {
public:
    XlsxReader(std::string name, const TableOptions& options, std::uint64_t bytes_total)
        : name_(std::move(name)), options_(options), bytes_total_(bytes_total) {}

    Result<void> open(int descriptor) {
        ENTENTE_ASSIGN_OR_RETURN(archive_, ZipArchive::open(descriptor, name_, options_.limits));
        ENTENTE_ASSIGN_OR_RETURN(book_, read_workbook(*archive_, name_));
        remarks_ = book_->remarks;
        ENTENTE_RETURN_IF_ERROR(choose());
        ENTENTE_ASSIGN_OR_RETURN(const bool found, next_sheet());
        if (!found) return wrong("found no rows, expected a sheet with a header and rows");
        if (options_.sheet.empty()) {
            chosen_.clear();
            std::vector<std::string> others;
            for (const auto& sheet : book_->sheets)
                if (sheet.name != sheet_) others.push_back(sheet.name + (sheet.hidden ? " (hidden)" : ""));
            if (!others.empty())
                remarks_.push_back(fmt::format("sheets not read: {}", fmt::join(others, ", ")));
        }
        return {};
    }

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<std::string>& remarks() const override { return remarks_; }
    std::uint64_t bytes_total() const override { return bytes_total_; }
    std::uint64_t bytes_read() const override {
        return rows_ ? static_cast<std::uint64_t>(static_cast<double>(bytes_total_) * rows_->progress())
                     : bytes_total_;
    }

    Result<bool> next(TableRow& row) override {
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool found, next_sheet_row());
            if (!found) {
                ENTENTE_ASSIGN_OR_RETURN(const bool another, next_sheet());
                if (!another) return false;
                continue;
            }
            if (!std::any_of(current_.cells.begin(), current_.cells.end(), [](const SheetCell& cell) {
                    return !trimmed(cell.view()).empty() || cell.kind == CellKind::formula_without_value;
                }))
                continue;
            if (++read_ > options_.limits.rows)
                return wrong(fmt::format("found over {} rows, which is the limit", options_.limits.rows));
            to_row(row);
            return true;
        }
    }

private:
    // The sheets to be read, last first.
    Result<void> choose() {
        const auto& wanted = options_.sheet;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < book_->sheets.size(); ++i) {
            const auto& sheet = book_->sheets[i];
            const bool every = wanted.empty() || wanted == "*";
            if (every ? !sheet.hidden : sheet.name == wanted) chosen_.insert(chosen_.begin(), i);
            names.push_back(sheet.name);
        }
        if (chosen_.empty())
            for (std::size_t i = 0; i < book_->sheets.size(); ++i)
                if (wanted == std::to_string(i + 1)) chosen_.push_back(i);
        if (chosen_.empty())
            return wrong(
                fmt::format("found the sheets {}, expected one named {}", fmt::join(names, ", "), wanted)
            );
        return {};
    }

    // Goes to the next of the chosen sheets that has rows, and with the columns of the first.
    Result<bool> next_sheet() {
        for (rows_.reset(); !chosen_.empty();) {
            const auto& sheet = book_->sheets[chosen_.back()];
            chosen_.pop_back();
            ENTENTE_ASSIGN_OR_RETURN(merges_, read_merges(*archive_, sheet, name_));
            ENTENTE_ASSIGN_OR_RETURN(
                rows_, SheetRows::open(*archive_, *book_, sheet, name_, options_.limits)
            );
            lasting_.clear(), merge_at_ = 0;
            ENTENTE_ASSIGN_OR_RETURN(const bool usable, find_columns(sheet));
            if (usable) return true;
            rows_.reset();
        }
        return false;
    }

    Result<bool> find_columns(const Sheet& sheet) {
        std::vector<SheetRow> beginning;
        for (SheetRow row; beginning.size() < kBeginning;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, rows_->next(row));
            if (!more) break;
            beginning.push_back(std::move(row));
        }
        auto header = find_header(beginning, merges_, options_.header_row);
        if (header.rows == 0 && options_.header_row != 0 && !beginning.empty())
            return wrong(fmt::format(
                "sheet {}: found no text in row {}, expected the names of the columns",
                sheet.name,
                options_.header_row
            ));
        if (header.rows == 0) return false;
        if (columns_.empty()) {
            columns_ = header.columns;
        } else if (columns_ != header.columns) {
            remarks_.push_back(fmt::format("sheet {} is not read: its columns are others", sheet.name));
            return false;
        }
        sheet_ = sheet.name;
        remarks_.push_back(fmt::format("sheet {}: the columns are named in row {}", sheet_, header.line));
        ahead_.assign(
            std::make_move_iterator(beginning.begin() + static_cast<std::ptrdiff_t>(header.rows)),
            std::make_move_iterator(beginning.end())
        );
        return true;
    }

    Result<bool> next_sheet_row() {
        if (ahead_.empty()) return rows_ ? rows_->next(current_) : Result<bool>(false);
        current_ = std::move(ahead_.front());
        ahead_.pop_front();
        return true;
    }

    void to_row(TableRow& row) {
        row.line = current_.number, row.sheet = sheet_;
        row.cells.clear(), row.notes.clear(), notes_.clear();
        for (const auto& cell : current_.cells) {
            row.cells.resize(std::max(row.cells.size(), cell.column + 1));
            row.cells[cell.column] = cell.view();
            add_note(row, cell);
        }
        carry_merged(row);
        while (row.cells.size() < columns_.size()) row.cells.emplace_back();
    }

    void add_note(TableRow& row, const SheetCell& cell) {
        const auto name = cell_name(cell.column, current_.number);
        if (cell.kind == CellKind::formula)
            note(row, cell.column, name + " is a formula: the value stored with it is read", false);
        if (cell.kind == CellKind::formula_without_value)
            note(row, cell.column, name + " is a formula without a stored value, expected a value", true);
        if (cell.kind == CellKind::error)
            note(
                row,
                cell.column,
                fmt::format("{} holds the error {}, expected a value", name, cell.view()),
                true
            );
    }

    // A block merged over several rows has its text in the first of them alone.
    void carry_merged(TableRow& row) {
        lasting_.remove_if([&](const Lasting& one) { return one.merge.last_row < current_.number; });
        for (const auto& [merge, text] : lasting_) {
            row.cells.resize(std::max(row.cells.size(), merge.column + 1));
            if (!row.cells[merge.column].empty()) continue;
            row.cells[merge.column] = text;
            note(
                row,
                merge.column,
                fmt::format(
                    "{} is merged into {}, whose text is read",
                    cell_name(merge.column, current_.number),
                    cell_name(merge.column, merge.row)
                ),
                false
            );
        }
        for (; merge_at_ < merges_.size() && merges_[merge_at_].row <= current_.number; ++merge_at_) {
            const auto& merge = merges_[merge_at_];
            if (merge.row != current_.number || merge.last_row == merge.row) continue;
            if (merge.column < row.cells.size() && !row.cells[merge.column].empty())
                lasting_.push_back({merge, std::string(row.cells[merge.column])});
        }
    }

    void note(TableRow& row, std::size_t cell, std::string text, bool fault) {
        notes_.push_back(std::move(text));
        row.notes.push_back({cell, notes_.back(), fault});
    }

    std::unexpected<Error> wrong(std::string message) const {
        return fail(ErrorCode::invalid_argument, name_, std::move(message));
    }

    std::string name_;
    TableOptions options_;
    std::uint64_t bytes_total_;
    std::unique_ptr<ZipArchive> archive_;
    std::unique_ptr<Workbook> book_;
    std::vector<std::size_t> chosen_;
    std::unique_ptr<SheetRows> rows_;
    std::string sheet_;
    std::vector<Merge> merges_;
    std::size_t merge_at_ = 0;
    std::list<Lasting> lasting_;
    std::deque<SheetRow> ahead_;
    SheetRow current_;
    std::deque<std::string> notes_;
    std::uint64_t read_ = 0;
    std::vector<std::string> columns_, remarks_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_xlsx(
    int descriptor, const std::string& name, const TableOptions& options, std::uint64_t bytes_total
) {
    auto reader = std::make_unique<XlsxReader>(name, options, bytes_total);
    ENTENTE_RETURN_IF_ERROR(reader->open(descriptor));
    return reader;
}

}  // namespace entente::ingest::table
