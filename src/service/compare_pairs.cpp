#include "service/compare_pairs.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace entente::service {
namespace {

Result<std::optional<std::size_t>> strand_asked(
    const std::string& asked, const measures::Parameters& parameters
) {
    if (asked.empty()) return std::optional<std::size_t>();
    std::vector<std::string> known;
    for (std::size_t i = 0; i < parameters.strands.size(); ++i) {
        if (parameters.strands[i].strand == asked) return std::optional(i);
        known.push_back(parameters.strands[i].strand);
    }
    return fail(
        ErrorCode::invalid_argument,
        "strand",
        fmt::format("found '{}', expected one of: {}", asked, fmt::join(known, ", "))
    );
}

}  // namespace

Result<measures::Answer> compare_pairs(
    ledger::RecordView& view, const CompareRequest& request, const measures::Parameters& parameters
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto strand, strand_asked(request.strand, parameters));
    if (request.partners.size() < 2)
        return fail(
            ErrorCode::invalid_argument,
            "partners",
            fmt::format("found {}, expected two or more to compare", request.partners.size())
        );
    if (std::set(request.partners.begin(), request.partners.end()).size() < request.partners.size())
        return fail(ErrorCode::invalid_argument, "partners", "found the same one twice");
    const auto drawn = measures::drawn(parameters);
    std::vector<measures::ComparedTie> ties;
    std::string home;
    for (const auto& partner : request.partners) {
        BriefRequest read;
        read.a = request.home, read.b = partner, read.on = request.at;
        ENTENTE_ASSIGN_OR_RETURN(auto facts, load_brief_facts(view, read));
        MeasureRequest asked;
        asked.a = request.home, asked.b = partner, asked.at = request.at;
        asked.general_knowledge = request.general_knowledge;
        const PairRecord record(std::move(facts), {}, asked);
        const auto& tie = record.facts().tie;
        home = record.facts().name(request.home);
        const auto masses = measures::weigh(tie, parameters, request.at);
        auto strength = measures::strength(tie, masses, *drawn, request.at);
        // What it opens to goes with the record; the comparison does not ask for it.
        for (auto& one : strength.strands) one.records.clear();
        ties.push_back({record.facts().name(partner), std::move(strength)});
    }
    auto out = measures::compare_ties(home, ties, parameters, strand, request.at);
    out.subject = {request.home};
    out.subject.insert(out.subject.end(), request.partners.begin(), request.partners.end());
    return out;
}

}  // namespace entente::service
