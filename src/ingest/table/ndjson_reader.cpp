#include "ingest/table/ndjson_reader.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <boost/json/basic_parser_impl.hpp>

#include "ingest/table/columns.h"

namespace entente::ingest::table {
namespace {

namespace json = boost::json;

constexpr std::size_t kRowsForColumns = 100;
constexpr std::size_t kDepth = 64;

/// A key of the row and where its text lies in the scratch text.
struct Member {
    std::size_t key, key_size, value, value_size;
};

/// What Boost.JSON calls while it reads one line. Keys and values are put one behind the other into a text.
class RowHandler {
public:
    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 1U << 20;
    static constexpr std::size_t max_string_size = 1U << 20;

    void clear() {
        text.clear(), members.clear(), wrong.clear(), depth_ = 0, in_list_ = in_key_ = in_value_ = false;
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code& code) {
        if (depth_++ > 0) return refuse("found an object inside the object, expected plain values", code);
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) { return --depth_, true; }
    bool on_array_begin(json::error_code& code) {
        if (depth_ == 0) return refuse("found a list, expected an object", code);
        if (in_list_) return refuse("found a list inside a list, expected plain values", code);
        return in_list_ = true;
    }
    bool on_array_end(std::size_t, json::error_code&) { return in_list_ = false, true; }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        if (!in_key_) members.push_back({text.size(), 0, 0, 0});
        in_key_ = true;
        text.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t size, json::error_code& code) {
        on_key_part(part, size, code);
        in_key_ = false;
        auto& member = members.back();
        member.key_size = text.size() - member.key;
        member.value = text.size();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code& code) {
        return value_part(part, code);
    }
    bool on_string(json::string_view part, std::size_t, json::error_code& code) { return value(part, code); }
    bool on_number_part(json::string_view part, json::error_code& code) { return value_part(part, code); }
    bool on_int64(std::int64_t, json::string_view part, json::error_code& code) { return value(part, code); }
    bool on_uint64(std::uint64_t, json::string_view part, json::error_code& code) {
        return value(part, code);
    }
    bool on_double(double, json::string_view part, json::error_code& code) { return value(part, code); }
    bool on_bool(bool yes, json::error_code& code) { return value(yes ? "true" : "false", code); }
    bool on_null(json::error_code& code) { return value({}, code); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    std::string text;
    std::vector<Member> members;
    std::string wrong;

private:
    bool value_part(json::string_view part, json::error_code& code) {
        if (depth_ == 0) return refuse("found a plain value, expected an object", code);
        auto& member = members.back();
        if (in_list_ && !in_value_ && text.size() > member.value) text += "; ";
        in_value_ = true;
        text.append(part.data(), part.size());
        member.value_size = text.size() - member.value;
        return true;
    }
    bool value(json::string_view part, json::error_code& code) {
        const bool good = value_part(part, code);
        in_value_ = false;
        return good;
    }
    bool refuse(const char* why, json::error_code& code) {
        wrong = why;
        if (!members.empty() && depth_ > 0)
            wrong = fmt::format("{}: {}", text.substr(members.back().key, members.back().key_size), why);
        code = json::error::extra_data;
        return false;
    }

    std::size_t depth_ = 0;
    bool in_list_ = false, in_key_ = false, in_value_ = false;
};

json::parse_options parse_options() {
    json::parse_options options;
    options.max_depth = kDepth;
    return options;
}

class NdjsonReader : public TableReader {
public:
    NdjsonReader(
        std::unique_ptr<ByteSource> text,
        std::string name,
        const TableOptions& options,
        std::uint64_t bytes_total
    )
        : buffer_(std::move(text), name),
          name_(std::move(name)),
          limits_(options.limits),
          bytes_total_(bytes_total) {}

