#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace entente::domain {

/// Why a field has no value. Zero is a value; a field left out was not asked.
/// In the ledger: `{"none":"unknown"}`.
enum class Empty : std::uint8_t { unknown, not_released, not_applicable, expected };

/// `unknown`, `not released`, `not applicable`, `expected`.
std::string_view to_words(Empty empty);
/// Reads `unknown`, `not_released`, `not-released`, `not released` and so on.
std::optional<Empty> parse_empty(std::string_view text);
json::object to_json(Empty empty);
/// The empty that a field's value stands for, or nothing when it is a value.
std::optional<Empty> empty_of(const json::value& value);

}  // namespace entente::domain
