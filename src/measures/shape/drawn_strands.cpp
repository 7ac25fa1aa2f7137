#include "measures/shape/drawn_strands.h"

#include <map>

namespace entente::measures {
namespace {

void add(std::vector<double>& to, const std::vector<double>& more) {
    for (std::size_t draw = 0; draw < more.size(); ++draw) to[draw] += more[draw];
}

/// Each leg has two parts, what stands below and what at the top; two more are for records that left nothing.
DrawnStrand of_strand(const StrandStock& strand, const DrawnParameters& drawn, Day at) {
    std::map<const RecordMass*, std::uint32_t> leg_of;
    for (std::uint32_t leg = 0; leg < strand.legs.size(); ++leg)
        for (const auto* record : strand.legs[leg].records) leg_of[record] = leg;
    std::vector<std::uint32_t> part_of;
    for (const auto* record : strand.records) {
        const auto found = leg_of.find(record);
        const auto leg =
            found == leg_of.end() ? static_cast<std::uint32_t>(strand.legs.size()) : found->second;
        part_of.push_back(2 * leg + (is_top(*record, drawn.parameters()) ? 1 : 0));
    }
    DrawnStrand out;
    out.stock.emplace(strand.records, strand.going_on, drawn, strand.strand, at, part_of);
    const auto parts = out.stock->parts(2 * (strand.legs.size() + 1));
    const std::vector<double> none(drawn.draws());
    out.legs.assign(strand.legs.size(), none);
    out.top = out.all = none;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (part / 2 < out.legs.size()) add(out.legs[part / 2], parts[part]);
        if (part % 2 == 1) add(out.top, parts[part]);
        add(out.all, parts[part]);
    }
    return out;
}

}  // namespace

bool is_top(const RecordMass& record, const Parameters& parameters) {
    return record.choice.level >= 0 &&
           parameters.levels[static_cast<std::size_t>(record.choice.level)].value >= kTopLevel;
}

std::vector<DrawnStrand> drawn_strands(
    const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at
) {
    std::vector<DrawnStrand> out;
    for (const auto& strand : strands)
        out.push_back(strand.counts() ? of_strand(strand, drawn, at) : DrawnStrand{});
    return out;
}

}  // namespace entente::measures
