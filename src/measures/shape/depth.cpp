#include "measures/shape/depth.h"

#include <algorithm>

namespace entente::measures {
namespace {

EventLengths lengths_of(const std::vector<const Engagement*>& events) {
    using domain::Precision;
    EventLengths out;
    out.events = events.size();
    double days = 0;
    for (const auto* one : events) {
        out.records.push_back(one->evidence);
        const auto& held = *one->held;
        const bool known = held.precision == Precision::day || held.precision == Precision::range;
        if (known && held.from && held.to)
            days += *held.to - *held.from + 1;
        else
            out.unknown.push_back(one->evidence);
    }
    const auto dated = out.events - out.unknown.size();
    if (dated > 0) out.mean_days = days / static_cast<double>(dated);
    return out;
}

bool is_unstated(const RecordMass& record) {
    return std::ranges::find(record.imputed, "level") != record.imputed.end();
}

/// What is left of a strand, and of it at the top.
struct StrandTop {
    const StrandStock* strand = nullptr;
    double top = 0, unstated = 0;
    std::vector<const RecordMass*> records;    ///< at the top
    std::vector<double> drawn_top, drawn_all;  ///< by draw, with what goes on
};

StrandTop top_of(const StrandStock& strand, const DrawnStrand& found, const DrawnParameters& drawn, Day at) {
    const auto& parameters = drawn.parameters();
    const double half_life = parameters.strands[strand.strand].half_life_days;
    StrandTop out;
    out.strand = &strand;
    for (const auto* record : strand.records) {
        const double stock = stock_of(strand.going_on.held_on(record->on), half_life, at);
        if (is_top(*record, parameters)) {
            out.records.push_back(record);
            out.top += stock;
        }
        if (is_unstated(*record)) out.unstated += stock;
    }
    out.drawn_top = found.top;
    out.drawn_all = found.stock->with_going_on(found.all);
    for (std::size_t draw = 0; draw < found.all.size(); ++draw)
        if (found.all[draw] > 0) out.drawn_top[draw] *= out.drawn_all[draw] / found.all[draw];
    return out;
}

/// Shares of what is left at the top, of one strand or of several together.
TopShare top_share(std::span<const StrandTop> parts, const DrawnParameters& drawn) {
    TopShare out;
    std::vector<double> top_of_draw(drawn.draws()), all_of_draw(drawn.draws());
    double top = 0, unstated = 0;
    for (const auto& part : parts) {
        // What goes on where coverage ended is divided as what is on record.
        const double on_record = part.strand->on_record;
        const double grown = on_record > 0 ? part.strand->stock() / on_record : 1;
        out.stock += part.strand->stock();
        top += grown * part.top;
        unstated += grown * part.unstated;
        out.top.insert(out.top.end(), part.records.begin(), part.records.end());
        for (std::size_t draw = 0; draw < all_of_draw.size(); ++draw) {
            top_of_draw[draw] += part.drawn_top[draw];
            all_of_draw[draw] += part.drawn_all[draw];
        }
    }
    if (out.stock <= 0) return out;
    out.share = top / out.stock;
    out.unstated = unstated / out.stock;
    for (std::size_t draw = 0; draw < all_of_draw.size(); ++draw)
        top_of_draw[draw] = all_of_draw[draw] > 0 ? top_of_draw[draw] / all_of_draw[draw] : 0;
    out.band = numerics::middle_part(top_of_draw, drawn.parameters().band_level);
    return out;
}

}  // namespace

Depth depth(
    const TieFacts& facts, const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at
) {
    return depth(facts, strands, drawn_strands(strands, drawn, at), drawn, at);
}

Depth depth(
    const TieFacts& facts,
    const std::vector<StrandStock>& strands,
    const std::vector<DrawnStrand>& found,
    const DrawnParameters& drawn,
    Day at
) {
    const auto& parameters = drawn.parameters();
    std::vector<std::vector<const Engagement*>> events(strands.size());
    for (const auto& one : strand_events(facts, parameters, at)) events[one.strand].push_back(one.engagement);
    Depth out;
    std::vector<StrandTop> both;
    for (const auto& strand : strands) {
        const auto& of = parameters.strands[strand.strand];
        StrandDepth one;
        one.strand = strand.strand;
        one.lengths = lengths_of(events[strand.strand]);
        if (of.counts_level) {
            one.top.emplace();
            if (strand.counts()) {
                auto top = top_of(strand, found[strand.strand], drawn, at);
                one.top = top_share({&top, 1}, drawn);
                if (of.strand == "leaders" || of.strand == "dialogue") {
                    out.any_counts = true;
                    both.push_back(std::move(top));
                }
            }
        }
        if (one.top || one.lengths.events > 0) out.strands.push_back(std::move(one));
    }
    out.both = top_share(both, drawn);
    return out;
}

}  // namespace entente::measures
