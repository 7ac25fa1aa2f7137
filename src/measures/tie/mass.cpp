#include "measures/tie/mass.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "measures/tie/pair_rows.h"

namespace entente::measures {
namespace {

std::vector<std::string> imputed_words(std::uint8_t imputed) {
    std::vector<std::string> out;
    if (imputed & Imputed::level) out.emplace_back("level");
    if (imputed & Imputed::parties) out.emplace_back("parties");
    if (imputed & Imputed::length) out.emplace_back("length");
    if (imputed & Imputed::in_force) out.emplace_back("day of coming into force");
    return out;
}

/// Rows of a pair as masses at the end of a day.
class PairOnDay {
public:
    PairOnDay(std::span<const WeightRow> rows, const Parameters& parameters, bool general_knowledge, Day at)
        : rows_(rows), parameters_(parameters), general_knowledge_(general_knowledge), at_(at) {}

    MassesOfRows masses() {
        add_records();
        add_exercise_tallies();
        add_agreement_tallies();
        add_training_tallies();
        return std::move(out_);
    }

private:
    using Years = std::map<int, std::size_t>;  ///< year to the row that speaks of it

    void add_records() {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto& row = rows_[i];
            if (row.general_knowledge && !general_knowledge_) continue;
            if (row.role == RowRole::left_out && (!row.announced || row.last <= at_))
                out_.left_out.emplace_back(i, row.reason);
            if (row.role == RowRole::mass) add_record(i);
        }
    }

    void add_record(std::size_t i) {
        const auto& row = rows_[i];
        if (at_ < row.first || (row.announced && at_ < row.last)) return;
        MassOfRow out{i, {row.first, row.last, 0, row.spread}, row.factor};
        if (row.open) {
            out.on.last = at_;
            out.factor *= length_factor(row.rule, at_ - row.first + 1, length_limit(row.rule, parameters_));
        }
        out.on.mass =
            out.factor * product_of(row.choice, parameters_) * (row.announced ? parameters_.announced : 1);
        out_.items.push_back(out);
    }

    void add_exercise_tallies() {
        static const auto exercise = weight_kind("EXR");
        std::set<int> single;
        for (const auto& item : out_.items)
            if (rows_[item.row].kind == exercise)
                for (int year = calendar(item.on.first).year; year <= calendar(item.on.last).year; ++year)
                    single.insert(year);
        for (const auto& [year, i] : tallied_years(RowRole::exercise_tally)) {
            const double number = rows_[i].factor;
            if (number == 0 || single.contains(year)) continue;
            add_tally(i, *day_of(year, 1, 1), *day_of(year, 12, 31), Spread::extended, number);
        }
    }

    /// Only what the single records do not account for; in layers, so that a change of the number ends what
    /// it ends.
    void add_agreement_tallies() {
        const auto years = tallied_years(RowRole::agreement_tally);
        std::map<int, std::int64_t> more;
        std::int64_t most = 0;
        for (const auto& [year, i] : years) {
            more[year] =
                std::max<std::int64_t>(0, static_cast<std::int64_t>(rows_[i].factor) - agreements_in(year));
            most = std::max(most, more[year]);
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
                add_tally(years.at(first), *day_of(first, 1, 1), *day_of(last, 12, 31), Spread::held, 1);
            }
    }

    std::int64_t agreements_in(int year) const {
        static const auto agreement = weight_kind("agreement");
        return std::ranges::count_if(out_.items, [&](const MassOfRow& item) {
            return rows_[item.row].kind == agreement && calendar(item.on.first).year <= year &&
                   year <= calendar(item.on.last).year;
        });
    }

    void add_training_tallies() {
        std::set<std::pair<bool, int>> single;
        std::map<std::tuple<bool, int, std::uint64_t>, std::vector<std::size_t>> cells;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto& row = rows_[i];
            if (row.role == RowRole::training_tally && row.first <= at_)
                cells[{row.a_delivers, row.year, row.cell}].push_back(i);
            else if (row.role != RowRole::training_tally && row.year != 0)
                single.insert({row.a_delivers, row.year});
        }
        for (const auto& [key, parts] : cells)
            if (!single.contains({std::get<0>(key), std::get<1>(key)})) add_cell(parts);
    }

