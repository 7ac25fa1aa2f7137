#pragma once

#include <string_view>

#include "base/json.h"

namespace entente::store {

/// Reads an object that the index wrote itself.
/// Errors  corrupt: it is none any more; the index is to be made again
inline Result<json::object> stored_object(std::string_view text) {
    auto value = parse_json(text);
    if (!value || !value->is_object())
        return fail(ErrorCode::corrupt, "index", "found content that is no object", "entente rebuild");
    return std::move(value->get_object());
}

}  // namespace entente::store
