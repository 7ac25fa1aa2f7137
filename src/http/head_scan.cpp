#include "http/head_scan.h"

namespace entente::http {
namespace {

constexpr std::size_t kMethodAndVersion = 32;  ///< what a request line holds beside its target, at most

bool is_version(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 8 && text.starts_with("HTTP/") && digit(text[5]) && text[6] == '.' &&
           digit(text[7]);
}

}  // namespace

std::optional<std::size_t> HeadScan::look(std::string_view bytes) {
    if (refusal_) return std::nullopt;
    while (seen_ < bytes.size()) {
        const std::size_t lf = bytes.find('\n', seen_);
        if (lf == std::string_view::npos) {
            seen_ = bytes.size();
            break;
        }
        seen_ = lf + 1;
        const bool empty = lf == line_ + 1 && bytes[line_] == '\r';
        if (!line_ends(bytes, lf)) return std::nullopt;
        if (empty && seen_ <= header_limit_) return seen_;
    }
    if (lines_ == 0 && seen_ > target_limit_ + kMethodAndVersion)
        refusal_ = {414, "The target is too long."};
    else if (seen_ > header_limit_)
        refusal_ = {431, "The headers are too long."};
    return std::nullopt;
}

bool HeadScan::line_ends(std::string_view bytes, std::size_t lf) {
    const std::string_view line = bytes.substr(line_, lf - line_);
    if (lines_ == 0 && line.size() > target_limit_ + kMethodAndVersion) {
        refusal_ = {414, "The target is too long."};
    } else if (lf + 1 > header_limit_) {
        refusal_ = {431, "The headers are too long."};
    } else if (!line.ends_with('\r')) {
        refusal_ = {400, "A line ends in LF without CR."};
    } else if (line.find('\0') != std::string_view::npos) {
        refusal_ = {400, "A header holds NUL."};
    } else if (line.find('\r') != line.size() - 1) {
        refusal_ = {400, "A line holds CR without LF."};
    } else if (lines_ > 0 && (line[0] == ' ' || line[0] == '\t')) {
        refusal_ = {400, "A header is folded over two lines."};
    }
    line_ = lf + 1;
    ++lines_;
    return !refusal_;
}

std::optional<Refusal> judge_request_line(std::string_view line) {
    const std::size_t first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == 0 || line.find(' ', first + 1) != last || first == last)
        return Refusal{400, "The request line is not a method, a target and a version."};
    const std::string_view version = line.substr(last + 1);
    if (!is_version(version)) return Refusal{400, "The request line does not end in a version of HTTP."};
    if (version[5] != '1') return Refusal{505, "This server speaks HTTP/1.1."};
    return std::nullopt;
}

}  // namespace entente::http
