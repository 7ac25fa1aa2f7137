#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace entente::http {

/// "Not Found"; "Unknown" for a number that has no name here.
std::string_view reason_phrase(unsigned status);

/// Problem details: `{"type":"about:blank","title":…,"status":…,"detail":…}`, the title being the phrase of the
/// status. Bytes of `detail` that are not UTF-8 are replaced.
/// Source  RFC 9457
Response problem(unsigned status, std::string_view detail);

}  // namespace entente::http
