#include "ingest/map/row_mapper.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/hash.h"
#include "base/id.h"
#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/actor_table.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/date_forms.h"
#include "ingest/map/settle_status.h"
#include "ingest/map/span_forms.h"
#include "ingest/map/template_text.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

using domain::Field;
using domain::FieldType;
using table::trimmed;

constexpr std::size_t kIdMax = 64;
constexpr std::size_t kColumnsShown = 30;

bool is_actor(const Field& field) {
    return std::find(field.to.begin(), field.to.end(), "actor") != field.to.end();
}

std::string in_quotes(std::string_view text) {
    return fmt::format("'{}'", text.size() > 60 ? std::string(text.substr(0, 57)) + "…" : std::string(text));
}

// `mem*` names every column that begins so.
std::vector<std::string> expanded(
    const std::vector<std::string>& wanted, const std::vector<std::string>& columns
) {
    std::vector<std::string> out;
    for (const auto& name : wanted) {
        if (!name.ends_with('*') || std::find(columns.begin(), columns.end(), name) != columns.end()) {
            out.push_back(name);
            continue;
        }
        for (const auto& column : columns)
            if (column.starts_with(std::string_view(name).substr(0, name.size() - 1))) out.push_back(column);
    }
    return out;
}

std::vector<std::string_view> split_at(std::string_view text, const std::vector<std::string>& separators) {
    std::vector<std::string_view> out;
    for (;;) {
        std::size_t at = text.npos, size = 0;
        for (const auto& separator : separators)
            if (const auto found = text.find(separator); found < at) at = found, size = separator.size();
        if (const auto item = trimmed(text.substr(0, at)); !item.empty()) out.push_back(item);
        if (at == text.npos) return out;
        text.remove_prefix(at + size);
    }
}

// `1,200` and `1 200` are whole numbers, `1,2` is none.
std::optional<std::int64_t> whole_number(std::string_view text) {
    std::string digits;
    std::size_t group = 0;
    bool grouped = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9') {
            digits.push_back(text[i]), ++group;
        } else if ((text[i] == ',' || text[i] == ' ' || text[i] == '\'') && group > 0 && (!grouped || group == 3)) {
            grouped = true, group = 0;
        } else {
            return std::nullopt;
        }
    }
    if (digits.empty() || digits.size() > 15 || (grouped && group != 3)) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text))
        out.push_back(c == ' ' || c == '\t' || c == '\n' || c == '\r' ? '_' : c);
    return out;
}

std::string clean(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text))
        if (c != '\r') out.push_back(c);
    return out;
}

// What two cells say of one time must agree where both say it.
bool contradicts(const PartialSpan& told, const PartialSpan& more) {
    const bool both_begin = told.first.year != 0 && more.last.year != 0;
    const bool both_end = told.last.year != 0;
    return (both_begin && told.first.text() != more.first.text()) ||
           (both_end && told.last.text() != more.end().text());
}

std::vector<RecordSpec> lenient(std::vector<RecordSpec> records) {
    for (auto& record : records) {
        for (auto& [name, spec] : record.fields) spec.leave_out = true;
        for (auto& party : record.parties)
            party.actor.leave_out = party.role.leave_out = party.people.leave_out = true;
    }
    return records;
}

bool declares(const RecordSpec& record, std::string_view field) {
    return std::any_of(record.fields.begin(), record.fields.end(), [&](const auto& one) {
        return one.first == field;
    });
}

// Of several records of one row the later ones are numbered.
std::string handle_of(const std::string& row, std::size_t number) {
    return number == 0 ? row : fmt::format("{}.{}", row, number + 1);
}

int year_of(const domain::Content& content, const std::string& field) {
    const auto* value = content.if_contains(field);
    if (!value || !value->is_object()) return 0;
    const auto span = domain::DateSpan::from_json(*value);
    return span && span->from ? calendar(*span->from).year : 0;
}

}  // namespace

RowMapper::RowMapper(const TableMap& map, Day today)
    : map_(map), today_(today), lenient_(lenient(map.records)) {}

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

std::string_view RowMapper::cell(std::string_view column) const {
    const auto found = index_.find(std::string(column));
    if (found == index_.end() || found->second >= row_->cells.size()) return {};
    return trimmed(row_->cells[found->second]);
}

