#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "service/reconcile_reports.h"

namespace entente::service {

/// Training lines beside the printed totals, report by report.
json::array reports_json(const std::vector<ReconciledReport>& reports);

/// Which printed totals a programme's lines add up to: `both`, `people`, `cost` or `neither`.
std::string verdict(const ReconciledProgramme& programme, const TrainingSums& sums);
/// Programmes of a report; what it does not print is null.
json::array programmes_json(const ReconciledReport& report);
json::array repairs_json(const std::vector<RepairedCell>& cells);

/// Hundredths of a cent as a decimal number of dollars: `1234.5`.
std::string plain_cost(std::int64_t units);

}  // namespace entente::service
