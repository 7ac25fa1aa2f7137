#include "measures/risk/risk_model.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "numerics/philox.h"

namespace entente::measures::risk {
namespace {

const char* side_word(ShockSide side) {
    return side == ShockSide::own ? "own" : "other";
}

/// Spread of a column over the weeks; 1 where it never varies, so that its prior holds it.
double spread_of(const std::vector<HazardCell>& cells, std::size_t column) {
    double weeks = 0, sum = 0, squares = 0;
    const auto each = [&](auto&& take) {
        for (const auto& cell : cells) {
            double of_cell = cell.free_weeks;
            for (const double one : cell.stop_weeks) of_cell += one;
            take(cell.values[column], of_cell);
        }
    };
    each([&](double value, double of_cell) { weeks += of_cell, sum += value * of_cell; });
    const double mean = sum / weeks;
    each([&](double value, double of_cell) { squares += (value - mean) * (value - mean) * of_cell; });
    const double spread = std::sqrt(squares / weeks);
    return spread > 1e-9 ? spread : 1;
}

/// Lower root of a covariance, row after row.
std::vector<double> root_of(const std::vector<double>& covariance, std::size_t size) {
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto n = static_cast<Eigen::Index>(size);
    const Eigen::LLT<Matrix> factor(Eigen::Map<const Matrix>(covariance.data(), n, n));
    check(factor.info() == Eigen::Success, "the covariance of a maximum is positive");
    const Matrix lower = factor.matrixL();
    return {lower.data(), lower.data() + lower.size()};
}

/// Covariance of (constant and the tie's own, columns), row after row.
std::vector<double> covariance_for(const RiskModel& model, const HazardFit& fit, std::size_t tie) {
    const std::size_t shared = model.columns.names().size() + 1, size = shared + model.ties,
                      own = shared + tie;
    const auto& all = fit.covariance;
    std::vector<double> out(shared * shared);
    for (std::size_t a = 0; a < shared; ++a)
        for (std::size_t b = 0; b < shared; ++b) out[a * shared + b] = all[a * size + b];
    for (std::size_t a = 0; a < shared; ++a) {
        out[a] += all[own * size + a];
        out[a * shared] += all[own * size + a];
    }
    out[0] += all[own * size + own];
    return out;
}

/// ln of what the data say of a spread between ties, up to a constant.
double marginal(const HazardFit& fit, const std::vector<double>& held, std::size_t ties) {
    double out = fit.log_likelihood;
    for (std::size_t k = 0; k < held.size(); ++k)
        out -= held[k] * fit.coefficients[k] * fit.coefficients[k] / 2;
    const std::size_t size = held.size() + 1;
    const auto root = root_of(fit.covariance, size);
    for (std::size_t k = 0; k < size; ++k) out += std::log(root[k * size + k]);
    return out + static_cast<double>(ties) * std::log(held.back()) / 2;
}

std::size_t spread_at(const std::vector<SpreadBetweenTies>& spreads, double share) {
    double sum = 0;
    for (std::size_t i = 0; i < spreads.size(); ++i)
        if ((sum += spreads[i].weight) > share) return i;
    return spreads.size() - 1;
}

DrawnRisk drawn_from(const std::vector<double>& at, const RiskColumns& columns) {
    DrawnRisk out{at[0], at[1], at[2], {}};
    for (const auto& one : columns.shock_columns()) {
        auto& times = out.times.emplace_back();
        double effect = 0;
        times[0] = 1;
        for (std::size_t w = 0; w < kShockWindows.size(); ++w)
            times[w + 1] = std::exp(effect += at[1 + one.first + w]);
    }
    return out;
}

}  // namespace

std::uint8_t ShockColumns::windows(const ShockAges& ages) const {
    std::uint8_t out = 0;
    for (const auto group : groups) out = std::max(out, ages[group]);
    return out;
}

RiskColumns::RiskColumns(const std::array<std::size_t, kMostGroups>& shocks) {
    const auto add = [&](ShockColumns columns) {
        if (columns.shocks < kEnoughShocks) return;
        columns.first = names_.size();
        for (const auto window : kShockWindows) names_.push_back(fmt::format("{} {}", columns.name, window));
        shocks_.push_back(std::move(columns));
    };
    for (const auto side : {ShockSide::own, ShockSide::other}) {
        ShockColumns rare{fmt::format("rare {}", side_word(side)), {}, 0, 0};
        for (const auto& kind : shock_kinds()) {
            const auto group = *group_of(kind, side);
            if (shocks[group] >= kEnoughShocks) {
                add({fmt::format("{} {}", kind, side_word(side)), {group}, 0, shocks[group]});
                continue;
            }
            rare.groups.push_back(group);
            rare.shocks += shocks[group];
        }
        add(std::move(rare));
    }
}

const ShockColumns* RiskColumns::of_group(std::size_t group) const {
    const auto found = std::ranges::find_if(shocks_, [&](const ShockColumns& one) {
        return std::ranges::find(one.groups, group) != one.groups.end();
    });
    return found == shocks_.end() ? nullptr : &*found;
}

std::vector<double> RiskColumns::row(const RiskState& state) const {
    std::vector<double> out(names_.size());
    out[0] = std::log1p(state.years);
    out[1] = std::log1p(state.earlier);
    for (const auto& columns : shocks_)
        for (std::size_t window = 0; window < columns.windows(state.shocks); ++window)
            out[columns.first + window] = 1;
    return out;
}

const SpreadBetweenTies& RiskModel::likeliest() const {
    return *std::ranges::max_element(spreads, {}, &SpreadBetweenTies::weight);
}

std::vector<DrawnRisk> draw_risks(const RiskModel& model, std::size_t tie, std::size_t draws) {
    static const numerics::Draws kDraws("risk 1");
    const auto& names = model.columns.names();
    const std::size_t size = names.size() + 1;
    std::vector<std::uint64_t> places{numerics::place_of_name("constant")};
    for (const auto& name : names) places.push_back(numerics::place_of_name(name));
    const auto of_spread = numerics::place_of_name("spread between ties");
    std::vector<std::vector<double>> roots, middles;
    for (const auto& one : model.spreads) {
        roots.push_back(root_of(covariance_for(model, one.fit, tie), size));
        auto& middle = middles.emplace_back();
        middle.push_back(one.fit.constant + one.fit.coefficients[names.size() + tie]);
        for (std::size_t k = 0; k < names.size(); ++k) middle.push_back(one.fit.coefficients[k]);
    }
    std::vector<DrawnRisk> out;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        const auto which = spread_at(model.spreads, kDraws.uniform(draw, of_spread));
        const auto& root = roots[which];
        auto at = middles[which];
        for (std::size_t k = 0; k < size; ++k) {
            const double normal = kDraws.normal(draw, places[k]);
            for (std::size_t row = k; row < size; ++row) at[row] += root[row * size + k] * normal;
        }
        out.push_back(drawn_from(at, model.columns));
    }
    return out;
}

