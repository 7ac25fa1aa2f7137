#define ENTENTE_INTERPOLATED interpolated_sums_narrow
#define ENTENTE_FACTORED factored_sums_narrow
#include "numerics/interpolated_sums_body.h"
