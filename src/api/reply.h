#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "http/event_stream.h"

namespace entente::api {

/// Rows of a list that is still a page; more of them are carried away.
inline constexpr std::size_t kMostPageRows = 1000;

/// What a route answers: JSON, or bytes of another media type.
struct Reply {
    unsigned status = 200;
    json::value body = {};
    std::string media_type = {};  ///< of `bytes`; empty: `body` counts
    std::string bytes = {};
    std::string file_name = {};  ///< under which a browser keeps `bytes`; empty: it shows them
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::shared_ptr<http::EventStream> events =
        {};               ///< in place of everything: what is published as it happens
    bool logged = false;  ///< its route wrote a line into the access log
    std::string personal =
        {};  ///< what of persons it shows, for the access log: `people, 50 records`; empty: nothing
    bool cached = true;  ///< may be kept by the reader until its ETag changes
};

inline Reply json_reply(json::value body, unsigned status = 200) {
    Reply out;
    out.status = status, out.body = std::move(body);
    return out;
}

inline Reply bytes_reply(std::string media_type, std::string bytes, std::string file_name = {}) {
    Reply out;
    out.media_type = std::move(media_type), out.bytes = std::move(bytes),
    out.file_name = std::move(file_name);
    return out;
}

}  // namespace entente::api
