#include <algorithm>

#include <fmt/format.h>

#include "cli/print_record.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "service/cited_documents.h"

namespace entente::cli {
namespace {

// Every column that a list may have; those that are empty in all rows are left out.
const std::vector<Column>& all_columns() {
    static const std::vector<Column> columns{
        {"id"},
        {"day"},
        {"ended"},
        {"who", Align::left, 0, 8},
        {"by"},
        {"kind", Align::left, 1, 9},
        {"what", Align::left, 0, 34},
        {"level", Align::left, 3, 8},
        {"place", Align::left, 4, 8},
        {"source", Align::left, 2, 10}};
    return columns;
}

class Lister {
public:
    Lister(const Session& session, ledger::RecordView& view, std::vector<std::string> fields)
        : session_(session), describe_(view, session.schema), fields_(std::move(fields)) {}

    Row row(const ledger::Revision& record) {
        const auto* type = session_.schema.find(record.type);
        const auto& style = session_.style;
        const std::string mark = record.content.contains("conflicts") ? std::string(style.dagger()) : "";
        disputed_ |= !mark.empty();
        const auto day = day_of(type, record);
        Row out{
            {describe_.handle(record),
             day.empty() ? day : day + mark,
             type && type->find("ended") ? words(type, record, "ended") : "",
             isolated(
                 codes(
                     record,
                     {"participations",
                      "parties",
                      "side_a",
                      "side_b",
                      "initiators",
                      "offered_by",
                      "offered_to"}
                 ),
                 style
             ),
             codes(record, {"stopped_by"}),
             kind(type, record),
             isolated(harmless(describe_.title(record)), style),
             words(type, record, "level"),
             isolated(harmless(words(type, record, "places")), style),
             source(record)},
            Tone::plain,
            false};
        for (const auto& name : fields_)
            out.cells.push_back(isolated(harmless(words(type, record, name)), style));
        return out;
    }
    bool disputed() const { return disputed_; }

private:
    std::string words(const domain::RecordType* type, const ledger::Revision& record, std::string_view name) {
        const auto* field = type ? type->find(name) : nullptr;
        const auto* value = record.content.if_contains(json::string_view(name.data(), name.size()));
        return field && value ? describe_.words(*field, *value) : std::string();
    }

    std::string day_of(const domain::RecordType* type, const ledger::Revision& record) {
        if (!type || type->day.empty()) return {};
        auto text = words(type, record, type->day);
        if (text.empty()) text = words(type, record, "planned");
        return text;
    }

    // Codes of the actors that the fields name, each once.
    std::string codes(const ledger::Revision& record, std::initializer_list<const char*> fields) {
        std::vector<std::string> out;
        const auto add = [&](const json::value& value) {
            const auto* text = value.if_string();
            auto code = text ? describe_.handle_of(std::string(text->data(), text->size())) : std::string();
            if (!code.empty() && std::find(out.begin(), out.end(), code) == out.end())
                out.push_back(std::move(code));
        };
        for (const char* name : fields) {
            const auto* value = record.content.if_contains(name);
            if (!value || domain::empty_of(*value)) continue;
            if (!value->is_array())
                add(*value);
            else
                for (const auto& item : value->get_array())
                    item.is_object() && item.get_object().contains("actor")
                        ? add(item.get_object().at("actor"))
                        : add(item);
        }
        return fmt::format("{}", fmt::join(out, ", "));
    }

    std::string kind(const domain::RecordType* type, const ledger::Revision& record) {
        if (record.type == "engagement") {
            const auto* code =
                session_.schema.list("engagement_category")->find(text_at(record.content, "category"));
            if (!code) return {};
            const auto brief = code->attributes.find("short");
            return brief == code->attributes.end() ? code->name : brief->second;
        }
        // The code is shorter than its name, and is what --where wants.
        for (const char* field : {"kind", "scope_class", "state", "answer"})
            if (type && type->find(field)) return text_at(record.content, field);
        return {};
    }

    std::string source(const ledger::Revision& record) {
        const auto* citations = record.content.if_contains("citations");
        if (!citations) return {};
        if (const auto empty = domain::empty_of(*citations)) return std::string(domain::to_words(*empty));
        return citations->is_array()
                   ? describe_.handle_of(text_at(citations->get_array()[0].as_object(), "source"))
                   : std::string();
    }

    const Session& session_;
    service::Describer describe_;
    std::vector<std::string> fields_;
    bool disputed_ = false;
};

// Numbers stand under each other.
Align field_align(const Session& session, const ledger::RecordQuery& query, const std::string& name) {
    for (const auto& type : query.types)
        if (const auto* declared = session.schema.find(type))
            if (const auto* field = declared->find(name); field && !field->many)
                return field->type == domain::FieldType::count || field->type == domain::FieldType::money ||
                               field->type == domain::FieldType::decimal
                           ? Align::right
                           : Align::left;
    return Align::left;
}

// Where the words stand in documents: a cell more in each row. False when no row is a document.
bool find_places(
    const Session& session,
    ledger::RecordView& view,
    const ledger::RecordPage& page,
    const std::string& question,
    std::vector<Row>& rows
) {
    const auto is_document = [](const ledger::Revision& record) { return record.type == "document"; };
    if (std::none_of(page.records.begin(), page.records.end(), is_document)) return false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string cell;
        if (is_document(page.records[i]))
            if (const auto found = service::find_words(view, session.schema, page.records[i], question);
                found && *found)
                cell = fmt::format("{}: {}", (*found)->place, (*found)->line);
        rows[i].cells.push_back(isolated(harmless(cell), session.style));
    }
    return true;
}

}  // namespace

std::string render_list(
    const Session& session, ledger::RecordView& view, const ledger::RecordPage& page, const ListView& shown
) {
    const auto& query = shown.query;
    auto fields = shown.fields;
    if (!query.sort.empty() && std::find(fields.begin(), fields.end(), query.sort) == fields.end())
        fields.push_back(query.sort);
    Lister lister(session, view, fields);
    std::vector<Row> rows;
    for (const auto& record : page.records) rows.push_back(lister.row(record));
    auto columns = all_columns();
    for (const auto& field : fields) columns.push_back({field, field_align(session, query, field), 0, 12});
    if (!query.text.empty() && find_places(session, view, page, query.text, rows))
        columns.push_back({"found", Align::left, 0, 24});
    for (std::size_t at = columns.size(); at-- > 0;) {
        if (std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return !row.cells[at].empty(); }))
            continue;
        columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(at));
        for (auto& row : rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(at));
    }
    const auto table = lay_out(columns, rows, false, session.style);
    if (rows.empty() || (!session.style.limited && page.records.size() == page.total)) return table.text;
    const std::string order =
        !query.sort.empty()  ? fmt::format("by {}{}", query.sort, query.descending ? ", highest first" : "")
        : query.newest_first ? "newest first"
                             : "oldest first";
    std::string last = fmt::format("\n{} of {}, {}.", page.records.size(), page.total, order);
    if (lister.disputed()) last += fmt::format("   {} another source says otherwise", session.style.dagger());
    if (!table.dropped.empty())
        last += fmt::format("   Not shown: {}; --wide shows all", fmt::join(table.dropped, ", "));
    if (!shown.next.empty()) last += "\nNext: --after " + shown.next;
    return table.text + last + "\n";
}

}  // namespace entente::cli
