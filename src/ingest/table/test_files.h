#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ingest::table {

/// For tests: an open file with these bytes, without a name in any directory.
int file_of(std::string_view bytes);

std::string gzip(std::string_view text);
std::string zstd(std::string_view text);

/// A member of a ZIP file, and what is to be wrong about it.
struct ZipMember {
    std::string name, text;
    bool packed = false;
    std::uint32_t claimed_size = 0;    ///< 0: the true one
    bool same_place_as_first = false;  ///< overlaps the first member
    std::uint16_t flags = 0;
};
std::string zip(const std::vector<ZipMember>& members);

/// Parts of a workbook: `<row>…</row>` and what follows the rows (merged blocks), by sheet name.
struct TestSheet {
    std::string name, rows, behind = {}, state = {};
};
/// A workbook; `styles` are number formats by cell style, `strings` the shared ones.
std::vector<ZipMember> workbook(
    const std::vector<TestSheet>& sheets,
    const std::vector<std::string>& strings = {},
    const std::vector<std::string>& formats = {},
    bool from_1904 = false
);

}  // namespace entente::ingest::table
