#include "measures/tie/mass.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/check.h"
#include "domain/declaration.h"

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

/// Collects masses and what was left out.
class Scales {
public:
    Scales(const TieFacts& facts, const Parameters& parameters, Day at)
        : facts_(facts), parameters_(parameters), at_(at) {}

    void weigh_engagements() {
        for (const auto& engagement : facts_.engagements) {
            const std::string strand = strand_of(engagement.category);
            const bool held = occurred(engagement);
            if (strand.empty() || !names_both(engagement.actors, facts_.pair)) continue;
            if (!held && engagement.status != "announced") continue;
            if (!seen(engagement.evidence)) continue;
            weigh_engagement(engagement, strand, !held);
        }
    }

    void weigh_agreements() {
        for (const auto& agreement : facts_.agreements) {
            if (!names_both(agreement.parties, facts_.pair) || !seen(agreement.evidence)) continue;
            if (agreement.state == "drafted" || agreement.state == "signed") continue;
            const auto& began = agreement.in_force ? agreement.in_force : agreement.signed_on;
            if (!began || !began->to) {
                leave_out("the day on which it came into force is unknown", "agreement", agreement.evidence);
                continue;
            }
            const bool over = agreement.state == "lapsed" || agreement.state == "terminated" ||
                              agreement.state == "superseded";
            if (over && (!agreement.ended || !agreement.ended->from)) {
                leave_out("it ended on a day that is unknown", "agreement", agreement.evidence);
                continue;
            }
            RecordMass item = start("agreement", "agreement", agreement.evidence);
            item.choice.base =
                entry(parameters_.base, agreement.kind == "framework" ? "framework_agreement" : "agreement");
            item.factor = 1.0 / static_cast<double>(agreement.parties.size() - 1);
            if (!agreement.in_force) item.imputed.emplace_back("day of coming into force");
            // An imprecise beginning counts from its last possible day, an imprecise end from its first.
            const Day first = *began->to;
            const Day last =
                agreement.ended && agreement.ended->from ? *agreement.ended->from - 1 : std::max(first, at_);
            if (last < first) continue;
            item.on = {first, last, 0, Spread::held};
            add(std::move(item));
        }
    }

    void weigh_exercise_tallies() {
        std::set<int> single;
        for (const auto& item : out_.items)
            if (item.kind == "EXR")
                for (int year = calendar(item.on.first).year; year <= calendar(item.on.last).year; ++year)
                    single.insert(year);
        for (const auto& year : tallied_years(facts_.tallies, "exercises", facts_.pair, at_)) {
            if (year.number == 0 || single.contains(year.year)) continue;
            RecordMass item = start("exercise", "exercises", year.evidence);
            item.choice.base = entry(parameters_.base, "tallied_exercise");
            item.factor = static_cast<double>(year.number);
            item.imputed = {"parties", "length"};
            item.on = {*day_of(year.year, 1, 1), *day_of(year.year, 12, 31), 0, Spread::extended};
            add(std::move(item));
        }
    }

    /// Only what the single records do not account for; in layers, so that a change of the number ends what
    /// it ends.
    void weigh_agreement_tallies() {
        const auto years = tallied_years(facts_.tallies, "agreements_in_force", facts_.pair, at_);
        std::map<int, std::int64_t> more;
        std::map<int, Evidence> evidence;
        std::int64_t most = 0;
        for (const auto& year : years) {
            std::int64_t single = 0;
            for (const auto& item : out_.items)
                if (item.kind == "agreement" && calendar(item.on.first).year <= year.year &&
                    year.year <= calendar(item.on.last).year)
                    ++single;
            more[year.year] = std::max<std::int64_t>(0, year.number - single);
            evidence[year.year] = year.evidence;
            most = std::max(most, more[year.year]);
        }
        for (std::int64_t layer = 1; layer <= most; ++layer)
            for (auto at = more.begin(); at != more.end();) {
                const int first = at->first;
                int last = first - 1;
                while (at != more.end() && at->first == last + 1 && at->second >= layer) last = (at++)->first;
                if (last < first) {
                    ++at;
                    continue;
                }
                RecordMass item = start("agreement", "agreements_in_force", evidence[first]);
                item.choice.base = entry(parameters_.base, "agreement");
                item.on = {*day_of(first, 1, 1), *day_of(last, 12, 31), 0, Spread::held};
                add(std::move(item));
            }
    }

