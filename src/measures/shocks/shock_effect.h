#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "measures/interruptions.h"
#include "numerics/exact_tests.h"

namespace entente::measures {

/// Days on which something was counted, with the stretches of time in which it would have been.
struct DatedCounts {
    std::vector<Day> days;        ///< one a contact, sorted
    std::vector<Window> covered;  ///< closed, sorted, apart

    std::int64_t count(Day first, Day last) const;
    std::int32_t exposure(Day first, Day last) const;
};

/// Contacts around a shock, before and after.
struct BeforeAfter {
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::int32_t exposure_before = 0;  ///< days
    std::int32_t exposure_after = 0;
    numerics::RateRatio ratio;  ///< after / before
};

/// Compares [s−W, s) with [s, s+W): the day of the shock belongs to what came after.
///
/// Missing  a window without exposure: no ratio
/// Source   MEASURES.md 10 and 16A
BeforeAfter before_and_after(const DatedCounts& counts, Day shock, std::int32_t window);

/// One way to say how many contacts were to be expected.
struct Expected {
    std::string way;               ///< `rate of the stretch before`
    std::optional<double> number;  ///< nothing: see reason
    std::string reason;
    double lost = 0;               ///< expected − observed
    numerics::Interval lost_band;  ///< 90 %: what is observed if nothing changed varies, too
};

/// Expected from the mean rate of the stretch of even rate that ends before the shock.
/// Requires  `stretch_count` contacts on `stretch_days` covered days
Expected expected_of_stretch(
    std::int64_t stretch_count, double stretch_days, std::int64_t observed, double window_days
);

/// Expected from the same calendar window over the previous three covered years.
Expected expected_of_calendar(const DatedCounts& counts, Day shock, std::int32_t window, int years = 3);

/// Monthly counts of one partner, over the same months.
struct DonorSeries {
    std::string name;
    std::vector<double> before;  ///< the months of the five years before
    std::vector<double> after;   ///< the months of the window after
};

/// Weights of donors: none negative, adding up to 1, that come nearest to a series in squares.
///
/// Definition  projected gradient on the simplex until no weight moves by 1e-10
/// Cost        O(steps · donors · months)
/// Source      Abadie and others 2010
std::vector<double> donor_weights(std::span<const double> target, std::span<const DonorSeries> donors);

/// Expected from other partners of the same home, reweighted.
Expected expected_of_donors(
    std::span<const double> before, std::span<const DonorSeries> donors, std::int64_t observed
);

/// How the change around a shock compares with that around other days.
struct Placebo {
    std::size_t tried = 0;
    std::size_t as_extreme = 0;
    std::optional<double> p;  ///< nothing: fewer than 19 days are free
    std::size_t free_days = 0;
};

/// Tries the same statistic, after − before in contacts a day, at other dates.
///
/// Definition  days at least one window from any logged shock, with full exposure on both sides; at most 999
/// of them,
///             evenly spread; p = (1 + number at least as low)/(1 + number tried)
/// Missing     fewer than 19 free days: no p
Placebo placebo(const DatedCounts& counts, std::span<const Day> shocks, Day shock, std::int32_t window);

/// Mean count a month around shocks of a class, month by month.
struct SuperposedMonth {
    int month = 0;  ///< from the shock; 0 begins on its day
    double mean = 0;
    numerics::Interval band;  ///< 90 %, by drawing shocks again
    int shocks = 0;
};

/// Contacts a month around shocks, averaged.
///
/// Definition  months of 30 days from −12 to +24; only shocks whose whole span is covered; band by 2,000
/// declared
///             draws of shocks with replacement
/// Source      MEASURES.md 10
std::vector<SuperposedMonth> superposed(
    const DatedCounts& counts, std::span<const Day> shocks, int first_month = -12, int last_month = 24
);

/// Number of shocks whose windows overlap that of an earlier one.
std::size_t overlapping(std::span<const Day> shocks, std::int32_t window);

}  // namespace entente::measures