Result<RiskModel> learn_risk(
    const RiskCells& cells, std::size_t ties, const std::array<std::size_t, kMostGroups>& shocks
) {
    if (cells.stops() < kFewestStops)
        return fail(
            ErrorCode::invalid_argument,
            "stops",
            fmt::format("found {} that began at risk, needed {}", cells.stops(), kFewestStops)
        );
    RiskModel out{RiskColumns(shocks), ties, {}, cells.weeks(), cells.stops()};
    auto names = out.columns.names();
    const std::size_t shared = names.size();
    for (std::size_t tie = 0; tie < ties; ++tie) names.push_back(fmt::format("tie {}", tie));
    std::vector<HazardCell> rows;
    for (const auto& [key, cell] : cells.cells()) {
        auto values = out.columns.row(key.second);
        values.resize(shared + ties);
        values[shared + key.first] = 1;
        rows.push_back({std::move(values), cell.free_weeks, cell.stop_weeks});
    }
    std::vector<double> held(shared, 1);
    for (std::size_t k = 0; k < 2; ++k) held[k] = std::pow(spread_of(rows, k), 2);
    held.resize(shared + ties);
    std::vector<double> said;
    for (const double spread : kSpreadsBetweenTies) {
        std::fill(held.begin() + static_cast<std::ptrdiff_t>(shared), held.end(), 1 / (spread * spread));
        ENTENTE_ASSIGN_OR_RETURN(auto fit, fit_hazard(rows, names, held));
        said.push_back(marginal(fit, held, ties));
        out.spreads.push_back({spread, 0, std::move(fit)});
    }
    const double most = *std::ranges::max_element(said);
    double all = 0;
    for (const double one : said) all += std::exp(one - most);
    for (std::size_t i = 0; i < said.size(); ++i) out.spreads[i].weight = std::exp(said[i] - most) / all;
    return out;
}

}  // namespace entente::measures::risk
