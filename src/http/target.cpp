#include "http/target.h"

#include <algorithm>

#include "base/utf8.h"
#include "http/characters.h"

namespace entente::http {
namespace {

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

std::unexpected<Refusal> refused(std::string_view detail) {
    return std::unexpected(Refusal{400, detail});
}

std::expected<std::string, Refusal> parse_path(std::string_view raw) {
    std::string path;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t begin = at + 1;  // raw[at] is a slash
        at = std::min(raw.find('/', begin), raw.size());
        const auto segment = percent_decode(raw.substr(begin, at - begin), /*plus_is_space=*/false);
        if (!segment)
            return refused("The path holds a percent sign that two hexadecimal digits do not follow.");
        if (segment->find_first_of("/\\") != std::string::npos)
            return refused("The path holds an escaped slash or a backslash.");
        if (has_control(*segment)) return refused("The path holds a control character.");
        if (*segment == "..") return refused("The path holds a segment \"..\".");
        const bool last = at == raw.size();
        if (*segment == "." || segment->empty()) {
            if (last) path += '/';  // a trailing slash is kept, and the root is one
        } else {
            path += '/' + *segment;
        }
    }
    if (!is_valid_utf8(path)) return refused("The path is not UTF-8.");
    return path;
}

std::expected<Fields, Refusal> parse_query(std::string_view raw) {
    Fields query;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t end = std::min(raw.find('&', at), raw.size());
        const std::string_view piece = raw.substr(at, end - at);
        at = end + 1;
        if (piece.empty()) continue;
        const std::size_t equals = std::min(piece.find('='), piece.size());
        auto name = percent_decode(piece.substr(0, equals), /*plus_is_space=*/true);
        auto value = percent_decode(piece.substr(std::min(equals + 1, piece.size())), /*plus_is_space=*/true);
        if (!name || !value)
            return refused("The query holds a percent sign that two hexadecimal digits do not follow.");
        if (name->find('\0') != std::string::npos || value->find('\0') != std::string::npos)
            return refused("The query holds a NUL.");
        if (!is_valid_utf8(*name) || !is_valid_utf8(*value)) return refused("The query is not UTF-8.");
        query.emplace_back(*std::move(name), *std::move(value));
    }
    return query;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::expected<Target, Refusal> parse_target(std::string_view target) {
    if (!target.starts_with('/')) return refused("The target must begin with a slash.");
    const bool visible = std::ranges::all_of(target, [](char c) { return c > ' ' && c < 0x7f; });
    if (!visible) return refused("The target holds a character that must be escaped.");
    if (target.find('#') != std::string_view::npos) return refused("The target holds a fragment.");
    const std::size_t question = std::min(target.find('?'), target.size());
    auto path = parse_path(target.substr(0, question));
    if (!path) return std::unexpected(path.error());
    auto query = parse_query(target.substr(std::min(question + 1, target.size())));
    if (!query) return std::unexpected(query.error());
    return Target{*std::move(path), *std::move(query)};
}

}  // namespace entente::http
