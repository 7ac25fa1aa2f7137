#include "measures/shape/balance.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace entente::measures {
namespace {

double points_of(const StrandStock& strand, const Parameters& parameters) {
    if (!strand.counts()) return 0;
    const auto& of = parameters.strands[strand.strand];
    return -of.share * std::expm1(-strand.stock() / of.half_full * std::numbers::ln2);
}

StrandEvidence evidence_in(
    const StrandStock& strand,
    const std::map<std::string, Source>& sources,
    const Parameters& parameters,
    Day at
) {
    const double half_life = parameters.strands[strand.strand].half_life_days;
    StrandEvidence out;
    out.strand = strand.strand;
    std::set<std::string> seen;
    for (const auto* record : strand.records) {
        const double share = stock_of(strand.going_on.held_on(record->on), half_life, at) / strand.on_record;
        const auto& evidence = record->evidence;
        const auto grade = static_cast<std::size_t>(grade_of(evidence, sources));
        out.shares.grades[grade] += share;
        const std::set<std::string> cited(evidence.sources.begin(), evidence.sources.end());
        if (cited.size() >= 2) out.shares.two_or_more += share;
        if (!evidence.conflicts.empty()) out.shares.disputed += share;
        if (seen.insert(evidence.id).second) out.records[grade].push_back(evidence);
    }
    return out;
}

void add(EvidenceShares& to, const EvidenceShares& shares, double weight) {
    for (std::size_t grade = 0; grade < kGrades; ++grade) to.grades[grade] += weight * shares.grades[grade];
    to.two_or_more += weight * shares.two_or_more;
    to.disputed += weight * shares.disputed;
}

}  // namespace

std::string_view to_words(Grade grade) {
    constexpr std::array<std::string_view, kGrades> kWords{
        "A", "B", "C", "D", "E", "F", "not judged", "no source"};
    return kWords[static_cast<std::size_t>(grade)];
}

Grade grade_of(const Evidence& evidence, const std::map<std::string, Source>& sources) {
    Grade best = Grade::no_source;
    for (const auto& id : evidence.sources) {
        const auto source = sources.find(id);
        const auto& code = source == sources.end() ? std::string() : source->second.reliability;
        const bool judged = code.size() == 1 && code[0] >= 'A' && code[0] <= 'F';
        best = std::min(best, judged ? static_cast<Grade>(code[0] - 'A') : Grade::not_judged);
    }
    return best;
}

BalanceOfEvidence balance_of_evidence(
    const std::vector<StrandStock>& strands,
    const std::map<std::string, Source>& sources,
    const Parameters& parameters,
    Day at
) {
    BalanceOfEvidence out;
    out.seen = share_seen(strands, parameters);
    double points = 0;
    for (const auto& strand : strands) {
        if (strand.on_record <= 0) continue;
        out.strands.push_back(evidence_in(strand, sources, parameters, at));
        out.strands.back().weight = points_of(strand, parameters);
        points += out.strands.back().weight;
    }
    for (auto& strand : out.strands)
        if (points > 0) strand.weight /= points;
    if (out.seen < parameters.least_seen || points <= 0) return out;
    out.whole.emplace();
    for (const auto& strand : out.strands) add(*out.whole, strand.shares, strand.weight);
    return out;
}

}  // namespace entente::measures
