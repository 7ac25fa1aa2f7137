#include <fmt/format.h>

#include <algorithm>

#include "measures/shape/reciprocity.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

/// Who does it more, as far as the band tells.
std::string side_words(const Balance& balance, const ShapeOnDay& shape) {
    if (!balance.value) return "none on record";
    if (balance.band.low > 0) return shape.first() + " more";
    if (balance.band.high < 0) return shape.second() + " more";
    return "not clear";
}

std::string sentence(const Reciprocity& found, const ShapeOnDay& shape) {
    const bool visits_covered = std::ranges::any_of(shape.strands, [&](const StrandStock& strand) {
        return strand.counts() && shape.strand(strand.strand).counts_level;
    });
    if (found.kinds.empty() && visits_covered) return "Who travels: no single contact is on record.";
    if (!found.all.covered)
        return "Who travels cannot be said: no single contact in covered time is on record.";
    const auto& by = found.all.by_counts;
    if (!by.value) return "Who travels: no visit of either side is on record in covered time.";
    return fmt::format(
        "Who travels: {} went to {} {} times, {} to {} {} times; balance {}, {}.",
        shape.first(),
        shape.second(),
        with_commas(static_cast<std::int64_t>(found.all.count(Travel::out))),
        shape.second(),
        shape.first(),
        with_commas(static_cast<std::int64_t>(found.all.count(Travel::in))),
        signed_cell(*by.value, by.band).text,
        side_words(by, shape)
    );
}

/// Calls have no traveller.
std::string no_value(const KindTravel& kind) {
    return kind.count(Travel::nobody) > 0 ? "not applicable" : "none on record";
}

std::vector<Cell> travel_row(const KindTravel& kind, const std::string& name, const ShapeOnDay& shape) {
    const auto cell = [&](Travel way) {
        return kind.covered ? count_cell(kind.count(way), kind.records[static_cast<std::size_t>(way)])
                            : Cell{"?"};
    };
    Cell balance{"cannot be said"}, stock{"cannot be said"}, side{"cannot be said"};
    if (kind.covered) {
        balance = kind.by_counts.value ? signed_cell(*kind.by_counts.value, kind.by_counts.band)
                                       : Cell{no_value(kind)};
        side = {kind.by_counts.value ? side_words(kind.by_counts, shape) : no_value(kind)};
    }
    if (kind.by_stock)
        stock = {fmt::format("{:+.2f}", *kind.by_stock), six_digits(*kind.by_stock)};
    else if (kind.covered && shape.strands[kind.strand].counts())
        stock = {no_value(kind)};
    return {
        {name},
        cell(Travel::out),
        cell(Travel::in),
        stock,
        balance,
        side,
        cell(Travel::elsewhere),
        cell(Travel::nobody),
        cell(Travel::unknown),
        count_cell(kind.uncovered.size(), kind.uncovered)};
}

AnswerTable travel_table(const Reciprocity& found, const ShapeOnDay& shape) {
    AnswerTable table{
        "travel",
        fmt::format("Who travels, who hosts? Out: {0} to {1}; in: {1} to {0}", shape.first(), shape.second()),
        {{"kind", "Kind"},
         {"out", "out", true},
         {"in", "in", true},
         {"by_stock", "of stock", true},
         {"balance", "of counts (band)", true},
         {"who", "who travels"},
         {"elsewhere", "third place", true, 4},
         {"nobody", "by wire", true, 5},
         {"unknown", "unknown", true, 6},
         {"uncovered", "not covered", true, 7}},
        {},
        "Balance: 1 only out, -1 only in, 0 even; of what is left of the stock, and of contacts of covered "
        "time. Who is "
        "travelled to hosts.",
        false};
    for (const auto& kind : found.kinds)
        table.rows.push_back(travel_row(kind, category_words(kind.kind), shape));
    if (found.kinds.size() > 1) {
        auto all = travel_row(found.all, "all kinds", shape);
        all[3] = {"by kind"};
        table.rows.push_back(std::move(all));
    }
    return table;
}

std::string given_coverage(const Given& given) {
    return given.covered() ? fmt::format("FY {}–{}", given.first_year, given.last_year)
                           : std::string(to_words(given.coverage));
}

AnswerTable given_table(const Reciprocity& found, const ShapeOnDay& shape) {
    AnswerTable table{
        "given",
        "Who gives seats and pays?",
        {{"what", "What"},
         {"first", shape.first() + " gave", true},
         {"second", shape.second() + " gave", true},
         {"balance", "balance (band)", true},
         {"coverage", "covered"}},
        {},
        {},
        false};
    const auto cell = [](const Given& given, bool known, std::int64_t sum, const char* unit) {
        if (given.coverage == CoverageKind::not_released) return Cell{"not released"};
        if (!given.covered()) return Cell{"cannot be said"};
        if (given.sum.activities == 0)
            return Cell{given.coverage == CoverageKind::census ? "0" : "none on record"};
        if (!known) return Cell{"unknown"};
        return Cell{unit + with_commas(sum), static_cast<double>(sum), given.records};
    };
    const auto &a = found.by_first, &b = found.by_second;
    const Cell covered{given_coverage(a) + "; " + given_coverage(b)};
    table.rows.push_back(
        {{"places on courses"},
         cell(a, a.sum.knows_people(), a.sum.people.sum, ""),
         cell(b, b.sum.knows_people(), b.sum.people.sum, ""),
         found.seats.value ? signed_cell(*found.seats.value, found.seats.band) : Cell{"cannot be said"},
         covered}
    );
    table.rows.push_back(
        {{"cost"},
         cell(a, a.sum.knows_cost(), a.sum.cost_micros.sum / 1'000'000, "$ "),
         cell(b, b.sum.knows_cost(), b.sum.cost_micros.sum / 1'000'000, "$ "),
         found.of_costs ? Cell{fmt::format("{:+.2f}", *found.of_costs), six_digits(*found.of_costs)}
                        : Cell{"cannot be said"},
         covered}
    );
    return table;
}

}  // namespace

Section reciprocity_section(const ShapeOnDay& shape) {
    const auto found = reciprocity(shape.facts.tie, shape.strands, shape.parameters(), shape.at);
    return {sentence(found, shape), {travel_table(found, shape), given_table(found, shape)}};
}

}  // namespace entente::measures
