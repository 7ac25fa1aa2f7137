#pragma once

namespace entente::numerics {

/// Whether files that are compiled for registers of four numbers may be used here.
inline bool has_wide_registers() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return true;  // They are compiled as all others are.
#endif
}

}  // namespace entente::numerics
