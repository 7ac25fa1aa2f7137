#include "ingest/table/delimited_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "ingest/table/columns.h"

namespace entente::ingest::table {
namespace {

class DelimitedReader : public TableReader {
public:
    DelimitedReader(
        std::unique_ptr<ByteSource> text,
        std::string name,
        const TableOptions& options,
        std::uint64_t bytes_total
    )
        : buffer_(std::move(text), name),
          name_(std::move(name)),
          limits_(options.limits),
          delimiter_(options.form == TableForm::tsv ? '\t' : options.delimiter),
          quotes_(options.form != TableForm::tsv),
          bytes_total_(bytes_total) {}

    Result<void> read_header(std::uint64_t header_row) {
        if (delimiter_ == 0) ENTENTE_RETURN_IF_ERROR(find_delimiter(header_row));
        TableRow header;
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, next(header));
            if (!more && header_row == 0)
                return fail(ErrorCode::invalid_argument, name_, "found no text, expected a header line");
            if (!more || (header_row != 0 && header.line > header_row))
                return fail(
                    ErrorCode::invalid_argument,
                    name_,
                    fmt::format("found no text in line {}, expected the names of the columns", header_row)
                );
            if (header_row == 0 || header.line == header_row) break;
        }
        for (const auto cell : header.cells)
            if (const auto at = cell.find('\r'); at != cell.npos && !cell.substr(at).starts_with("\r\n"))
                return fail(
                    ErrorCode::invalid_argument,
                    name_,
                    fmt::format("line {}: found line ends of CR alone, expected LF or CRLF", header.line),
                    "mend it: tr '\\r' '\\n' < FILE > NEW"
                );
        rows_ = 0;
        columns_ = column_names(header.cells);
        return {};
    }

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<std::string>& remarks() const override { return remarks_; }
    std::uint64_t bytes_read() const override { return buffer_.bytes_read(); }
    std::uint64_t bytes_total() const override { return bytes_total_; }

    Result<bool> next(TableRow& row) override {
        row.sheet = {};
        row.notes.clear();
        for (;;) {
            ENTENTE_ASSIGN_OR_RETURN(const auto found, find_row(row));
            if (!found) return false;
            if (!has_text(row)) continue;
            if (++rows_ > limits_.rows)
                return wrong(row.line, fmt::format("found over {} rows, which is the limit", limits_.rows));
            return true;
        }
    }

private:
    // A row from its first byte to behind its line end, once it is whole in the buffer; begun again from its
    // first byte whenever the buffer had to grow.
    Result<bool> find_row(TableRow& row) {
        for (;;) {
            row.line = line_;
            Place place{buffer_.begin(), buffer_.end(), 0};
            if (place.at < place.end) {
                ENTENTE_ASSIGN_OR_RETURN(const bool whole, split(row, place, at_end_));
                if (whole) {
                    line_ += place.lines + 1;
                    buffer_.take(static_cast<std::size_t>(place.at - buffer_.begin()));
                    return true;
                }
                if (buffer_.size() > limits_.row_bytes)
                    return wrong(
                        line_,
                        fmt::format(
                            "found over {} MiB in one row, which is the limit", limits_.row_bytes >> 20
                        )
                    );
            }
            ENTENTE_ASSIGN_OR_RETURN(const bool grown, buffer_.grow());
            if (grown) continue;
            ENTENTE_RETURN_IF_ERROR(buffer_.ending(line_));
            if (at_end_ || buffer_.size() == 0) return false;
            at_end_ = true;  // the last row has no line end
        }
    }

    struct Place {
        char* at;
        char* end;
        std::uint64_t lines;  // line ends inside quotes
    };

    // False: the row goes on behind the end of the buffer. With `last`, the end of the buffer ends it.
    Result<bool> split(TableRow& row, Place& place, bool last) {
        row.cells.clear();
        quoted_.clear();
        for (;;) {
            const auto* const start = place.at;
            bool closed = true;
            if (quotes_ && place.at < place.end && *place.at == '"') closed = skip_quoted(place);
            if (!closed) {
                if (last) return wrong(line_, "found a quote that is never closed");
                if (static_cast<std::size_t>(place.end - start) > limits_.cell_bytes)
                    return too_long("; a quote may not be closed");
                return false;
            }
            place.at += find_either(place.at, place.end, delimiter_, '\n') - place.at;
            const bool at_end = place.at == place.end;
            auto size = static_cast<std::size_t>(place.at - start);
            if (size > limits_.cell_bytes) return too_long("");
            if (at_end && !last) return false;
            const bool ends = at_end || *place.at == '\n';
            if (ends && size > 0 && start[size - 1] == '\r') --size;
            if (row.cells.size() >= limits_.columns)
                return wrong(
                    line_, fmt::format("found over {} columns, which is the limit", limits_.columns)
                );
            if (quotes_ && size > 0 && *start == '"') quoted_.push_back(row.cells.size());
            row.cells.emplace_back(start, size);
            if (!at_end) ++place.at;
            if (ends) break;
        }
        for (const auto index : quoted_) row.cells[index] = without_quotes(row.cells[index]);
        return true;
    }