bool RowMapper::holds(const std::vector<Condition>& conditions) const {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
        const auto text = cell(condition.column);
        const auto in = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), text) != list.end();
        };
        const auto any = [](const std::vector<std::string>& list, auto fits) {
            return list.empty() || std::any_of(list.begin(), list.end(), fits);
        };
        return (condition.is.empty() || in(condition.is)) && !in(condition.is_not) &&
               any(condition.begins, [&](const std::string& with) { return text.starts_with(with); }) &&
               any(condition.contains,
                   [&](const std::string& what) { return text.find(what) != text.npos; }) &&
               (!condition.empty || *condition.empty == text.empty());
    });
}

RowMapper::Or<void> RowMapper::add_cell(const ValueSpec& spec, std::string_view text, Found& found) const {
    if (const auto missing = spec.missing.find(std::string(text)); missing != spec.missing.end()) {
        if (!missing->second.empty()) found.empty = domain::parse_empty(missing->second);
        return {};
    }
    if (text.empty()) return {};
    for (const auto item : spec.split.empty() ? std::vector{text} : split_at(text, spec.split)) {
        if (const auto missing = spec.missing.find(std::string(item)); missing != spec.missing.end()) {
            if (!missing->second.empty()) found.empty = domain::parse_empty(missing->second);
            continue;
        }
        if (spec.codes.empty() && !spec.otherwise) {
            found.items.push_back(clean(item));
            continue;
        }
        const auto code = spec.codes.find(std::string(item));
        if (code == spec.codes.end() && !spec.otherwise) {
            std::vector<std::string> known;
            for (const auto& entry : spec.codes) known.push_back(entry.first);
            return std::unexpected(Failure{
                found.column,
                fmt::format("found {}, expected one of {}", in_quotes(item), fmt::join(known, ", "))});
        }
        const auto& value = code != spec.codes.end() ? code->second : *spec.otherwise;
        if (const auto empty = domain::parse_empty(value))
            found.empty = empty;
        else if (!value.empty())
            found.items.push_back(value);
    }
    return {};
}

RowMapper::Or<RowMapper::Found> RowMapper::find(const ValueSpec& spec) const {
    Found found;
    const auto constant = [&](const std::string& value) {
        found.empty = domain::parse_empty(value);
        if (!found.empty && !value.empty()) found.items.push_back(value);
    };
    if (spec.constant) return constant(*spec.constant), found;
    for (const auto& one : spec.cases)
        if (holds(one.when)) {
            if (!one.when.empty()) found.column = one.when[0].column;
            return constant(one.value), found;
        }
    if (!spec.text.empty()) {
        if (auto text = filled_text(spec.text, [&](std::string_view column) { return cell(column); });
            !text.empty())
            found.items.push_back(clean(text));
        return found;
    }
    const auto columns = expanded(spec.columns, columns_);
    if (!columns.empty()) found.column = columns[0];
    std::string joined;
    for (const auto& column : columns) {
        const auto text = cell(column);
        if (spec.join) {
            if (!text.empty()) joined += (joined.empty() ? "" : *spec.join) + std::string(text);
            continue;
        }
        if (text.empty() && (columns.size() > 1 || !spec.missing.contains(""))) continue;
        found.column = column;
        if (auto added = add_cell(spec, text, found); !added) return std::unexpected(added.error());
        if (!spec.each) break;
    }
    if (spec.join)
        if (auto added = add_cell(spec, joined, found); !added) return std::unexpected(added.error());
    return found;
}

RowMapper::Or<json::value> RowMapper::to_value(
    const Field& field, const ValueSpec& spec, const std::string& item, const std::string& column, int year
) const {
    const auto wrong = [&](std::string_view expected) {
        return std::unexpected(Failure{
            column.empty() ? field.name : column,
            fmt::format("found {}, expected {}", in_quotes(item), expected)});
    };
    if (field.type == FieldType::count) {
        const auto number = whole_number(item);
        if (!number) return wrong(fmt::format("a whole number of {}", field.unit));
        return json::value(*number);
    }
    if (field.type != FieldType::reference) return json::value(json::string(item));
    if (!is_actor(field)) return json::value(json::string(field.to.front() + ":" + item));
    const bool constant = spec.constant.has_value() || !spec.codes.empty() || !spec.cases.empty();
    const auto scheme = constant              ? std::string("iso3")
                        : spec.scheme.empty() ? std::string("any")
                                              : spec.scheme;
    // Several columns name the same actor: whichever of them does so in a way that is known.
    auto actor = actor_of(scheme, item, year);
    for (const auto& other : spec.columns)
        if (!actor && !spec.each && spec.split.empty()) actor = actor_of(scheme, cell(other), year);
    if (actor) return json::value(json::string("actor:" + *actor));
    if (scheme == "cow" || scheme == "gw")
        return wrong(fmt::format(
            "a {} number of a state{}",
            scheme == "cow" ? "Correlates of War" : "Gleditsch-Ward",
            year == 0 ? std::string() : fmt::format(" in {}", year)
        ));
    return wrong("a state or organisation of the table of actors" + nearest_actors(item));
}