    void add_cell(const std::vector<std::size_t>& parts) {
        double people = 0;
        bool known = false;
        for (const auto i : parts) {
            people += rows_[i].factor;
            known = known || rows_[i].people_known;
        }
        const auto& row = rows_[parts.front()];
        if (!known) return out_.left_out.emplace_back(parts.front(), LeftOutReason::people_unknown), void();
        const bool education = parameters_.strands[row.strand].strand == "education";
        const double days =
            education ? parameters_.education_days_when_unknown : parameters_.training_days_when_unknown;
        add_tally(
            parts.front(),
            fiscal_year_begin(row.year),
            fiscal_year_end(row.year),
            Spread::extended,
            trained(education, people, days, parameters_)
        );
    }

    /// The largest number that any row says of each year, and of these the first.
    Years tallied_years(RowRole role) const {
        Years out;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto& row = rows_[i];
            if (row.role != role || row.first > at_) continue;
            const int last = calendar(row.open ? at_ : std::min(row.last, at_)).year;
            for (int year = calendar(row.first).year; year <= last; ++year) {
                const auto [found, is_new] = out.try_emplace(year, i);
                if (!is_new && row.factor > rows_[found->second].factor) found->second = i;
            }
        }
        return out;
    }

    void add_tally(std::size_t i, Day first, Day last, Spread spread, double factor) {
        if (at_ < first) return;
        out_.items.push_back(
            {i, {first, last, factor * product_of(rows_[i].choice, parameters_), spread}, factor}
        );
    }

    std::span<const WeightRow> rows_;
    const Parameters& parameters_;
    bool general_knowledge_;
    Day at_;
    MassesOfRows out_;
};

RecordMass in_words(const MassOfRow& mass, const WeightRow& row, const Evidence& evidence) {
    RecordMass out;
    out.strand = row.strand;
    out.kind = weight_kinds()[row.kind];
    out.choice = row.choice;
    out.factor = mass.factor;
    out.on = mass.on;
    out.announced = row.announced;
    out.imputed = imputed_words(row.imputed);
    out.evidence = evidence;
    return out;
}

void leave_out(
    std::vector<LeftOut>& groups, LeftOutReason reason, const std::string& strand, const Evidence& evidence
) {
    const auto words = to_words(reason);
    for (auto& group : groups)
        if (group.reason == words && group.strand == strand) return group.records.push_back(evidence);
    groups.push_back({std::string(words), strand, {evidence}});
}

bool between(const std::string& deliverer, const std::string& recipient, const Pair& pair) {
    return (deliverer == pair.a && recipient == pair.b) || (deliverer == pair.b && recipient == pair.a);
}

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

PairRows rows_of(const TieFacts& facts, const Parameters& parameters) {
    PairRows out;
    const auto note = [&](const Evidence& evidence) { out.evidence.resize(out.rows.size(), &evidence); };
    for (const auto& one : facts.engagements)
        if (names_both(one.actors, facts.pair)) {
            add_rows(one, facts.pair, parameters, out.rows);
            note(one.evidence);
        }
    for (const auto& one : facts.agreements)
        if (names_both(one.parties, facts.pair)) {
            add_rows(one, facts.pair, parameters, out.rows);
            note(one.evidence);
        }
    for (const auto& one : facts.training_lines)
        if (between(one.deliverer, one.recipient, facts.pair)) {
            add_rows(one, facts.pair, parameters, out.rows);
            note(one.evidence);
        }
    for (const auto& one : facts.tallies)
        if (one.what == "training" ? between(one.deliverer, one.recipient, facts.pair)
                                   : names_both(one.parties, facts.pair)) {
            add_rows(one, facts.pair, parameters, out.rows);
            note(one.evidence);
        }
    return out;
}

MassesOfRows masses_of_rows(
    std::span<const WeightRow> rows, const Parameters& parameters, bool general_knowledge, Day at
) {
    return PairOnDay(rows, parameters, general_knowledge, at).masses();
}

Masses masses_on(const PairRows& rows, const Parameters& parameters, bool general_knowledge, Day at) {
    const auto found = masses_of_rows(rows.rows, parameters, general_knowledge, at);
    Masses out;
    for (const auto& mass : found.items)
        out.items.push_back(in_words(mass, rows.rows[mass.row], *rows.evidence[mass.row]));
    for (const auto& [row, reason] : found.left_out)
        leave_out(
            out.left_out, reason, parameters.strands[rows.rows[row].strand].strand, *rows.evidence[row]
        );
    std::ranges::stable_sort(out.items, [](const RecordMass& a, const RecordMass& b) {
        return std::tie(a.on.first, a.evidence.id) < std::tie(b.on.first, b.evidence.id);
    });
    return out;
}

Masses weigh(const TieFacts& facts, const Parameters& parameters, Day at) {
    return masses_on(rows_of(facts, parameters), parameters, facts.general_knowledge, at);
}

}  // namespace entente::measures
