#include "ingest/table/columns.h"

#include <unordered_set>

#include <fmt/format.h>

namespace entente::ingest::table {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::size_t kNameMax = 200;  // bytes; a longer one is no name

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Blanks of any kind and number become one space.
std::string one_spaced(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool no_break = text.substr(at).starts_with(kNoBreakSpace);
        if (no_break) ++at;
        if (!no_break && !is_blank(text[at]))
            out.push_back(text[at]);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
    return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    for (;;) {
        if (text.empty()) return text;
        if (is_blank(text.front()))
            text.remove_prefix(1);
        else if (is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.starts_with(kNoBreakSpace))
            text.remove_prefix(2);
        else if (text.ends_with(kNoBreakSpace))
            text.remove_suffix(2);
        else
            return text;
    }
}

std::vector<std::string> column_names(const std::vector<std::string_view>& header) {
    std::vector<std::string> names;
    std::unordered_set<std::string> taken;
    for (const auto cell : header) {
        auto name = one_spaced(trimmed(cell).substr(0, kNameMax));
        while (name.size() > kNameMax - 4 && (name.back() & 0xC0) == 0x80)
            name.pop_back();  // no half character
        if (name.size() > kNameMax - 4 && (name.back() & 0x80) != 0) name.pop_back();
        if (name.empty()) name = fmt::format("column {}", names.size() + 1);
        const auto first = name;
        for (int n = 2; !taken.insert(name).second; ++n) name = fmt::format("{} ({})", first, n);
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace entente::ingest::table
