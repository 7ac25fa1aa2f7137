#include "measures/tie/drawable_stock.h"

#include <algorithm>
#include <map>

#include "numerics/neumaier.h"

namespace entente::measures {

DrawableStock::DrawableStock(
    const std::vector<const RecordMass*>& records,
    const GoingOn& going_on,
    const DrawnParameters& drawn,
    std::size_t strand,
    Day at
)
    : drawn_(drawn), strand_(strand), at_(at), going_on_(going_on) {
    std::map<std::pair<TableChoice, bool>, std::vector<const RecordMass*>> cells;
    for (const auto* record : records) {
        if (record->on.spread == Spread::imprecise)
            imprecise_.push_back(record);
        else
            cells[{record->choice, record->announced}].push_back(record);
    }
    for (const auto& [key, members] : cells) {
        Cell cell{key.first, key.second, {}};
        for (std::size_t node = 0; node < DrawnParameters::kNodes; ++node) {
            numerics::NeumaierSum total;
            for (const auto* record : members)
                total.add(stock_of(going_on_.held_on(record->on), drawn.nodes(strand)[node], at));
            cell.stock[node] = total.value();
        }
        cells_.push_back(cell);
    }
}

double DrawableStock::half_life(std::size_t draw, const Varied& varied) const {
    return varied.half_lives ? drawn_.half_life(draw, strand_)
                             : drawn_.parameters().strands[strand_].half_life_days;
}

double DrawableStock::on_record(std::size_t draw, const Varied& varied) const {
    numerics::NeumaierSum total;
    for (const auto& cell : cells_)
        total.add(
            at_half_life(cell, draw, varied.half_lives) * factor(cell.choice, cell.announced, draw, varied)
        );
    for (const auto* record : imprecise_) {
        MassOnDays on = record->on;
        if (varied.dates) {
            const double days = on.last - on.first + 1;
            const auto place =
                static_cast<std::int32_t>(drawn_.place_in_date(draw, record->evidence.id) * days);
            on.first = on.last = on.first + std::min(place, on.last - on.first);
        }
        total.add(
            stock_of(on, half_life(draw, varied), at_) *
            factor(record->choice, record->announced, draw, varied)
        );
    }
    return total.value();
}

double DrawableStock::stock(std::size_t draw, const Varied& varied) const {
    return on_record(draw, varied) + going_on_.stock(half_life(draw, varied));
}

double DrawableStock::at_half_life(const Cell& cell, std::size_t draw, bool varied) const {
    // The middle node lies at the middle half-life itself.
    if (!varied) return cell.stock[DrawnParameters::kNodes / 2];
    const double* weights = drawn_.weights(draw, strand_);
    double sum = 0;
    for (std::size_t node = 0; node < DrawnParameters::kNodes; ++node)
        sum += weights[node] * cell.stock[node];
    return sum;
}

double DrawableStock::factor(
    const TableChoice& choice, bool announced, std::size_t draw, const Varied& varied
) const {
    double out = varied.tables ? drawn_.table_factor(draw, choice) : 1;
    if (announced && varied.status) out *= drawn_.announced(draw) / drawn_.parameters().announced;
    return out;
}

}  // namespace entente::measures
