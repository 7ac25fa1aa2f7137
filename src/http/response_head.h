#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/message.h"

namespace entente::http {

/// How the end of a body is told.
enum class Framing {
    length,   ///< Content-Length
    chunked,  ///< chunks, the last one empty
    close,    ///< by the end of the connection
};

struct HeadFacts {
    bool http11 = true;
    bool keep_alive = true;
    Framing framing = Framing::length;
    std::string_view date;          ///< see `http_date`
    const Fields* extra = nullptr;  ///< headers that stand unless the response has them
};

/// Whether every header can be sent: names are tokens, values hold no control characters.
bool are_sound(const Fields& headers);

/// Whether this status never has a body.
bool is_bodiless(unsigned status);

/// Status line and headers with the empty line. Headers that say how the body is framed are the server's:
/// those of the response are passed over.
std::string response_head(const Response& response, const HeadFacts& facts);

/// `Mon, 30 Nov 2026 22:26:19 GMT`
std::string http_date(std::chrono::sys_seconds at);

}  // namespace entente::http
