#include "ingest/contacts/tallies.h"

#include <charconv>

#include <fmt/format.h>

#include "domain/empty.h"
#include "ingest/contacts/mapping.h"

namespace entente::ingest::contacts {
namespace {

using Records = Result<std::vector<RowRecord>>;

std::unexpected<Error> wrong(const char* field, std::string_view found, std::string_view expected) {
    return fail(ErrorCode::invalid_argument, field, fmt::format("found '{}', expected {}", found, expected));
}

Result<std::int64_t> whole_number(const SourceFile& file, const CsvRow& row, const char* column) {
    const auto text = file.cell(row, column);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return wrong(column, text, "a whole number, zero or more");
    return number;
}

/// A number that may be empty: then nobody says.
Result<json::value> number_or_unknown(const SourceFile& file, const CsvRow& row, const char* column) {
    if (file.cell(row, column).empty()) return json::value(domain::to_json(domain::Empty::unknown));
    ENTENTE_ASSIGN_OR_RETURN(const auto number, whole_number(file, row, column));
    return json::value(number);
}

/// A number that is left out where it is zero.
Result<void> put_number(
    json::object& part, const char* field, const SourceFile& file, const CsvRow& row, const char* column
) {
    if (file.cell(row, column).empty()) return {};
    ENTENTE_ASSIGN_OR_RETURN(part[field], number_or_unknown(file, row, column));
    return {};
}

Result<json::object> period(const char* column, const std::string& first, const std::string& last) {
    const auto span = domain::DateSpan::parse(first == last ? first : first + ".." + last);
    if (!span) return fail(ErrorCode::invalid_argument, column, span.error().message);
    return span->to_json();
}

json::array codes(const std::string& list) {
    json::array out;
    for (const auto& code : split_list(list)) out.push_back(json::string(code));
    return out;
}

/// What every tally has; the parts follow.
RowRecord tally(const char* what, std::string handle, const std::string& a, const std::string& b) {
    RowRecord record{"tally", std::move(handle), {}};
    auto& c = record.content;
    c["source_id"] = record.handle;
    c["what"] = what;
    c["parties"] = json::array{reference("actor", a), reference("actor", b)};
    return record;
}

void cite(RowRecord& record, const char* source, const char* method) {
    record.content["method"] = method;
    record.content["citations"] = json::array{json::object{{"source", reference("source", source)}}};
}

Result<json::value> training_part(const SourceFile& file, const CsvRow& row) {
    json::object part{{"programme", file.cell(row, "programme")}};
    if (part.at("programme").as_string().empty()) part["programme"] = domain::to_json(domain::Empty::unknown);
    if (auto families = codes(file.cell(row, "school_families")); !families.empty())
        part["school_families"] = std::move(families);
    ENTENTE_ASSIGN_OR_RETURN(part["number"], whole_number(file, row, "activities"));
    ENTENTE_ASSIGN_OR_RETURN(part["people"], number_or_unknown(file, row, "people"));
    ENTENTE_RETURN_IF_ERROR(put_number(part, "people_missing", file, row, "people_missing"));
    if (const auto cost = file.cell(row, "cost_usd"); !cost.empty())
        part["cost"] = json::object{{"amount", cost}, {"currency", "USD"}};
    else
        part["cost"] = domain::to_json(domain::Empty::unknown);
    ENTENTE_RETURN_IF_ERROR(put_number(part, "cost_missing", file, row, "cost_missing"));
    return json::value(std::move(part));
}

Records read_training(const SourceFile& file, std::span<const CsvRow> rows) {
    const auto deliverer = file.cell(rows.front(), "deliverer"),
               recipient = file.cell(rows.front(), "recipient");
    ENTENTE_ASSIGN_OR_RETURN(const auto year, whole_number(file, rows.front(), "fiscal_year"));
    auto record = tally("training", fmt::format("training-{}-{}", recipient, year), deliverer, recipient);
    auto& c = record.content;
    c["deliverer"] = reference("actor", deliverer);
    c["recipient"] = reference("actor", recipient);
    ENTENTE_ASSIGN_OR_RETURN(
        c["period"], period("fiscal_year", fmt::format("{}-10-01", year - 1), fmt::format("{}-09-30", year))
    );
    c["standing"] = "carried_out";
    json::array parts;
    for (const auto& row : rows) {
        ENTENTE_ASSIGN_OR_RETURN(auto part, training_part(file, row));
        parts.push_back(std::move(part));
    }
    c["parts"] = std::move(parts);
    cite(record, "fmtrpt", "report_rows");
    return std::vector{std::move(record)};
}

Records read_exercises(const SourceFile& file, std::span<const CsvRow> rows) {
    const auto a = file.cell(rows.front(), "a"), b = file.cell(rows.front(), "b");
    const auto source = file.cell(rows.front(), "source");
    auto record = tally("exercises", fmt::format("exercises-{}-{}-{}", a, b, source), a, b);
    json::array parts;
    for (const auto& row : rows) {
        const auto year = file.cell(row, "year");
        ENTENTE_ASSIGN_OR_RETURN(auto span, period("year", year, year));
        ENTENTE_ASSIGN_OR_RETURN(const auto number, whole_number(file, row, "exercises"));
        parts.push_back(json::object{{"period", std::move(span)}, {"number", number}});
    }
    record.content["parts"] = std::move(parts);
    const bool earlier = source == "jme-3";
    ENTENTE_ASSIGN_OR_RETURN(
        record.content["period"], period("year", earlier ? "1974" : "1980", earlier ? "1979" : "2010")
    );
    cite(record, source.c_str(), "exercise_years");
    return std::vector{std::move(record)};
}

Result<json::array> spans(const SourceFile& file, std::span<const CsvRow> rows, const char* number) {
    json::array parts;
    for (const auto& row : rows) {
        json::object part;
        ENTENTE_ASSIGN_OR_RETURN(
            part["period"], period("first_year", file.cell(row, "first_year"), file.cell(row, "last_year"))
        );
        if (auto obligations = codes(file.cell(row, "obligations")); !obligations.empty())
            part["obligations"] = std::move(obligations);
        ENTENTE_ASSIGN_OR_RETURN(part["number"], whole_number(file, row, number));
        parts.push_back(std::move(part));
    }
    return parts;
}

Records read_agreements(const SourceFile& file, std::span<const CsvRow> rows) {
    const auto a = file.cell(rows.front(), "a"), b = file.cell(rows.front(), "b");
    auto record = tally("agreements_in_force", fmt::format("agreements-{}-{}", a, b), a, b);
    ENTENTE_ASSIGN_OR_RETURN(record.content["period"], period("first_year", "1980", "2010"));
    ENTENTE_ASSIGN_OR_RETURN(record.content["parts"], spans(file, rows, "in_force"));
    cite(record, "dcad-1", "agreement_years");
    return std::vector{std::move(record)};
}

Records read_alliances(const SourceFile& file, std::span<const CsvRow> rows) {
    const auto a = file.cell(rows.front(), "a"), b = file.cell(rows.front(), "b");
    auto record = tally("alliances_in_force", fmt::format("alliances-{}-{}", a, b), a, b);
    ENTENTE_ASSIGN_OR_RETURN(record.content["period"], period("first_year", "1815", "2018"));
    ENTENTE_ASSIGN_OR_RETURN(record.content["parts"], spans(file, rows, "treaties"));
    cite(record, "atop-5-1", "membership_years");
    return std::vector{std::move(record)};
}

}  // namespace

const std::vector<TallyForm>& tally_forms() {
    static const std::vector<TallyForm> forms{
        {"training.csv",
         {"deliverer",
          "recipient",
          "fiscal_year",
          "programme",
          "school_families",
          "activities",
          "people",
          "people_missing",
          "cost_usd",
          "cost_missing"},
         3,
         read_training},
        {"exercises.csv", {"a", "b", "source", "year", "exercises"}, 3, read_exercises},
        {"agreements_in_force.csv", {"a", "b", "first_year", "last_year", "in_force"}, 2, read_agreements},
        {"alliances_in_force.csv",
         {"a", "b", "first_year", "last_year", "treaties", "obligations"},
         2,
         read_alliances},
    };
    return forms;
}

std::vector<std::span<const CsvRow>> group_rows(const SourceFile& file, std::size_t key_columns) {
    const auto& rows = file.table.rows;
    const auto same = [&](const CsvRow& a, const CsvRow& b) {
        return a.cells.size() >= key_columns && b.cells.size() >= key_columns &&
               std::equal(
                   a.cells.begin(),
                   a.cells.begin() + static_cast<std::ptrdiff_t>(key_columns),
                   b.cells.begin()
               );
    };
    std::vector<std::span<const CsvRow>> out;
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t end = first + 1;
        while (end < rows.size() && same(rows[first], rows[end])) ++end;
        out.emplace_back(rows.data() + first, end - first);
        first = end;
    }
    return out;
}

