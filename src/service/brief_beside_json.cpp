#include <fmt/format.h>

#include "domain/empty.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

json::array ids(const Records& records) {
    json::array out;
    for (const auto& record : records)
        out.push_back(json::object{{"id", record.id}, {"shown", record.shown}});
    return out;
}
json::value unknown() {
    return domain::to_json(domain::Empty::unknown);
}
json::value date(const std::optional<domain::DateSpan>& span) {
    return span ? json::value(span->to_json()) : unknown();
}
json::array texts(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& text : list) out.push_back(json::string(text));
    return out;
}

json::array covered(const std::vector<CoveredYears>& stretches) {
    json::array out;
    for (const auto& years : stretches)
        out.push_back(json::object{
            {"first", years.first},
            {"last", years.last},
            {"kind", std::string(to_words(years.kind))},
            {"statements", ids(years.statements)}});
    return out;
}

void put_sum(json::object& out, const measures::TrainingSum& sum) {
    out["activities"] = sum.activities;
    out["people"] = sum.knows_people() ? json::value(sum.people.sum) : unknown();
    out["activities_without_people"] = sum.people.missing;
    out["cost_usd"] = sum.knows_cost() ? json::value(measures::decimal_of(sum.cost_micros.sum)) : unknown();
    out["activities_without_cost"] = sum.cost_micros.missing;
}

json::object training_year(const BriefTrainingYear& year) {
    json::object out{
        {"fiscal_year", year.fiscal_year},
        {"coverage", std::string(to_words(year.coverage))},
        {"statements", ids(year.statements)}};
    if (year.records.empty()) return out;
    put_sum(out, year.sum);
    out["counted_from"] = year.single_lines ? "training lines" : "tally";
    out["records"] = ids(year.records);
    return out;
}

json::array groups(const std::vector<BriefTrainingGroup>& list) {
    json::array out;
    for (const auto& group : list) {
        json::object one{{"name", group.name}, {"first", group.first}, {"last", group.last}};
        put_sum(one, group.sum);
        one["records"] = ids(group.records);
        out.push_back(std::move(one));
    }
    return out;
}

json::object training(const BriefTraining& training) {
    json::object out;
    if (!training.by.id.empty()) {
        out["by"] = training.by.code;
        out["to"] = training.to.code;
        put_sum(out, training.sum);
    }
    json::array years;
    for (const auto& year : training.years) years.push_back(training_year(year));
    out["years"] = std::move(years);
    out["programmes"] = groups(training.programmes);
    out["school_families"] = groups(training.schools);
    out["covered"] = covered(training.covered);
    out["not_released_because"] = texts(training.grounds);
    if (!training.grounds.empty()) out["not_released_ground"] = training.by_law ? "law" : "declared";
    out["sources"] = texts(training.sources);
    return out;
}

json::object exercises(const BriefExercises& exercises) {
    json::array years;
    for (const auto& year : exercises.years) {
        json::object one{{"year", year.year}, {"coverage", std::string(to_words(year.coverage))}};
        if (year.single_records) one["counted_from"] = "engagements";
        if (!year.records.empty()) one["number"] = year.number, one["records"] = ids(year.records);
        years.push_back(std::move(one));
    }
    return {{"years", std::move(years)}, {"total", exercises.total()}, {"sources", texts(exercises.sources)}};
}

json::object study(const BriefStudy& study) {
    json::array spans;
    for (const auto& span : study.spans) {
        json::object one{
            {"period", span.period.to_json()},
            {"number", span.number},
            {"record", ids({span.record}).front()}};
        if (!span.obligations.empty()) one["obligations"] = texts(span.obligations);
        spans.push_back(std::move(one));
    }
    return {
        {"spans", std::move(spans)}, {"covered", covered(study.covered)}, {"sources", texts(study.sources)}};
}

json::object political(const BriefPolitical& political) {
    json::object years;
    for (const auto& [year, records] : political.by_year) years[std::to_string(year)] = ids(records);
    json::object out{
        {"counted", false},
        {"visits", political.records.size()},
        {"by_first_actor", political.by_a},
        {"by_second_actor", political.by_b},
        {"years", std::move(years)},
        {"covered", covered(political.covered)}};
    if (!political.last) return out;
    out["first"] = date(political.first);
    out["last"] = date(political.last);
    out["last_label"] = political.label;
    return out;
}

