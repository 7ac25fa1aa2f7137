#include "measures/shape/section.h"

#include <fmt/format.h>

#include "measures/words.h"

namespace entente::measures {
namespace {

std::string sentence(const Breadth& found, const Parameters& parameters) {
    const std::string more = found.unseen > 0 ? fmt::format(
                                                    " Besides {} in strands that are not covered.",
                                                    counted(found.unseen, "kind", "kinds")
                                                )
                                              : std::string();
    if (!found.number)
        return fmt::format(
                   "Breadth cannot be said: only {} of what one would look at is covered, {} is needed.",
                   shown_share(found.seen),
                   shown_share(parameters.least_seen)
               ) +
               more;
    if (found.legs.empty())
        return fmt::format(
                   "Breadth: it stands on nothing; in the {} of what one would look at that is covered, "
                   "nothing is "
                   "left.",
                   shown_share(found.seen)
               ) +
               more;
    return fmt::format(
               "Breadth: it stands on {}, as evenly as on {} equal ones. Seen: {} of what one would look at.",
               counted(found.legs.size(), "kind", "kinds"),
               shown_with_band(*found.number, found.band),
               shown_share(found.seen)
           ) +
           more;
}

}  // namespace

Section breadth_section(const Breadth& found, const ShapeOnDay& shape) {
    const auto& parameters = shape.parameters();
    AnswerTable table{
        "legs",
        "On how many legs does it stand?",
        {{"kind", "Kind"},
         {"stock", "stock", true, 2},
         {"unit", "unit", false, 3},
         {"half_fulls", "of half-full", true},
         {"share", "share", true},
         {"records", "records", true},
         {"coverage", "covered"}},
        {},
        {},
        false};
    std::vector<double> shares;
    for (const auto& leg : found.legs) shares.push_back(100 * leg.share);
    const auto shown = shown_parts(shares, found.legs.empty() ? 0 : 100, 1);
    const auto row = [&](const Leg& leg, Cell half_fulls, Cell share) {
        const auto& of = parameters.strands[leg.strand];
        const auto& strand = shape.strands[leg.strand];
        auto records = evidence_of(leg.records);
        Cell stock = number_cell(leg.stock, records);
        if (!strand.counts()) stock.text = "≥ " + stock.text;
        table.rows.push_back(
            {{leg_words(leg.kind)},
             std::move(stock),
             {of.unit},
             std::move(half_fulls),
             std::move(share),
             count_cell(leg.records.size()),
             {covered_words(strand.coverage), {}, strand.coverage.statements}}
        );
    };
    for (std::size_t i = 0; i < found.legs.size(); ++i) {
        const auto& [leg, share] = found.legs[i];
        row(*leg,
            number_cell(leg->stock / parameters.strands[leg->strand].half_full),
            {shown[i] + " %", six_digits(share)});
    }
    for (const auto& strand : shape.strands)
        if (!strand.counts())
            for (const auto& leg : strand.legs) row(leg, {"not counted"}, {"cannot be said"});
    if (found.legs.size() > 1)
        table.note = fmt::format(
            "Shares are of stocks in half-full values, in which strands can be compared; over the stocks as "
            "they stand, "
            "units mixed, it would be {}.",
            shown_number(found.units_mixed)
        );
    return {sentence(found, parameters), {std::move(table)}};
}

}  // namespace entente::measures
