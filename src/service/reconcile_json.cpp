#include "service/reconcile_json.h"

#include <fmt/format.h>

namespace entente::service {
namespace {

json::object sums_json(const TrainingSums& sums) {
    return {
        {"lines", static_cast<std::int64_t>(sums.lines)},
        {"people", sums.people},
        {"cost", plain_cost(sums.cost)}};
}

}  // namespace

std::string plain_cost(std::int64_t units) {
    auto text = fmt::format("{}.{:04}", units / 10'000, units % 10'000);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

json::array reports_json(const std::vector<ReconciledReport>& reports) {
    json::array out;
    for (const auto& report : reports) {
        json::object repairs;
        for (const auto& [repair, cells] : report.repairs) repairs[repair] = static_cast<std::int64_t>(cells);
        json::object item{
            {"report", report.report},
            {"as_printed", sums_json(report.as_printed)},
            {"as_read", sums_json(report.as_read)},
            {"printed_totals", static_cast<std::int64_t>(report.totals)},
            {"repairs", std::move(repairs)}};
        if (report.totals > 0) {
            item["printed"] =
                json::object{{"people", *report.printed_people}, {"cost", plain_cost(*report.printed_cost)}};
            const auto match = [](std::uint64_t both, std::uint64_t people, std::uint64_t cost) {
                return json::object{
                    {"both", static_cast<std::int64_t>(both)},
                    {"people", static_cast<std::int64_t>(people)},
                    {"cost", static_cast<std::int64_t>(cost)}};
            };
            item["match_as_printed"] =
                match(report.match_printed, report.people_printed, report.cost_printed);
            item["match_as_read"] = match(report.match_read, report.people_read, report.cost_read);
        }
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace entente::service
