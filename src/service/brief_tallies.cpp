#include <algorithm>
#include <set>

#include "domain/declaration.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using measures::CoverageKind;

/// The first and the last year of which a statement speaks that could answer the question.
std::pair<int, int> bounds(const BriefFacts& facts, const measures::CoverageQuestion& question, bool fiscal) {
    std::pair<int, int> out{INT32_MAX, INT32_MIN};
    for (const auto& statement : facts.coverage) {
        if (!measures::contains(statement.record_types, question.record_type)) continue;
        if (statement.categories.empty() && question.category == "POL") continue;
        if (!statement.categories.empty() && !measures::contains(statement.categories, question.category))
            continue;
        if (!statement.covers.from || !statement.covers.to) continue;
        const auto year = [&](Day day) {
            const auto date = calendar(day);
            return date.year + (fiscal && date.month >= 10 ? 1 : 0);
        };
        out.first = std::min(out.first, year(*statement.covers.from));
        out.second = std::max(out.second, year(*statement.covers.to));
    }
    return out;
}

std::string obligation_words(const std::string& code) {
    return domain::Schema::builtin().name_of("alliance_obligation", code);
}

}  // namespace

RecordRef ref(const measures::Evidence& evidence) {
    return {evidence.id, evidence.shown_id(), !evidence.conflicts.empty()};
}

void add_ref(Records& records, const RecordRef& record) {
    if (std::find(records.begin(), records.end(), record) == records.end()) records.push_back(record);
}

std::vector<CoveredYears> covered_years(
    const BriefFacts& facts, const measures::CoverageQuestion& question, Day on, bool fiscal
) {
    std::vector<CoveredYears> out;
    const auto [first, last] = bounds(facts, question, fiscal);
    for (int year = first; year <= last; ++year) {
        const Day begin = fiscal ? measures::fiscal_year_begin(year) : *day_of(year, 1, 1);
        const Day end = std::min(fiscal ? measures::fiscal_year_end(year) : *day_of(year, 12, 31), on);
        const auto answer = coverage_between(facts.coverage, question, begin, end);
        if (out.empty() && answer.kind == CoverageKind::not_covered) continue;
        if (out.empty() || out.back().kind != answer.kind) out.push_back({year, year, answer.kind, {}});
        out.back().last = year;
        for (const auto& statement : answer.statements) add_ref(out.back().statements, ref(statement));
    }
    if (!out.empty() && out.back().kind == CoverageKind::not_covered) out.pop_back();
    return out;
}

const CoveredYears* stretch_of(const std::vector<CoveredYears>& covered, int year) {
    for (const auto& stretch : covered)
        if (stretch.first <= year && year <= stretch.last) return &stretch;
    return nullptr;
}

std::vector<std::string> sources_of(const BriefFacts& facts, const std::string& what) {
    std::set<std::string> out;
    for (const auto& tally : facts.tallies) {
        if (tally.what != what) continue;
        for (const auto& id : tally.evidence.sources)
            if (const auto found = facts.sources.find(id); found != facts.sources.end())
                out.insert(found->second.key);
    }
    return {out.begin(), out.end()};
}

std::int64_t BriefExercises::total() const {
    std::int64_t sum = 0;
    for (const auto& year : years) sum += year.number;
    return sum;
}

const BriefTalliedYear* BriefExercises::most() const {
    const BriefTalliedYear* out = nullptr;
    for (const auto& year : years)
        if (year.number > 0 && (!out || year.number > out->number)) out = &year;
    return out;
}

Records BriefExercises::records() const {
    Records out;
    for (const auto& year : years)
        for (const auto& record : year.records) add_ref(out, record);
    return out;
}

BriefExercises exercises(
    const BriefFacts& facts, const BriefRequest& request, const std::vector<BriefYear>& years
) {
    BriefExercises out;
    const measures::Pair pair{request.a, request.b};
    const auto covered = covered_years(facts, {pair, "tally", "EXR", "exercises"}, request.on, false);
    const auto tallied = measures::tallied_years(facts.tallies, "exercises", pair, request.on);
    for (const auto& year : years) {
        BriefTalliedYear one;
        one.year = year.year;
        one.single_records = year.contacts.contains("EXR");
        if (const auto* stretch = stretch_of(covered, year.year)) one.coverage = stretch->kind;
        for (const auto& found : tallied)
            if (found.year == year.year && !one.single_records)
                one.number = found.number, one.records = {ref(found.evidence)};
        out.years.push_back(std::move(one));
    }
    out.sources = sources_of(facts, "exercises");
    return out;
}

