#include "measures/tie/drawable_stock.h"

#include <algorithm>
#include <map>

#include "numerics/eight.h"
#include "numerics/neumaier.h"

namespace entente::measures {

using numerics::Eight;
static_assert(DrawnParameters::kTogether == Eight::kSize);

DrawableStock::DrawableStock(
    const std::vector<const RecordMass*>& records,
    const GoingOn& going_on,
    const DrawnParameters& drawn,
    std::size_t strand,
    Day at
)
    : drawn_(drawn), strand_(strand), at_(at), going_on_(going_on) {
    Records dated;
    for (const auto* record : records)
        (record->on.spread == Spread::imprecise ? imprecise_ : dated).push_back(record);
    cells_ = cells_of(dated);
}

std::vector<DrawableStock::Cell> DrawableStock::cells_of(const Records& records) const {
    std::map<std::pair<TableChoice, bool>, Records> members_of;
    for (const auto* record : records) members_of[{record->choice, record->announced}].push_back(record);
    std::vector<Cell> out;
    for (const auto& [key, members] : members_of) {
        Cell cell{key.first, key.second, {}};
        for (std::size_t node = 0; node < DrawnParameters::kNodes; ++node) {
            numerics::NeumaierSum total;
            for (const auto* record : members)
                total.add(stock_of(going_on_.held_on(record->on), drawn_.nodes(strand_)[node], at_));
            cell.stock[node] = total.value();
        }
        out.push_back(cell);
    }
    return out;
}

std::vector<double> DrawableStock::on_record(const Varied& varied) const {
    std::vector<double> out(drawn_.draws());
    for (const auto& cell : cells_) add_cell(cell, varied, out);
    if (varied.dates)
        for (const auto* record : imprecise_) add_moved(*record, varied, out);
    else
        for (const auto& cell : cells_of(imprecise_)) add_cell(cell, varied, out);
    return out;
}

std::vector<double> DrawableStock::stocks(const Varied& varied) const {
    auto out = on_record(varied);
    if (going_on_.goes_on())
        for (std::size_t draw = 0; draw < out.size(); ++draw)
            out[draw] += going_on_.stock(half_life(draw, varied));
    return out;
}

void DrawableStock::add_cell(const Cell& cell, const Varied& varied, std::vector<double>& out) const {
    const auto factor = factors(cell.choice, cell.announced, varied);
    if (!varied.half_lives) {
        // The middle node lies at the middle half-life itself.
        const double stock = cell.stock[DrawnParameters::kNodes / 2];
        for (std::size_t draw = 0; draw < out.size(); ++draw) out[draw] += stock * factor[draw];
        return;
    }
    for (std::size_t first = 0; first < out.size(); first += Eight::kSize) {
        const double* const weights = drawn_.weights(first / Eight::kSize, strand_);
        Eight stock;
        for (std::size_t node = 0; node < DrawnParameters::kNodes; ++node)
            stock += Eight::load(weights + node * Eight::kSize) * Eight(cell.stock[node]);
        const auto values = stock.values();
        const std::size_t end = std::min(out.size(), first + Eight::kSize);
        for (std::size_t draw = first; draw < end; ++draw) out[draw] += values[draw - first] * factor[draw];
    }
}

void DrawableStock::add_moved(const RecordMass& record, const Varied& varied, std::vector<double>& out)
    const {
    const auto factor = factors(record.choice, record.announced, varied);
    const auto places = drawn_.places_in_date(record.evidence.id);
    const std::int32_t days = record.on.last - record.on.first + 1;
    for (std::size_t draw = 0; draw < out.size(); ++draw) {
        const auto place = std::min(static_cast<std::int32_t>(places[draw] * days), days - 1);
        const std::int32_t age = at_ - (record.on.first + place);
        if (age >= 0) out[draw] += faded(record.on.mass, half_life(draw, varied), age) * factor[draw];
    }
}

double DrawableStock::half_life(std::size_t draw, const Varied& varied) const {
    return varied.half_lives ? drawn_.half_life(draw, strand_)
                             : drawn_.parameters().strands[strand_].half_life_days;
}

std::vector<double> DrawableStock::factors(const TableChoice& choice, bool announced, const Varied& varied)
    const {
    auto out = varied.tables ? drawn_.table_factors(choice) : std::vector<double>(drawn_.draws(), 1.0);
    if (announced && varied.status)
        for (std::size_t draw = 0; draw < out.size(); ++draw)
            out[draw] *= drawn_.announced(draw) / drawn_.parameters().announced;
    return out;
}

}  // namespace entente::measures
