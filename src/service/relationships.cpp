#include "service/relationships.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "measures/attention/tie_state.h"
#include "measures/interruptions.h"
#include "measures/training.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"
#include "service/describe.h"
#include "service/home_overview.h"
#include "service/picture_json.h"
#include "service/strength_json.h"

namespace entente::service {
namespace {

using measures::TieState;

const char* code_of(TieState state) {
    switch (state) {
        case TieState::stopped:
            return "stopped";
        case TieState::restored:
            return "restored";
        case TieState::active:
            return "active";
        case TieState::quiet:
            return "quiet";
        case TieState::record_ends:
            return "record_ends";
        case TieState::not_released:
            return "not_released";
        case TieState::none_on_record:
            return "none_on_record";
    }
    return "";
}

const char* survey_code(measures::CoverageKind kind) {
    switch (kind) {
        case measures::CoverageKind::census:
        case measures::CoverageKind::sample:
            return "dense";
        case measures::CoverageKind::sparse:
            return "thin";
        case measures::CoverageKind::not_released:
            return "withheld";
        case measures::CoverageKind::not_covered:
            return "none";
    }
    return "";
}

json::array ids_of(const std::vector<measures::Evidence>& records) {
    json::array out;
    for (const auto& record : records) out.emplace_back(record.id);
    return out;
}

/// What was watched, as words, numbers and days, by field.
json::object values_of(const measures::AttentionItem& item) {
    json::object out;
    for (const auto& [name, words] : item.row.words) out[name] = words;
    const auto* watch = measures::find_watch(item.rule->watches);
    for (const auto& [name, number] : item.row.numbers) {
        const auto* field = watch ? watch->field(name) : nullptr;
        if (field && field->as == measures::WatchedAs::day)
            out[name] = to_iso(Day{static_cast<std::int32_t>(number)});
        else
            out[name] = number;
    }
    return out;
}

/// Whether a rule says what the rule of its name that ships says: only then can a page say it in another language.
bool is_shipped(const measures::AttentionRule& rule) {
    return std::ranges::any_of(measures::builtin_attention_rules().rules, [&](const auto& one) {
        return one.rule == rule.rule && one.says == rule.says && one.could_do == rule.could_do;
    });
}

json::object item_json(const measures::AttentionItem& item, const json::array& partners) {
    json::object out{
        {"severity", item.rule->severity},
        {"rule", item.rule->rule},
        {"key", item.key},
        {"says", item.says},
        {"could_do", item.could_do},
        {"values", values_of(item)},
        {"shipped", is_shipped(*item.rule)},
        {"since", to_iso(item.since)},
        {"records", ids_of(item.records)},
        {"partners", partners}};
    if (item.snoozed) {
        if (item.snoozed->until.to) out["until"] = to_iso(*item.snoozed->until.to);
        out["reason"] = item.snoozed->reason;
    }
    return out;
}

/// What is the same thing with several partners stands once.
json::array items_json(
    const std::vector<measures::OverviewTie>& ties,
    std::vector<measures::AttentionItem> measures::OverviewTie::*which
) {
    std::map<std::string, std::pair<const measures::AttentionItem*, json::array>> by_key;
    for (const auto& tie : ties)
        for (const auto& item : tie.*which) {
            auto& [first, partners] = by_key[item.key];
            if (!first) first = &item;
            partners.emplace_back(tie.code.empty() ? tie.name : tie.code);
        }
    std::vector<const std::pair<const measures::AttentionItem*, json::array>*> order;
    for (const auto& [key, item] : by_key) order.push_back(&item);
    std::ranges::sort(order, [](const auto* a, const auto* b) {
        return measures::comes_before(*a->first, *b->first);
    });
    json::array out;
    for (const auto* item : order) out.push_back(item_json(*item->first, item->second));
    return out;
}

/// Places of a fiscal year at the schools of the list; lines of a year stand before the tally of it.
std::int64_t seats_in_schools(const BriefFacts& facts, const measures::Pair& pair, int fiscal_year, Day on) {
    const auto seats = [&](const std::vector<measures::TrainingCell>& cells) {
        std::optional<std::int64_t> out;
        for (const auto& cell : cells) {
            if (cell.fiscal_year != fiscal_year || cell.deliverer != pair.a) continue;
            out = out.value_or(0) + (cell.school_families.empty() ? 0 : cell.sum.people.sum);
        }
        return out;
    };
    if (const auto by_lines = seats(measures::cells_of(facts.training_lines, pair, on))) return *by_lines;
    return seats(measures::cells_of(facts.tallies, pair, on)).value_or(0);
}

/// Places on training that the home gave the partner, by fiscal year.
json::object training_by_year(const Partner& partner, const std::string& home, Day on) {
    BriefRequest request;
    request.a = home, request.b = partner.actor.id, request.on = on;
    json::array points;
    std::int64_t last = 0;
    int last_year = 0;
    for (const auto& given : training(partner.record->brief_facts(), request)) {
        if (!given.by.id.empty() && given.by.id != home) continue;
        for (const auto& year : given.years) {
            json::object point{{"year", year.fiscal_year}, {"how", survey_code(year.coverage)}};
            if (!year.records.empty() && year.sum.knows_people())
                point["value"] = last = year.sum.people.sum, last_year = year.fiscal_year;
            else if (year.records.empty() && year.coverage == measures::CoverageKind::census)
                point["value"] = last = 0, last_year = year.fiscal_year;
            points.push_back(std::move(point));
        }
    }
    json::object out{{"name", "training places by fiscal year"}, {"points", std::move(points)}};
    if (last_year > 0) {
        out["last"] = last, out["last_year"] = last_year;
        out["seats"] =
            seats_in_schools(partner.record->brief_facts(), {home, partner.actor.id}, last_year, on);
    }
    return out;
}

json::object partner_json(
    const Partner& partner,
    const measures::OverviewTie& tie,
    const measures::Strength& strength,
    const std::string& home,
    const measures::Parameters& parameters,
    Day on
) {
    json::object out{{"id", tie.id}, {"code", tie.code}, {"name", tie.name}};
    const auto& standing = tie.standing;
    out["state"] = code_of(standing.state);
    out["state_words"] = std::string(measures::to_words(standing.state));
    out["stopped"] = tie.stopped;
    out["stopped_since"] = standing.stop ? json::value(standing.stop->began.to_json()) : json::value(nullptr);
    if (standing.stop)
        out["stop_record"] = standing.stop->evidence.id, out["stop_cause"] = standing.stop->stated_cause;
    out["open_stops"] = standing.open_stops;
    out["strength"] = strength_json(strength);
    out["strands"] = strands_json(strength, parameters);
    const auto contact = [](const measures::Engagement* one,
                            const measures::StatedDate& when) -> json::value {
        if (!one || !when) return nullptr;
        return json::object{
            {"held", when->to_json()},
            {"when", when->to_words("–")},
            {"words", contact_label(*one, {})},
            {"record", one->evidence.id}};
    };
    out["last_contact"] = contact(
        standing.last_contact, standing.last_contact ? standing.last_contact->held : measures::StatedDate{}
    );
    const auto* next = standing.next;
    out["next_planned"] = contact(
        next,
        !next           ? measures::StatedDate{}
        : next->planned ? next->planned
                        : next->held
    );
    out["covered_until"] =
        standing.covered_until ? json::value(to_iso(*standing.covered_until)) : json::value(nullptr);
    out["not_released"] = standing.not_released;
    out["spark"] = training_by_year(partner, home, on);
    out["attention"] = tie.items.size();
    return out;
}

/// Stops begun with any partner, by year; one that names several counts once.
json::array stops_begun(const std::vector<Partner>& partners, Day on) {
    std::map<int, std::set<std::string>> by_year;
    for (const auto& partner : partners)
        for (const auto& one : partner.record->facts().disruptions)
            if (one.scope_class != "event" && one.began.from && *one.began.from <= on)
                by_year[calendar(*one.began.from).year].insert(one.evidence.id);
    json::array out;
    for (const auto& [year, stops] : by_year)
        out.push_back(json::object{{"year", year}, {"count", stops.size()}});
    return out;
}

/// Leaves `most` of the records behind each figure, and says how many there are.
void keep_few_records(json::value& value, std::size_t most) {
    if (auto* list = value.if_array()) {
        for (auto& item : *list) keep_few_records(item, most);
    } else if (auto* object = value.if_object()) {
        std::size_t total = 0;
        for (auto& member : *object) {
            auto* records = member.key() == "records" ? member.value().if_array() : nullptr;
            if (!records)
                keep_few_records(member.value(), most);
            else if (records->size() > most)
                total = records->size(), records->resize(most);
        }
        if (total > 0) (*object)["records_total"] = total;
    }
}

/// Ids under `id` of every object beside a `shown`, and of marks under `record`.
void collect_records(const json::value& value, std::set<std::string>& out) {
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) collect_records(item, out);
    } else if (const auto* object = value.if_object()) {
        if (object->contains("shown")) out.insert(text_at(*object, "id"));
        for (const auto& member : *object) {
            if (member.key() == "record" && member.value().is_string())
                out.insert(std::string(member.value().as_string()));
            else
                collect_records(member.value(), out);
        }
    }
}

