#include "measures/tie/weight_row.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/check.h"
#include "domain/declaration.h"
#include "numerics/philox.h"

namespace entente::measures {
namespace {

constexpr double kDaysOfAMonth = 30;
constexpr double kDaysOfAYear = 365;

int entry(const std::vector<TableEntry>& table, std::string_view key) {
    const auto found = std::ranges::find(table, key, &TableEntry::key);
    check(found != table.end(), "an entry that is chosen is in its table");
    return static_cast<int>(found - table.begin());
}

/// The entry that names the sub-category, else the one that names the category, else `otherwise`.
int chosen(const std::vector<TableEntry>& table, const Engagement& engagement, std::string_view otherwise) {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (contains(table[i].subcategories, engagement.subcategory)) return static_cast<int>(i);
    for (std::size_t i = 0; i < table.size(); ++i)
        if (contains(table[i].kinds, engagement.category)) return static_cast<int>(i);
    return entry(table, otherwise);
}

/// Code of the strand of a category; empty: shown and not counted.
std::string strand_of(std::string_view category) {
    const auto* code = domain::Schema::builtin().list("engagement_category")->find(category);
    if (!code) return {};
    const auto found = code->attributes.find("strand");
    return found == code->attributes.end() ? std::string() : found->second;
}

std::string kind_of_school(std::string_view family) {
    const auto* code = domain::Schema::builtin().list("school_family")->find(family);
    if (!code) return {};
    const auto found = code->attributes.find("kind");
    return found == code->attributes.end() ? std::string() : found->second;
}

std::string_view strand_of_schools(const std::vector<std::string>& families, const Parameters& parameters) {
    const auto educates = [&](const std::string& family) {
        return contains(parameters.education_kinds_of_school, kind_of_school(family));
    };
    return std::ranges::any_of(families, educates) ? "education" : "training";
}

double days_when_unknown(std::string_view strand, const Parameters& parameters) {
    return strand == "education" ? parameters.education_days_when_unknown
                                 : parameters.training_days_when_unknown;
}

bool is_month_or_year(const domain::DateSpan& span) {
    return span.precision == domain::Precision::month || span.precision == domain::Precision::year;
}

WeightRow start(std::string_view strand, std::string_view kind, const Parameters& parameters) {
    WeightRow row;
    row.strand = static_cast<std::uint8_t>(parameters.strand(strand));
    check(row.strand < parameters.strands.size(), "every strand of the code list has parameters");
    row.kind = weight_kind(kind);
    return row;
}

WeightRow left_out(WeightRow row, LeftOutReason reason) {
    row.role = RowRole::left_out;
    row.reason = reason;
    return row;
}

/// One engagement as a row.
class Scale {
public:
    Scale(const Engagement& of, const Pair& pair, const Parameters& parameters, std::string strand)
        : of_(of), pair_(pair), parameters_(parameters), strand_(std::move(strand)) {}

    void add(std::vector<WeightRow>& out) {
        row_ = start(strand_, of_.category, parameters_);
        row_.general_knowledge = of_.evidence.rests_on_general_knowledge();
        if (!of_.held || !of_.held->from) return out.push_back(left_out(row_, LeftOutReason::day_unknown));
        if (of_.unnamed_parties.none)
            return out.push_back(left_out(row_, LeftOutReason::unnamed_parties_unknown));
        const auto& held = *of_.held;
        row_.announced = !occurred(of_);
        // What was announced for a day that nobody named never has passed.
        if (row_.announced && !held.to) return;
        row_.open = !held.to;
        row_.first = *held.from;
        row_.last = held.to.value_or(row_.first);
        row_.spread = is_month_or_year(held) ? Spread::imprecise : Spread::extended;
        row_.factor = 1 / (parties() - 1);
        row_.choice.base = entry(parameters_.base, of_.category);
        if (parameters_.strands[row_.strand].counts_level) choose_level();
        out.push_back(measure_length() ? row_ : left_out(row_, LeftOutReason::people_unknown));
    }

private:
    double parties() const {
        const auto named = std::set(of_.actors.begin(), of_.actors.end()).size();
        return static_cast<double>(named) + static_cast<double>(of_.unnamed_parties.value.value_or(0));
    }

    void choose_level() {
        row_.choice.level = entry(parameters_.levels, of_.level.empty() ? "unstated" : of_.level);
        if (of_.level.empty()) row_.imputed |= Imputed::level;
        row_.choice.mode = chosen(parameters_.modes, of_, "own_meeting");
    }