Records
read_political_visit(const SourceFile& file, const CsvRow& row, const std::map<std::string, std::string>&) {
    RowRecord record{"engagement", file.cell(row, "id"), {}};
    auto& c = record.content;
    c["source_id"] = record.handle;
    c["category"] = "POL";
    const auto office = file.cell(row, "office");
    ENTENTE_ASSIGN_OR_RETURN(c["subcategory"], mapped("office_map.csv", "office", "subcategory", office));
    ENTENTE_ASSIGN_OR_RETURN(const auto level, mapped("office_map.csv", "office", "level", office));
    c["level"] = level.empty() ? json::value(domain::to_json(domain::Empty::unknown)) : json::value(level);
    const auto first = file.cell(row, "first_day"), last = file.cell(row, "last_day");
    ENTENTE_ASSIGN_OR_RETURN(c["held"], period("first_day", first, last.empty() ? first : last));
    const auto visitor = reference("actor", file.cell(row, "visitor"));
    const auto host = reference("actor", file.cell(row, "host"));
    c["participations"] = json::array{
        json::object{{"actor", visitor}, {"role", "visitor"}},
        json::object{{"actor", host}, {"role", "host"}}};
    c["direction"] = "hosted";
    c["host"] = host;
    const auto place = file.cell(row, "place");
    c["places"] = place.empty() ? json::value(domain::to_json(domain::Empty::unknown))
                                : json::value(json::array{json::string(place)});
    c["status"] = "completed";
    c["citations"] = json::array{json::object{{"source", reference("source", file.cell(row, "source"))}}};
    return std::vector{std::move(record)};
}

}  // namespace entente::ingest::contacts
