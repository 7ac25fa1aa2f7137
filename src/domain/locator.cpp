#include "domain/locator.h"

#include <optional>

#include <fmt/format.h>

namespace entente::domain {
namespace {

constexpr std::uint32_t kMostColumns = 16'384;  // XFD, as far as a workbook goes
constexpr std::uint32_t kMostRows = 1'048'576;
constexpr std::size_t kMostDigits = 7;

// Takes a number without leading zeros off the front.
std::optional<std::uint32_t> take_number(std::string_view& text) {
    std::uint32_t number = 0;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        if (digits == kMostDigits) return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(text[digits++] - '0');
    }
    if (digits == 0 || text[0] == '0') return std::nullopt;
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<std::uint32_t> take_column(std::string_view& text) {
    std::uint32_t column = 0;
    std::size_t letters = 0;
    while (letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z') {
        column = column * 26 + static_cast<std::uint32_t>(text[letters++] - 'A' + 1);
        if (column > kMostColumns) return std::nullopt;
    }
    if (letters == 0) return std::nullopt;
    text.remove_prefix(letters);
    return column;
}

std::string column_name(std::uint32_t column) {
    std::string name;
    for (; column > 0; column = (column - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
    return name;
}

std::optional<Locator> read(std::string_view text) {
    Locator out;
    const bool pages = take(text, "pp. ");
    if (take(text, "sheet ")) {
        const auto sheet = pages ? std::nullopt : take_number(text);
        if (!sheet) return std::nullopt;
        out.kind = Locator::Kind::sheet, out.first = out.last = *sheet;
        if (text.empty()) return out;
        if (!take(text, ", ")) return std::nullopt;
        const auto column = take_column(text);
        const auto row = column ? take_number(text) : std::nullopt;
        if (!row || *row > kMostRows || !text.empty()) return std::nullopt;
        out.column = *column, out.row = *row;
        return out;
    }
    const bool one = !pages && take(text, "p. ");
    if (!pages && !one) {
        if (!take(text, "l. ")) return std::nullopt;
        out.kind = Locator::Kind::line;
    }
    const auto first = take_number(text);
    if (!first) return std::nullopt;
    out.first = out.last = *first;
    if (text.empty()) return pages ? std::nullopt : std::optional(out);
    if (one || !take(text, "-")) return std::nullopt;
    const auto last = take_number(text);
    if (!last || !text.empty() || *last <= *first) return std::nullopt;
    out.last = *last;
    return out;
}

}  // namespace

Result<Locator> Locator::parse(std::string_view text) {
    if (const auto locator = read(text)) return *locator;
    return fail(
        ErrorCode::invalid_argument,
        {},
        fmt::format(
            "found '{}', expected a place in a document: p. 12, pp. 12-13, l. 40, l. 40-52, sheet 2 or "
            "sheet 2, B7",
            text.substr(0, 60)
        )
    );
}

std::string Locator::to_text() const {
    switch (kind) {
        case Kind::page:
            return first == last ? fmt::format("p. {}", first) : fmt::format("pp. {}-{}", first, last);
        case Kind::line:
            return first == last ? fmt::format("l. {}", first) : fmt::format("l. {}-{}", first, last);
        case Kind::sheet:
            break;
    }
    return column == 0 ? fmt::format("sheet {}", first)
                       : fmt::format("sheet {}, {}{}", first, column_name(column), row);
}

}  // namespace entente::domain
