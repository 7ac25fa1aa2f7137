#define ENTENTE_STEP baum_welch_step_narrow
#include "measures/spells/baum_welch_step_body.h"
