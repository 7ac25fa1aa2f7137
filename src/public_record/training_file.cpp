#include <algorithm>

#include <fmt/format.h>

#include "base/csv.h"
#include "ingest/actor_table.h"
#include "ingest/fmtrpt/report_source.h"
#include "ingest/table/open_table.h"
#include "measures/training.h"
#include "public_record/files.h"
#include "service/school_families.h"

namespace entente::public_record {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> reports(const fs::path& directory) {
    std::vector<fs::path> out;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(directory / "fmtrpt", ec)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("fmtrpt_FY") && name.find(".tsv") != std::string::npos)
            out.push_back(entry.path());
    }
    if (out.empty())
        return fail(
            ErrorCode::not_found,
            (directory / "fmtrpt").string(),
            "found no training reports (fmtrpt_FY….tsv)"
        );
    std::sort(out.begin(), out.end());
    return out;
}

/// `actor:COL` -> `COL`; empty: not an actor of the table.
std::string code_of(const std::string& reference) {
    const auto colon = reference.find(':');
    const auto code = colon == std::string::npos ? std::string() : reference.substr(colon + 1);
    return ingest::find_actor(code) ? code : std::string();
}

std::string number_or_nothing(std::int64_t number) {
    return number == 0 ? std::string() : std::to_string(number);
}

}  // namespace

Result<std::string> training_file(const fs::path& directory) {
    ENTENTE_ASSIGN_OR_RETURN(const auto files, reports(directory));
    ENTENTE_ASSIGN_OR_RETURN(const auto source, ingest::fmtrpt::open_reports(files, [](const fs::path& file) {
                                 return ingest::table::open_table(file);
                             }));
    service::SchoolFamilies families;
    std::map<std::pair<std::string, std::string>, std::vector<measures::TrainingLine>> by_pair;
    ingest::ImportRow row;
    // Totals rows and fragments of wrapped cells are no training lines: the importer tells them apart.
    for (;;) {
        ENTENTE_ASSIGN_OR_RETURN(const bool more, source->next(row));
        if (!more) break;
        for (const auto& record : row.records) {
            if (record.type != "training_line") continue;
            auto line = measures::read_training_line({}, record.content);
            line.deliverer = code_of(line.deliverer), line.recipient = code_of(line.recipient);
            if (line.deliverer.empty() || line.recipient.empty()) continue;
            line.school_families = families.of(line);
            // What is no longer needed goes: there are two hundred thousand.
            line.course.clear(), line.delivery_unit.clear(), line.place.clear(),
                line.programme_printed.clear();
            line.evidence = {};
            by_pair[{line.deliverer, line.recipient}].push_back(std::move(line));
        }
    }
    auto out = csv_line(
        {"deliverer",
         "recipient",
         "fiscal_year",
         "programme",
         "school_families",
         "activities",
         "people",
         "people_missing",
         "cost_usd",
         "cost_missing"}
    );
    const Day ever = *day_of(9999, 1, 1);
    for (const auto& [pair, lines] : by_pair)
        for (const auto& cell : measures::cells_of(lines, {pair.first, pair.second}, ever)) {
            const auto& sum = cell.sum;
            out += csv_line(
                {cell.deliverer,
                 cell.recipient,
                 std::to_string(cell.fiscal_year),
                 cell.programme,
                 fmt::format("{}", fmt::join(cell.school_families, ";")),
                 std::to_string(sum.activities),
                 sum.knows_people() ? std::to_string(sum.people.sum) : "",
                 number_or_nothing(sum.people.missing),
                 sum.knows_cost() ? measures::decimal_of(sum.cost_micros.sum) : "",
                 number_or_nothing(sum.cost_micros.missing)}
            );
        }
    return out;
}

}  // namespace entente::public_record
