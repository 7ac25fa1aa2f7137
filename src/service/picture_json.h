#pragma once

#include "base/json.h"
#include "picture/picture.h"

namespace entente::service {

/// A picture as an object, for who draws it elsewhere: names as in `picture/picture.h`, enumerators in words, places as
/// days since 1970 (on an axis of durations: days). What is absent stands for nothing.
json::object picture_json(const picture::Picture& picture);

}  // namespace entente::service
