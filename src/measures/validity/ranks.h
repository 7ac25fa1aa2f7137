// Ranks, and what rests on them: how well two orders agree, and how well a score tells two groups apart.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "numerics/distributions.h"

namespace entente::measures::validity {

using numerics::Interval;

/// Level of every interval here: 5 to 95 of 100.
inline constexpr double kLevel = 0.9;

/// Ranks from 1 on, the smallest first; equal values share the mean of their ranks.
/// Cost  O(n log n)
std::vector<double> ranks_of(std::span<const double> values);

/// A share between 0 and 1 with its standard error. No band where the error is 0 or the share an end.
struct Share {
    double value = 0;
    double standard_error = 0;
    std::optional<Interval> band;
};

/// Puts a band around a share, on the scale of ln(p/(1 − p)), so that it stays between 0 and 1.
/// \param  groups  that stand together; few of them make the band wider (Student's t with one less). 0: the normal
Share share_with_band(double value, double standard_error, std::size_t groups = 0);

/// The chance that a member of a group has the greater score than one of the others; a tie counts half.
///
/// Definition  area under the curve = (R − m(m+1)/2) / (m·n), R the sum of the members' ranks among all; variance of the
///             mean placement of members among others and of others among members, s²/m + s²/n
/// Missing     nothing: a group of fewer than two
/// Cost        O((m + n) log(m + n))
/// Source      DeLong, DeLong and Clarke-Pearson 1988; MEASURES.md 15
std::optional<Share> area_under_curve(std::span<const double> members, std::span<const double> others);

/// A score in a group, among those that are alike in something.
struct Placed {
    double score = 0;
    bool member = false;
    double alike_in = 0;
};

/// The same chance among couples that are alike: of a member and another with one value of `alike_in`.
///
/// Definition  share of these couples in which the member has the greater score, ties half; standard error by the
///             infinitesimal jackknife
/// Missing     nothing: no such couple
/// Cost        O(n²)
struct AreaAmongAlike {
    Share share;
    double couples = 0;
};
std::optional<AreaAmongAlike> area_among_alike(std::span<const Placed> all);

struct RankCorrelation {
    double value = 0;
    Interval band;
};

/// Spearman's rank correlation.
///
/// Definition  Pearson's correlation of the ranks; interval by atanh with variance (1 + ρ²/2)/(n − 3)
/// Missing     nothing: fewer than 4, or all values of one side equal
/// Cost        O(n log n)
/// Source      Bonett and Wright 2000
std::optional<RankCorrelation> rank_correlation(std::span<const double> x, std::span<const double> y);

}  // namespace entente::measures::validity
