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

std::string verdict(const ReconciledProgramme& programme, const TrainingSums& sums) {
    const bool people = programme.people_match(sums), cost = programme.cost_matches(sums);
    return people && cost ? "both" : people ? "people" : cost ? "cost" : "neither";
}

json::array programmes_json(const ReconciledReport& report) {
    json::array out;
    for (const auto& p : report.programmes) {
        const auto matches = [&](const TrainingSums& sums) {
            return p.totals > 0 ? json::value(verdict(p, sums)) : json::value(nullptr);
        };
        json::object one{
            {"section", p.section},
            {"country", p.country},
            {"programme", p.programme},
            {"printed_totals", p.totals}};
        one["printed_people"] = p.printed_people ? json::value(*p.printed_people) : json::value(nullptr);
        one["printed_cost"] =
            p.printed_cost ? json::value(plain_cost(*p.printed_cost)) : json::value(nullptr);
        one["as_printed"] = sums_json(p.as_printed), one["as_read"] = sums_json(p.as_read);
        one["match_as_printed"] = matches(p.as_printed), one["match_as_read"] = matches(p.as_read);
        out.push_back(std::move(one));
    }
    return out;
}

json::array repairs_json(const std::vector<RepairedCell>& cells) {
    json::array out;
    for (const auto& cell : cells)
        out.push_back(json::object{
            {"at", cell.at},
            {"id", cell.id},
            {"country", cell.country},
            {"column", cell.column},
            {"repair", cell.repair},
            {"printed", cell.printed},
            {"read", cell.read}});
    return out;
}

}  // namespace entente::service
