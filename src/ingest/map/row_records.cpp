// What a record is made of: its dates first, for they tell what codes of states meant; then fields and sides.
#include <algorithm>

#include <fmt/format.h>

#include "domain/date_span.h"
#include "domain/empty.h"
#include "ingest/map/called_off.h"
#include "ingest/map/row_mapper.h"
#include "ingest/map/row_words.h"
#include "ingest/map/settle_status.h"

namespace entente::ingest::map {
namespace {

using domain::FieldType;

int year_of(const domain::Content& content, const std::string& field) {
    const auto* value = content.if_contains(field);
    if (!value || !value->is_object()) return 0;
    const auto span = domain::DateSpan::from_json(*value);
    return span && span->from ? calendar(*span->from).year : 0;
}

}  // namespace

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
            if (auto doubt = names_.doubt(scheme_of(party.actor), item, year); !doubt.empty())
                out.remarks.push_back(std::move(doubt));
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

/// No status was found for the row, though its words say that it was called off.
void RowMapper::warn_of_called_off(std::vector<std::string>& remarks) const {
    for (std::size_t i = 0; i < std::min(row_->cells.size(), columns_.size()); ++i) {
        const auto word = called_off_word(row_->cells[i]);
        if (word.empty()) continue;
        remarks.push_back(
            fmt::format("{} says '{}', and no status of the map fits: by its date alone", columns_[i], word)
        );
        return;
    }
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
    if (record.type == "engagement") {
        if (!content.contains("status")) warn_of_called_off(out.remarks);
        settle_status(today_, content, out.remarks);
    }
    for (const auto& field : type.fields)
        if (field.required && !field.default_value.empty() && !content.contains(field.name))
            content[field.name] = field.default_value;
    return content;
}

}  // namespace entente::ingest::map
