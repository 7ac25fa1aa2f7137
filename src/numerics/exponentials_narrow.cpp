#define ENTENTE_EXPM1 expm1_narrow
#define ENTENTE_EXP exp_narrow
#define ENTENTE_LOG log_narrow
#include "numerics/exponentials_body.h"
