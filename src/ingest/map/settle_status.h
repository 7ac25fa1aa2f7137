#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "domain/content.h"

namespace entente::ingest::map {

/// Says of an engagement whose source gives no status what its dates say: all of it ahead of `today` is
/// `planned`, and its date moves to that field, for a day ahead cannot be held; several days of which today
/// is one are `ongoing`. What the dates leave open stays as it is by default; each case adds a remark.
void settle_status(Day today, domain::Content& engagement, std::vector<std::string>& remarks);

}  // namespace entente::ingest::map
