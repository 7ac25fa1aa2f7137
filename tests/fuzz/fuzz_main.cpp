// One libFuzzer program a target; ENTENTE_FUZZ_TARGET names it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        entente::fuzz::ENTENTE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    } catch (...) {
        std::abort();
    }
    return 0;
}
