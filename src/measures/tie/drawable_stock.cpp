#include "measures/tie/drawable_stock.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "numerics/exponentials.h"

namespace entente::measures {

using numerics::DrawnTerm;

DrawableStock::DrawableStock(
    const Records& records,
    const GoingOn& going_on,
    const DrawnParameters& drawn,
    std::size_t strand,
    Day at,
    std::span<const std::uint32_t> part_of
)
    : drawn_(drawn), strand_(strand), at_(at), going_on_(going_on) {
    std::vector<Member> dated;
    for (std::size_t i = 0; i < records.size(); ++i)
        (records[i]->on.spread == Spread::imprecise ? imprecise_ : dated)
            .push_back({part_of.empty() ? 0 : part_of[i], records[i]});
    cells_ = cells_of(dated);
}

bool DrawableStock::varies(const Varied& varied) const {
    if (varied.half_lives || varied.tables || (varied.dates && !imprecise_.empty())) return true;
    return varied.status &&
           (std::ranges::any_of(cells_, &Cell::announced) ||
            std::ranges::any_of(imprecise_, [](const Member& one) { return one.record->announced; }));
}

std::vector<DrawableStock::Cell> DrawableStock::cells_of(std::span<const Member> records) const {
    std::map<std::tuple<std::uint32_t, TableChoice, bool>, std::size_t> places;
    for (const auto& [part, record] : records) places[{part, record->choice, record->announced}];
    std::vector<Cell> out;
    for (auto& [key, place] : places) {
        place = out.size();
        out.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), {}});
    }
    for (const auto& [part, record] : records)
        add_stock(
            going_on_.held_on(record->on), out[places[{part, record->choice, record->announced}]].stock
        );
    return out;
}

/// As `stock_of` tells it, at all nodes at once.
void DrawableStock::add_stock(const MassOnDays& mass, AtNodes& to) const {
    const auto& half_lives = drawn_.nodes(strand_);
    if (at_ < mass.first) return;
    if (mass.spread == Spread::held && at_ <= mass.last) {
        for (double& one : to) one += mass.mass;
        return;
    }
    const bool held = mass.spread == Spread::held;
    const Day end = std::min(mass.last, at_);
    const double days = held ? 1 : mass.last - mass.first + 1, up_to_now = held ? 1 : end - mass.first + 1;
    const double age = at_ - end;
    AtNodes left;
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = -age * (std::numbers::ln2 / half_lives[i]);
    numerics::exp_all(left);
    const double a_day = mass.mass / days;
    if (up_to_now == 1) {
        for (std::size_t i = 0; i < left.size(); ++i) to[i] += a_day * left[i];
        return;
    }
    AtNodes one, all;
    for (std::size_t i = 0; i < left.size(); ++i) {
        one[i] = -(std::numbers::ln2 / half_lives[i]);
        all[i] = one[i] * up_to_now;
    }
    numerics::expm1_all(one);
    numerics::expm1_all(all);
    for (std::size_t i = 0; i < left.size(); ++i) to[i] += a_day * left[i] * (all[i] / one[i]);
}

std::vector<double> DrawableStock::finished(std::vector<double> filled) const {
    filled.resize(drawn_.draws());
    // Between nodes what has faded may come out a little below nothing.
    for (double& one : filled)
        if (!(one > 0)) one = 0;
    return filled;
}

std::vector<double> DrawableStock::on_record(const Varied& varied) const {
    auto out = blank();
    const auto add = [&](std::span<const Cell> cells) {
        if (varied.tables || varied.status)
            add_cells(cells, varied, out.data());
        else
            add_together(cells, varied.half_lives, out.data());
    };
    add(cells_);
    if (varied.dates)
        for (const auto& one : imprecise_) add_moved(*one.record, varied, out.data());
    else
        add(cells_of(imprecise_));
    return finished(std::move(out));
}

std::vector<std::vector<double>> DrawableStock::parts(std::size_t number) const {
    std::vector<std::vector<double>> out(number);
    const auto of = [&](std::uint32_t part) {
        if (out[part].empty()) out[part] = blank();
        return out[part].data();
    };
    for (auto cell = cells_.begin(); cell != cells_.end();) {
        const auto end = std::ranges::find_if(cell, cells_.end(), [&](const Cell& other) {
            return other.part != cell->part;
        });
        add_cells({cell, end}, {}, of(cell->part));
        cell = end;
    }
    for (const auto& [part, record] : imprecise_) add_moved(*record, {}, of(part));
    for (auto& one : out)
        if (!one.empty()) one.resize(drawn_.draws());
    return out;
}

