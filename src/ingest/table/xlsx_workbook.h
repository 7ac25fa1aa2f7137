#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/table/xlsx_styles.h"
#include "ingest/table/zip_archive.h"

namespace entente::ingest::table {

struct Sheet {
    std::string name;
    std::string part;  ///< member of the archive
    bool hidden = false;
};

/// What the sheets of a workbook refer to.
struct Workbook {
    std::vector<Sheet> sheets;
    bool from_1904 = false;
    std::vector<DateStyle> styles;  ///< by the style number of a cell
    std::string strings;            ///< all shared strings, one behind the other
    std::vector<std::size_t> ends;  ///< where each of them ends
    std::vector<std::string> remarks;

    std::string_view shared_string(std::size_t index) const {
        const auto begin = index == 0 ? 0 : ends[index - 1];
        return std::string_view(strings).substr(begin, ends[index] - begin);
    }
};

/// Reads all of a workbook but its sheets. Macros, links to other files and whatever else a workbook may hold
/// are not read; a remark says that they are there.
/// Errors  invalid_argument: no workbook, damaged
Result<std::unique_ptr<Workbook>> read_workbook(ZipArchive& archive, const std::string& name);

}  // namespace entente::ingest::table
