// Do chances keep their word? What came of those that were told alike, in figures and as a line one can see.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "measures/answer.h"

namespace entente::measures {

/// A chance, and whether it came.
struct ToldChance {
    double told = 0;
    bool came = false;
};

/// Chances between two ends, and how many of them came.
struct CalibrationBin {
    double from = 0, to = 0;
    double told = 0;  ///< mean
    std::size_t came = 0, among = 0;

    double share() const { return static_cast<double>(came) / static_cast<double>(among); }
    Interval limits() const;  ///< Jeffreys, 90 %, as if each were by itself
    bool holds() const { return limits().low <= told && told <= limits().high; }
};

/// Sorts chances between the edges: from one on, up to but without the next; the last edge belongs to the last bin.
///
/// Missing  bins in which nothing was told are left out
/// Requires edges that rise, from 0 to 1
std::vector<CalibrationBin> calibrate(std::span<const ToldChance> chances, std::span<const double> edges);

/// A line from 0 to `most`: `[` and `]` end the limits, `o` is the share that came, `|` what was told, `#` both in one
/// place; limits beyond the line end in `>`.
std::string calibration_line(const CalibrationBin& bin, double most);

/// One row a bin, the line behind it.
AnswerTable calibration_table(std::string name, std::string title, std::span<const CalibrationBin> bins);

}  // namespace entente::measures
