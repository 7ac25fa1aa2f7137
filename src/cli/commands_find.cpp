#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/serialize.hpp>

#include "base/csv.h"
#include "cli/commands.h"
#include "cli/log_export.h"
#include "cli/print_record.h"
#include "service/find.h"
#include "service/find_table.h"

namespace entente::cli {
namespace {

using service::RecordTable;

constexpr std::size_t kPageRows = 25;

service::FindRequest request_of(const ListOptions& options) {
    service::FindRequest request;
    request.types = options.types;
    // Words are looked for everywhere; a list without words is one of engagements.
    if (request.types.empty() && options.text.empty()) request.types = {"engagement"};
    request.actors = options.pair;
    if (!options.actor.empty()) request.actors.push_back(options.actor);
    request.where = options.where;
    request.since = options.since, request.until = options.until;
    request.text = options.text, request.sort = options.sort, request.after = options.after;
    request.oldest_first = options.oldest_first;
    return request;
}

std::vector<std::string> cells_of(const service::TableRow& row) {
    std::vector<std::string> out;
    for (const auto& cell : row) out.push_back(cell.value_or(""));
    return out;
}

std::string indented(const std::string& text) {
    std::string out = "  ";
    for (const char c : text) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
    return out;
}

// Takes records one at a time and writes them in the form that was asked for.
class RecordWriter {
public:
    virtual ~RecordWriter() = default;
    virtual Result<void> add(const ledger::Revision& record) = 0;
    virtual Result<void> finish() { return {}; }
};

class JsonWriter final : public RecordWriter {
public:
    Result<void> add(const ledger::Revision& record) override {
        print((any_ ? ",\n" : "[\n") + indented(pretty_json(record_json(record))));
        any_ = true;
        return {};
    }
    Result<void> finish() override {
        print(any_ ? "\n]\n" : "[]\n");
        return {};
    }

private:
    bool any_ = false;
};

class NdjsonWriter final : public RecordWriter {
public:
    Result<void> add(const ledger::Revision& record) override {
        print(boost::json::serialize(record_json(record)) + "\n");
        return {};
    }
};

// The columns of one type, on standard output or in a file.
class TableWriter final : public RecordWriter {
public:
    TableWriter(service::Describer describe, RecordTable table, std::unique_ptr<service::TableSink> sink)
        : describe_(std::move(describe)), table_(std::move(table)), sink_(std::move(sink)) {
        if (!sink_) {
            std::vector<std::string> names;
            for (const auto& column : table_.columns()) names.push_back(column.name);
            print(csv_line(names));
        }
    }
    Result<void> add(const ledger::Revision& record) override {
        const auto row = table_.row(describe_, record);
        if (sink_) return sink_->add(row);
        print(csv_line(cells_of(row)));
        return {};
    }
    Result<void> finish() override { return sink_ ? sink_->finish() : Result<void>{}; }

private:
    service::Describer describe_;
    RecordTable table_;
    std::unique_ptr<service::TableSink> sink_;
};

const char* form_of(const ListOptions& options) {
    if (options.csv) return "csv";
    if (options.json) return "json";
    if (options.ndjson) return "ndjson";
    return options.xlsx.empty() ? "parquet" : "xlsx";
}

Result<std::unique_ptr<RecordWriter>> table_writer(
    const Session& session,
    ledger::RecordView& view,
    const ledger::RecordQuery& query,
    const ListOptions& options
) {
    if (query.types.size() != 1)
        return fail(
            ErrorCode::invalid_argument,
            form_of(options),
            "found several types, expected one: a table has one set of columns"
        );
    const auto form = options.csv            ? RecordTable::Form::plain
                      : options.xlsx.empty() ? RecordTable::Form::typed
                                             : RecordTable::Form::sheet;
    const auto& type = *session.schema.find(query.types[0]);
    ENTENTE_ASSIGN_OR_RETURN(auto table, RecordTable::create(session.schema, type, options.fields, form));
    std::unique_ptr<service::TableSink> sink;
    if (!options.xlsx.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(sink, service::open_xlsx(options.xlsx, type.plural, table.columns()));
    } else if (!options.parquet.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(sink, service::open_parquet(options.parquet, table.columns()));
    }
    return std::make_unique<TableWriter>(
        service::Describer(view, session.schema), std::move(table), std::move(sink)
    );
}

Result<std::size_t> write_out(
    const Session& session,
    ledger::RecordView& view,
    const ledger::RecordQuery& query,
    const ListOptions& options
) {
    std::unique_ptr<RecordWriter> writer;
    if (options.json)
        writer = std::make_unique<JsonWriter>();
    else if (options.ndjson)
        writer = std::make_unique<NdjsonWriter>();
    else {
        ENTENTE_ASSIGN_OR_RETURN(writer, table_writer(session, view, query, options));
    }
    std::size_t written = 0;
    std::string last;
    bool more = false;
    auto one_more = query;
    if (query.limit < SIZE_MAX) ++one_more.limit;
    ENTENTE_RETURN_IF_ERROR(view.each(one_more, [&](ledger::Revision record) -> Result<void> {
        if (written == query.limit) {
            more = true;
            return {};
        }
        ++written;
        last = record.rec;
        return writer->add(record);
    }));
    ENTENTE_RETURN_IF_ERROR(writer->finish());
    const auto& file = options.xlsx.empty() ? options.parquet : options.xlsx;
    if (!file.empty()) say(fmt::format("{} rows written to {}.\n", written, file));
    if (more) say(fmt::format("More follow: --after {}\n", service::cursor_after(view, query, last)));
    return written;
}

}  // namespace

Result<Exit> run_list(const Session& session, const ListOptions& options) {
    if (!options.fields.empty() && (options.json || options.ndjson))
        return fail(
            ErrorCode::invalid_argument,
            "fields",
            "found --fields beside JSON, expected a table: JSON gives whole records"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto as_of, service::as_of_for(options.after, options.as_of));
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view(as_of));
    ENTENTE_ASSIGN_OR_RETURN(auto query, service::make_query(*view, session.schema, request_of(options)));
    const bool whole =
        options.csv || options.json || options.ndjson || !options.xlsx.empty() || !options.parquet.empty();
    query.limit = options.all
                      ? SIZE_MAX
                      : options.limit.value_or(whole || !session.style.limited ? SIZE_MAX : kPageRows);
    std::size_t found = 0;
    if (whole) {
        ENTENTE_RETURN_IF_ERROR(log_export(
            session, *node, "list", fmt::format("{}, {}", form_of(options), fmt::join(query.types, ", "))
        ));
        ENTENTE_ASSIGN_OR_RETURN(found, write_out(session, *view, query, options));
    } else {
        ENTENTE_ASSIGN_OR_RETURN(const auto page, view->list(query));
        if (!page.records.empty())
            print(render_list(
                session,
                *view,
                page,
                {.query = query,
                 .fields = options.fields,
                 .next = page.more ? service::cursor_after(*view, query, page.records.back().rec) : ""}
            ));
        found = page.total;
    }
    // Only now: it has been understood.
    if (!options.save.empty()) ENTENTE_RETURN_IF_ERROR(save_query(session, options.save, options.typed));
    if (found == 0) {
        say("Nothing on record fits. What was looked at: entente list coverage\n");
        return Exit::nothing_found;
    }
    return Exit::done;
}

}  // namespace entente::cli
