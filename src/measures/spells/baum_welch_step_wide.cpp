#define ENTENTE_STEP baum_welch_step_wide
#include "measures/spells/baum_welch_step_body.h"