std::string amount(const measures::TrainingSum& sum) {
    return sum.knows_cost() ? measures::decimal_of(sum.cost_micros.sum) : "unknown";
}
std::string places(const measures::TrainingSum& sum) {
    return sum.knows_people() ? with_commas(sum.people.sum) : "unknown";
}

void add_training(std::vector<Figure>& out, const BriefTraining& training) {
    const auto add_sum = [&](const std::string& what, const measures::TrainingSum& sum, const Records& records
                         ) {
        out.push_back({what + ", activities", with_commas(sum.activities), records});
        out.push_back({what + ", places", places(sum), records});
        out.push_back({what + ", cost in USD", amount(sum), records});
    };
    if (!training.by.id.empty()) add_sum("training by " + training.by.name, training.sum, training.records());
    for (const auto& years : training.covered)
        out.push_back(
            {fmt::format("training covered, fiscal years {}-{}", years.first, years.last),
             std::string(to_words(years.kind)),
             years.statements}
        );
    for (const auto& year : training.years)
        if (!year.records.empty())
            add_sum(fmt::format("training in fiscal year {}", year.fiscal_year), year.sum, year.records);
    for (const auto& group : training.programmes)
        add_sum("programme " + group.name, group.sum, group.records);
    for (const auto& group : training.schools) add_sum("school " + group.name, group.sum, group.records);
}

void add_study(std::vector<Figure>& out, const BriefStudy& study, const std::string& what) {
    for (const auto& span : study.spans)
        out.push_back(
            {fmt::format("{}, {}", what, span.period.to_text()), std::to_string(span.number), {span.record}}
        );
    for (const auto& years : study.covered)
        out.push_back(
            {fmt::format("{}, covered {}-{}", what, years.first, years.last),
             std::string(to_words(years.kind)),
             years.statements}
        );
}

}  // namespace

void add_beside(json::object& out, const Brief& brief) {
    json::array list;
    for (const auto& one : brief.training) list.push_back(training(one));
    out["training"] = std::move(list);
    out["exercises_tallied"] = exercises(brief.exercises);
    out["agreements_in_force"] = study(brief.agreements_in_force);
    out["alliances"] = study(brief.alliances);
    out["political"] = political(brief.political);
    json::array measured, strength;
    for (const auto& one : brief.measured) {
        json::object item{{"measure", one.name}, {"says", one.text}, {"unit", one.unit}};
        item["value"] = one.value ? json::value(measures::six_digits(*one.value)) : json::value(nullptr);
        if (!one.reason.empty()) item["reason"] = one.reason;
        measured.push_back(std::move(item));
    }
    for (std::size_t i = 0; i < brief.strength_by_year.size(); ++i) {
        const auto& total = brief.strength_by_year[i];
        strength.push_back(json::object{
            {"year", brief.years[i].year},
            {"total", total ? json::value(measures::six_digits(*total)) : json::value("not covered")}});
    }
    out["measures"] = std::move(measured);
    out["strength_by_year"] = std::move(strength);
}

void add_beside(std::vector<Figure>& out, const Brief& brief) {
    for (const auto& one : brief.training) add_training(out, one);
    if (brief.exercises.total() > 0)
        out.push_back({"exercises tallied", with_commas(brief.exercises.total()), brief.exercises.records()});
    for (const auto& year : brief.exercises.years)
        if (!year.records.empty())
            out.push_back(
                {fmt::format("{} exercises tallied", year.year), std::to_string(year.number), year.records}
            );
    add_study(out, brief.agreements_in_force, "defence cooperation agreements in force");
    add_study(out, brief.alliances, "alliance treaties in force");
    const auto& political = brief.political;
    if (political.records.empty()) return;
    out.push_back(
        {"political visits, not counted",
         with_commas(static_cast<std::int64_t>(political.records.size())),
         political.records}
    );
    for (const auto& [year, records] : political.by_year)
        out.push_back({fmt::format("{} political visits", year), std::to_string(records.size()), records});
}

}  // namespace entente::service
