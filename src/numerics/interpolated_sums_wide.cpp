#define ENTENTE_INTERPOLATED interpolated_sums_wide
#define ENTENTE_FACTORED factored_sums_wide
#include "numerics/interpolated_sums_body.h"
