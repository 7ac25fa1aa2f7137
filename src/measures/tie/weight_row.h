#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measures/facts.h"
#include "measures/tally.h"
#include "measures/tie/mass.h"
#include "measures/tie/parameters.h"
#include "measures/tie/stock.h"
#include "measures/training.h"

namespace entente::measures {

enum class RowRole : std::uint8_t {
    mass,             ///< it weighs
    left_out,         ///< it might weigh, but something is unknown
    exercise_tally,   ///< a number a year, of years without single records
    agreement_tally,  ///< a number a year, beyond the single records
    training_tally,   ///< people of a fiscal year without training lines
};

/// How the mass of what has no end yet grows with its length.
enum class LengthRule : std::uint8_t {
    none,
    exercise,   ///< with the root, until it is a full one
    training,   ///< by months
    education,  ///< by years, until the most that counts
    project,    ///< by years
    posting,    ///< by years; one of a day counts once
};

enum class LeftOutReason : std::uint8_t {
    day_unknown,
    unnamed_parties_unknown,
    people_unknown,
    force_unknown,
    end_unknown,
};
std::string_view to_words(LeftOutReason reason);

/// What was put in for want of a statement.
struct Imputed {
    static constexpr std::uint8_t level = 1, length = 2, parties = 4, in_force = 8;
};

/// What one record says about weight between one pair, whatever day is asked about: `masses_on` makes masses of it.
struct WeightRow {
    Day first{};
    Day last{};         ///< of what is `open`: the first
    double factor = 1;  ///< what no table says; of a tally the number, or the people
    TableChoice choice;
    std::uint64_t cell =
        0;  ///< of training tallies: parts with one number, of one programme at the same schools, add up
    std::int16_t year = 0;  ///< fiscal year of training; 0: none
    std::uint8_t strand = 0;
    std::uint8_t kind = 0;  ///< place in `weight_kinds`
    RowRole role = RowRole::mass;
    Spread spread = Spread::extended;
    LengthRule rule = LengthRule::none;  ///< only of what is open
    LeftOutReason reason = LeftOutReason::day_unknown;
    std::uint8_t imputed = 0;
    bool announced = false;          ///< counts once its last day has passed
    bool open = false;               ///< lasts to the day asked about
    bool general_knowledge = false;  ///< nobody checked it against a cited text
    bool people_known = false;       ///< of training tallies
    bool a_delivers = false;         ///< of training: the first of the pair to the second
};

/// Kinds that weigh: categories of engagement, `agreement`, `training`, and of tallies `exercises` and
/// `agreements_in_force`.
const std::vector<std::string>& weight_kinds();
/// Requires  a kind that weighs
std::uint8_t weight_kind(std::string_view kind);

// Each appends the rows of one record for a pair, none when it has no weight there.
// Requires  the pair is named by the record
void add_rows(
    const Engagement& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
);
void add_rows(
    const Agreement& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
);
void add_rows(
    const TrainingLine& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
);
void add_rows(const Tally& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out);

/// From what length on nothing more counts, by the rule; 0: it has no such limit.
double length_limit(LengthRule rule, const Parameters& parameters);
/// By how much a length counts.
double length_factor(LengthRule rule, double days, double limit);

/// What people count who were taught for so many days: trainee-months, or student-years.
double trained(bool education, double people, double days, const Parameters& parameters);

}  // namespace entente::measures
