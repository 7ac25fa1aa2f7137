#include "measures/spells/baum_welch_step.h"

#include "numerics/registers.h"

namespace entente::measures {

void baum_welch_step(const BaumWelchStep& step, std::size_t states, bool few) {
    if (numerics::has_wide_registers())
        baum_welch_step_wide(step, states, few);
    else
        baum_welch_step_narrow(step, states, few);
}

}  // namespace entente::measures
