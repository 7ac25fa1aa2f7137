#include "measures/shape/geometric_sums.h"

#include "numerics/registers.h"

namespace entente::measures {

void add_geometric_gaps(GeometricSums& io) {
    numerics::has_wide_registers() ? add_geometric_gaps_wide(io) : add_geometric_gaps_narrow(io);
}

}  // namespace entente::measures
