#define ENTENTE_ADD_GAPS add_geometric_gaps_narrow
#include "measures/shape/geometric_sums_body.h"