    void weigh_training() {
        std::set<std::tuple<std::string, std::string, int>> single;
        for (const auto& line : facts_.training_lines) {
            if (!between(line.deliverer, line.recipient) || line.standing == "planned" ||
                line.fiscal_year == 0)
                continue;
            single.insert({line.deliverer, line.recipient, line.fiscal_year});
            weigh_line(line);
        }
        for (const auto& cell : cells_of(facts_.tallies, facts_.pair, at_)) {
            if (single.contains({cell.deliverer, cell.recipient, cell.fiscal_year})) continue;
            weigh_cell(cell);
        }
    }

    Masses finish() {
        std::ranges::stable_sort(out_.items, [](const RecordMass& a, const RecordMass& b) {
            return std::tie(a.on.first, a.evidence.id) < std::tie(b.on.first, b.evidence.id);
        });
        return std::move(out_);
    }

private:
    bool seen(const Evidence& evidence) const {
        return facts_.general_knowledge || !evidence.rests_on_general_knowledge();
    }

    bool between(const std::string& deliverer, const std::string& recipient) const {
        return (deliverer == facts_.pair.a && recipient == facts_.pair.b) ||
               (deliverer == facts_.pair.b && recipient == facts_.pair.a);
    }

    RecordMass start(std::string_view strand, std::string kind, const Evidence& evidence) const {
        RecordMass item;
        item.strand = parameters_.strand(strand);
        check(item.strand < parameters_.strands.size(), "every strand of the code list has parameters");
        item.kind = std::move(kind);
        item.evidence = evidence;
        return item;
    }

    void add(RecordMass item) {
        if (at_ < item.on.first) return;
        item.on.mass =
            item.factor * product_of(item.choice, parameters_) * (item.announced ? parameters_.announced : 1);
        out_.items.push_back(std::move(item));
    }

    void leave_out(std::string_view reason, std::string_view strand, const Evidence& evidence) {
        for (auto& group : out_.left_out)
            if (group.reason == reason && group.strand == strand) return group.records.push_back(evidence);
        out_.left_out.push_back({std::string(reason), std::string(strand), {evidence}});
    }

    void weigh_engagement(const Engagement& engagement, const std::string& strand, bool announced) {
        if (!engagement.held || !engagement.held->from)
            return leave_out("the day is unknown", strand, engagement.evidence);
        const auto& held = *engagement.held;
        if (engagement.unnamed_parties.none)
            return leave_out("the number of unnamed parties is unknown", strand, engagement.evidence);
        RecordMass item = start(strand, engagement.category, engagement.evidence);
        item.announced = announced;
        // Announced counts once its day has passed, as a single day that is then known to have passed.
        if (announced && (!held.to || at_ < *held.to)) return;
        const Day last = held.to ? *held.to : std::max(*held.from, at_);
        const bool imprecise =
            held.precision == domain::Precision::month || held.precision == domain::Precision::year;
        item.on = {*held.from, last, 0, imprecise ? Spread::imprecise : Spread::extended};
        const auto named = std::set(engagement.actors.begin(), engagement.actors.end()).size();
        const auto parties =
            static_cast<double>(named) + static_cast<double>(engagement.unnamed_parties.value.value_or(0));
        item.factor = 1 / (parties - 1);
        item.choice.base = entry(parameters_.base, engagement.category);
        if (parameters_.strands[item.strand].counts_level) {
            item.choice.level =
                entry(parameters_.levels, engagement.level.empty() ? "unstated" : engagement.level);
            if (engagement.level.empty()) item.imputed.emplace_back("level");
            item.choice.mode = chosen(parameters_.modes, engagement, "own_meeting");
        }
        if (!measure_length(item, engagement, strand, imprecise)) return;
        add(std::move(item));
    }

    /// How long it was, or how many people; false: left out.
    bool measure_length(
        RecordMass& item, const Engagement& engagement, const std::string& strand, bool imprecise
    ) {
        const double days = imprecise ? 0 : item.on.last - item.on.first + 1;
        const auto days_or = [&](double otherwise) {
            if (imprecise) item.imputed.emplace_back("length");
            return imprecise ? otherwise : days;
        };
        if (strand == "exercise") {
            item.choice.size = observed_only(engagement) ? entry(parameters_.sizes, "observers")
                                                         : chosen(parameters_.sizes, engagement, "field");
            const double length = days_or(parameters_.exercise_days_when_unknown);
            item.factor *= std::sqrt(std::min(1.0, length / parameters_.exercise_full_days));
        } else if (strand == "training" || strand == "education") {
            const auto people = most_people(engagement);
            if (!people) {
                leave_out("the number of people is unknown", strand, engagement.evidence);
                return false;
            }
            item.factor *= trained(strand, *people, days_or(days_when_unknown(strand)));
        } else if (strand == "institution") {
            item.factor *= days_or(kDaysOfAYear) / kDaysOfAYear;
        } else if (engagement.category == "PEP" && !imprecise && days > 1) {
            item.factor *= days / kDaysOfAYear;
        }
        return true;
    }

