#include "ingest/fmtrpt/lines.h"

#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/record_memory.h"
#include "domain/date_span.h"
#include "ingest/actor_table.h"
#include "ingest/fmtrpt/heading.h"
#include "ingest/fmtrpt/text.h"

namespace entente::ingest::fmtrpt {
namespace {

using domain::Content;
using domain::Empty;

json::string_view view(std::string_view text) {
    return {text.data(), text.size()};
}

void put_empty(Content& content, json::string_view field, Empty kind) {
    content[field] = domain::to_json(kind);
}

void put_text(Content& content, json::string_view field, std::string_view text) {
    if (const auto none = empty_cell(text))
        put_empty(content, field, *none);
    else
        content[field] = view(readable(text));
}

// Codes of other schemes that stand in the column of ISO codes, and codes for nobody.
std::string iso_code(std::string_view cell) {
    const auto code = trim(cell);
    if (code == "RCA") return "CAF";
    if (code == "RCH") return "CHL";
    if (code == "NME") return "MNE";
    return empty_cell(code) ? std::string() : std::string(code);
}

// Whether the table of actors has the code; asked once for each.
bool is_actor(const std::string& code) {
    static thread_local std::map<std::string, bool> known;
    const auto [at, is_new] = known.try_emplace(code, false);
    if (is_new) at->second = find_actor(code).has_value();
    return at->second;
}

void put_recipient(Content& content, const Cells& cells, std::vector<std::string>& remarks) {
    const auto code = iso_code(cells[Column::iso]);
    if (!code.empty() && is_actor(code))
        content["recipient"] = view("actor:" + code);
    else
        put_empty(content, "recipient", Empty::unknown);
    if (!code.empty() && !is_actor(code))
        remarks.push_back(fmt::format("country code {} is in no table: the recipient is unknown", code));
    put_text(content, "recipient_printed", cells[Column::country]);
}

// Fiscal years of a report that name no year in a heading: reports from 2001_2002 on hold one year, the first
// of their name; the two before hold two, so that nobody can say.
constexpr int kFirstYearOfSingleReports = 2001;

struct ReportYears {
    int first = 0, second = 0;
};
ReportYears years_of(std::string_view report) {
    ReportYears out;
    if (report.size() != 9) return out;
    std::from_chars(report.data(), report.data() + 4, out.first);
    std::from_chars(report.data() + 5, report.data() + 9, out.second);
    return out;
}

// Rows under one heading follow each other: it is read once.
const Heading& heading_of(const Cells& cells) {
    struct Last {
        std::string programme, country;
        std::optional<Heading> heading;
    };
    static thread_local Last last;
    const auto programme = cells[Column::programme], country = cells[Column::country];
    if (!last.heading || last.programme != programme || last.country != country)
        last = {std::string(programme), std::string(country), read_heading(programme, country)};
    return *last.heading;
}

// Gives the fiscal year, 0 when it is unknown.
int put_heading(Content& content, const Cells& cells, const Place& place) {
    const auto& heading = heading_of(cells);
    const auto years = years_of(place.report);
    int year = heading.fiscal_year.value_or(0);
    if (year == 0 && years.first >= kFirstYearOfSingleReports) year = years.first;
    if (year == 0)
        put_empty(content, "fiscal_year", Empty::unknown);
    else
        content["fiscal_year"] = view(std::to_string(year));
    if (year == 0)
        put_empty(content, "standing", Empty::unknown);
    else
        content["standing"] = year == years.second ? "planned" : "carried_out";
    put_text(content, "programme", heading.programme);
    put_text(content, "programme_printed", cells[Column::programme]);
    return year;
}

void put_place(Content& content, const Cells& cells, const Place& place) {
    const auto put = [&](json::string_view field, const std::string& text) {
        if (text.empty())
            put_empty(content, field, Empty::unknown);
        else
            content[field] = view(text);
    };
    put("report", place.report);
    put("section", place.section);
    const auto page = cells[Column::page];
    if (const auto none = empty_cell(page))
        put_empty(content, "page", *none);
    else
        content["page"] = view(fmt::format("{}", fmt::join(tokens(page), "-")));
}

void put_numbers(
    Content& content, std::optional<std::int64_t> people, const std::optional<std::string>& cost
) {
    if (people)
        content["people"] = *people;
    else
        put_empty(content, "people", Empty::unknown);
    if (cost) {
        auto& money = content["cost"].emplace_object();
        money.reserve(2);
        money["amount"] = view(*cost);
        money["currency"] = "USD";
    } else
        put_empty(content, "cost", Empty::unknown);
}

// Days that a course of a fiscal year may have begun and ended on: courses begin up to three years before,
// and some degrees last five.
bool is_plausible(Day day, int fiscal_year, int years_before, int years_after) {
    const int low = fiscal_year ? fiscal_year - 1 - years_before : 1990;
    const int high = fiscal_year ? fiscal_year + years_after : 2035;
    const int year = calendar(day).year;
    return year >= low && year <= high;
}

void put_held(
    Content& content, const Reading& reading, int fiscal_year, json::array& printed, const Cells& cells
) {
    auto start = reading.start, end = reading.end;
    const auto drop = [&](std::optional<Day>& day, const char* column, std::string_view text) {
        if (!day) return;
        day.reset();
        json::object item{{"column", column}, {"repair", "implausible_date"}};
        if (const auto cell = trim(text); !cell.empty()) item["text"] = std::string(cell);
        printed.push_back(std::move(item));
    };
    if (start && !is_plausible(*start, fiscal_year, 3, 1)) drop(start, "start", cells[Column::start]);
    if (end && !is_plausible(*end, fiscal_year, 3, 6)) drop(end, "end", cells[Column::end]);
    if (start && end && *end < *start) {
        drop(start, "start", cells[Column::start]);
        drop(end, "end", cells[Column::end]);
    }
    if (!start && !end) {
        const bool released = empty_cell(cells[Column::start]) != Empty::not_released;
        put_empty(content, "held", released ? Empty::unknown : Empty::not_released);
        return;
    }
    domain::DateSpan span{start, end, domain::Precision::open};
    if (start && end) span.precision = *start == *end ? domain::Precision::day : domain::Precision::range;
    content["held"] = span.to_json();
}

// `NAVAL STAFF COLLEGE NEWPORT RI - N/A`, `… - 3`: the unit, and the people of the delivering side.
void put_delivery(Content& content, std::string_view text) {
    constexpr std::string_view kDash = " - ";
    std::optional<std::int64_t> people;
    if (const auto dash = text.rfind(kDash); dash != std::string_view::npos) {
        const auto behind = trim(text.substr(dash + kDash.size()));
        if (all_digits(behind) && behind.size() < 6) {
            people = 0;
            std::from_chars(behind.data(), behind.data() + behind.size(), *people);
        }
        if (people || behind == "N/A") text = text.substr(0, dash);
    }
    put_text(content, "delivery_unit", text);
    if (people) content["delivery_people"] = *people;
}

}  // namespace

Place read_place(std::string_view group, std::string_view file_name) {
    Place out;
    const auto report_in = [](std::string_view text) -> std::size_t {
        for (std::size_t at = 0; at + 9 <= text.size(); ++at)
            if (all_digits(text.substr(at, 4)) && text[at + 4] == '_' && all_digits(text.substr(at + 5, 4)) &&
                (at + 9 == text.size() || !all_digits(text.substr(at + 9, 1))))
                return at;
        return std::string_view::npos;
    };
    const auto in_group = report_in(group);
    const auto in_name = report_in(file_name);
    if (in_group != std::string_view::npos)
        out.report = group.substr(in_group, 9);
    else if (in_name != std::string_view::npos)
        out.report = file_name.substr(in_name, 9);
    if (in_group == std::string_view::npos) return out;
    auto section = group.substr(in_group + 9);
    if (const auto end = section.find("_fmtrpt"); end != std::string_view::npos)
        section = section.substr(0, end);
    while (section.starts_with('_')) section.remove_prefix(1);
    out.section = section;
    return out;
}

Content training_line(
    const Cells& cells, const Reading& reading, const Place& place, std::vector<std::string>& remarks
) {
    Content content(record_memory());
    content.reserve(24);  // enough for all fields: beyond 18 keys are found by their hash
    put_recipient(content, cells, remarks);
    content["delivered_by"] = "actor:USA";
    const int year = put_heading(content, cells, place);
    put_text(content, "course", reading.course);
    put_delivery(content, reading.delivery_unit);
    put_text(content, "recipient_unit", reading.recipient_unit);
    json::array printed;
    for (const auto& [column, repair, text] : reading.repairs) {
        json::object item{{"column", column}, {"repair", repair}};
        if (!text.empty()) item["text"] = text;
        printed.push_back(std::move(item));
    }
    put_held(content, reading, year, printed, cells);
    put_text(content, "place", reading.place);
    put_numbers(content, reading.people, reading.cost);
    if (!printed.empty()) content["printed"] = std::move(printed);
    put_place(content, cells, place);
    return content;
}

Content training_total(const Cells& cells, const Place& place, std::vector<std::string>& remarks) {
    Content content;
    put_recipient(content, cells, remarks);
    put_heading(content, cells, place);
    put_numbers(
        content,
        people_as_printed(trim(cells[Column::quantity])),
        cost_as_printed(trim(cells[Column::total_cost]))
    );
    put_place(content, cells, place);
    return content;
}

}  // namespace entente::ingest::fmtrpt
