#include "service/ask_measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>
#include <utility>

#include "base/check.h"
#include "measures/ask_side_by_side.h"
#include "measures/words.h"
#include "service/brief_words.h"
#include "service/node.h"

namespace entente::service {
namespace {

json::value number_or_null(double value) {
    if (!std::isfinite(value)) return nullptr;
    return measures::six_digits(value);
}

json::array ids_of(const std::vector<measures::Evidence>& records) {
    json::array out;
    for (const auto& record : records) out.emplace_back(record.id);
    return out;
}

json::object interval_json(const measures::Interval& interval) {
    return {{"low", number_or_null(interval.low)}, {"high", number_or_null(interval.high)}};
}

json::object cell_json(const measures::Cell& cell) {
    json::object out{{"text", cell.text}};
    if (cell.number) out["number"] = number_or_null(*cell.number);
    if (!cell.records.empty()) out["records"] = ids_of(cell.records);
    return out;
}

json::object series_json(const measures::AnswerSeries& series) {
    json::array points;
    for (const auto& point : series.points) {
        json::object one{
            {"day", to_iso(point.day)},
            {"value", point.value ? number_or_null(*point.value) : json::value("not covered")}};
        if (point.band) one["band"] = interval_json(*point.band);
        points.emplace_back(std::move(one));
    }
    return {{"name", series.name}, {"points", std::move(points)}};
}

Result<std::map<std::string, std::string>> choices_of(
    const measures::Measure& measure, const MeasureRequest& request
) {
    std::map<std::string, std::string> out;
    for (const auto& choice : measure.choices) out[choice.name] = choice.preset;
    for (const auto& [name, value] : request.choices) {
        if (!out.contains(name))
            return fail(
                ErrorCode::invalid_argument, name, fmt::format("{} offers no such choice.", measure.name)
            );
        out[name] = value;
    }
    return out;
}

/// A choice that names a record is read as every command reads one: by its id, the beginning of it, or the source's.
Result<void> resolve_records(
    ledger::RecordView& view, const measures::Measure& measure, std::map<std::string, std::string>& choices
) {
    const auto resolve = make_resolver(view, domain::Schema::builtin());
    for (const auto& choice : measure.choices) {
        auto& typed = choices[choice.name];
        if (choice.type != "RECORD" || typed.empty()) continue;
        auto found = resolve({choice.name}, typed);
        if (!found) return fail(found.error().code, choice.name, found.error().message, found.error().advice);
        typed = *std::move(found);
    }
    return {};
}

/// Contacts of one actor with anyone.
Result<std::vector<measures::Engagement>> contacts_of(
    ledger::RecordView& view, const std::string& actor, bool political
) {
    ledger::RecordQuery query;
    query.types = {"engagement"};
    query.actors = {actor};
    query.newest_first = false;
    ENTENTE_ASSIGN_OR_RETURN(const auto page, view.list(query));
    std::vector<measures::Engagement> out;
    for (const auto& revision : page.records) {
        auto engagement = measures::read_engagement(revision.rec, revision.content);
        if (political || engagement.category != "POL") out.push_back(std::move(engagement));
    }
    return out;
}

Result<measures::QuestionToMeasure> question_of(
    ledger::RecordView& view, const MeasureRequest& request, const measures::Parameters& parameters
) {
    const auto* measure = measures::find_measure(request.measure);
    if (!measure)
        return fail(
            ErrorCode::not_found,
            "measure",
            fmt::format("found no measure called '{}'", request.measure),
            "entente measures"
        );
    measures::QuestionToMeasure out{measure, {request.at, &parameters, {}, request.rules}};
    ENTENTE_ASSIGN_OR_RETURN(out.question.choices, choices_of(*measure, request));
    ENTENTE_RETURN_IF_ERROR(resolve_records(view, *measure, out.question.choices));
    return out;
}

BriefRequest pair_of(const MeasureRequest& request) {
    BriefRequest out;
    out.a = request.a, out.b = request.b, out.on = request.at;
    return out;
}

/// Reads what the measures need besides the pair.
Result<BesidePair> read_beside(
    ledger::RecordView& view, std::span<const measures::QuestionToMeasure> questions, const std::string& home
) {
    const auto any = [&](auto needs) { return std::ranges::any_of(questions, needs); };
    BesidePair out;
    if (any([](const auto& one) { return one.measure->compares_partners; })) {
        const bool political = any([](const auto& one) { return one.measure->counts_political; });
        ENTENTE_ASSIGN_OR_RETURN(out.home, contacts_of(view, home, political));
    }
    if (any([](const auto& one) { return one.measure->learns_from_all; })) {
        ENTENTE_ASSIGN_OR_RETURN(out.elsewhere, load_outages_elsewhere(view));
    }
    if (any([](const auto& one) {
            return one.measure->reads_all_tallies && one.measure->reads_all_tallies(one.question);
        })) {
        ENTENTE_RETURN_IF_ERROR(view.each_current("tally", [&](const ledger::Revision& revision) {
            out.tallies.push_back(measures::read_tally(revision.rec, revision.content));
            return Result<void>{};
        }));
    }
    return out;
}

}  // namespace

PairRecord::PairRecord(BriefFacts facts, BesidePair beside, const MeasureRequest& request)
    : facts_(std::move(facts)), beside_(std::move(beside)) {
    spans_.tie = {
        {request.a, request.b},
        facts_.engagements,
        facts_.agreements,
        facts_.tallies,
        facts_.training_lines,
        facts_.coverage,
        request.general_knowledge};
    spans_.disruptions = facts_.disruptions;
    spans_.shocks = facts_.shocks;
    spans_.channels = facts_.channels;
    spans_.channel_states = facts_.channel_states;
    spans_.snoozes = facts_.snoozes;
    spans_.home_engagements = beside_.home;
    spans_.all_tallies = beside_.tallies;
    spans_.all_disruptions = beside_.elsewhere.disruptions;
    spans_.all_channels = beside_.elsewhere.channels;
    spans_.all_shocks = beside_.elsewhere.shocks;
    spans_.all_contacts = beside_.elsewhere.contacts;
    spans_.sources = facts_.sources;
    std::set<std::string> partners;
    for (const auto& engagement : beside_.home)
        partners.insert(engagement.actors.begin(), engagement.actors.end());
    spans_.partners.assign(partners.begin(), partners.end());
    spans_.names = beside_.elsewhere.names;
    for (const auto& [id, name] : facts_.actors) spans_.names[id] = name.name;
    spans_.codes = {{request.a, facts_.a.code}, {request.b, facts_.b.code}};
    spans_.names[request.a] = name_of(facts_.a).name;
    spans_.names[request.b] = name_of(facts_.b).name;
}

Result<measures::Answer> ask_measure(
    ledger::RecordView& view, const MeasureRequest& request, const measures::Parameters& parameters
) {
    ENTENTE_ASSIGN_OR_RETURN(auto facts, load_brief_facts(view, pair_of(request)));
    ENTENTE_ASSIGN_OR_RETURN(auto answers, ask_measures(view, std::move(facts), {&request, 1}, parameters));
    return std::move(answers.front());
}

Result<std::vector<measures::Answer>> ask_measures(
    ledger::RecordView& view,
    BriefFacts facts,
    std::span<const MeasureRequest> requests,
    const measures::Parameters& parameters
) {
    check(!requests.empty(), "measures are asked something");
    std::vector<measures::QuestionToMeasure> questions;
    for (const auto& request : requests) {
        ENTENTE_ASSIGN_OR_RETURN(auto question, question_of(view, request, parameters));
        questions.push_back(std::move(question));
    }
    ENTENTE_ASSIGN_OR_RETURN(auto beside, read_beside(view, questions, requests.front().a));
    const PairRecord record(std::move(facts), std::move(beside), requests.front());
    std::vector<measures::Answer> out;
    for (auto& answer :
         measures::ask_side_by_side(record.facts(), questions, std::thread::hardware_concurrency())) {
        if (!answer) return std::unexpected(answer.error());
        out.push_back(*std::move(answer));
    }
    return out;
}

Result<picture::Picture> draw_measure(
    ledger::RecordView& view, const MeasureRequest& request, const measures::Parameters& parameters
) {
    ENTENTE_ASSIGN_OR_RETURN(auto facts, load_brief_facts(view, pair_of(request)));
    ENTENTE_ASSIGN_OR_RETURN(const auto asked, question_of(view, request, parameters));
    const auto& [measure, question] = asked;
    if (!measure->draw)
        return fail(
            ErrorCode::invalid_argument,
            "svg",
            fmt::format("{} has no picture: its words and tables say all", measure->name)
        );
    ENTENTE_ASSIGN_OR_RETURN(auto beside, read_beside(view, {&asked, 1}, request.a));
    const PairRecord record(std::move(facts), std::move(beside), request);
    ENTENTE_ASSIGN_OR_RETURN(const auto answer, measure->ask(record.facts(), question));
    ENTENTE_ASSIGN_OR_RETURN(auto out, measure->draw(record.facts(), question, answer));
    out.title = fmt::format("{}: {}", record.facts().both_names(), measure->name);
    out.sentence = answer.headline;
    out.foot = fmt::format(
        "{} {} at the end of {}{}{}{}{}",
        measure->name,
        measure->version,
        measures::day_words(request.at),
        answer.parameters.empty() ? "" : ", ",
        answer.parameters,
        request.known_at.empty() ? "" : ", ",
        request.known_at
    );
    return out;
}

json::object table_json(const measures::AnswerTable& table) {
    json::array rows;
    for (const auto& row : table.rows) {
        json::object cells;
        for (std::size_t i = 0; i < row.size(); ++i) cells[table.columns[i].name] = cell_json(row[i]);
        rows.emplace_back(std::move(cells));
    }
    json::object out{{"name", table.name}, {"rows", std::move(rows)}};
    if (!table.title.empty()) out["title"] = table.title;
    if (!table.note.empty()) out["note"] = table.note;
    return out;
}

json::object answer_json(const measures::Answer& answer, const std::string& known_at) {
    json::array subject, tables, series, warnings, paragraphs;
    for (const auto& id : answer.subject) subject.emplace_back(id);
    for (const auto& table : answer.tables) tables.emplace_back(table_json(table));
    for (const auto& one : answer.series) series.emplace_back(series_json(one));
    for (const auto& one : answer.warnings) warnings.emplace_back(one);
    for (const auto& one : answer.paragraphs) paragraphs.emplace_back(one);
    json::object out{
        {"measure", answer.measure},
        {"version", answer.version},
        {"parameters", answer.parameters.empty() ? json::value("none") : json::value(answer.parameters)},
        {"subject", std::move(subject)},
        {"valid_at", to_iso(answer.valid_at)},
        {"known_at", known_at},
        {"value", answer.value ? number_or_null(*answer.value) : json::value(nullptr)},
        {"unit", answer.unit},
    };
    if (!answer.reason.empty()) out["reason"] = answer.reason;
    if (answer.band) {
        auto band = interval_json(answer.band->ends);
        band["level"] = answer.band->level;
        band["of"] = answer.band->of;
        out["band"] = std::move(band);
    }
    if (answer.outer) out["outer"] = interval_json(*answer.outer);
    out["headline"] = answer.headline;
    if (!paragraphs.empty()) out["paragraphs"] = std::move(paragraphs);
    out["tables"] = std::move(tables);
    if (!series.empty()) out["series"] = std::move(series);
    out["warnings"] = std::move(warnings);
    return out;
}

json::array measures_json() {
    json::array out;
    for (const auto& measure : measures::all_measures()) {
        json::array choices, references;
        for (const auto& choice : measure.choices)
            choices.push_back(json::object{
                {"name", choice.name},
                {"type", choice.type},
                {"preset", choice.preset},
                {"help", choice.help}});
        for (const auto& one : measure.references) references.emplace_back(one);
        out.push_back(json::object{
            {"name", measure.name},
            {"version", measure.version},
            {"question", measure.question},
            {"unit", measure.unit},
            {"uses_parameters", measure.uses_parameters},
            {"has_picture", static_cast<bool>(measure.draw)},
            {"choices", std::move(choices)},
            {"references", std::move(references)}});
    }
    return out;
}

}  // namespace entente::service
