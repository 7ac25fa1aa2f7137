#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/facts.h"
#include "measures/tally.h"

namespace entente::measures {

/// One row of a training report. It is no engagement.
struct TrainingLine {
    Evidence evidence;
    std::string deliverer;
    std::string recipient;
    int fiscal_year = 0;  ///< 0: the report leaves it open
    std::string standing;
    std::string programme;  ///< empty: unknown
    std::string programme_printed;
    std::string course;
    std::string delivery_unit;
    std::string place;
    Stated<std::int64_t> people;
    Stated<std::int64_t> cost_micros;
    std::vector<std::string> school_families;  ///< put in by who knows the rules
    StatedDate held = {};
};

/// Requires  `content` is valid for the type
TrainingLine read_training_line(std::string_view id, const domain::Content& content);

/// A sum over activities, and of how many of them the value is not known.
struct Quantity {
    std::int64_t sum = 0;
    std::int64_t missing = 0;
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// Training as counted: activities, places on them, cost.
struct TrainingSum {
    std::int64_t activities = 0;
    Quantity people;       ///< places, not persons: who takes two courses counts twice
    Quantity cost_micros;  ///< millionths of a US dollar

    TrainingSum& operator+=(const TrainingSum& other);
    /// Whether any activity says so; without one the value is unknown, not 0.
    bool knows_people() const { return people.missing < activities; }
    bool knows_cost() const { return cost_micros.missing < activities; }
    friend bool operator==(const TrainingSum&, const TrainingSum&) = default;
};

/// Training of one fiscal year, programme and set of schools; the parts add up to the whole.
struct TrainingCell {
    std::string deliverer;
    std::string recipient;
    int fiscal_year = 0;
    std::string programme;                     ///< empty: unknown
    std::vector<std::string> school_families;  ///< none: no school of the list is named
    TrainingSum sum;
    std::vector<Evidence> records;  ///< tallies, or lines
};

/// The cells of tallies of training: carried out, by the end of `on`, of the pair in either direction.
/// Missing     a tally whose people nobody says adds to `missing`, never a zero
/// Cost        O(n log n) in the parts
std::vector<TrainingCell> cells_of(std::span<const Tally> tallies, const Pair& pair, Day on);

/// The same of training lines. A line of an open fiscal year is left out, like one that is only planned.
/// Cost        O(n log n) in the lines
std::vector<TrainingCell> cells_of(std::span<const TrainingLine> lines, const Pair& pair, Day on);

/// The fiscal year in which a day lies.
int fiscal_year_of(Day day);
/// First and last day of a United States fiscal year: it is named by the calendar year in which it ends.
Day fiscal_year_begin(int year);
Day fiscal_year_end(int year);

}  // namespace entente::measures
