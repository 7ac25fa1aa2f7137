#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/serialize.hpp>

#include "api/call.h"
#include "api/common_parameters.h"
#include "api/temporary_file.h"
#include "base/csv.h"
#include "base/files.h"
#include "service/find.h"
#include "service/find_filter.h"
#include "service/find_table.h"
#include "service/record_json.h"

namespace entente::api {

std::vector<Parameter> conditions() {
    return {
        {"pair", Kind::actor, "Two actors, with a comma between: records of both", false, true},
        {"actor", Kind::actor, "Records that name this actor; may be repeated", false, true},
        {"where",
         Kind::text,
         "A condition, such as level=minister or held=2001..2005; may be repeated",
         false,
         true},
        {"since", Kind::text, "Not over before this date"},
        {"until", Kind::text, "Begun by this date"},
        {"text", Kind::text, "Words; in quotes they follow each other, - before one leaves it out"}};
}

namespace {

constexpr std::size_t kPageRows = 50;

service::FindRequest request_of(const Call& call) {
    service::FindRequest out;
    out.types = call.words("type");
    out.actors = call.words("pair");
    for (auto& actor : call.words("actor")) out.actors.push_back(std::move(actor));
    out.where = call.texts("where");
    out.since = call.text("since"), out.until = call.text("until"), out.text = call.text("text");
    out.sort = call.text("sort"), out.oldest_first = call.flag("oldest_first"),
    out.after = call.text("after");
    return out;
}

bool numeric(const domain::Field& field) {
    using domain::FieldType;
    return field.type == FieldType::count || field.type == FieldType::decimal ||
           field.type == FieldType::money;
}

/// What a page shows of records of a type when nobody says.
std::vector<std::string> usual_fields(const domain::RecordType& type) {
    std::vector<std::string> out;
    for (const char* name :
         {"category",
          "kind",
          "participations",
          "parties",
          "side_a",
          "side_b",
          "stopped_by",
          "stated_cause",
          "level",
          "places",
          "status",
          "began",
          "ended",
          "amount",
          "people",
          "citations"})
        if (type.find(name) && name != type.day) out.emplace_back(name);
    return out;
}

json::array columns_json(
    const domain::Schema& schema,
    const std::vector<std::string>& types,
    const std::vector<std::string>& fields
) {
    json::array out;
    for (const auto& name : fields)
        for (const auto& typed : types)
            if (const auto* type = schema.find(typed))
                if (const auto* field = type->find(name)) {
                    out.push_back(json::object{
                        {"name", name}, {"label", field->label}, {"numeric", numeric(*field)}});
                    break;
                }
    return out;
}

/// The sealed fields, which is where persons stand, that are shown or asked for: a line for the access log. Empty: none.
std::string personal_words(
    const Call& call,
    const std::vector<std::string>& types,
    std::vector<std::string> fields,
    std::size_t records
) {
    // `people=Wang` asks for a person as well as a column shows one.
    for (const auto& condition : call.texts("where"))
        fields.push_back(condition.substr(0, condition.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.")));
    std::vector<std::string> sealed;
    for (const auto& name : fields) {
        const bool is_sealed = std::ranges::any_of(types, [&](const std::string& typed) {
            const auto* type = call.schema().find(typed);
            const auto* field = type ? type->find(name.substr(0, name.find('.'))) : nullptr;
            const auto dot = name.find('.');
            if (field && dot != std::string::npos) field = field->find(name.substr(dot + 1));
            return field && !field->clear && field->type != domain::FieldType::group;
        });
        if (is_sealed && std::ranges::find(sealed, name) == sealed.end()) sealed.push_back(name);
    }
    if (sealed.empty() || records == 0) return {};
    return fmt::format("{} of {} {}", fmt::join(sealed, ", "), records, records == 1 ? "record" : "records");
}

/// All rows as the bytes of a file.
Result<Reply> as_file(
    Call& call, ledger::RecordView& view, const ledger::RecordQuery& query, const std::string& form
) {
    if (form == "ndjson") {
        std::string out;
        ENTENTE_RETURN_IF_ERROR(view.each(query, [&](ledger::Revision record) -> Result<void> {
            out += json::serialize(service::record_json(record)) + "\n";
            return {};
        }));
        return bytes_reply("application/x-ndjson", std::move(out), "records.ndjson");
    }
    if (query.types.size() != 1)
        return fail(
            ErrorCode::invalid_argument,
            "format",
            "found several types, expected one: a table has one set of columns"
        );
    const auto& type = *call.schema().find(query.types[0]);
    const auto shape = form == "csv" ? service::RecordTable::Form::plain : service::RecordTable::Form::sheet;
    ENTENTE_ASSIGN_OR_RETURN(
        const auto table, service::RecordTable::create(call.schema(), type, call.words("fields"), shape)
    );
    service::Describer describe(view, call.schema(), call.names());
    if (form == "csv") {
        std::vector<std::string> cells;
        for (const auto& column : table.columns()) cells.push_back(column.name);
        std::string out = csv_line(cells);
        ENTENTE_RETURN_IF_ERROR(view.each(query, [&](const ledger::Revision& record) -> Result<void> {
            cells.clear();
            for (const auto& cell : table.row(describe, record)) cells.push_back(cell.value_or(""));
            out += csv_line(cells);
            return {};
        }));
        return bytes_reply("text/csv; charset=utf-8", std::move(out), type.plural + ".csv");
    }
    const TemporaryFile file("records.xlsx");
    ENTENTE_ASSIGN_OR_RETURN(const auto sink, service::open_xlsx(file.path(), type.plural, table.columns()));
    ENTENTE_RETURN_IF_ERROR(view.each(query, [&](const ledger::Revision& record) {
        return sink->add(table.row(describe, record));
    }));
    ENTENTE_RETURN_IF_ERROR(sink->finish());
    ENTENTE_ASSIGN_OR_RETURN(auto bytes, read_file(file.path()));
    return bytes_reply(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        std::move(bytes),
        type.plural + ".xlsx"
    );
}

Result<Reply> list_records(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asked, call.whole("as_of"));
    ENTENTE_ASSIGN_OR_RETURN(const auto after, call.cursor_in("after"));
    ENTENTE_ASSIGN_OR_RETURN(auto as_of, service::as_of_for(after, asked));
    // What was taken back from another nation must not come again behind an old cursor.
    if (call.on_behalf_of_another()) as_of.reset();
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view(as_of));
    auto request = request_of(call);
    request.after = after;
    ENTENTE_ASSIGN_OR_RETURN(auto query, service::make_query(*view, call.schema(), request));
    const auto form = call.text("format");
    ENTENTE_ASSIGN_OR_RETURN(const auto limit, call.whole("limit"));
    const bool as_page = form.empty() || form == "json";
    if (limit && (*limit == 0 || (as_page && *limit > kMostPageRows)))
        return fail(
            ErrorCode::invalid_argument,
            "limit",
            fmt::format("found {}, expected 1 to {}, the most of a page", *limit, kMostPageRows),
            "go on behind the cursor, or ask for a file: format=csv"
        );
    if (!as_page) {
        query.limit = limit.value_or(SIZE_MAX);
        return as_file(call, *view, query, form);
    }
    query.limit = limit.value_or(kPageRows);
    auto fields = call.words("fields");
    if (fields.empty() && query.types.size() == 1) fields = usual_fields(*call.schema().find(query.types[0]));
    for (const auto& name : fields)
        ENTENTE_RETURN_IF_ERROR(service::find_field(call.schema(), query.types, name, "fields"));
    ENTENTE_ASSIGN_OR_RETURN(const auto page, view->list(query));
    service::Describer describe(*view, call.schema(), call.names());
    json::array items;
    for (const auto& record : page.records)
        items.push_back(service::record_line_json(describe, call.schema(), record, fields));
    json::object out{{"items", std::move(items)}, {"total", page.total}, {"as_of", call.size_json(*view)}};
    out["next"] =
        page.more ? json::value(call.cursor_out(service::cursor_after(*view, query, page.records.back().rec)))
                  : json::value(nullptr);
    out["columns"] = columns_json(call.schema(), query.types, fields);
    ENTENTE_ASSIGN_OR_RETURN(out["known_at"], call.known_at());
    auto reply = json_reply(std::move(out));
    reply.personal = personal_words(call, query.types, fields, page.records.size());
    return reply;
}

json::object sums_json(const ledger::Sums& sums) {
    json::object out;
    for (const auto& [currency, sum] : sums) out[currency.empty() ? "sum" : currency] = sum;
    return out;
}

Result<Reply> count_facets(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto* type, service::find_type(call.schema(), call.text("type")));
    auto request = request_of(call);
    request.types = {type->type};
    ledger::FacetQuery query;
    ENTENTE_ASSIGN_OR_RETURN(query.where, service::make_query(*view, call.schema(), request));
    query.sum = call.text("sum"), query.by_year = call.text("by") == "year";
    ENTENTE_ASSIGN_OR_RETURN(const auto top, call.whole("top"));
    service::Describer describe(*view, call.schema(), call.names());
    json::array fields;
    std::size_t total = 0;
    for (const auto& name : call.words("fields")) {
        query.field = name;
        ENTENTE_ASSIGN_OR_RETURN(
            const auto* field, service::find_field(call.schema(), query.where.types, name, "fields")
        );
        ENTENTE_ASSIGN_OR_RETURN(const auto page, view->facets(query));
        total = page.records;
        const bool refers = field->type == domain::FieldType::reference;
        const auto row_json = [&](const ledger::FacetRow& row, bool empty) {
            json::object one{{"count", row.records}};
            one[empty ? "reason" : "value"] = empty || !refers ? row.value : describe.handle_of(row.value);
            if (!empty)
                one["words"] = refers ? describe.name_of(row.value)
                               : field->type == domain::FieldType::code
                                   ? call.schema().name_of(field->list, row.value)
                                   : row.value;
            if (query.by_year) one["year"] = row.year ? json::value(*row.year) : json::value(nullptr);
            if (!query.sum.empty()) one["sums"] = sums_json(row.sums), one["with_sum"] = row.with_sum;
            return one;
        };
        json::array values, none;
        const auto shown = std::min<std::size_t>(page.rows.size(), top.value_or(page.rows.size()));
        for (std::size_t i = 0; i < shown; ++i) values.push_back(row_json(page.rows[i], false));
        for (const auto& row : page.empty) none.push_back(row_json(row, true));
        json::object out{
            {"name", name},
            {"label", field->label},
            {"values", std::move(values)},
            {"none", std::move(none)}};
        out["with_value"] = page.with_value, out["more"] = page.rows.size() - shown;
        if (!query.sum.empty()) out["sums"] = sums_json(page.sums), out["with_sum"] = page.with_sum;
        fields.push_back(std::move(out));
    }
    auto reply = json_reply(json::object{
        {"type", type->type},
        {"total", total},
        {"fields", std::move(fields)},
        {"as_of", call.size_json(*view)}});
    reply.personal = personal_words(call, {type->type}, call.words("fields"), total);
    return reply;
}

Result<Reply> resolve(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto found, view->resolve(call.words("types"), call.text("text")));
    service::Describer describe(*view, call.schema(), call.names());
    json::array items;
    for (const auto& [id, type] : found)
        items.push_back(json::object{
            {"id", id}, {"type", type}, {"handle", describe.handle_of(id)}, {"title", describe.name_of(id)}});
    return json_reply(json::object{{"items", std::move(items)}});
}

