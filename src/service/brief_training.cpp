#include <algorithm>
#include <set>

#include "domain/declaration.h"
#include "service/brief_parts.h"
#include "service/brief_words.h"

namespace entente::service {
namespace {

using measures::CoverageKind;
using measures::TrainingCell;

void add(BriefTrainingGroup& group, const TrainingCell& cell) {
    group.first = group.first == 0 ? cell.fiscal_year : std::min(group.first, cell.fiscal_year);
    group.last = std::max(group.last, cell.fiscal_year);
    group.sum += cell.sum;
    for (const auto& evidence : cell.records) group.records.push_back(ref(evidence));
}

/// The groups with the most places first, each record named once.
std::vector<BriefTrainingGroup> sorted(std::map<std::string, BriefTrainingGroup> groups) {
    std::vector<BriefTrainingGroup> out;
    for (auto& [key, group] : groups) {
        std::set<std::string> seen;
        std::erase_if(group.records, [&](const RecordRef& one) { return !seen.insert(one.id).second; });
        out.push_back(std::move(group));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::pair(a.sum.people.sum, a.sum.activities) > std::pair(b.sum.people.sum, b.sum.activities);
    });
    return out;
}

/// Tallies of the years that no training line of the pair speaks of, and the lines of the others.
std::vector<TrainingCell> cells(const BriefFacts& facts, const measures::Pair& pair, Day on) {
    auto out = measures::cells_of(facts.training_lines, pair, on);
    std::set<int> by_lines;
    for (const auto& cell : out) by_lines.insert(cell.fiscal_year);
    for (auto& cell : measures::cells_of(facts.tallies, pair, on))
        if (!by_lines.contains(cell.fiscal_year)) out.push_back(std::move(cell));
    return out;
}

BriefTrainingYear& year_in(BriefTraining& training, int fiscal_year) {
    for (auto& year : training.years)
        if (year.fiscal_year == fiscal_year) return year;
    training.years.emplace_back().fiscal_year = fiscal_year;
    return training.years.back();
}

void add_cells(BriefTraining& out, const std::vector<TrainingCell>& cells, const BriefFacts& facts) {
    std::map<std::string, BriefTrainingGroup> programmes, schools;
    std::set<std::string> lines;
    for (const auto& line : facts.training_lines) lines.insert(line.evidence.id);
    const auto* families = domain::Schema::builtin().list("school_family");
    for (const auto& cell : cells) {
        out.sum += cell.sum;
        auto& programme = programmes[cell.programme];
        programme.name = cell.programme.empty() ? "unknown" : cell.programme;
        add(programme, cell);
        for (const auto& family : cell.school_families) {
            const auto* code = families->find(family);
            const auto words = code ? code->attributes.find("short") : decltype(code->attributes.end()){};
            schools[family].name = !code                             ? family
                                   : words == code->attributes.end() ? code->name
                                                                     : words->second;
            add(schools[family], cell);
        }
        auto& year = year_in(out, cell.fiscal_year);
        year.sum += cell.sum;
        year.single_lines = lines.contains(cell.records.front().id);
        for (const auto& evidence : cell.records)
            if (year.single_lines)
                year.records.push_back(ref(evidence));
            else
                add_ref(year.records, ref(evidence));
    }
    out.programmes = sorted(std::move(programmes));
    out.schools = sorted(std::move(schools));
}

void add_coverage(BriefTraining& out, const BriefFacts& facts) {
    for (const auto& stretch : out.covered)
        for (int number = stretch.first; number <= stretch.last; ++number) {
            auto& year = year_in(out, number);
            year.coverage = stretch.kind;
            year.statements = stretch.statements;
        }
    std::sort(out.years.begin(), out.years.end(), [](const auto& a, const auto& b) {
        return a.fiscal_year < b.fiscal_year;
    });
    for (const auto& stretch : out.covered) {
        if (stretch.kind != CoverageKind::not_released) continue;
        for (const auto& statement : stretch.statements)
            for (const auto& coverage : facts.coverage)
                if (coverage.evidence.id == statement.id && !coverage.notes.empty() &&
                    std::find(out.grounds.begin(), out.grounds.end(), coverage.notes.front()) ==
                        out.grounds.end())
                    out.grounds.push_back(coverage.notes.front()), out.by_law &= coverage.ground == "law";
    }
}

}  // namespace

Records BriefTraining::records() const {
    Records out;
    for (const auto& year : years) out.insert(out.end(), year.records.begin(), year.records.end());
    return out;
}

const BriefTrainingYear* BriefTraining::year(int fiscal_year) const {
    for (const auto& year : years)
        if (year.fiscal_year == fiscal_year) return &year;
    return nullptr;
}

std::vector<BriefTraining> training(const BriefFacts& facts, const BriefRequest& request) {
    const measures::Pair pair{request.a, request.b};
    const auto covered = covered_years(facts, {pair, "training_line", {}, "training"}, request.on, true);
    const auto all = cells(facts, pair, request.on);
    std::vector<BriefTraining> out;
    for (const auto& [giver, taker] : {std::pair(&facts.a, &facts.b), std::pair(&facts.b, &facts.a)}) {
        std::vector<TrainingCell> given;
        for (const auto& cell : all)
            if (cell.deliverer == giver->evidence.id) given.push_back(cell);
        if (given.empty()) continue;
        auto& training = out.emplace_back();
        training.by = name_of(*giver);
        training.to = name_of(*taker);
        add_cells(training, given, facts);
    }
    if (out.empty() && !covered.empty()) out.emplace_back();
    for (auto& one : out) {
        one.covered = covered;
        one.sources = sources_of(facts, "training");
        add_coverage(one, facts);
    }
    return out;
}

}  // namespace entente::service
