#include "measures/shape/depth.h"

#include <algorithm>

#include "measures/tie/drawable_stock.h"

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

bool is_top(const RecordMass& record, const Parameters& parameters) {
    return record.choice.level >= 0 &&
           parameters.levels[static_cast<std::size_t>(record.choice.level)].value >= kTopLevel;
}

bool is_unstated(const RecordMass& record) {
    return std::ranges::find(record.imputed, "level") != record.imputed.end();
}

/// Shares of what is left at the top, of one strand or of several together.
class Top {
public:
    Top(const DrawnParameters& drawn, Day at)
        : drawn_(drawn), at_(at), drawn_top_(drawn.draws()), drawn_all_(drawn.draws()) {}

    void add(const StrandStock& strand) {
        const auto& parameters = drawn_.parameters();
        Part part{&strand, 0, 0};
        const double half_life = parameters.strands[strand.strand].half_life_days;
        std::vector<const RecordMass*> top;
        for (const auto* record : strand.records) {
            const double stock = stock_of(strand.going_on.held_on(record->on), half_life, at_);
            if (is_top(*record, parameters)) {
                top.push_back(record);
                part.top += stock;
            }
            if (is_unstated(*record)) part.unstated += stock;
        }
        out_.top.insert(out_.top.end(), top.begin(), top.end());
        parts_.push_back(part);
        add_draws(strand, top);
    }

    TopShare answer() {
        double top = 0, unstated = 0;
        for (const auto& part : parts_) {
            // What goes on where coverage ended is divided as what is on record.
            const double on_record = part.strand->on_record;
            const double grown = on_record > 0 ? part.strand->stock() / on_record : 1;
            out_.stock += part.strand->stock();
            top += grown * part.top;
            unstated += grown * part.unstated;
        }
        if (out_.stock <= 0) return std::move(out_);
        out_.share = top / out_.stock;
        out_.unstated = unstated / out_.stock;
        auto shares = drawn_top_;
        for (std::size_t draw = 0; draw < shares.size(); ++draw)
            shares[draw] = drawn_all_[draw] > 0 ? drawn_top_[draw] / drawn_all_[draw] : 0;
        out_.band = numerics::middle_part(std::move(shares), drawn_.parameters().band_level);
        return std::move(out_);
    }

private:
    struct Part {
        const StrandStock* strand;
        double top, unstated;
    };

    void add_draws(const StrandStock& strand, const std::vector<const RecordMass*>& top) {
        const auto ready = [&](const auto& records) {
            return DrawableStock(records, strand.going_on, drawn_, strand.strand, at_);
        };
        const auto all = ready(strand.records);
        const auto on_record = all.on_record(), stocks = all.stocks(), of_top = ready(top).on_record();
        for (std::size_t draw = 0; draw < stocks.size(); ++draw) {
            drawn_all_[draw] += stocks[draw];
            if (on_record[draw] > 0) drawn_top_[draw] += of_top[draw] * stocks[draw] / on_record[draw];
        }
    }

    const DrawnParameters& drawn_;
    Day at_;
    std::vector<Part> parts_;
    std::vector<double> drawn_top_, drawn_all_;
    TopShare out_;
};

}  // namespace

Depth depth(
    const TieFacts& facts, const std::vector<StrandStock>& strands, const DrawnParameters& drawn, Day at
) {
    const auto& parameters = drawn.parameters();
    std::vector<std::vector<const Engagement*>> events(strands.size());
    for (const auto& one : strand_events(facts, parameters, at)) events[one.strand].push_back(one.engagement);
    Depth out;
    Top both(drawn, at);
    for (const auto& strand : strands) {
        const auto& of = parameters.strands[strand.strand];
        StrandDepth one;
        one.strand = strand.strand;
        one.lengths = lengths_of(events[strand.strand]);
        if (of.counts_level) {
            one.top.emplace();
            if (strand.counts()) {
                Top alone(drawn, at);
                alone.add(strand);
                one.top = alone.answer();
                if (of.strand == "leaders" || of.strand == "dialogue") {
                    out.any_counts = true;
                    both.add(strand);
                }
            }
        }
        if (one.top || one.lengths.events > 0) out.strands.push_back(std::move(one));
    }
    out.both = both.answer();
    return out;
}

}  // namespace entente::measures
