// The balance of evidence, as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "measures/register.h"
#include "measures/shape/balance.h"
#include "measures/shape/section.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kRecordsShown = 12;

/// What an answer is made from.
struct Found {
    const PairFacts& facts;
    const Parameters& parameters;
    const std::vector<StrandStock>& strands;
    const BalanceOfEvidence& balance;
    Day at;
};

double good(const EvidenceShares& shares) {
    return shares.grades[0] + shares.grades[1];
}

std::string headline(const BalanceOfEvidence& found, const Parameters& parameters) {
    if (found.seen < parameters.least_seen)
        return fmt::format(
            "No whole: only {} of what one would look at is covered, {} is needed. The strands stand for "
            "themselves.",
            shown_share(found.seen),
            shown_share(parameters.least_seen)
        );
    if (!found.whole) return "Nothing is left of what is covered, so nothing has to be known.";
    const auto& grades = found.whole->grades;
    return fmt::format(
        "Of what carries the tie, {} rests on sources that are usually reliable or better (A, B), {} on "
        "fairly reliable ones "
        "at best (C), {} on weaker ones (D to F), {} on sources that nobody judged, {} on none.",
        shown_share(good(*found.whole)),
        shown_share(grades[2]),
        shown_share(grades[3] + grades[4] + grades[5]),
        shown_share(grades[6]),
        shown_share(grades[7])
    );
}

/// Cells of the eight shares, which add up to 100 as they are printed.
std::vector<Cell> grade_cells(
    const EvidenceShares& shares, const std::array<std::vector<Evidence>, kGrades>& records
) {
    std::vector<double> parts;
    for (const double share : shares.grades) parts.push_back(100 * share);
    const auto shown = shown_parts(parts, 100, 0);
    std::vector<Cell> out;
    for (std::size_t grade = 0; grade < kGrades; ++grade)
        out.push_back({shown[grade] + " %", six_digits(shares.grades[grade]), records[grade]});
    return out;
}

std::string unsaid(const Found& found) {
    std::vector<std::string> nothing, unknown;
    for (const auto& strand : found.strands) {
        if (strand.on_record > 0) continue;
        (strand.counts() ? nothing : unknown).push_back(found.parameters.strands[strand.strand].name);
    }
    std::string out;
    if (!nothing.empty()) out += fmt::format("Nothing is left of {}. ", listed(nothing));
    if (!unknown.empty()) out += fmt::format("Not covered, so cannot be said: {}. ", listed(unknown));
    return out;
}

AnswerTable grades_table(const Found& found) {
    AnswerTable table{
        "grades",
        "By the best source: share of what is left",
        {{"strand", "Strand"}},
        {},
        unsaid(found) +
            "A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged.",
        false};
    for (std::size_t grade = 0; grade < kGrades; ++grade) {
        const auto words = std::string(to_words(static_cast<Grade>(grade)));
        auto name = words;
        std::ranges::replace(name, ' ', '_');
        table.columns.push_back({name, words, true});
    }
    table.columns.push_back({"part_of_whole", "of all", true});
    table.columns.push_back({"coverage", "covered", false, 1});
    std::vector<double> weights;
    for (const auto& strand : found.balance.strands) weights.push_back(100 * strand.weight);
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    const auto shown = shown_parts(weights, all, 0);
    for (std::size_t i = 0; i < found.balance.strands.size(); ++i) {
        const auto& one = found.balance.strands[i];
        const auto& strand = found.strands[one.strand];
        std::vector<Cell> row{{found.parameters.strands[one.strand].name}};
        for (auto& cell : grade_cells(one.shares, one.records)) row.push_back(std::move(cell));
        row.push_back(strand.counts() ? Cell{shown[i] + " %", six_digits(one.weight)} : Cell{"not counted"});
        row.push_back({covered_words(strand.coverage), {}, strand.coverage.statements});
        table.rows.push_back(std::move(row));
    }
    if (found.balance.whole) {
        std::vector<Cell> row{{"the whole"}};
        for (auto& cell : grade_cells(*found.balance.whole, {})) row.push_back(std::move(cell));
        row.push_back({"100 %", 1.0});
        row.push_back({shown_share(found.balance.seen) + " seen", six_digits(found.balance.seen)});
        table.rows.push_back(std::move(row));
    }
    return table;
}

