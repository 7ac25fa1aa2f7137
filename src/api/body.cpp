#include "api/body.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::api {

Result<void> check_members(const json::object& body, std::initializer_list<std::string_view> known) {
    for (const auto& member : body) {
        const std::string name(member.key());
        if (std::ranges::find(known, std::string_view(name)) == known.end())
            return fail(
                ErrorCode::invalid_argument,
                name,
                fmt::format("found an unknown member, expected one of {}", fmt::join(known, ", "))
            );
    }
    return {};
}

Result<std::optional<std::string>> text_of(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    if (!value) return std::nullopt;
    if (!value->is_string())
        return fail(ErrorCode::invalid_argument, std::string(name), "found no text, expected one");
    return std::string(value->get_string());
}

Result<std::string> needed_text(const json::object& body, std::string_view name) {
    ENTENTE_ASSIGN_OR_RETURN(auto text, text_of(body, name));
    if (!text) return fail(ErrorCode::invalid_argument, std::string(name), "found nothing, expected a text");
    return *std::move(text);
}

Result<std::optional<bool>> truth_of(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    if (!value) return std::nullopt;
    if (!value->is_bool())
        return fail(ErrorCode::invalid_argument, std::string(name), "found neither true nor false");
    return value->get_bool();
}

}  // namespace entente::api
