#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::http {

/// The name in a Host header, in small letters, without port and brackets; nothing when it is no host.
std::optional<std::string> host_name(std::string_view value);

/// Whether a name or address means this machine and no other: localhost, 127.0.0.0/8, ::1.
bool is_loopback_name(std::string_view name);

/// Whether a browser may use `name` for a server that goes by `allowed`.
bool is_allowed_host(std::string_view name, const std::vector<std::string>& allowed);

}  // namespace entente::http
