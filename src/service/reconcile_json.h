#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "service/reconcile_reports.h"

namespace entente::service {

/// Training lines beside the printed totals, report by report.
json::array reports_json(const std::vector<ReconciledReport>& reports);

/// Hundredths of a cent as a decimal number of dollars: `1234.5`.
std::string plain_cost(std::int64_t units);

}  // namespace entente::service
