#include <algorithm>

#include <fmt/format.h>

#include "base/csv.h"
#include "ingest/embedded_tables.h"
#include "public_record/files.h"
#include "public_record/named_rows.h"

namespace entente::public_record {
namespace {

constexpr const char* kHome = "USA";

std::string trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

/// The office that a visitor's name begins with: the longest of the table. Empty: none of it.
std::string office_of(std::string_view visitor, const std::vector<std::string>& offices) {
    const auto text = trimmed(visitor);
    std::string out;
    for (const auto& office : offices)
        if (office.size() > out.size() && (text == office || text.starts_with(office + " "))) out = office;
    return out;
}

std::vector<std::string> known_offices() {
    const auto csv = parse_csv(ingest::embedded_table("office_map.csv"));
    std::vector<std::string> out;
    if (csv)
        for (const auto& row : csv->rows) out.push_back(row.cells.at(0));
    return out;
}

int year_of(const std::string& day) {
    int year = 0;
    for (std::size_t i = 0; i < 4 && i < day.size(); ++i) year = 10 * year + (day[i] - '0');
    return year;
}

std::string last_day(const std::string& first, const std::string& last) {
    return last == first ? std::string() : last;
}

Result<void> add_travels(const std::filesystem::path& directory, StateCodes& codes, std::string& out) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows,
        read_named(
            directory / "us-diplomacy/us_travels.csv.gz",
            {"trip_id", "role", "start_date", "end_date", "country_id", "locale"}
        )
    );
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto &first = rows.cell(i, "start_date"), &last = rows.cell(i, "end_date");
        const auto host = codes.actor("slug", rows.cell(i, "country_id"), year_of(first));
        if (!host || *host == kHome) continue;
        out += csv_line(
            {"ust" + rows.cell(i, "trip_id"),
             first,
             last_day(first, last),
             kHome,
             *host,
             rows.cell(i, "role") == "president" ? "President" : "Secretary of State",
             trimmed(rows.cell(i, "locale")),
             "oh-travels"}
        );
    }
    return {};
}

Result<void> add_visits(const std::filesystem::path& directory, StateCodes& codes, std::string& out) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto rows,
        read_named(
            directory / "us-diplomacy/foreign_leader_visits_to_us.csv.gz",
            {"visit_id", "start_date", "end_date", "visitor", "country_id"}
        )
    );
    const auto offices = known_offices();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto &first = rows.cell(i, "start_date"), &last = rows.cell(i, "end_date");
        const auto visitor = codes.actor("slug", rows.cell(i, "country_id"), year_of(first));
        if (!visitor || *visitor == kHome) continue;
        out += csv_line(
            {"usv" + rows.cell(i, "visit_id"),
             first,
             last_day(first, last),
             *visitor,
             kHome,
             office_of(rows.cell(i, "visitor"), offices),
             "",
             "oh-visits"}
        );
    }
    return {};
}

}  // namespace

Result<std::string> political_file(const std::filesystem::path& directory, StateCodes& codes) {
    auto out = csv_line({"id", "first_day", "last_day", "visitor", "host", "office", "place", "source"});
    ENTENTE_RETURN_IF_ERROR(add_travels(directory, codes, out));
    ENTENTE_RETURN_IF_ERROR(add_visits(directory, codes, out));
    return out;
}

}  // namespace entente::public_record