    Result<void> find_columns() {
        ENTENTE_RETURN_IF_ERROR(buffer_.grow());
        const char* at = buffer_.begin();
        for (std::size_t row = 0; row < kRowsForColumns && at < buffer_.end(); ++row) {
            const auto left = static_cast<std::size_t>(buffer_.end() - at);
            const auto* end = static_cast<const char*>(std::memchr(at, '\n', left));
            const std::string_view line(at, end ? static_cast<std::size_t>(end - at) : left);
            if (!end && row > 0) break;  // may be cut by the end of the buffer
            if (!trimmed(line).empty() && read_line(line)) add_columns();
            if (!end) break;
            at = end + 1;
        }
        if (columns_.empty()) return wrong(1, why_.empty() ? "found no key, expected a JSON object" : why_);
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
            ENTENTE_ASSIGN_OR_RETURN(const auto line, next_line());
            if (!line) return false;
            row.line = line_ - 1;
            if (trimmed(*line).empty()) continue;
            if (!read_line(*line)) return wrong(row.line, why_);
            if (++rows_ > limits_.rows)
                return wrong(row.line, fmt::format("found over {} rows, which is the limit", limits_.rows));
            ENTENTE_RETURN_IF_ERROR(to_cells(row));
            return true;
        }
    }

private:
    // The next line without its end; nothing at the end of the text.
    Result<std::optional<std::string_view>> next_line() {
        std::size_t looked = 0;
        for (;;) {
            char* begin = buffer_.begin();
            auto* end = buffer_.size() > looked
                            ? static_cast<char*>(std::memchr(begin + looked, '\n', buffer_.size() - looked))
                            : nullptr;
            looked = buffer_.size();
            if (!end && looked > limits_.row_bytes)
                return wrong(
                    line_,
                    fmt::format("found over {} MiB in one line, which is the limit", limits_.row_bytes >> 20)
                );
            if (!end) {
                ENTENTE_ASSIGN_OR_RETURN(const bool grown, buffer_.grow());
                if (grown) continue;
                ENTENTE_RETURN_IF_ERROR(buffer_.ending(line_));
                if (buffer_.size() == 0) return std::optional<std::string_view>{};
                begin = buffer_.begin();
                end = buffer_.end();
            }
            const std::string_view line(begin, static_cast<std::size_t>(end - begin));
            buffer_.take(std::min(buffer_.size(), line.size() + 1));
            ++line_;
            return std::optional(line);
        }
    }

    // Fills the handler; false with the reason in why_.
    bool read_line(std::string_view line) {
        json::error_code code;
        handler().clear();
        parser_.reset();
        const auto used = parser_.write_some(false, line.data(), line.size(), code);
        if (!handler().wrong.empty())
            why_ = handler().wrong;
        else if (code == json::error::too_deep)
            why_ = fmt::format("found JSON deeper than {}, which is the limit", kDepth);
        else if (code)
            why_ = fmt::format("found no JSON object, column {}: {}", used + 1, code.message());
        else if (!trimmed(line.substr(used)).empty())
            why_ =
                fmt::format("found more behind the object, column {}: expected one object a line", used + 1);
        else
            return true;
        return false;
    }

    void add_columns() {
        for (const auto& member : handler().members) {
            const auto key = handler().text.substr(member.key, member.key_size);
            if (columns_.size() < limits_.columns && index_.emplace(key, columns_.size()).second)
                columns_.push_back(key.empty() ? fmt::format("column {}", columns_.size() + 1) : key);
        }
    }

    Result<void> to_cells(TableRow& row) {
        row.cells.assign(columns_.size(), {});
        seen_.assign(columns_.size(), false);
        unknown_.clear();
        const std::string_view text = handler().text;
        for (const auto& member : handler().members) {
            const auto key = text.substr(member.key, member.key_size);
            const auto value = text.substr(member.value, member.value_size);
            if (value.size() > limits_.cell_bytes)
                return wrong(
                    row.line,
                    fmt::format(
                        "found over {} KiB under {}, which is the limit", limits_.cell_bytes >> 10, key
                    )
                );
            key_.assign(key);
            const auto known = index_.find(key_);
            if (known != index_.end() && seen_[known->second])
                return wrong(row.line, fmt::format("found {} twice, expected each key once", key));
            if (known != index_.end()) {
                row.cells[known->second] = value, seen_[known->second] = true;
                continue;
            }
            row.notes.push_back({row.cells.size(), {}, true});
            row.cells.push_back(value);
            unknown_ += unknown_.empty() ? key_ : ", " + key_;
        }
        if (row.cells.size() > limits_.columns)
            return wrong(row.line, fmt::format("found over {} keys, which is the limit", limits_.columns));
        if (!unknown_.empty())
            unknown_ = fmt::format("found the key {}, which none of the first rows has", unknown_);
        for (auto& note : row.notes) note.text = unknown_;
        return {};
    }

    RowHandler& handler() { return parser_.handler(); }

    std::unexpected<Error> wrong(std::uint64_t line, std::string_view message) const {
        return fail(ErrorCode::invalid_argument, name_, fmt::format("line {}: {}", line, message));
    }

    TextBuffer buffer_;
    std::string name_;
    TableLimits limits_;
    std::uint64_t bytes_total_, line_ = 1, rows_ = 0;
    json::basic_parser<RowHandler> parser_{parse_options()};
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<bool> seen_;
    std::string key_, unknown_, why_;
    std::vector<std::string> columns_, remarks_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_ndjson(
    std::unique_ptr<ByteSource> text,
    const std::string& name,
    const TableOptions& options,
    std::uint64_t bytes_total
) {
    auto reader = std::make_unique<NdjsonReader>(std::move(text), name, options, bytes_total);
    ENTENTE_RETURN_IF_ERROR(reader->find_columns());
    return reader;
}

}  // namespace entente::ingest::table