    /// How long it was, or how many people; false: nobody says.
    bool measure_length() {
        if (strand_ == "exercise") {
            row_.choice.size = observed_only() ? entry(parameters_.sizes, "observers")
                                               : chosen(parameters_.sizes, of_, "field");
            apply(LengthRule::exercise, parameters_.exercise_days_when_unknown);
        } else if (strand_ == "training" || strand_ == "education") {
            const auto people = most_people();
            if (!people) return false;
            row_.factor *= *people;
            apply(
                strand_ == "education" ? LengthRule::education : LengthRule::training,
                days_when_unknown(strand_, parameters_)
            );
        } else if (strand_ == "institution") {
            apply(LengthRule::project, kDaysOfAYear);
        } else if (of_.category == "PEP" && row_.spread != Spread::imprecise) {
            apply(LengthRule::posting, 1);
        }
        return true;
    }

    void apply(LengthRule rule, double days_when_unknown) {
        if (row_.open) {
            row_.rule = rule;
            return;
        }
        double days = row_.last - row_.first + 1;
        if (row_.spread == Spread::imprecise) {
            days = days_when_unknown;
            row_.imputed |= Imputed::length;
        }
        row_.factor *= length_factor(rule, days, length_limit(rule, parameters_));
    }

    bool observed_only() const {
        for (std::size_t i = 0; i < of_.actors.size() && i < of_.roles.size(); ++i)
            if (is_of_pair(of_.actors[i]) && of_.roles[i] == "observer") return true;
        return false;
    }

    /// The larger known head-count of the two sides: on a course those who are taught outnumber those who
    /// teach.
    std::optional<double> most_people() const {
        std::optional<double> most;
        for (std::size_t i = 0; i < of_.actors.size() && i < of_.people.size(); ++i)
            if (is_of_pair(of_.actors[i]) && of_.people[i])
                most = std::max(most.value_or(0), static_cast<double>(*of_.people[i]));
        return most;
    }

    bool is_of_pair(const std::string& actor) const { return actor == pair_.a || actor == pair_.b; }

