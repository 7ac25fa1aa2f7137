#pragma once

#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/result.h"

namespace entente {

namespace json = boost::json;

/// Reads one JSON text.
/// Errors  invalid_argument: not JSON, deeper than 64, over 10 MiB, or a key twice in one object
Result<json::value> parse_json(std::string_view text);

/// Writes a value in the restricted RFC 8785 form of the ledger, so that `jq -cSj .` reproduces it: keys
/// `[a-z0-9_]+` sorted, integers within +-(2^53-1) and no other numbers, no control characters but \n and \t,
/// no U+007F, valid UTF-8.
/// Errors  invalid_argument, naming the path of the offending value
Result<std::string> canonical_json(const json::value& value);
Result<std::string> canonical_json(const json::object& object);

/// Indented JSON for people, keys in their order.
std::string pretty_json(const json::value& value);

/// The string under `key`, or nothing when absent or not a string. Valid as long as the object.
const json::string* find_string(const json::object& object, std::string_view key);
/// The text under `key`; empty when there is none.
std::string text_at(const json::object& object, std::string_view key);

}  // namespace entente
