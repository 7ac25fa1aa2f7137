#include <algorithm>

#include <fmt/format.h>

#include "base/csv.h"
#include "cli/commands.h"
#include "service/reconcile_json.h"

namespace entente::cli {
namespace {

using service::cost_words;
using service::plain_cost;
using service::ReconciledProgramme;
using service::ReconciledReport;
using service::reports_json;
using service::TrainingSums;
using service::verdict;

std::string count(std::int64_t number) {
    return cost_words(number * 10'000).substr(1);
}
std::string count(std::uint64_t number) {
    return count(static_cast<std::int64_t>(number));
}

std::string render_reports(const Session& session, const std::vector<ReconciledReport>& reports) {
    std::vector<Row> rows;
    TrainingSums printed, read;
    for (const auto& report : reports) {
        const bool prints = report.totals > 0;
        const auto of = [&](std::uint64_t match) {
            return prints ? fmt::format("{} of {}", match, report.totals) : std::string("none on record");
        };
        rows.push_back(
            {{report.report,
              count(report.as_read.lines),
              count(report.as_printed.people),
              cost_words(report.as_printed.cost),
              of(report.match_printed),
              count(report.as_read.people),
              cost_words(report.as_read.cost),
              of(report.match_read)},
             Tone::plain,
             false}
        );
    }
    auto out = lay_out(
                   {{"report"},
                    {"lines", Align::right},
                    {"people as printed", Align::right},
                    {"cost as printed", Align::right},
                    {"match", Align::right},
                    {"people as read", Align::right},
                    {"cost as read", Align::right},
                    {"match", Align::right}},
                   rows,
                   false,
                   session.style
    )
                   .text;
    return out +
           "\nmatch: programmes of a country whose lines add up to both printed totals, of those with a "
           "printed total.\n"
           "none on record: the report prints no totals, or the file of its totals was not imported with "
           "it.\n"
           "as printed: by the letter. as read: split cells and shifted columns recovered, nothing fitted to "
           "a total.\n"
           "One report, programme by programme: entente reconcile fmtrpt REPORT\n";
}

std::string render_programmes(const Session& session, const ReconciledReport& report, bool all) {
    std::vector<Row> rows;
    for (const auto& programme : report.programmes) {
        const bool prints = programme.totals > 0;
        const bool differs = prints && verdict(programme, programme.as_read) != "both";
        if (!all && !differs) continue;
        rows.push_back(
            {{programme.country,
              programme.programme,
              prints ? count(*programme.printed_people) : "not printed",
              count(programme.as_printed.people),
              count(programme.as_read.people),
              prints ? cost_words(*programme.printed_cost) : "not printed",
              cost_words(programme.as_printed.cost),
              cost_words(programme.as_read.cost)},
             Tone::plain,
             differs}
        );
    }
    std::string out = fmt::format("Report {}\n", report.report);
    if (report.totals == 0)
        out += "It prints no totals that are on record.\n";
    else
        out += fmt::format(
            "{} printed totals: {} match as printed (people {}, cost {}), {} as read (people {}, cost {}).\n"
            "In all printed: {} people, {}; as read {} people, {}.\n",
            report.totals,
            report.match_printed,
            report.people_printed,
            report.cost_printed,
            report.match_read,
            report.people_read,
            report.cost_read,
            count(*report.printed_people),
            cost_words(*report.printed_cost),
            count(report.as_read.people),
            cost_words(report.as_read.cost)
        );
    if (!report.repairs.empty()) out += "\nRepaired cells, each with its line: --repairs\n";
    for (const auto& [repair, cells] : report.repairs)
        out += fmt::format("{:>7}  {}\n", count(cells), repair);
    if (rows.empty()) return out + (all ? "" : "\nNo programme differs. All of them: --all\n");
    out += all ? "\nProgrammes\n" : "\nProgrammes that differ as read\n";
    return out + lay_out(
                     {{"country", Align::left, 0, 12},
                      {"programme", Align::left, 0, 12},
                      {"people printed", Align::right},
                      {"lines printed", Align::right},
                      {"lines read", Align::right},
                      {"cost printed", Align::right},
                      {"lines printed", Align::right},
                      {"lines read", Align::right}},
                     rows,
                     true,
                     session.style
                 )
                     .text;
}

Result<Exit> print_repairs(
    const Session& session, ledger::RecordView& view, const ReconcileOptions& options
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto cells, service::repaired_cells(view, options.report));
    std::string csv =
        csv_line({"report", "file_line", "id", "country", "column", "repair", "printed", "read"});
    std::vector<Row> rows;
    for (const auto& cell : cells) {
        const auto repair = session.schema.name_of("training_repair", cell.repair);
        const auto column = session.schema.name_of("training_column", cell.column);
        if (options.csv)
            csv += csv_line(
                {cell.report,
                 cell.at,
                 cell.id,
                 cell.country,
                 cell.column,
                 cell.repair,
                 cell.printed,
                 cell.read}
            );
        else
            rows.push_back(
                {{cell.at, cell.country, column, cell.printed, cell.read, repair}, Tone::plain, false}
            );
    }
    if (options.csv)
        print(csv);
    else
        print(lay_out(
                  {{"file:line"},
                   {"country", Align::left, 0, 10},
                   {"column"},
                   {"printed", Align::left, 0, 12},
                   {"read", Align::left, 0, 12},
                   {"why"}},
                  rows,
                  false,
                  session.style
        )
                  .text);
    return cells.empty() ? Exit::nothing_found : Exit::done;
}

std::string programmes_csv(const std::vector<ReconciledReport>& reports) {
    auto out = csv_line(
        {"report",
         "section",
         "country",
         "programme",
         "printed_totals",
         "printed_people",
         "printed_cost",
         "lines",
         "people_as_printed",
         "cost_as_printed",
         "people_as_read",
         "cost_as_read",
         "match_as_printed",
         "match_as_read"}
    );
    for (const auto& report : reports)
        for (const auto& p : report.programmes)
            out += csv_line(
                {p.report,
                 p.section,
                 p.country,
                 p.programme,
                 std::to_string(p.totals),
                 p.printed_people ? std::to_string(*p.printed_people) : "",
                 p.printed_cost ? plain_cost(*p.printed_cost) : "",
                 std::to_string(p.as_read.lines),
                 std::to_string(p.as_printed.people),
                 plain_cost(p.as_printed.cost),
                 std::to_string(p.as_read.people),
                 plain_cost(p.as_read.cost),
                 p.totals ? verdict(p, p.as_printed) : "not printed",
                 p.totals ? verdict(p, p.as_read) : "not printed"}
            );
    return out;
}

}  // namespace

Result<Exit> run_reconcile(const Session& session, const ReconcileOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    if (options.repairs) return print_repairs(session, *view, options);
    ENTENTE_ASSIGN_OR_RETURN(auto reports, service::reconcile_reports(*view, session.schema));
    if (!options.report.empty()) {
        std::erase_if(reports, [&](const auto& report) { return report.report != options.report; });
        if (reports.empty())
            return fail(
                ErrorCode::not_found,
                "report",
                fmt::format("found no lines of report {}", options.report),
                "entente reconcile fmtrpt lists those on record"
            );
    }
    if (options.csv)
        print(programmes_csv(reports));
    else if (options.json)
        print(pretty_json(reports_json(reports)) + "\n");
    else if (!options.report.empty())
        print(render_programmes(session, reports.front(), options.all));
    else if (reports.empty())
        say("No training lines are on record. Next: entente import fmtrpt FILES\n");
    else
        print(render_reports(session, reports));
    return reports.empty() ? Exit::nothing_found : Exit::done;
}

}  // namespace entente::cli
