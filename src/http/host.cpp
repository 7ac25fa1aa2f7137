#include "http/host.h"

#include <arpa/inet.h>

#include <algorithm>

#include "http/message.h"

namespace entente::http {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_port(std::string_view text) {
    return text.size() <= 5 && std::ranges::all_of(text, is_digit);
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.' || c == '_';
}

}  // namespace

std::optional<std::string> host_name(std::string_view value) {
    std::string name(value);
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name.starts_with('[')) {
        const std::size_t end = name.find(']');
        if (end == std::string::npos) return std::nullopt;
        const std::string_view rest = std::string_view(name).substr(end + 1);
        if (!rest.empty() && (rest[0] != ':' || !is_port(rest.substr(1)))) return std::nullopt;
        in6_addr address{};
        const std::string inside = name.substr(1, end - 1);
        if (inet_pton(AF_INET6, inside.c_str(), &address) != 1) return std::nullopt;
        return inside;
    }
    if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
        if (!is_port(std::string_view(name).substr(colon + 1))) return std::nullopt;
        name.resize(colon);
    }
    if (name.empty() || name.size() > 253 || !std::ranges::all_of(name, is_name_character))
        return std::nullopt;
    return name;
}

bool is_loopback_name(std::string_view name) {
    if (name == "localhost") return true;
    const std::string text(name);
    in_addr four{};
    if (inet_pton(AF_INET, text.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
    in6_addr six{};
    if (inet_pton(AF_INET6, text.c_str(), &six) != 1) return false;
    if (IN6_IS_ADDR_V4MAPPED(&six)) return six.s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&six);
}

bool is_allowed_host(std::string_view name, const std::vector<std::string>& allowed) {
    return is_loopback_name(name) ||
           std::ranges::any_of(allowed, [&](const std::string& each) { return same_name(each, name); });
}

}  // namespace entente::http
