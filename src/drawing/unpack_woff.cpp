#include "drawing/unpack_woff.h"

#include <zlib.h>

#include <bit>
#include <cstdint>

namespace entente::drawing {
namespace {

constexpr std::size_t kHeader = 44;
constexpr std::size_t kEntry = 20;

std::uint32_t number(std::string_view text, std::size_t at, std::size_t bytes) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < bytes; ++i) out = out << 8 | static_cast<std::uint8_t>(text[at + i]);
    return out;
}

void append(std::string& out, std::uint32_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::string unpacked(std::string_view packed, std::size_t length) {
    if (packed.size() == length) return std::string(packed);
    std::string out(length, '\0');
    auto size = static_cast<uLongf>(length);
    const auto done = uncompress(
        reinterpret_cast<Bytef*>(out.data()),
        &size,
        reinterpret_cast<const Bytef*>(packed.data()),
        static_cast<uLong>(packed.size())
    );
    return done == Z_OK && size == length ? out : std::string();
}

}  // namespace

std::string unpack_woff(std::string_view woff) {
    if (woff.size() < kHeader || !woff.starts_with("wOFF")) return {};
    const std::size_t tables = number(woff, 12, 2);
    if (tables == 0 || woff.size() < kHeader + tables * kEntry) return {};
    // The head of the font: flavour, number of tables, and the three numbers for a binary search.
    const auto power = static_cast<std::uint32_t>(std::bit_floor(tables));
    std::string head(woff.substr(4, 4)), body;
    append(head, static_cast<std::uint32_t>(tables), 2);
    append(head, power * 16, 2);
    append(head, static_cast<std::uint32_t>(std::bit_width(power) - 1), 2);
    append(head, static_cast<std::uint32_t>(tables) * 16 - power * 16, 2);
    const std::size_t first = head.size() + tables * 16;
    for (std::size_t i = 0; i < tables; ++i) {
        const auto entry = kHeader + i * kEntry;
        const std::size_t offset = number(woff, entry + 4, 4), packed = number(woff, entry + 8, 4);
        const std::size_t length = number(woff, entry + 12, 4);
        if (offset > woff.size() || packed > woff.size() - offset || packed > length) return {};
        const auto table = unpacked(woff.substr(offset, packed), length);
        if (table.size() != length) return {};
        head += woff.substr(entry, 4);
        head += woff.substr(entry + 16, 4);
        append(head, static_cast<std::uint32_t>(first + body.size()), 4);
        append(head, static_cast<std::uint32_t>(length), 4);
        body += table;
        body.resize((body.size() + 3) / 4 * 4);
    }
    return head + body;
}

}  // namespace entente::drawing
