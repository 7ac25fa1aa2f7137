#define ENTENTE_EXPM1 expm1_wide
#define ENTENTE_EXP exp_wide
#define ENTENTE_LOG log_wide
#include "numerics/exponentials_body.h"