    const Engagement& of_;
    const Pair& pair_;
    const Parameters& parameters_;
    std::string strand_;
    WeightRow row_;
};

/// Parts of tallies by number and year, whatever is counted.
void add_numbers(const Tally& of, WeightRow row, std::vector<WeightRow>& out) {
    for (const auto& part : of.parts) {
        const auto& period = part.period ? *part.period : of.period;
        if (!period.from) continue;
        row.first = *period.from;
        row.open = !period.to;
        row.last = period.to.value_or(row.first);
        row.factor = static_cast<double>(part.number);
        out.push_back(row);
    }
}

/// Two that differ share a number once in some 10^19.
std::uint64_t cell_of(const TallyPart& part) {
    std::string name = part.programme;
    for (const auto& school : part.school_families) name += '\n' + school;
    return numerics::place_of_name(name);
}

void add_trained(
    const Tally& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
) {
    if (of.standing == "planned" || !of.period.to || !of.period.from) return;
    for (const auto& part : of.parts) {
        const auto strand = strand_of_schools(part.school_families, parameters);
        WeightRow row = start(strand, "training", parameters);
        row.role = RowRole::training_tally;
        row.imputed = Imputed::length;
        row.choice.base = entry(parameters.base, strand);
        row.first = *of.period.from;
        row.last = *of.period.to;
        row.year = static_cast<std::int16_t>(calendar(row.last).year);
        row.factor = static_cast<double>(part.people.value.value_or(0));
        row.people_known = part.people && part.people_missing < part.number;
        row.a_delivers = of.deliverer == pair.a;
        row.cell = cell_of(part);
        out.push_back(row);
    }
}

}  // namespace

std::string_view to_words(LeftOutReason reason) {
    constexpr std::array<std::string_view, 5> kWords{
        "the day is unknown",
        "the number of unnamed parties is unknown",
        "the number of people is unknown",
        "the day on which it came into force is unknown",
        "it ended on a day that is unknown"};
    return kWords[static_cast<std::size_t>(reason)];
}

const std::vector<std::string>& weight_kinds() {
    static const std::vector<std::string> kinds = [] {
        std::vector<std::string> out{"agreement", "training", "exercises", "agreements_in_force"};
        for (const auto& code : domain::Schema::builtin().list("engagement_category")->codes)
            out.push_back(code.code);
        return out;
    }();
    return kinds;
}

std::uint8_t weight_kind(std::string_view kind) {
    const auto found = std::ranges::find(weight_kinds(), kind);
    check(found != weight_kinds().end(), "a kind that weighs is known");
    return static_cast<std::uint8_t>(found - weight_kinds().begin());
}

double trained(bool education, double people, double days, const Parameters& parameters) {
    return education ? people * std::min(days, parameters.education_most_days) / kDaysOfAYear
                     : people * days / kDaysOfAMonth;
}

double length_limit(LengthRule rule, const Parameters& parameters) {
    return rule == LengthRule::exercise    ? parameters.exercise_full_days
           : rule == LengthRule::education ? parameters.education_most_days
                                           : 0;
}

double length_factor(LengthRule rule, double days, double limit) {
    switch (rule) {
        case LengthRule::none:
            return 1;
        case LengthRule::exercise:
            return std::sqrt(std::min(1.0, days / limit));
        case LengthRule::training:
            return days / kDaysOfAMonth;
        case LengthRule::education:
            return std::min(days, limit) / kDaysOfAYear;
        case LengthRule::project:
            return days / kDaysOfAYear;
        case LengthRule::posting:
            return days > 1 ? days / kDaysOfAYear : 1;
    }
    return 1;
}

void add_rows(
    const Engagement& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
) {
    if (!occurred(of) && of.status != "announced") return;
    auto strand = strand_of(of.category);
    if (!strand.empty()) Scale(of, pair, parameters, std::move(strand)).add(out);
}

void add_rows(
    const Agreement& of,
    [[maybe_unused]] const Pair& pair,
    const Parameters& parameters,
    std::vector<WeightRow>& out
) {
    if (of.state == "drafted" || of.state == "signed") return;
    WeightRow row = start("agreement", "agreement", parameters);
    row.general_knowledge = of.evidence.rests_on_general_knowledge();
    const auto& began = of.in_force ? of.in_force : of.signed_on;
    if (!began || !began->to) return out.push_back(left_out(row, LeftOutReason::force_unknown));
    const bool over = of.state == "lapsed" || of.state == "terminated" || of.state == "superseded";
    const bool end_known = of.ended && of.ended->from;
    if (over && !end_known) return out.push_back(left_out(row, LeftOutReason::end_unknown));
    row.choice.base = entry(parameters.base, of.kind == "framework" ? "framework_agreement" : "agreement");
    row.factor = 1.0 / static_cast<double>(of.parties.size() - 1);
    if (!of.in_force) row.imputed |= Imputed::in_force;
    // An imprecise beginning counts from its last possible day, an imprecise end from its first.
    row.spread = Spread::held;
    row.first = *began->to;
    row.open = !end_known;
    row.last = end_known ? *of.ended->from - 1 : row.first;
    if (row.first <= row.last) out.push_back(row);
}

void add_rows(
    const TrainingLine& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out
) {
    if (of.standing == "planned" || of.fiscal_year == 0) return;
    const auto strand = strand_of_schools(of.school_families, parameters);
    WeightRow row = start(strand, "training", parameters);
    row.year = static_cast<std::int16_t>(of.fiscal_year);
    row.a_delivers = of.deliverer == pair.a;
    if (!of.people) return out.push_back(left_out(row, LeftOutReason::people_unknown));
    row.choice.base = entry(parameters.base, strand);
    const bool dated = of.held && of.held->from && of.held->to && !is_month_or_year(*of.held);
    row.first = dated ? *of.held->from : fiscal_year_begin(of.fiscal_year);
    row.last = dated ? *of.held->to : fiscal_year_end(of.fiscal_year);
    if (!dated) row.imputed |= Imputed::length;
    const double days = dated ? row.last - row.first + 1 : days_when_unknown(strand, parameters);
    row.factor = trained(strand == "education", static_cast<double>(*of.people), days, parameters);
    out.push_back(row);
}

void add_rows(const Tally& of, const Pair& pair, const Parameters& parameters, std::vector<WeightRow>& out) {
    if (of.what == "training") return add_trained(of, pair, parameters, out);
    if (of.what != "exercises" && of.what != "agreements_in_force") return;
    const bool exercises = of.what == "exercises";
    WeightRow row = start(exercises ? "exercise" : "agreement", of.what, parameters);
    row.role = exercises ? RowRole::exercise_tally : RowRole::agreement_tally;
    row.choice.base = entry(parameters.base, exercises ? "tallied_exercise" : "agreement");
    if (exercises) row.imputed = Imputed::parties | Imputed::length;
    add_numbers(of, row, out);
}

}  // namespace entente::measures