RowMapper::Or<PartialSpan> RowMapper::read_cell(const DateSpec& date, std::string_view text) const {
    if (!date.column.empty()) {
        const auto read = read_span(text, date.forms, date.pivot);
        if (!read) return std::unexpected(Failure{date.column, read.error().message});
        return *read;
    }
    const auto read = date_of_parts(cell(date.year), cell(date.month), cell(date.day));
    if (!read) return std::unexpected(Failure{date.year, read.error().message});
    return PartialSpan{*read, {}};
}

RowMapper::Or<void> RowMapper::build_date(
    const ValueSpec& spec, const std::string& name, domain::Content& content
) const {
    PartialSpan told;
    const std::optional<DateSpec>* specs[2] = {&spec.from, &spec.to};
    for (int i = 0; i < 2; ++i) {
        if (!*specs[i]) continue;
        const auto& date = **specs[i];
        const auto text = cell(date.column.empty() ? date.year : date.column);
        const auto missing = spec.missing.find(std::string(text));
        if (missing != spec.missing.end()) {
            if (i == 0 && !missing->second.empty())
                content[name] = domain::to_json(*domain::parse_empty(missing->second));
            if (i == 0) return {};
            continue;
        }
        if (!date.column.empty() && text.empty()) continue;
        const auto read = read_cell(date, text);
        if (!read) return std::unexpected(read.error());
        if (contradicts(told, *read))
            return std::unexpected(Failure{
                date.column,
                fmt::format(
                    "found {}, which does not fit {} to {}",
                    in_quotes(text),
                    told.first.text(),
                    told.end().text()
                )});
        if (told.first.year == 0) told.first = read->first;
        told.last = i == 0 ? read->last : read->end();
    }
    const auto text = span_text(told.first, told.last);
    if (!text)
        return std::unexpected(Failure{
            spec.to ? (spec.to->column.empty() ? spec.to->year : spec.to->column) : name,
            text.error().message});
    if (text->empty()) return {};
    const auto span = domain::DateSpan::parse(*text);
    if (!span) return std::unexpected(Failure{name, span.error().message});
    content[name] = span->to_json();
    return {};
}

RowMapper::Or<json::object> RowMapper::build_side(
    const PartySpec& party, json::value actor, int year, ImportRow& out
) const {
    const auto& group = *schema_.find("engagement")->find("participations");
    json::object side{{"actor", std::move(actor)}};
    for (const auto& [name, spec] : {std::pair{"role", &party.role}, std::pair{"people", &party.people}}) {
        const auto value = find(*spec);
        std::optional<Failure> failure;
        if (!value) failure = value.error();
        if (value && value->empty) side[name] = domain::to_json(*value->empty);
        if (value && !value->items.empty()) {
            auto read = to_value(*group.find(name), *spec, value->items[0], value->column, year);
            if (read)
                side[name] = *std::move(read);
            else
                failure = read.error();
        }
        if (failure && !spec->leave_out) return std::unexpected(*failure);
        if (failure)
            out.remarks.push_back(fmt::format("{} is left out: {}", failure->field, failure->reason));
    }
    return side;
}

