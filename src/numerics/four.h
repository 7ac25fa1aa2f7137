#pragma once

#include <cstdint>

namespace entente::numerics {

// Four numbers side by side, for files that are compiled once for each width of registers. Each is reckoned with by itself,
// so that the digits are the same in one register of four and in two of two.
using Four = double __attribute__((vector_size(32)));
using FourWhole = std::int64_t __attribute__((vector_size(32)));

// Wherever they lie, and in this file's own copy: the two widths must not share a function.
namespace {

using FourAnywhere = double __attribute__((vector_size(32), aligned(8), may_alias));

[[gnu::always_inline, maybe_unused]] inline Four load_four(const double* from) {
    return *reinterpret_cast<const FourAnywhere*>(from);
}
[[gnu::always_inline, maybe_unused]] inline void store_four(double* to, Four value) {
    *reinterpret_cast<FourAnywhere*>(to) = value;
}

}  // namespace
}  // namespace entente::numerics
