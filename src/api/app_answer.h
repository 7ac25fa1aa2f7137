#pragma once

#include "http/message.h"

namespace entente::api {

/// The app's files, as a browser asks for them. A path that names no file is a page of the app: it gets the first one,
/// whose script reads the address.
http::Response app_answer(const http::Request& request);

}  // namespace entente::api
