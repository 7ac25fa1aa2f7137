#include "ingest/fmtrpt/text.h"

#include <algorithm>
#include <charconv>

namespace entente::ingest::fmtrpt {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same_word(std::string_view text, std::string_view word) {
    return text.size() == word.size() &&
           std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) { return lower(a) == b; });
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Digits at the beginning of `text`, at most `most`, taken off it.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
    std::size_t length = 0;
    while (length < text.size() && length < most && is_digit(text[length])) ++length;
    if (length == 0) return std::nullopt;
    int number = 0;
    std::from_chars(text.data(), text.data() + length, number);
    text.remove_prefix(length);
    return number;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

// A date at the beginning of `text`, taken off it.
std::optional<Day> take_date(std::string_view& text) {
    const auto month = take_number(text, 2);
    if (!month || !take(text, '/')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || !take(text, '/')) return std::nullopt;
    const auto before = text.size();
    const auto year = take_number(text, 4);
    if (!year) return std::nullopt;
    const auto digits = before - text.size();
    if (digits == 4) return day_of(*year, *month, *day);
    if (digits == 2) return day_of(*year < 70 ? 2000 + *year : 1900 + *year, *month, *day);
    return std::nullopt;
}

void append_code_point(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// The character that an entity without & and ; stands for; 0 when it is none.
unsigned entity(std::string_view name) {
    struct Named {
        std::string_view name;
        unsigned code;
    };
    static constexpr Named kNamed[] = {
        {"amp", '&'}, {"quot", '"'}, {"apos", '\''}, {"lt", '<'}, {"gt", '>'}, {"nbsp", ' '}};
    for (const auto& known : kNamed)
        if (same_word(name, known.name)) return known.code;
    if (!name.starts_with('#') || !all_digits(name.substr(1)) || name.size() > 6) return 0;
    unsigned code = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), code);
    return code >= 0x20 && code != 0x7F && code < 0xD800 ? code : 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
    std::size_t begin = 0, end = text.size();
    while (begin < end && is_blank(text[begin])) ++begin;
    while (end > begin && is_blank(text[end - 1])) --end;
    return begin == end ? std::string_view() : text.substr(begin, end - begin);
}

std::vector<std::string_view> tokens(std::string_view text) {
    std::vector<std::string_view> out;
    for (;;) {
        text = trim(text);
        if (text.empty()) return out;
        const auto end = std::min(text.find_first_of(kBlanks), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::string> money(std::string_view text) {
    if (text.starts_with('$')) text.remove_prefix(1);
    if (text.empty() || !is_digit(text[0])) return std::nullopt;
    std::string out;
    std::size_t at = 0;
    for (; at < text.size() && (is_digit(text[at]) || text[at] == ','); ++at)
        if (text[at] != ',') out += text[at];
    if (at < text.size()) {
        const auto fraction = text.substr(at);
        if (fraction[0] != '.' || !all_digits(fraction.substr(1))) return std::nullopt;
        out += fraction;
    }
    const auto zeros = std::min(out.find_first_not_of('0'), out.size());
    out.erase(0, zeros);
    if (out.empty() || out[0] == '.') out.insert(0, "0");
    return out.size() > 18 ? std::nullopt : std::optional(out);
}

std::optional<Day> date(std::string_view text) {
    auto rest = trim(text);
    const auto day = take_date(rest);
    return rest.empty() ? day : std::nullopt;
}

std::vector<Day> dates(std::string_view text) {
    std::vector<Day> out;
    for (auto rest = trim(text); !rest.empty(); rest = trim(rest)) {
        const auto day = take_date(rest);
        if (!day) return {};
        out.push_back(*day);
    }
    return out;
}

Tail split_last(std::string_view text) {
    text = trim(text);
    const auto blank = text.find_last_of(kBlanks);
    if (blank == std::string_view::npos) return {{}, text};
    return {trim(text.substr(0, blank)), text.substr(blank + 1)};
}

std::optional<domain::Empty> empty_cell(std::string_view text) {
    text = trim(text);
    if (text.empty()) return domain::Empty::unknown;
    if (text.size() > 12) {
        for (const std::string_view words : {"not included in", "not specified in", "No page numbers"})
            if (text.find(words) != std::string_view::npos) return domain::Empty::not_released;
        return std::nullopt;
    }
    if (same_word(text, "tbd")) return domain::Empty::expected;
    for (const std::string_view word :
         {"n/a", "na", "unk", "unknown", "-", "not reported", "none", "nan", "0"})
        if (same_word(text, word)) return domain::Empty::unknown;
    return std::nullopt;
}

std::string readable(std::string_view text) {
    text = trim(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (is_blank(c)) {
            if (!out.ends_with(' ')) out += ' ';
            continue;
        }
        const auto end = c == '&' ? text.find(';', at) : std::string_view::npos;
        const unsigned code =
            end == std::string_view::npos || end - at > 8 ? 0 : entity(text.substr(at + 1, end - at - 1));
        if (code == 0) {
            out += c;
            continue;
        }
        append_code_point(out, code);
        at = end;
    }
    return out;
}

}  // namespace entente::ingest::fmtrpt