RowMapper::Or<void> RowMapper::build_parties(
    const RecordSpec& record, int year, domain::Content& content, ImportRow& out
) const {
    const auto& actors = *schema_.find("engagement")->find("participations")->find("actor");
    const bool roles = record.type == "engagement";
    json::array parties;
    std::set<std::string> named;
    bool unnamed = false;
    const auto leave_out = [&](const Failure& failure) {
        out.remarks.push_back(fmt::format("{} is left out: {}", failure.field, failure.reason));
        unnamed = true;
    };
    for (const auto& party : record.parties) {
        if (!holds(party.when)) continue;
        const auto found = find(party.actor);
        if (!found && !party.actor.leave_out) return std::unexpected(found.error());
        if (!found) {
            leave_out(found.error());
            continue;
        }
        unnamed = unnamed || found->empty.has_value();
        for (const auto& item : found->items) {
            auto actor = to_value(actors, party.actor, item, found->column, year);
            if (!actor && !party.actor.leave_out) return std::unexpected(actor.error());
            if (!actor) {
                leave_out(actor.error());
                continue;
            }
            if (!named.insert(std::string(actor->get_string())).second) continue;
            if (!roles) {
                parties.push_back(*std::move(actor));
                continue;
            }
            auto side = build_side(party, *std::move(actor), year, out);
            if (!side) return std::unexpected(side.error());
            parties.push_back(*std::move(side));
        }
    }
    if (!parties.empty()) content[roles ? "participations" : "parties"] = std::move(parties);
    if (unnamed && !content.contains("unnamed_parties"))
        content["unnamed_parties"] = domain::to_json(domain::Empty::unknown);
    return {};
}

RowMapper::Or<domain::Content> RowMapper::build(const RecordSpec& record, ImportRow& out) const {
    const auto& type = *schema_.find(record.type);
    domain::Content content;
    for (const auto& [name, spec] : record.fields) {
        if (type.find(name)->type != FieldType::date) continue;
        if (spec.constant) {
            if (const auto span = domain::DateSpan::parse(*spec.constant))
                content[name] = span->to_json();
            else if (const auto empty = domain::parse_empty(*spec.constant))
                content[name] = domain::to_json(*empty);
            continue;
        }
        auto built = build_date(spec, name, content);
        if (!built && !spec.leave_out) return std::unexpected(built.error());
        if (!built) out.remarks.push_back(fmt::format("{} is left out: {}", name, built.error().reason));
    }
    const int year = year_of(content, type.day);
    for (const auto& [name, spec] : record.fields) {
        const auto& field = *type.find(name);
        if (field.type == FieldType::date) continue;
        auto found = find(spec);
        json::array values;
        std::optional<Failure> failure;
        if (!found) failure = found.error();
        for (const auto& item : found ? found->items : std::vector<std::string>()) {
            auto value = to_value(field, spec, item, found->column, year);
            if (value)
                values.push_back(*std::move(value));
            else
                failure = value.error();
        }
        if (found && field.required && values.empty() && !failure && !found->empty && !spec.codes.empty() &&
            !cell(found->column).empty())
            failure = Failure{
                found->column,
                fmt::format("found {}, for which the map has no code yet", in_quotes(cell(found->column)))};
        if (failure && !spec.leave_out) return std::unexpected(*failure);
        if (failure) out.remarks.push_back(fmt::format("{} is left out: {}", name, failure->reason));
        if (!values.empty())
            content[name] = field.many ? json::value(std::move(values)) : std::move(values[0]);
        else if (found && found->empty)
            content[name] = domain::to_json(*found->empty);
    }
    if (auto built = build_parties(record, year, content, out); !built) return std::unexpected(built.error());
    if (record.type == "engagement" && !declares(record, "status"))
        settle_status(today_, content, out.remarks);
    for (const auto& field : type.fields)
        if (field.required && !field.default_value.empty() && !content.contains(field.name))
            content[field.name] = field.default_value;
    return content;
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

namespace {

// Any text in the place of a reference becomes an id that only this text has.
void stand_in(const Field& field, json::value& value) {
    if (auto* list = value.if_array()) {
        for (auto& item : *list) stand_in(field, item);
    } else if (auto* group = value.if_object(); group && field.type == FieldType::group) {
        for (const auto& sub : field.fields)
            if (auto* part = group->if_contains(sub.name)) stand_in(sub, *part);
    } else if (field.type == FieldType::reference && value.is_string()) {
        const auto hash = sha256(std::string_view(value.get_string().data(), value.get_string().size()));
        value = json::string(base32(hash.view().substr(0, 16)));
    }
}

}  // namespace

Result<void> check_proposed(const domain::Schema& schema, const ProposedRecord& record) {
    const auto& type = *schema.find(record.type);
    auto content = record.content;
    for (const auto& field : type.fields)
        if (auto* value = content.if_contains(field.name)) stand_in(field, *value);
    return domain::validate(schema, type, content);
}

}  // namespace entente::ingest::map