std::vector<Parameter> with(std::vector<Parameter> first, std::vector<Parameter> rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

}  // namespace

void add_find_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/records",
         .name = "listRecords",
         .command = "list",
         .summary = "Records that fit, a page at a time, or all of them as a file",
         .parameters = with(
             with({{"type", Kind::text, "Record types, with commas between", false, true}}, conditions()),
             {{"sort", Kind::text, "By this field; FIELD:desc for highest first; by day where none is given"},
              {"oldest_first", Kind::flag, "Oldest first"},
              {"after", Kind::text, "Go on behind this cursor"},
              {"limit", Kind::whole, "At most so many rows; 50 where none is given, 1000 at most in JSON"},
              {"fields", Kind::text, "Columns of these fields, with commas between", false, true},
              {"format",
               Kind::one_of,
               "The form of the answer",
               false,
               false,
               {"json", "csv", "ndjson", "xlsx"}},
              as_of()}
         ),
         .reply = "RecordPage",
         .forms =
             {"text/csv",
              "application/x-ndjson",
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
         .answer = list_records}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/facets/{type}",
         .name = "countFacets",
         .command = "facets",
         .summary = "Records counted by the values of their fields",
         .parameters = with(
             with(
                 {in_path("type", Kind::text, "A record type"),
                  {"fields", Kind::text, "Fields to count by, with commas between", true, true}},
                 conditions()
             ),
             {{"sum", Kind::text, "Add up this field"},
              {"by", Kind::one_of, "Apart by the year of the record's first day", false, false, {"year"}},
              {"top", Kind::whole, "At most so many values of each"},
              as_of()}
         ),
         .reply = "Facets",
         .list = "fields/values",
         .answer = count_facets}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/resolve",
         .name = "resolveName",
         .command = "show",
         .summary = "Records that a person may mean by a code, a key, or the beginning of an id",
         .parameters =
             {{"text", Kind::text, "What was typed", true},
              {"types", Kind::text, "Record types, with commas between", false, true},
              as_of()},
         .reply = "RecordNames",
         .answer = resolve}
    );
}

}  // namespace entente::api
