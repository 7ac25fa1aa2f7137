#include "base/id.h"

#include "base/codec.h"
#include "base/random.h"

namespace entente::detail {

std::string random_id_text() {
    return base32(random_bytes(16));
}

bool is_id_text(std::string_view text) {
    if (text.size() != 26) return false;
    const auto bytes = from_base32(text);
    return bytes && bytes->size() == 16;
}

}  // namespace entente::detail
