// What a route reads from a JSON body, by name.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace entente::api {

/// Errors  invalid_argument: a member of another name
Result<void> check_members(const json::object& body, std::initializer_list<std::string_view> known);

/// A text that must be there.
/// Errors  invalid_argument: it is not, or it is no text
Result<std::string> needed_text(const json::object& body, std::string_view name);

/// A text, or nothing where it was left out.
Result<std::optional<std::string>> text_of(const json::object& body, std::string_view name);
Result<std::optional<bool>> truth_of(const json::object& body, std::string_view name);

}  // namespace entente::api