    // To behind the closing quote; false when it is not there.
    static bool skip_quoted(Place& place) {
        for (auto* at = place.at + 1;;) {
            auto* quote = static_cast<char*>(std::memchr(at, '"', static_cast<std::size_t>(place.end - at)));
            if (!quote) return place.at = place.end, false;
            // A quote at the very end of the buffer may be the first half of a doubled one; then the row is
            // not whole, and is read again.
            if (quote + 1 < place.end && quote[1] == '"') {
                at = quote + 2;
                continue;
            }
            place.lines += static_cast<std::uint64_t>(std::count(place.at, quote, '\n'));
            place.at = quote + 1;
            return true;
        }
    }

    // The text of a quoted cell, put together in place. What stands behind the closing quote is kept.
    std::string_view without_quotes(std::string_view cell) {
        auto* const first = buffer_.begin() + (cell.data() - buffer_.begin());
        auto* out = first;
        bool inside = true;
        for (std::size_t i = 1; i < cell.size(); ++i) {
            if (inside && cell[i] == '"') {
                if (i + 1 < cell.size() && cell[i + 1] == '"')
                    ++i;
                else {
                    inside = false;
                    continue;
                }
            }
            *out++ = cell[i];
        }
        return {first, static_cast<std::size_t>(out - first)};
    }

    static bool has_text(const TableRow& row) {
        return std::any_of(row.cells.begin(), row.cells.end(), [](std::string_view cell) {
            return !trimmed(cell).empty();
        });
    }

    // The most frequent of the three outside quotes in the header line.
    Result<void> find_delimiter(std::uint64_t header_row) {
        ENTENTE_RETURN_IF_ERROR(buffer_.grow());
        ENTENTE_RETURN_IF_ERROR(buffer_.size() == 0 ? buffer_.ending(1) : Result<void>());
        std::array<std::size_t, 3> counts{};
        constexpr std::string_view kDelimiters = ",;\t";
        std::uint64_t line = 1;
        bool inside = false, any = false;
        for (const auto* at = buffer_.begin(); at < buffer_.end(); ++at) {
            if (*at == '"') inside = !inside;
            if (*at == '\n' && !inside) {
                if (header_row == 0 ? any : line == header_row) break;
                ++line;
                counts = {}, any = false;
                continue;
            }
            if (*at == '\n') ++line;
            if (*at > ' ' || *at < 0) any = true;
            const auto found = kDelimiters.find(*at);
            if (found != std::string_view::npos && !inside) ++counts[found];
        }
        const auto most = std::max_element(counts.begin(), counts.end());
        delimiter_ = kDelimiters[*most == 0 ? 0 : static_cast<std::size_t>(most - counts.begin())];
        return {};
    }

    std::unexpected<Error> too_long(std::string_view hint) const {
        return wrong(
            line_,
            fmt::format("found over {} KiB in one cell, which is the limit{}", limits_.cell_bytes >> 10, hint)
        );
    }

    std::unexpected<Error> wrong(std::uint64_t line, std::string_view message) const {
        return fail(ErrorCode::invalid_argument, name_, fmt::format("line {}: {}", line, message));
    }

    TextBuffer buffer_;
    std::string name_;
    TableLimits limits_;
    char delimiter_;
    bool quotes_, at_end_ = false;
    std::uint64_t bytes_total_, line_ = 1, rows_ = 0;
    std::vector<std::size_t> quoted_;
    std::vector<std::string> columns_, remarks_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_delimited(
    std::unique_ptr<ByteSource> text,
    const std::string& name,
    const TableOptions& options,
    std::uint64_t bytes_total
) {
    auto reader = std::make_unique<DelimitedReader>(std::move(text), name, options, bytes_total);
    ENTENTE_RETURN_IF_ERROR(reader->read_header(options.header_row));
    return reader;
}

}  // namespace entente::ingest::table
