// What a single value is made of: conditions, cells, codes, actors, counts and dates.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/row_mapper.h"
#include "ingest/map/row_words.h"
#include "ingest/map/template_text.h"
#include "ingest/table/columns.h"

namespace entente::ingest::map {
namespace {

using domain::Field;
using domain::FieldType;
using table::trimmed;

bool is_actor(const Field& field) {
    return std::find(field.to.begin(), field.to.end(), "actor") != field.to.end();
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

}  // namespace

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
        // People write CANCELLED as they write cancelled.
        const auto plain =
            condition.begins.empty() && condition.contains.empty() ? std::string() : folded(text);
        const auto at = [&](const std::string& what) {
            const auto sought = folded(what);
            return sought.empty() ? text.find(what) : plain.find(sought);
        };
        return (condition.is.empty() || in(condition.is)) && !in(condition.is_not) &&
               any(condition.begins, [&](const std::string& with) { return at(with) == 0; }) &&
               any(condition.contains, [&](const std::string& what) { return at(what) != text.npos; }) &&
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

std::string RowMapper::scheme_of(const ValueSpec& spec) {
    if (spec.constant || !spec.codes.empty() || !spec.cases.empty()) return "iso3";
    return spec.scheme.empty() ? "any" : spec.scheme;
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
    const auto scheme = scheme_of(spec);
    // Several columns name the same actor: whichever of them does so in a way that is known.
    auto actor = names_.actor_of(scheme, item, year);
    for (const auto& other : spec.columns)
        if (!actor && !spec.each && spec.split.empty()) actor = names_.actor_of(scheme, cell(other), year);
    if (actor) return json::value(json::string("actor:" + *actor));
    if (scheme == "cow" || scheme == "gw")
        return wrong(fmt::format(
            "a {} number of a state{}",
            scheme == "cow" ? "Correlates of War" : "Gleditsch-Ward",
            year == 0 ? std::string() : fmt::format(" in {}", year)
        ));
    const auto doubt = names_.doubt(scheme, item, year);
    return wrong(
        "a state or organisation of the table of actors, or its name or alias on record" +
        (doubt.empty() ? perhaps_actors(item) : ": " + doubt)
    );
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

}  // namespace entente::ingest::map