AnswerTable confirmed_table(const Found& found) {
    AnswerTable table{
        "confirmed",
        "By how many confirm it",
        {{"strand", "Strand"},
         {"one", "one source or none", true},
         {"two_or_more", "two or more", true},
         {"disputed", "disputed", true},
         {"sides", "sides that confirm"}},
        {},
        "Disputed: another source says otherwise of some field. Sources do not say which side they speak "
        "for, and no record "
        "is signed by both sides yet.",
        false};
    const auto row = [&](const std::string& name, const EvidenceShares& shares) {
        const auto shown = shown_parts({100 * (1 - shares.two_or_more), 100 * shares.two_or_more}, 100, 0);
        table.rows.push_back(
            {{name},
             {shown[0] + " %", six_digits(1 - shares.two_or_more)},
             {shown[1] + " %", six_digits(shares.two_or_more)},
             {shown_share(shares.disputed), six_digits(shares.disputed)},
             {"cannot be said"}}
        );
    };
    for (const auto& one : found.balance.strands) row(found.parameters.strands[one.strand].name, one.shares);
    if (found.balance.whole) row("the whole", *found.balance.whole);
    return table;
}

/// The records that carry most, with the best source of each.
AnswerTable records_table(const Found& found) {
    AnswerTable table{
        "records",
        "What carries most, and what it rests on",
        {{"of_all", "of all", true},
         {"of_strand", "of its strand", true, 2},
         {"what", "what", false, 0, 16},
         {"when", "when"},
         {"grade", "best source"},
         {"sources", "sources", false, 1, 16},
         {"record", "record"}},
        {},
        {},
        true};
    struct Line {
        double of_all, of_strand;
        const RecordMass* record;
    };
    std::vector<Line> lines;
    for (const auto& one : found.balance.strands) {
        const auto& strand = found.strands[one.strand];
        const double half_life = found.parameters.strands[one.strand].half_life_days;
        for (const auto* record : strand.records) {
            const double stock = stock_of(strand.going_on.held_on(record->on), half_life, found.at);
            const double share = stock / strand.on_record;
            lines.push_back({one.weight * share, share, record});
        }
    }
    std::ranges::stable_sort(lines, std::greater(), [](const Line& line) {
        return std::pair(line.of_all, line.of_strand);
    });
    lines.resize(std::min(lines.size(), kRecordsShown));
    for (const auto& [of_all, share, record] : lines) {
        const auto& evidence = record->evidence;
        std::vector<std::string> keys;
        for (const auto& id : evidence.sources) {
            const auto source = found.facts.sources.find(id);
            const auto key = source == found.facts.sources.end() ? id.substr(0, 8) : source->second.key;
            if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
        }
        table.rows.push_back(
            {of_all > 0 ? Cell{shown_share(of_all), six_digits(of_all)} : Cell{"not counted"},
             {shown_share(share), six_digits(share)},
             {leg_words(kind_of_leg(*record, found.parameters))},
             {span_of(*record).to_words("–")},
             {std::string(to_words(grade_of(evidence, found.facts.sources)))},
             {keys.empty() ? "none" : fmt::format("{}", fmt::join(keys, ", "))},
             {evidence.shown_id(), {}, {evidence}}}
        );
    }
    return table;
}

/// What nobody checked against a cited text is no part of the balance unless asked for.
void warn(Answer& out, const TieFacts& facts, Day at) {
    if (facts.general_knowledge) return;
    std::size_t unchecked = 0;
    for (const auto& one : facts.engagements)
        unchecked += names_both(one.actors, facts.pair) && occurred_by(one, at) && is_contact(one) &&
                     one.evidence.rests_on_general_knowledge();
    for (const auto& one : facts.agreements)
        unchecked += names_both(one.parties, facts.pair) && one.evidence.rests_on_general_knowledge();
    if (unchecked > 0)
        out.warnings.push_back(fmt::format(
            "{} on general knowledge alone and {} left out; --general-knowledge counts them.",
            counted(unchecked, "record rests", "records rest"),
            unchecked == 1 ? "is" : "are"
        ));
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    const auto& parameters = *question.parameters;
    const auto masses = weigh(facts.tie, parameters, question.at);
    const auto strands = strand_stocks(facts.tie, masses, parameters, question.at);
    const auto balance = balance_of_evidence(strands, facts.sources, parameters, question.at);
    const Found found{facts, parameters, strands, balance, question.at};
    Answer out = begin_answer(*find_measure("balance"), facts, question);
    out.headline = headline(balance, parameters);
    if (balance.whole)
        out.value = six_digits(good(*balance.whole));
    else
        out.reason = balance.seen < parameters.least_seen ? "not covered" : "none on record";
    out.tables = {grades_table(found), confirmed_table(found), records_table(found)};
    warn(out, facts.tie, question.at);
    return out;
}

}  // namespace

Measure balance_measure() {
    return {
        .name = "balance",
        .version = 1,
        .question = "How do we know: which sources carry this tie, and who confirms it?",
        .unit = "share on sources of reliability A or B",
        .uses_parameters = true,
        .choices = {},
        .references = {"MEASURES.md 7", "Admiralty code of the reliability of sources"},
        .ask = ask,
    };
}

}  // namespace entente::measures
