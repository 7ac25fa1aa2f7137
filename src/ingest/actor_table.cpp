#include "ingest/actor_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "domain/content.h"
#include "ingest/embedded_tables.h"

namespace entente::ingest {
namespace {

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(';');
        if (const auto item = text.substr(0, end); !item.empty()) out.emplace_back(item);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return out;
}

struct Table {
    std::vector<TableActor> actors;
    std::vector<std::size_t> lines;
};

const Table& table() {
    static const Table loaded = [] {
        const auto csv = parse_csv(embedded_table("actors.csv"));
        check(csv && csv->columns.size() == 7, "the embedded table of actors can be read");
        Table out;
        for (const auto& row : csv->rows) {
            check(row.cells.size() == 7, "every row of the embedded table of actors has its columns");
            out.actors.push_back(
                {row.cells[0],
                 row.cells[1],
                 row.cells[2],
                 row.cells[3],
                 split_list(row.cells[4]),
                 row.cells[5]}
            );
            out.lines.push_back(row.line);
        }
        return out;
    }();
    return loaded;
}

ledger::Draft to_row(const char* type, const domain::Content& content, std::string at) {
    const auto& schema = domain::Schema::builtin();
    const auto valid = domain::validate(schema, *schema.find(type), content);
    check(valid.has_value(), valid ? "" : "embedded " + valid.error().field + ": " + valid.error().message);
    auto parts = domain::split(*schema.find(type), content);
    ledger::Draft row;
    row.kind = "row", row.rec = RecordId::random().text(), row.type = type, row.at = std::move(at);
    row.clear = std::move(parts.clear), row.sealed = std::move(parts.sealed);
    return row;
}

domain::Content content_of(const TableActor& actor, const std::string& source) {
    domain::Content content{{"kind", actor.kind}, {"code", actor.code}, {"name", actor.name}};
    if (!actor.short_name.empty()) content["short_name"] = actor.short_name;
    json::array aliases;
    for (const auto& alias : actor.aliases) aliases.push_back(json::string(alias));
    if (!aliases.empty()) content["aliases"] = std::move(aliases);
    if (!actor.iso2.empty())
        content["codes"] = json::array{json::object{{"scheme", "iso2"}, {"value", actor.iso2}}};
    content["citations"] = json::array{json::object{{"source", source}}};
    return content;
}

}  // namespace

const std::vector<TableActor>& all_actors() {
    return table().actors;
}

std::optional<TableActor> find_actor(std::string_view code) {
    for (const auto& actor : table().actors)
        if (actor.code.size() == code.size() && edit_distance(actor.code, code) == 0) return actor;
    return std::nullopt;
}

std::string nearest_actors(std::string_view code) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& actor : table().actors)
        near.emplace_back(
            std::min(edit_distance(actor.code, code), edit_distance(actor.name, code)),
            actor.code + " " + actor.name
        );
    std::sort(near.begin(), near.end());
    return fmt::format(": nearest are {}, {}, {}", near[0].second, near[1].second, near[2].second);
}

std::pair<ledger::Draft, std::vector<ledger::Draft>> actor_batch(const std::string& label) {
    std::vector<ledger::Draft> rows;
    rows.push_back(to_row(
        "source",
        {{"key", "iso-3166"},
         {"title", "ISO 3166-1 country codes, with organisations and former states added"},
         {"publisher", "International Organization for Standardization"}},
        "1:1"
    ));
    const std::string source = rows[0].rec;
    for (std::size_t i = 0; i < table().actors.size(); ++i)
        rows.push_back(
            to_row("actor", content_of(table().actors[i], source), fmt::format("1:{}", table().lines[i]))
        );
    const auto text = embedded_table("actors.csv");
    ledger::Draft batch;
    batch.kind = "import", batch.rec = RecordId::random().text(), batch.label = label;
    batch.clear = json::object{
        {"files",
         json::array{json::object{
             {"bytes", static_cast<std::int64_t>(text.size())}, {"sha256", base64(sha256(text).view())}}}},
        {"source", source}};
    batch.sealed.push_back({"files.0.name", "actors.csv"});
    return {std::move(batch), std::move(rows)};
}

}  // namespace entente::ingest
