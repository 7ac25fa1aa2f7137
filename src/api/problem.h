// What went wrong, as RFC 9457 has it.
#pragma once

#include <string>

#include "api/reply.h"
#include "base/result.h"
#include "http/message.h"

namespace entente::api {

/// `{"type":"/problems/invalid_argument","title":"…","status":422,"detail":"…","field":"held","advice":"…"}`
http::Response problem(const Error& error);

/// The same of what is not an error of the record: no such route, not signed in.
http::Response problem(unsigned status, std::string title, std::string detail);

/// The same as the answer of a route.
Reply problem_reply(unsigned status, std::string title, std::string detail);

}  // namespace entente::api
