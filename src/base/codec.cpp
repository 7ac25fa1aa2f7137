#include "base/codec.h"

#include <array>

namespace entente {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kHex = "0123456789abcdef";

constexpr std::array<std::int8_t, 256> reverse(std::string_view alphabet) {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}

std::string encode(std::string_view bytes, std::string_view alphabet, int width) {
    std::string text;
    text.reserve(bytes.size() * 8 / static_cast<std::size_t>(width) + 2);
    std::uint32_t buffer = 0;
    int bits = 0;
    const std::uint32_t mask = (1U << width) - 1;
    for (const char c : bytes) {
        buffer = (buffer << 8) | static_cast<std::uint8_t>(c);
        bits += 8;
        while (bits >= width) {
            bits -= width;
            text.push_back(alphabet[(buffer >> bits) & mask]);
        }
        buffer &= (1U << bits) - 1;
    }
    if (bits > 0) text.push_back(alphabet[(buffer << (width - bits)) & mask]);
    return text;
}

std::optional<std::string> decode(
    std::string_view text, const std::array<std::int8_t, 256>& table, int width
) {
    std::string bytes;
    bytes.reserve(text.size() * static_cast<std::size_t>(width) / 8);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const int digit = table[static_cast<std::uint8_t>(c)];
        if (digit < 0) return std::nullopt;
        buffer = (buffer << width) | static_cast<std::uint32_t>(digit);
        bits += width;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>((buffer >> bits) & 0xFF));
        }
        buffer &= (1U << bits) - 1;
    }
    if (bits >= width || buffer != 0) return std::nullopt;
    return bytes;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text = encode(bytes, kBase64, 6);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}
std::string base64url(std::string_view bytes) {
    return encode(bytes, kBase64Url, 6);
}
std::string base32(std::string_view bytes) {
    return encode(bytes, kBase32, 5);
}
std::string hex(std::string_view bytes) {
    return encode(bytes, kHex, 4);
}

std::optional<std::string> from_base64(std::string_view text) {
    static constexpr auto table = reverse(kBase64);
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
    return decode(text, table, 6);
}
std::optional<std::string> from_base64url(std::string_view text) {
    static constexpr auto table = reverse(kBase64Url);
    return decode(text, table, 6);
}
std::optional<std::string> from_base32(std::string_view text) {
    static constexpr auto table = reverse(kBase32);
    return decode(text, table, 5);
}
std::optional<std::string> from_hex(std::string_view text) {
    static constexpr auto table = reverse(kHex);
    if (text.size() % 2 != 0) return std::nullopt;
    return decode(text, table, 4);
}

}  // namespace entente
