#include "ingest/map/row_mapper.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/hash.h"
#include "ingest/map/row_words.h"
#include "ingest/map/template_text.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

using table::trimmed;

constexpr std::size_t kIdMax = 64;
constexpr std::size_t kColumnsShown = 30;

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text))
        out.push_back(c == ' ' || c == '\t' || c == '\n' || c == '\r' ? '_' : c);
    return out;
}

std::vector<RecordSpec> lenient(std::vector<RecordSpec> records) {
    for (auto& record : records) {
        for (auto& [name, spec] : record.fields) spec.leave_out = true;
        for (auto& party : record.parties)
            party.actor.leave_out = party.role.leave_out = party.people.leave_out = true;
    }
    return records;
}

// Of several records of one row the later ones are numbered.
std::string handle_of(const std::string& row, std::size_t number) {
    return number == 0 ? row : fmt::format("{}.{}", row, number + 1);
}

}  // namespace

RowMapper::RowMapper(const TableMap& map, Day today, RecordedNames names)
    : map_(map), today_(today), names_(std::move(names)), lenient_(lenient(map.records)) {}

Result<void> RowMapper::begin(const std::vector<std::string>& columns) {
    columns_ = columns;
    index_.clear(), used_.clear();
    const auto shown = std::min(columns.size(), kColumnsShown);
    for (std::size_t i = 0; i < columns.size(); ++i) index_.emplace(columns[i], i);
    for (const auto& [wanted, path] : columns_of(map_)) {
        const auto names = expanded({wanted}, columns);
        for (const auto& name : names)
            if (const auto found = index_.find(name); found != index_.end()) used_.insert(found->second);
        if (names.empty() || !index_.contains(names[0]))
            return fail(
                ErrorCode::invalid_argument,
                path,
                fmt::format(
                    "found the columns {}{}, expected also {}",
                    fmt::join(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                    shown < columns.size() ? fmt::format(" and {} more", columns.size() - shown)
                                           : std::string(),
                    wanted
                )
            );
    }
    return {};
}

std::string RowMapper::raw_id() const {
    std::string id;
    for (const auto* columns : {&map_.id_columns, &map_.else_columns}) {
        if (id.find_first_not_of('/') != id.npos) break;
        id.clear();
        for (const auto& column : *columns) id += (id.empty() ? "" : "/") + without_blanks(cell(column));
    }
    if (id.find_first_not_of('/') == id.npos) return {};
    return id.size() > kIdMax ? hex(sha256(id).view()).substr(0, 16) : id;
}

RowMapper::Or<std::string> RowMapper::identify(ImportRow& out) {
    const auto id = raw_id();
    if (id.empty())
        return std::unexpected(Failure{
            map_.id_columns.empty() ? "" : map_.id_columns[0], "found no id, expected one"});
    out.id = id;
    const int times = ++seen_ids_[id];
    if (times > 1 && !map_.number_repeats)
        return std::unexpected(Failure{
            map_.id_columns[0],
            fmt::format("found {} for the {}. time, expected each id once", in_quotes(id), times)});
    if (times > 1) out.remarks.push_back(fmt::format("the id {} occurs again: this is number {}", id, times));
    return map_.id_prefix + id + (times > 1 ? fmt::format("~{}", times) : std::string());
}

RowMapper::Or<void> RowMapper::refuse_bad_cells(const table::TableRow& row) const {
    for (const auto& note : row.notes)
        if (note.fault && (used_.contains(note.cell) || note.cell >= columns_.size()))
            return std::unexpected(Failure{
                note.cell < columns_.size() ? columns_[note.cell] : "row", std::string(note.text)});
    std::size_t cells = row.cells.size();
    while (cells > columns_.size() && trimmed(row.cells[cells - 1]).empty()) --cells;
    if (cells != columns_.size())
        return std::unexpected(Failure{
            "row", fmt::format("found {} cells, expected {}", cells, columns_.size())});
    return {};
}

std::string RowMapper::locator(const table::TableRow& row, const std::string& id) const {
    const auto place = row.sheet.empty() ? fmt::format("line {}", row.line)
                                         : fmt::format("sheet {}, row {}", row.sheet, row.line);
    // An id stays where a line moves, and a corrected edition should show what it corrects alone.
    if (map_.locator.empty()) return id.empty() ? place : "id " + id;
    const auto number = std::to_string(row.line);
    return filled_text(map_.locator, [&](std::string_view column) {
        return column == "row" ? std::string_view(number) : column == "sheet" ? row.sheet : cell(column);
    });
}

std::vector<ProposedRecord> RowMapper::recognisable(const std::string& handle) const {
    std::vector<ProposedRecord> out;
    for (std::size_t i = 0; i < lenient_.size() && !handle.empty(); ++i) {
        ImportRow scratch;
        auto content = build(lenient_[i], scratch);
        out.push_back(
            {lenient_[i].type, handle_of(handle, i), content ? *std::move(content) : domain::Content()}
        );
    }
    return out;
}

void RowMapper::map(const table::TableRow& row, ImportRow& out) {
    row_ = &row;
    out.place = row.sheet.empty() ? std::to_string(row.line) : fmt::format("{}!{}", row.sheet, row.line);
    const bool by_id = !map_.id_columns.empty();
    std::string handle = by_id ? std::string() : map_.id_prefix + without_blanks(out.place);
    const auto set_aside = [&](const Failure& failure) {
        out.records = recognisable(handle), out.remarks.clear();
        out.field = failure.field, out.reason = failure.reason;
    };
    for (const auto& skip : map_.skip)
        if (holds(skip.when)) {
            out.id = raw_id();
            handle = out.id.empty() ? "" : map_.id_prefix + out.id;
            return set_aside({skip.when[0].column, skip.reason});
        }
    if (auto good = refuse_bad_cells(row); !good) {
        if (by_id && !raw_id().empty()) handle = map_.id_prefix + raw_id();
        return set_aside(good.error());
    }
    for (const auto& note : row.notes)
        if (used_.contains(note.cell)) out.remarks.emplace_back(note.text);
    if (by_id) {
        auto id = identify(out);
        if (!id) return set_aside(id.error());
        handle = *std::move(id);
    }
    for (std::size_t i = 0; i < map_.records.size(); ++i) {
        auto content = build(map_.records[i], out);
        if (!content) return set_aside(content.error());
        ProposedRecord record{map_.records[i].type, handle_of(handle, i), *std::move(content)};
        record.content["citations"] =
            json::array{json::object{{"source", "source:" + map_.key}, {"locator", locator(row, out.id)}}};
        record.content["source_id"] = record.handle;
        record.content = domain::in_declared_order(*schema_.find(record.type), record.content);
        if (const auto valid = check_proposed(schema_, record); !valid)
            return set_aside({valid.error().field, valid.error().message});
        out.records.push_back(std::move(record));
    }
}

}  // namespace entente::ingest::map
