#include "measures/tie/drawable_stock.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "numerics/eight.h"
#include "numerics/neumaier.h"
#include "numerics/weighted_sums.h"

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

namespace {

/// What is left of masses at one half-life, as `stock_of` tells it, with what is the same for many of them kept.
class AtNode {
public:
    AtNode(double half_life, Day at)
        : half_life_(half_life),
          at_(at),
          lambda_(std::numbers::ln2 / half_life),
          day_(std::expm1(-lambda_)) {}

    double stock(const MassOnDays& mass) {
        if (mass.spread == Spread::held || half_life_ == kNeverFades) return stock_of(mass, half_life_, at_);
        if (at_ < mass.first) return 0;
        const Day end = std::min(mass.last, at_);
        const double days = mass.last - mass.first + 1;
        return mass.mass / days * std::exp(-lambda_ * (at_ - end)) * whole(end - mass.first + 1);
    }

private:
    double whole(std::int32_t days) {
        if (days == 1) return 1;
        if (static_cast<std::size_t>(days) >= whole_.size()) return std::expm1(-lambda_ * days) / day_;
        double& kept = whole_[static_cast<std::size_t>(days)];
        if (kept == 0) kept = std::expm1(-lambda_ * days) / day_;
        return kept;
    }

    double half_life_;
    Day at_;
    double lambda_, day_;
    std::array<double, 64> whole_{};  ///< by days; 0: not asked yet
};

}  // namespace

std::vector<DrawableStock::Cell> DrawableStock::cells_of(const Records& records) const {
    std::map<std::pair<TableChoice, bool>, Records> members_of;
    for (const auto* record : records) members_of[{record->choice, record->announced}].push_back(record);
    std::vector<Cell> out;
    for (const auto& [key, members] : members_of) out.push_back({key.first, key.second, {}});
    for (std::size_t node = 0; node < DrawnParameters::kNodes; ++node) {
        AtNode at_node(drawn_.nodes(strand_)[node], at_);
        auto cell = out.begin();
        for (const auto& [key, members] : members_of) {
            numerics::NeumaierSum total;
            for (const auto* record : members) total.add(at_node.stock(going_on_.held_on(record->on)));
            (cell++)->stock[node] = total.value();
        }
    }
    return out;
}

std::vector<double> DrawableStock::on_record(const Varied& varied) const {
    std::vector<double> out(drawn_.draws());
    add_cells(cells_, varied, out);
    if (varied.dates)
        for (const auto* record : imprecise_) add_moved(*record, varied, out);
    else
        add_cells(cells_of(imprecise_), varied, out);
    return out;
}

std::vector<double> DrawableStock::with_going_on(std::vector<double> on_record, const Varied& varied) const {
    if (going_on_.goes_on())
        for (std::size_t draw = 0; draw < on_record.size(); ++draw)
            on_record[draw] += going_on_.stock(half_life(draw, varied));
    return on_record;
}

void DrawableStock::add_cells(const std::vector<Cell>& cells, const Varied& varied, std::vector<double>& out)
    const {
    if (!varied.half_lives) return add_cells_of_middle(cells, varied, out);
    // All cells of a few draws, and then the next: the weights of the nodes are many, and are gone through once.
    for (std::size_t first = 0; first < out.size(); first += Eight::kSize) {
        const auto group = first / Eight::kSize;
        const double* const weights = drawn_.weights(group, strand_);
        Eight sum;
        for (std::size_t four = 0; four < cells.size(); four += 4) {
            const auto of = [&](std::size_t k) {
                return cells[std::min(four + k, cells.size() - 1)].stock.data();
            };
            const auto stocks =
                numerics::weighted_sums(weights, {of(0), of(1), of(2), of(3)}, DrawnParameters::kNodes);
            for (std::size_t k = 0; k < 4 && four + k < cells.size(); ++k) {
                const auto& cell = cells[four + k];
                Eight stock = Eight::load(stocks.of[k].data());
                if (varied.tables) stock = stock * drawn_.table_factors(group, cell.choice);
                if (cell.announced && varied.status) stock = stock * drawn_.announced_factors(group);
                sum += stock;
            }
        }
        const auto values = sum.values();
        const std::size_t end = std::min(out.size(), first + Eight::kSize);
        for (std::size_t draw = first; draw < end; ++draw) out[draw] += values[draw - first];
    }
}

void DrawableStock::add_cells_of_middle(
    const std::vector<Cell>& cells, const Varied& varied, std::vector<double>& out
) const {
    for (const auto& cell : cells) {
        // The middle node lies at the middle half-life itself.
        const double stock = cell.stock[DrawnParameters::kNodes / 2];
        const bool status = cell.announced && varied.status;
        if (!varied.tables && !status) {
            for (double& one : out) one += stock;
            continue;
        }
        const auto factor = factors(cell.choice, cell.announced, varied);
        for (std::size_t draw = 0; draw < out.size(); ++draw) out[draw] += stock * factor[draw];
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
