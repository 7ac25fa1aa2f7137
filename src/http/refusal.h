#pragma once

#include <string_view>

namespace entente::http {

/// Why a request does not reach a handler: a status and words for the client. The words are literals.
struct Refusal {
    unsigned status = 400;
    std::string_view detail;
};

}  // namespace entente::http
