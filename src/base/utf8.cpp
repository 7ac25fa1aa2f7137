#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace entente {
namespace {

// Steps over one code point; -1 for an invalid byte.
UChar32 next(std::string_view text, std::size_t& at) {
    UChar32 point = 0;
    auto index = static_cast<std::int32_t>(at);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT(text.data(), index, static_cast<std::int32_t>(text.size()), point);
#pragma GCC diagnostic pop
    at = static_cast<std::size_t>(index);
    return point;
}

std::size_t width_of(UChar32 point) {
    if (point < 0) return 1;
    if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return 0;
    const auto type = u_charType(point);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
    const int east = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    for (std::size_t at = 0; at < text.size();) {
        // Most text is ASCII: eight bytes at once.
        std::uint64_t eight = 0;
        if (text.size() - at >= sizeof eight) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & kHighBits) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        if (static_cast<unsigned char>(text[at]) < 0x80)
            ++at;
        else if (next(text, at) < 0)
            return false;
    }
    return true;
}

std::size_t cell_width(std::string_view text) {
    std::size_t cells = 0;
    for (std::size_t at = 0; at < text.size();) cells += width_of(next(text, at));
    return cells;
}

std::string fit_cells(std::string_view text, std::size_t cells, std::string_view ellipsis) {
    if (cell_width(text) <= cells) return std::string(text);
    const std::size_t mark = cell_width(ellipsis);
    if (cells < mark) return {};
    std::size_t used = 0, end = 0;
    for (std::size_t at = 0; at < text.size();) {
        used += width_of(next(text, at));
        if (used > cells - mark) break;
        end = at;
    }
    while (end > 0 && text[end - 1] == ' ') --end;
    return std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::vector<std::string> wrap_cells(std::string_view text, std::size_t cells) {
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word(text.substr(at, end - at));
        at = end + 1;
        if (word.empty()) continue;
        if (lines.back().empty())
            lines.back() = word;
        else if (cell_width(lines.back()) + 1 + cell_width(word) <= cells)
            lines.back() += " " + word;
        else
            lines.push_back(word);
    }
    return lines;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    const auto points = [](std::string_view text) {
        std::vector<UChar32> out;
        for (std::size_t at = 0; at < text.size();) {
            const UChar32 p = next(text, at);
            out.push_back(p >= 'A' && p <= 'Z' ? p + 32 : p);
        }
        return out;
    };
    const auto x = points(a), y = points(b);
    std::vector<std::size_t> row(y.size() + 1);
    for (std::size_t j = 0; j <= y.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= x.size(); ++i) {
        std::size_t corner = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= y.size(); ++j) {
            const std::size_t cost =
                std::min({row[j] + 1, row[j - 1] + 1, corner + (x[i - 1] == y[j - 1] ? 0 : 1)});
            corner = std::exchange(row[j], cost);
        }
    }
    return row[y.size()];
}

}  // namespace entente
