#include "numerics/exponentials.h"

#include <algorithm>
#include <array>

#include "numerics/exponentials_kernel.h"
#include "numerics/registers.h"

namespace entente::numerics {
namespace {

using Kernel = void (*)(double*, std::size_t);

/// The last few numbers are filled up to four.
void for_all(std::span<double> values, Kernel wide, Kernel narrow) {
    const Kernel kernel = has_wide_registers() ? wide : narrow;
    const std::size_t whole = values.size() / 4 * 4;
    kernel(values.data(), whole);
    const auto rest = values.subspan(whole);
    if (rest.empty()) return;
    std::array<double, 4> last{1, 1, 1, 1};
    std::ranges::copy(rest, last.begin());
    kernel(last.data(), last.size());
    std::copy_n(last.begin(), rest.size(), rest.begin());
}

}  // namespace

void expm1_all(std::span<double> values) {
    for_all(values, expm1_wide, expm1_narrow);
}

void exp_all(std::span<double> values) {
    for_all(values, exp_wide, exp_narrow);
}

void log_all(std::span<double> values) {
    for_all(values, log_wide, log_narrow);
}

}  // namespace entente::numerics