/// A record in a line.
json::object line_of(const domain::Schema& schema, Describer& describe, const ledger::Revision& record) {
    const auto* type = schema.find(record.type);
    json::object out{
        {"shown", describe.handle(record)},
        {"type", record.type},
        {"type_name", type ? type->name : record.type},
        {"title", describe.title(record)}};
    const auto word = [&](const std::string& name) {
        const auto* field = type ? type->find(name) : nullptr;
        const auto* value = field ? record.content.if_contains(name) : nullptr;
        return value ? describe.words(*field, *value) : std::string();
    };
    if (type && !type->day.empty()) out["when"] = word(type->day);
    for (const char* name : {"category", "kind", "level", "status", "stated_cause"})
        if (auto words = word(name); !words.empty()) out[name] = std::move(words);
    return out;
}

/// Who was there, as the records name them, the most often named first.
json::array people_of(const std::map<std::string, std::vector<std::string>>& named) {
    std::vector<const std::pair<const std::string, std::vector<std::string>>*> order;
    for (const auto& one : named) order.push_back(&one);
    std::ranges::stable_sort(order, [](const auto* a, const auto* b) {
        return a->second.size() > b->second.size();
    });
    json::array out;
    for (const auto* one : order)
        out.push_back(json::object{
            {"name", one->first}, {"records", json::array(one->second.begin(), one->second.end())}});
    return out;
}

}  // namespace

