#include "measures/shape/legs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "domain/declaration.h"
#include "measures/words.h"
#include "numerics/neumaier.h"

namespace entente::measures {
namespace {

/// Divides what is left of a strand, and what goes on in it, among its kinds.
void add_legs(StrandStock& out, const Parameters& parameters, Day at) {
    const double half_life = parameters.strands[out.strand].half_life_days;
    std::map<std::string, Leg> legs;
    std::map<std::string, numerics::NeumaierSum> sums;
    numerics::NeumaierSum total;
    for (const auto* record : out.records) {
        const double stock = stock_of(out.going_on.held_on(record->on), half_life, at);
        const auto kind = kind_of_leg(*record, parameters);
        sums[kind].add(stock);
        total.add(stock);
        legs[kind].records.push_back(record);
    }
    out.on_record = total.value();
    out.goes_on = out.going_on.stock(half_life);
    for (auto& [kind, leg] : legs) {
        leg.strand = out.strand;
        leg.kind = kind;
        leg.stock = sums[kind].value() * (out.on_record > 0 ? out.stock() / out.on_record : 1);
        if (leg.stock > 0) out.legs.push_back(std::move(leg));
    }
    std::ranges::stable_sort(out.legs, std::greater(), &Leg::stock);
}

}  // namespace

std::string kind_of_leg(const RecordMass& record, const Parameters& parameters) {
    if (record.kind == "exercises") return "EXR";
    if (record.kind == "agreements_in_force") return "agreement";
    if (record.kind == "training")
        return parameters.strands[record.strand].strand == "education" ? "PME" : "TRG";
    return record.kind;
}

std::vector<StrandEvent> strand_events(const TieFacts& facts, const Parameters& parameters, Day at) {
    const auto& categories = *domain::Schema::builtin().list("engagement_category");
    std::vector<StrandEvent> out;
    for (const auto& one : facts.engagements) {
        if (!names_both(one.actors, facts.pair) || !occurred_by(one, at)) continue;
        if (!facts.general_knowledge && one.evidence.rests_on_general_knowledge()) continue;
        const auto* category = categories.find(one.category);
        if (!category) continue;
        const auto strand = category->attributes.find("strand");
        if (strand != category->attributes.end()) out.push_back({&one, parameters.strand(strand->second)});
    }
    return out;
}

std::string leg_words(const std::string& kind) {
    return kind == "agreement" ? "agreements" : category_words(kind);
}

std::vector<StrandStock> strand_stocks(
    const TieFacts& facts, const Masses& masses, const Parameters& parameters, Day at
) {
    std::vector<StrandStock> out(parameters.strands.size());
    for (const auto& record : masses.items) out[record.strand].records.push_back(&record);
    for (std::size_t strand = 0; strand < out.size(); ++strand) {
        auto& one = out[strand];
        const auto& of = parameters.strands[strand];
        one.strand = strand;
        one.coverage = strand_coverage(facts.coverage, facts.pair, of, at);
        if (one.counts()) one.going_on = GoingOn(one.records, facts, of, one.coverage, at);
        add_legs(one, parameters, at);
    }
    return out;
}

double share_seen(const std::vector<StrandStock>& strands, const Parameters& parameters) {
    double seen = 0;
    for (const auto& strand : strands)
        if (strand.counts()) seen += parameters.strands[strand.strand].share;
    return seen;
}

std::vector<Evidence> evidence_of(const std::vector<const RecordMass*>& records) {
    std::vector<Evidence> out;
    std::set<std::string> seen;
    for (const auto* record : records)
        if (seen.insert(record->evidence.id).second) out.push_back(record->evidence);
    return out;
}

}  // namespace entente::measures
