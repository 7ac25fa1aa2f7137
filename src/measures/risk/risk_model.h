// What can be learnt of the risk of a stop from all that was known on a day.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "measures/risk/hazard_fit.h"
#include "measures/risk/risk_pieces.h"

namespace entente::measures::risk {

/// Fewer stops are too few to learn from.
inline constexpr std::size_t kFewestStops = 10;
/// Fewer shocks of a class and side, that touched ties at risk, have no columns of their own.
inline constexpr std::size_t kEnoughShocks = 5;

/// Shocks that share their columns: one class and side, or all classes of a side that are too rare alone.
struct ShockColumns {
    std::string name;  ///< `arms_sale own`, `rare other`
    std::vector<std::size_t> groups;
    std::size_t first = 0;   ///< its columns are this one and the two after: a year, 90 days, 30 days
    std::size_t shocks = 0;  ///< learnt from

    /// The most windows that any of its groups is in.
    std::uint8_t windows(const ShockAges& ages) const;
};

/// How a state becomes numbers: ln(1 + years since the last stop), ln(1 + earlier stops), and for each class and side of
/// shock whether one lies within a year, 90 and 30 days.
class RiskColumns {
public:
    /// \param  shocks  of each group, that touched ties while they were at risk
    explicit RiskColumns(const std::array<std::size_t, kMostGroups>& shocks);

    const std::vector<std::string>& names() const { return names_; }
    const std::vector<ShockColumns>& shock_columns() const { return shocks_; }
    /// The columns of a class and side; nothing where they are too rare even together.
    const ShockColumns* of_group(std::size_t group) const;
    std::vector<double> row(const RiskState& state) const;

private:
    std::vector<std::string> names_{"years", "earlier"};
    std::vector<ShockColumns> shocks_;
};

/// The spread between ties of what is their own, as far as the data tell it.
struct SpreadBetweenTies {
    double spread = 0;
    double weight = 0;  ///< its share of the marginal likelihood
    /// Of (constant, columns, ties): a tie without weeks has an effect of 0 as sure as the spread lets it be.
    HazardFit fit;
};

/// The hazard learnt from all ties, with a constant of each that is its own.
struct RiskModel {
    RiskColumns columns{{}};
    std::size_t ties = 0;
    std::vector<SpreadBetweenTies> spreads;  ///< all of `kSpreadsBetweenTies`
    double weeks = 0;
    std::size_t stops = 0;

    const SpreadBetweenTies& likeliest() const;
};

/// Fits the hazard of a stop to cells.
///
/// Definition  normal priors around 0: years and earlier stops of spread 1 on the column brought to spread 1 over the
///             weeks; shocks of spread 1 as they are, 0 or 1 (brought to spread 1, a column that is 1 in one week of a
///             hundred would be let to make a stop 20,000 times as likely); the ties' own constants of a spread that is one
///             of `kSpreadsBetweenTies`, each as likely as its marginal likelihood says (Laplace)
/// \param  ties    how many there are, with weeks or without
/// \param  shocks  of each group, that touched ties while they were at risk
/// Errors  invalid_argument: fewer than `kFewestStops` stops, or what the fit says
/// Cost    five fits
/// Source  MEASURES.md 11; Gelman 2008 (inputs of 0 and 1 are left as they are)
Result<RiskModel> learn_risk(
    const RiskCells& cells, std::size_t ties, const std::array<std::size_t, kMostGroups>& shocks
);

inline constexpr std::array<double, 5> kSpreadsBetweenTies{0.125, 0.25, 0.5, 1, 2};

/// One draw of the parameters for one tie, as the days ahead use it.
struct DrawnRisk {
    double constant = 0, years = 0, earlier = 0;
    /// By shock columns and number of windows: how many times as likely a stop is as without a shock.
    std::vector<std::array<double, kShockWindows.size() + 1>> times;
};

/// Declared draws: of the spread between ties by its weight, then from the normal law around the most probable parameters
/// under it (Laplace); the first hundred are the first
/// hundred of more, and a column that is added shifts no other's normals.
std::vector<DrawnRisk> draw_risks(const RiskModel& model, std::size_t tie, std::size_t draws);

}  // namespace entente::measures::risk