    bool observed_only(const Engagement& engagement) const {
        for (std::size_t i = 0; i < engagement.actors.size() && i < engagement.roles.size(); ++i)
            if ((engagement.actors[i] == facts_.pair.a || engagement.actors[i] == facts_.pair.b) &&
                engagement.roles[i] == "observer")
                return true;
        return false;
    }

    /// The larger known head-count of the two sides: on a course those who are taught outnumber those who
    /// teach.
    std::optional<double> most_people(const Engagement& engagement) const {
        std::optional<double> most;
        for (std::size_t i = 0; i < engagement.actors.size() && i < engagement.people.size(); ++i)
            if ((engagement.actors[i] == facts_.pair.a || engagement.actors[i] == facts_.pair.b) &&
                engagement.people[i])
                most = std::max(most.value_or(0), static_cast<double>(*engagement.people[i]));
        return most;
    }

    double days_when_unknown(std::string_view strand) const {
        return strand == "education" ? parameters_.education_days_when_unknown
                                     : parameters_.training_days_when_unknown;
    }

    /// Trainee-months, or student-years.
    double trained(std::string_view strand, double people, double days) const {
        return strand == "education" ? people * std::min(days, parameters_.education_most_days) / kDaysOfAYear
                                     : people * days / kDaysOfAMonth;
    }

    std::string strand_of_schools(const std::vector<std::string>& families) const {
        return std::ranges::any_of(
                   families,
                   [&](const std::string& family) {
                       return contains(parameters_.education_kinds_of_school, kind_of_school(family));
                   }
               )
                   ? "education"
                   : "training";
    }

    void weigh_line(const TrainingLine& line) {
        const std::string strand = strand_of_schools(line.school_families);
        if (!line.people) return leave_out("the number of people is unknown", strand, line.evidence);
        RecordMass item = start(strand, "training", line.evidence);
        item.choice.base = entry(parameters_.base, strand);
        const bool dated = line.held && line.held->from && line.held->to &&
                           line.held->precision != domain::Precision::month &&
                           line.held->precision != domain::Precision::year;
        item.on = dated ? MassOnDays{*line.held->from, *line.held->to, 0, Spread::extended}
                        : MassOnDays{
                              fiscal_year_begin(line.fiscal_year),
                              fiscal_year_end(line.fiscal_year),
                              0,
                              Spread::extended};
        if (!dated) item.imputed.emplace_back("length");
        const double days = dated ? item.on.last - item.on.first + 1 : days_when_unknown(strand);
        item.factor = trained(strand, static_cast<double>(*line.people), days);
        add(std::move(item));
    }

    void weigh_cell(const TrainingCell& cell) {
        const std::string strand = strand_of_schools(cell.school_families);
        if (!cell.sum.knows_people())
            return leave_out("the number of people is unknown", strand, cell.records.front());
        RecordMass item = start(strand, "training", cell.records.front());
        item.choice.base = entry(parameters_.base, strand);
        item.on = {
            fiscal_year_begin(cell.fiscal_year), fiscal_year_end(cell.fiscal_year), 0, Spread::extended};
        item.imputed.emplace_back("length");
        item.factor = trained(strand, static_cast<double>(cell.sum.people.sum), days_when_unknown(strand));
        add(std::move(item));
    }

    const TieFacts& facts_;
    const Parameters& parameters_;
    Day at_;
    Masses out_;
};

}  // namespace

domain::DateSpan span_of(const RecordMass& record) {
    using domain::Precision;
    const auto& on = record.on;
    const auto first = calendar(on.first), last = calendar(on.last);
    Precision precision = on.first == on.last ? Precision::day : Precision::range;
    if (on.spread == Spread::imprecise)
        precision = first.month == last.month ? Precision::month : Precision::year;
    return {on.first, on.last, precision};
}

double product_of(const TableChoice& choice, const Parameters& parameters) {
    const auto value = [](const std::vector<TableEntry>& table, int at) {
        return at < 0 ? 1.0 : table[static_cast<std::size_t>(at)].value;
    };
    return value(parameters.base, choice.base) * value(parameters.levels, choice.level) *
           value(parameters.modes, choice.mode) * value(parameters.sizes, choice.size);
}

Masses weigh(const TieFacts& facts, const Parameters& parameters, Day at) {
    Scales scales(facts, parameters, at);
    scales.weigh_engagements();
    scales.weigh_agreements();
    scales.weigh_exercise_tallies();
    scales.weigh_agreement_tallies();
    scales.weigh_training();
    return scales.finish();
}

}  // namespace entente::measures
