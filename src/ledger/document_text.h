#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ledger {

/// The text of a file, page by page: of a PDF its pages, of a workbook its sheets (a line a row, tabs between
/// cells), of text one page.
struct DocumentText {
    std::vector<std::string> pages;           ///< UTF-8 with line ends and tabs alone; none: no text
    std::optional<std::uint32_t> page_count;  ///< of a PDF, where it could be counted
    std::string why_none;  ///< why a file that may have text gave none; empty: it gave some, or is of no such
                           ///< kind

    bool has_words() const {
        for (const auto& page : pages)
            if (page.find_first_not_of(" \n\t") != std::string::npos) return true;
        return false;
    }
};

/// Reads the text out of bytes of a media type. Never fails: what cannot be read gives no pages and says why.
using TextReader = std::function<DocumentText(std::string_view media_type, std::string_view bytes)>;

}  // namespace entente::ledger
