#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/refusal.h"

namespace entente::http {

struct Target {
    std::string path;
    Fields query;
};

/// Reads the target of a request line. Only the form that begins with a slash is taken. A path that two
/// programs could read in two ways is refused: "..", an escaped slash, a backslash, NUL and other control
/// characters, what is not UTF-8. Empty segments and "." are dropped.
/// Errors  400 with the reason
/// Source  RFC 9112, section 3.2; RFC 3986; the query as HTML forms write it (+ is a space)
std::expected<Target, Refusal> parse_target(std::string_view target);

/// Undoes percent escapes; nothing when one is bad. With `plus_is_space` as in HTML forms.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace entente::http
