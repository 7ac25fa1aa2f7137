#include "base/random.h"

#include <sodium.h>

#include "base/check.h"

namespace entente {

std::string random_bytes(std::size_t count) {
    static const int ready = sodium_init();
    check(ready >= 0, "the cryptographic library starts");
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace entente