std::vector<double> DrawableStock::interpolated(const AtNodes& at_nodes) const {
    auto out = blank();
    const DrawnTerm only{at_nodes.data(), 0, {}};
    numerics::interpolated_sums({&only, 1}, drawn_.places(strand_), out.size(), out.data());
    return finished(std::move(out));
}

std::vector<double> DrawableStock::going_on(const Varied& varied) const {
    if (!going_on_.goes_on()) return std::vector<double>(drawn_.draws());
    if (!varied.half_lives)
        return std::vector<double>(
            drawn_.draws(), going_on_.stock(drawn_.parameters().strands[strand_].half_life_days)
        );
    AtNodes at_nodes;
    std::ranges::transform(drawn_.nodes(strand_), at_nodes.begin(), [&](double half_life) {
        return going_on_.stock(half_life);
    });
    return interpolated(at_nodes);
}

std::vector<double> DrawableStock::going_on_at_most() const {
    AtNodes at_nodes;
    std::ranges::transform(drawn_.nodes(strand_), at_nodes.begin(), [&](double half_life) {
        return going_on_.upper_stock(half_life);
    });
    return interpolated(at_nodes);
}

std::vector<double> DrawableStock::with_going_on(std::vector<double> on_record, const Varied& varied) const {
    if (!going_on_.goes_on()) return on_record;
    const auto more = going_on(varied);
    for (std::size_t draw = 0; draw < on_record.size(); ++draw) on_record[draw] += more[draw];
    return on_record;
}

DrawnTerm DrawableStock::term(const TableChoice& choice, bool announced, const Varied& varied) const {
    DrawnTerm out;
    if (varied.tables) drawn_.add_factors(choice, out);
    if (announced && varied.status) drawn_.add_announced(out);
    return out;
}

void DrawableStock::add_cells(std::span<const Cell> cells, const Varied& varied, double* out) const {
    constexpr std::size_t kMiddle = DrawnParameters::kNodes / 2;
    std::vector<DrawnTerm> terms;
    terms.reserve(cells.size());
    for (const auto& cell : cells) {
        terms.push_back(term(cell.choice, cell.announced, varied));
        terms.back().at_nodes = cell.stock.data() + (varied.half_lives ? 0 : kMiddle);
    }
    if (varied.half_lives)
        numerics::interpolated_sums(terms, drawn_.places(strand_), drawn_.filled(), out);
    else
        numerics::factored_sums(terms, drawn_.filled(), out);
}

/// Where nothing tells cells apart.
void DrawableStock::add_together(std::span<const Cell> cells, bool half_lives, double* out) const {
    Cell all;
    for (const auto& cell : cells)
        for (std::size_t i = 0; i < all.stock.size(); ++i) all.stock[i] += cell.stock[i];
    Varied varied;
    varied.half_lives = half_lives;
    add_cells({&all, 1}, varied, out);
}

void DrawableStock::add_moved(const RecordMass& record, const Varied& varied, double* out) const {
    const auto places = drawn_.places_in_date(record.evidence.id);
    const std::int32_t days = record.on.last - record.on.first + 1;
    const double middle = drawn_.parameters().strands[strand_].half_life_days;
    std::vector<double> left(drawn_.filled());
    for (std::size_t draw = 0; draw < places.size(); ++draw) {
        const auto place = std::min(static_cast<std::int32_t>(places[draw] * days), days - 1);
        const std::int32_t age = at_ - (record.on.first + place);
        const double half_life = varied.half_lives ? drawn_.half_life(draw, strand_) : middle;
        // What is yet to come is as good as gone.
        left[draw] = age >= 0 ? -age / half_life * std::numbers::ln2 : -INFINITY;
    }
    numerics::exp_all(left);
    const auto factors = term(record.choice, record.announced, varied);
    for (std::size_t draw = 0; draw < places.size(); ++draw) {
        double stock = record.on.mass * left[draw];
        for (std::size_t i = 0; i < factors.factors; ++i) stock *= factors.factor[i][draw];
        out[draw] += stock;
    }
}

}  // namespace entente::measures