int BriefStudy::last_year() const {
    return covered.empty() ? 0 : covered.back().last;
}

const BriefInForce* BriefStudy::current() const {
    const auto end = day_of(last_year() == 0 ? 1 : last_year(), 12, 31);
    for (const auto& span : spans)
        if (span.period.from && *span.period.from <= *end && *end <= span.period.to.value_or(*end))
            return &span;
    return nullptr;
}

BriefStudy in_force(const BriefFacts& facts, const BriefRequest& request, const std::string& what) {
    BriefStudy out;
    const measures::Pair pair{request.a, request.b};
    for (const auto& tally : facts.tallies) {
        if (tally.what != what || !measures::names_both(tally.parties, pair)) continue;
        for (const auto& part : tally.parts) {
            BriefInForce span{
                part.period ? *part.period : tally.period, part.number, {}, ref(tally.evidence)};
            if (!span.period.from || *span.period.from > request.on) continue;
            for (const auto& code : part.obligations) span.obligations.push_back(obligation_words(code));
            out.spans.push_back(std::move(span));
        }
    }
    std::stable_sort(out.spans.begin(), out.spans.end(), [](const auto& a, const auto& b) {
        return *a.period.from < *b.period.from;
    });
    out.covered = covered_years(facts, {pair, "tally", {}, what}, request.on, false);
    out.sources = sources_of(facts, what);
    return out;
}

BriefPolitical political(const BriefFacts& facts, const BriefRequest& request) {
    BriefPolitical out;
    const measures::Pair pair{request.a, request.b};
    std::vector<const measures::Engagement*> visits;
    for (const auto& engagement : facts.engagements)
        if (!is_contact(engagement) && occurred_by(engagement, request.on) &&
            names_both(engagement.actors, pair))
            visits.push_back(&engagement);
    std::stable_sort(visits.begin(), visits.end(), [](const auto* a, const auto* b) {
        return *a->held->from < *b->held->from;
    });
    for (const auto* visit : visits) {
        out.records.push_back(ref(visit->evidence));
        out.by_year[calendar(*visit->held->from).year].push_back(ref(visit->evidence));
        if (visit->host == request.b) ++out.by_a;
        if (visit->host == request.a) ++out.by_b;
    }
    if (!visits.empty()) {
        out.first = *visits.front()->held;
        out.last = *visits.back()->held;
        const Day end = std::min(out.last->last(request.on), request.on);
        out.days_since = {request.on - end, request.on - end};
        const auto& host = visits.back()->host == request.a ? facts.a : facts.b;
        const auto words =
            domain::Schema::builtin().name_of("engagement_subcategory", visits.back()->subcategory);
        out.label = (words.empty() ? "visit" : words) + " to " + name_of(host).name;
    }
    out.covered = covered_years(facts, {pair, "engagement", "POL"}, request.on, false);
    return out;
}

std::vector<int> years_beside(const BriefFacts& facts, const BriefRequest& request) {
    std::vector<int> out;
    const measures::Pair pair{request.a, request.b};
    for (const auto& year : measures::tallied_years(facts.tallies, "exercises", pair, request.on))
        out.push_back(year.year);
    for (const auto& cell : measures::cells_of(facts.tallies, pair, request.on))
        out.push_back(cell.fiscal_year);
    for (const auto& cell : measures::cells_of(facts.training_lines, pair, request.on))
        out.push_back(cell.fiscal_year);
    // Visits of statesmen go back to 1866: the years of the table begin with what forces did together.
    for (const auto& engagement : facts.engagements)
        if (!is_contact(engagement) && occurred_by(engagement, request.on))
            if (const int year = calendar(*engagement.held->from).year; year >= 1980) out.push_back(year);
    return out;
}

}  // namespace entente::service
