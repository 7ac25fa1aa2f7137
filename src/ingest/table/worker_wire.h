#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/table/table_reader.h"

namespace entente::ingest::table {

/// What passes between the worker and whoever asked it: frames of a kind, a length (4 bytes, little-endian)
/// and a body. Numbers in a body are LEB128, texts a number and bytes.
enum class FrameKind : char {
    opened = 'O',  ///< bytes in all, names of the columns
    rows = 'R',    ///< bytes read, name of the sheet, rows
    end = 'E',     ///< remarks
    failed = 'X',  ///< an Error
};
inline constexpr std::size_t kFrameHead = 5;
inline constexpr std::size_t kFrameMax = 64U << 20;  ///< a row of 16 MiB with all its cells and notes

void put_number(std::string& out, std::uint64_t number);
void put_text(std::string& out, std::string_view text);
void put_row(std::string& out, const TableRow& row);

/// Takes a body apart. The worker may be anybody's by now: nothing is taken on trust, and what does not fit
/// leaves `good` false.
class FrameBody {
public:
    explicit FrameBody(std::string_view body = {}) : left_(body) {}
    std::uint64_t number();
    std::string_view text();
    /// How many things follow, each of which takes at least a byte.
    std::size_t count();
    void row(TableRow& row);
    bool at_end() const { return left_.empty(); }
    bool good() const { return good_; }

private:
    std::string_view left_;
    bool good_ = true;
};

}  // namespace entente::ingest::table
