#include "measures/coverage_of.h"

#include <algorithm>
#include <array>

namespace entente::measures {
namespace {

constexpr std::size_t kKinds = 5;

CoverageKind kind_of(std::string_view code) {
    if (code == "census") return CoverageKind::census;
    if (code == "sample") return CoverageKind::sample;
    if (code == "sparse") return CoverageKind::sparse;
    return CoverageKind::not_released;
}

bool speaks_of(const Coverage& statement, const CoverageQuestion& question, Day day) {
    const auto& [from, to, precision] = statement.covers;
    if ((!from && !to) || (from && day < *from) || (to && *to < day)) return false;
    if (!contains(statement.record_types, question.record_type)) return false;
    if (!question.count.empty() && !statement.counts.empty() && !contains(statement.counts, question.count))
        return false;
    // Political contacts are no contacts of forces: a statement speaks of them only where it names them.
    if (statement.categories.empty()) return question.category != "POL";
    return contains(statement.categories, question.category);
}

/// 3: the pair, 2: one side, 1: all, 0: somebody else.
int specificity(const Coverage& statement, const Pair& pair) {
    if (statement.parties.empty()) return 1;
    if (statement.parties.size() == 1)
        return contains(statement.parties, pair.a) || contains(statement.parties, pair.b) ? 2 : 0;
    return names_both(statement.parties, pair) ? 3 : 0;
}

/// The statements in force on a day; the first is the one that decides.
std::vector<const Coverage*> deciding(
    std::span<const Coverage> statements, const CoverageQuestion& question, Day day
) {
    std::vector<const Coverage*> found;
    int best = 1;
    for (const auto& statement : statements) {
        const int rank = speaks_of(statement, question, day) ? specificity(statement, question.pair) : 0;
        if (rank == 0 || rank < best) continue;
        if (rank > best) found.clear();
        best = rank;
        found.push_back(&statement);
    }
    std::stable_sort(found.begin(), found.end(), [](const Coverage* a, const Coverage* b) {
        return kind_of(a->kind) < kind_of(b->kind);
    });
    return found;
}

CoverageAnswer answer(const std::vector<const Coverage*>& found) {
    if (found.empty()) return {};
    CoverageAnswer out{
        kind_of(found.front()->kind), {}, found.front()->completeness_low, found.front()->completeness_high};
    for (const auto* statement : found)
        if (kind_of(statement->kind) == out.kind) out.statements.push_back(statement->evidence);
    return out;
}

/// First day after `day` on which some statement begins or no longer holds; at most `limit`.
Day next_change(std::span<const Coverage> statements, Day day, Day limit) {
    for (const auto& statement : statements) {
        const auto& [from, to, precision] = statement.covers;
        if (from && day < *from) limit = std::min(limit, *from);
        if (to && day <= *to) limit = std::min(limit, *to + 1);
    }
    return limit;
}

}  // namespace

std::string_view to_words(CoverageKind kind) {
    constexpr std::array<std::string_view, kKinds> kWords{
        "census", "sample", "thin", "not released", "not covered"};
    return kWords[static_cast<std::size_t>(kind)];
}

bool may_speak_of(const Coverage& statement, const Pair& pair) {
    return specificity(statement, pair) > 0;
}

CoverageAnswer coverage_on(std::span<const Coverage> statements, const CoverageQuestion& question, Day day) {
    return answer(deciding(statements, question, day));
}

CoverageAnswer coverage_in_year(
    std::span<const Coverage> statements, const CoverageQuestion& question, int year, Day until
) {
    return coverage_between(
        statements, question, *day_of(year, 1, 1), std::min(*day_of(year, 12, 31), until)
    );
}

CoverageAnswer coverage_between(
    std::span<const Coverage> statements, const CoverageQuestion& question, Day first, Day last
) {
    if (last < first) return {};
    std::array<int, kKinds> days{};
    std::array<CoverageAnswer, kKinds> answers;
    for (Day day = first; day <= last;) {
        const Day next = next_change(statements, day, last + 1);
        auto today = coverage_on(statements, question, day);
        const auto kind = static_cast<std::size_t>(today.kind);
        if (days[kind] == 0) answers[kind] = std::move(today);
        days[kind] += next - day;
        day = next;
    }
    int seen = 0;  // days covered at least as well as this kind
    const int half = (last - first + 2) / 2;
    for (std::size_t kind = 0; kind + 1 < kKinds; ++kind) {
        seen += days[kind];
        if (days[kind] > 0 && seen >= half) return answers[kind];
    }
    return {};
}

}  // namespace entente::measures
