#include "ingest/document/media_type.h"

#include <algorithm>
#include <string>

#include "base/csv.h"
#include "base/utf8.h"

namespace entente::ingest::document {
namespace {

constexpr std::size_t kLines = 50;            // of a text that tell whether it is a table
constexpr std::size_t kBeginning = 64 << 10;  // bytes in which they must lie
constexpr std::size_t kLeastRows = 2;

bool is_text(std::string_view bytes) {
    if (!is_valid_utf8(bytes)) return false;
    return std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || code == 0x7F;
    });
}

// The first lines, whole ones only.
std::string_view beginning(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::size_t at = 0;
    for (std::size_t lines = 0; lines < kLines && at < text.size(); ++lines) {
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos || end >= kBeginning)
            return text.size() <= kBeginning ? text : text.substr(0, at);
        at = end + 1;
    }
    return text.substr(0, at);
}

bool is_tsv(std::string_view text) {
    std::ptrdiff_t tabs = 0;
    std::size_t rows = 0;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.empty() || line == "\r") continue;
        const auto here = std::count(line.begin(), line.end(), '\t');
        if (here == 0 || (rows > 0 && here != tabs)) return false;
        tabs = here, ++rows;
    }
    return rows >= kLeastRows;
}

// Cut behind its fiftieth line, a quoted cell may not be closed: then no table is seen, which costs the name
// only.
bool is_csv(std::string_view text) {
    const auto table = parse_csv(text);
    if (!table || table->columns.size() < 2 || table->rows.size() + 1 < kLeastRows) return false;
    const auto has_blank = [](const std::string& cell) { return cell.empty(); };
    if (std::all_of(table->columns.begin(), table->columns.end(), has_blank)) return false;
    return std::all_of(table->rows.begin(), table->rows.end(), [&](const CsvRow& row) {
        return row.cells.size() == table->columns.size();
    });
}

// A ZIP with a member of that name: the name stands in its local header, in the clear.
bool is_workbook(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04") && bytes.find("xl/workbook.xml") != std::string_view::npos;
}

}  // namespace

std::string_view media_type_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("%PDF-")) return kPdf;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return kPng;
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return kJpeg;
    if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return kTiff;
    if (is_workbook(bytes)) return kXlsx;
    if (bytes.empty() || !is_text(bytes)) return kOther;
    const auto first = beginning(bytes);
    return is_tsv(first) ? kTsv : is_csv(first) ? kCsv : kText;
}

bool may_have_text(std::string_view media_type) {
    return media_type == kPdf || media_type == kText || media_type == kCsv || media_type == kTsv ||
           media_type == kXlsx;
}

}  // namespace entente::ingest::document
