// One training report beside the totals that it prints: programme by programme, and cell by cell.
#include "api/call.h"
#include "api/common_parameters.h"
#include "service/reconcile_json.h"

namespace entente::api {
namespace {

auto no_such_report(const std::string& report) {
    return fail(
        ErrorCode::not_found,
        "report",
        "found no lines of report '" + report + "'",
        "/api/reconcile/fmtrpt lists those on record"
    );
}

Result<Reply> programmes(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto reports, service::reconcile_reports(*view, call.schema()));
    const auto asked = call.text("report");
    for (const auto& report : reports) {
        if (report.report != asked) continue;
        json::object out{
            {"report", report.report},
            {"items", service::programmes_json(report)},
            {"as_of", call.size_json(*view)}};
        return json_reply(std::move(out));
    }
    return no_such_report(asked);
}

Result<Reply> repairs(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    const auto asked = call.text("report");
    ENTENTE_ASSIGN_OR_RETURN(const auto cells, service::repaired_cells(*view, asked));
    return json_reply(json::object{
        {"report", asked}, {"items", service::repairs_json(cells)}, {"as_of", call.size_json(*view)}});
}

Route about_report(
    const char* path, const char* name, const char* command, const char* summary, const char* reply
) {
    return {
        .method = "GET",
        .path = path,
        .name = name,
        .command = command,
        .summary = summary,
        .parameters = {in_path("report", Kind::text, "A report, by its years: 2009_2010"), as_of()},
        .reply = reply,
        .list = "items"};
}

}  // namespace

void add_reconcile_routes(Routes& out) {
    auto by_programme = about_report(
        "/api/reconcile/fmtrpt/{report}",
        "reconcileProgrammes",
        "reconcile fmtrpt REPORT",
        "One report, programme by programme",
        "ReconciledProgrammes"
    );
    by_programme.answer = programmes;
    out.push_back(std::move(by_programme));
    auto by_cell = about_report(
        "/api/reconcile/fmtrpt/{report}/repairs",
        "listRepairs",
        "reconcile fmtrpt REPORT --repairs",
        "Every cell of a report that was read otherwise than printed",
        "RepairedCells"
    );
    by_cell.answer = repairs;
    out.push_back(std::move(by_cell));
}

}  // namespace entente::api
