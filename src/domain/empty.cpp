#include "domain/empty.h"

#include <array>

namespace entente::domain {
namespace {

constexpr std::array<std::string_view, 4> kWords{"unknown", "not released", "not applicable", "expected"};
constexpr std::array<std::string_view, 4> kCodes{"unknown", "not_released", "not_applicable", "expected"};

}  // namespace

std::string_view to_words(Empty empty) {
    return kWords[static_cast<std::size_t>(empty)];
}

std::optional<Empty> parse_empty(std::string_view text) {
    std::string code(text);
    for (char& c : code)
        if (c == '-' || c == ' ') c = '_';
    for (std::size_t i = 0; i < kCodes.size(); ++i)
        if (code == kCodes[i]) return static_cast<Empty>(i);
    return std::nullopt;
}

json::object to_json(Empty empty) {
    return {{"none", kCodes[static_cast<std::size_t>(empty)].data()}};
}

std::optional<Empty> empty_of(const json::value& value) {
    const auto* object = value.if_object();
    if (!object || object->size() != 1) return std::nullopt;
    const auto* code = find_string(*object, "none");
    if (!code) return std::nullopt;
    for (std::size_t i = 0; i < kCodes.size(); ++i)
        if (std::string_view(code->data(), code->size()) == kCodes[i]) return static_cast<Empty>(i);
    return std::nullopt;
}

}  // namespace entente::domain
