#define ENTENTE_ADD_GAPS add_geometric_gaps_wide
#include "measures/shape/geometric_sums_body.h"
