#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// Text forms of bytes. Decoders are strict: no white space, no missing or surplus padding, no non-zero spare
/// bits.
std::string base64(std::string_view bytes);     ///< RFC 4648 section 4, padded
std::string base64url(std::string_view bytes);  ///< RFC 4648 section 5, no padding
std::string base32(std::string_view bytes);     ///< RFC 4648 section 6, lower case, no padding
std::string hex(std::string_view bytes);        ///< lower case
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);
std::optional<std::string> from_base32(std::string_view text);
std::optional<std::string> from_hex(std::string_view text);

}  // namespace entente