Result<json::object> relationships_json(
    ledger::RecordView& view,
    const PartnersRequest& request,
    const measures::AttentionRules& rules,
    const measures::Parameters& parameters
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto found, home_overview(view, request, rules, parameters));
    const auto strengths = strengths_of(found.partners, parameters, request.at);
    const auto& overview = found.overview;
    json::object out;
    out["home"] =
        json::object{{"id", overview.home_id}, {"code", overview.home_code}, {"name", overview.home}};
    out["on"] = to_iso(request.at);
    out["headline"] = measures::overview_answer(overview, rules, parameters, false).headline;
    out["parameters"] = parameters.shown();
    json::array partners;
    for (std::size_t i = 0; i < overview.ties.size(); ++i)
        partners.push_back(partner_json(
            found.partners[i], overview.ties[i], strengths[i], overview.home_id, parameters, request.at
        ));
    out["partners"] = std::move(partners);
    out["attention"] = items_json(overview.ties, &measures::OverviewTie::items);
    out["put_off"] = items_json(overview.ties, &measures::OverviewTie::put_off);
    out["nothing"] = json::array(overview.nothing.begin(), overview.nothing.end());
    out["stops_begun"] = stops_begun(found.partners, request.at);
    return out;
}

Result<json::object> relationship_json(
    ledger::RecordView& view,
    const domain::Schema& schema,
    BriefRequest request,
    const measures::Parameters& parameters,
    std::size_t most_records
) {
    request.pictured = true;
    ENTENTE_ASSIGN_OR_RETURN(const auto brief, make_brief(view, request));
    auto out = brief_json(brief);
    if (brief.line_of_time) out["timeline"] = picture_json(*brief.line_of_time);
    if (brief.strength_now) {
        out["strength"] = strength_json(*brief.strength_now);
        out["strands"] = strands_json(*brief.strength_now, parameters);
    }
    if (most_records > 0) {
        json::value whole = std::move(out);
        keep_few_records(whole, most_records);
        out = std::move(whole.as_object());
    }
    std::set<std::string> named;
    collect_records(out, named);
    Describer describe(view, schema);
    json::object records;
    std::map<std::string, std::vector<std::string>> people;
    for (const auto& id : named) {
        ENTENTE_ASSIGN_OR_RETURN(const auto record, view.current(id));
        if (!record) continue;
        records[id] = line_of(schema, describe, *record);
        if (record->type != "engagement") continue;
        if (const auto* list = record->content.if_contains("people"); list && list->is_array())
            for (const auto& one : list->get_array())
                if (one.is_string()) people[std::string(one.as_string())].push_back(id);
    }
    out["records"] = std::move(records);
    out["people"] = people_of(people);
    return out;
}

}  // namespace entente::service
