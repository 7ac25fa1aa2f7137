#include "numerics/interpolated_sums.h"

#include "base/check.h"
#include "numerics/registers.h"

namespace entente::numerics {

void interpolated_sums(
    std::span<const DrawnTerm> terms, const DrawnPlaces& places, std::size_t draws, double* out
) {
    check(draws % 4 == 0, "draws are summed four at once");
    (has_wide_registers() ? interpolated_sums_wide : interpolated_sums_narrow
    )(terms.data(), terms.size(), places, draws, out);
}

void factored_sums(std::span<const DrawnTerm> terms, std::size_t draws, double* out) {
    check(draws % 4 == 0, "draws are summed four at once");
    (has_wide_registers() ? factored_sums_wide : factored_sums_narrow
    )(terms.data(), terms.size(), draws, out);
}

}  // namespace entente::numerics
