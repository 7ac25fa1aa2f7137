#pragma once

#include <string_view>

namespace entente::ingest::document {

inline constexpr std::string_view kPdf = "application/pdf";
inline constexpr std::string_view kText = "text/plain";
inline constexpr std::string_view kCsv = "text/csv";
inline constexpr std::string_view kTsv = "text/tab-separated-values";
inline constexpr std::string_view kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view kPng = "image/png";
inline constexpr std::string_view kJpeg = "image/jpeg";
inline constexpr std::string_view kTiff = "image/tiff";
inline constexpr std::string_view kOther = "application/octet-stream";

/// What the bytes are, by a short list: one of the names above. Names of files and words of senders are not
/// asked. Text is UTF-8 without control characters but tab, line end and form feed; it is a table when all of
/// its first lines have the same number of cells, two at least.
/// Cost  one pass
std::string_view media_type_of(std::string_view bytes);

/// Whether bytes of this type may hold text that can be read out.
bool may_have_text(std::string_view media_type);

}  // namespace entente::ingest::document
