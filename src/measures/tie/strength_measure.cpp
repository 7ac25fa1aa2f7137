// Strength as it is asked for and read: the words and tables around tie/strength.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "domain/declaration.h"
#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/tie/strength.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr std::size_t kRecordsShown = 12;

/// `leader visits`; a tally by the name of what it counts.
std::string kind_words(const std::string& kind) {
    for (const auto* list : {"engagement_category", "tally_kind"})
        if (const auto* code = domain::Schema::builtin().list(list)->find(kind)) {
            const auto brief = code->attributes.find("short");
            return brief == code->attributes.end() ? code->name : brief->second;
        }
    return kind;
}

std::string record_words(const RecordMass& record) {
    return fmt::format("{}, {}", kind_words(record.kind), span_of(record).to_words("–"));
}

AnswerTable strands_table(const Strength& found, const Parameters& parameters) {
    AnswerTable table{
        "strands",
        "",
        {{"strand", "Strand"},
         {"stock", "stock", true},
         {"unit", "unit", false, 1},
         {"fullness", "full (band)", true},
         {"points", "points", true},
         {"coverage", "covered"}},
        {},
        {},
        false};
    std::vector<double> points;
    for (const auto& strand : found.strands) points.push_back(strand.points);
    const auto shown = shown_parts(points, found.total.value_or(0), 1);
    for (std::size_t i = 0; i < found.strands.size(); ++i) {
        const auto& strand = found.strands[i];
        const auto& of = parameters.strands[strand.strand];
        std::vector<Evidence> records;
        for (const auto& share : strand.records)
            if (share.record) records.push_back(share.record->evidence);
        const bool anything = strand.stock > 0;
        Cell stock{
            anything          ? shown_number(strand.stock)
            : strand.fullness ? "0"
                              : "unknown",
            strand.stock,
            records};
        if (!strand.fullness) {
            stock =
                anything ? Cell{"≥ " + shown_number(strand.stock), strand.stock, records} : Cell{"unknown"};
        }
        Cell full{"unknown"}, part{found.total ? "not counted" : "–"};
        if (strand.fullness) {
            full = {
                fmt::format(
                    "{:.0f} % ({:.0f}–{:.0f})",
                    100 * *strand.fullness,
                    100 * strand.fullness_band.low,
                    100 * strand.fullness_band.high
                ),
                *strand.fullness};
            if (found.total) part = {shown[i], strand.points, records};
        }
        table.rows.push_back(
            {{of.name},
             stock,
             {of.unit},
             full,
             part,
             {covered_words(strand.coverage), {}, strand.coverage.statements}}
        );
    }
    return table;
}

AnswerTable kinds_table(const Strength& found, const Parameters& parameters) {
    AnswerTable table{
        "kinds",
        "By kind",
        {{"strand", "strand"},
         {"kind", "kind"},
         {"records", "records", true},
         {"stock", "stock", true},
         {"points", "points", true}},
        {},
        {},
        true};
    for (const auto& strand : found.strands) {
        std::map<std::string, std::pair<double, std::vector<Evidence>>> kinds;
        for (const auto& share : strand.records) {
            auto& [stock, records] = kinds[share.record ? share.record->kind : "goes on at the mean rate"];
            stock += share.stock;
            if (share.record) records.push_back(share.record->evidence);
        }
        for (const auto& [kind, sum] : kinds) {
            const double points = strand.stock > 0 ? strand.points * sum.first / strand.stock : 0;
            table.rows.push_back(
                {{parameters.strands[strand.strand].name},
                 {kind_words(kind)},
                 {std::to_string(sum.second.size()), static_cast<double>(sum.second.size())},
                 {shown_number(sum.first), sum.first, sum.second},
                 {strand.fullness && found.total ? fmt::format("{:.1f}", points) : "not counted", points}}
            );
        }
    }
    return table;
}

AnswerTable records_table(const Strength& found, const Parameters& parameters) {
    AnswerTable table{
        "records",
        "What carries it, largest first",
        {{"points", "points", true},
         {"stock", "stock", true},
         {"strand", "strand"},
         {"what", "what", false, 0, 20},
         {"imputed", "imputed", false, 1},
         {"record", "record"}},
        {},
        {},
        true};
    struct Line {
        const StrandStrength* strand;
        const StockShare* share;
    };
    std::vector<Line> lines;
    for (const auto& strand : found.strands)
        for (const auto& share : strand.records)
            if (share.stock > 0) lines.push_back({&strand, &share});
    std::ranges::stable_sort(lines, [](const Line& a, const Line& b) {
        return std::pair(a.share->points, a.share->stock) > std::pair(b.share->points, b.share->stock);
    });
    const std::size_t shown = std::min(lines.size(), kRecordsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [strand, share] = lines[i];
        std::vector<Evidence> records;
        if (share->record) records.push_back(share->record->evidence);
        table.rows.push_back(
            {{strand->fullness && found.total ? fmt::format("{:.1f}", share->points) : "–", share->points},
             {shown_number(share->stock), share->stock},
             {parameters.strands[strand->strand].name},
             {share->record ? record_words(*share->record) : "goes on at the mean rate"},
             {share->record ? fmt::format("{}", fmt::join(share->record->imputed, ", ")) : "all"},
             {share->record ? share->record->evidence.shown_id() : "", {}, records}}
        );
    }
    if (lines.size() > shown) {
        double points = 0;
        for (std::size_t i = shown; i < lines.size(); ++i) points += lines[i].share->points;
        table.note = fmt::format(
            "{} more records carry {} points; --json has all.", lines.size() - shown, shown_number(points)
        );
    }
    return table;
}

AnswerTable tornado_table(const std::vector<TornadoBar>& bars) {
    AnswerTable table{
        "tornado",
        "What moves it: the band when only one thing varies",
        {{"group", "varied"}, {"low", "from", true}, {"high", "to", true}},
        {},
        {},
        true};
    for (const auto& bar : bars)
        table.rows.push_back(
            {{bar.group},
             {fmt::format("{:.1f}", bar.band.low), bar.band.low},
             {fmt::format("{:.1f}", bar.band.high), bar.band.high}}
        );
    return table;
}

AnswerTable one_more_table(const Strength& found) {
    AnswerTable table{
        "one_more",
        "What one more would add today",
        {{"what", "one more"}, {"points", "points", true}},
        {},
        {},
        true};
    for (const auto& one : found.one_more)
        table.rows.push_back({{one.what}, {fmt::format("+{:.1f}", one.points), one.points}});
    return table;
}

AnswerTable left_out_table(const Masses& masses) {
    AnswerTable table{
        "left_out",
        "On record and not weighed",
        {{"strand", "strand"}, {"reason", "because", false, 0, 30}, {"records", "records", true}},
        {},
        {},
        true};
    for (const auto& one : masses.left_out)
        table.rows.push_back(
            {{one.strand},
             {one.reason},
             {std::to_string(one.records.size()), static_cast<double>(one.records.size()), one.records}}
        );
    return table;
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// `rose in 96 % of draws`
std::string rose_words(double probability) {
    return probability >= 0.5 ? fmt::format("higher in {:.0f} % of draws", 100 * probability)
                              : fmt::format("lower in {:.0f} % of draws", 100 * (1 - probability));
}

AnswerTable against_table(const Strength& now, const Strength& then, const Parameters& parameters) {
    AnswerTable table{
        "against",
        fmt::format("Against {}", day_words(then.at)),
        {{"strand", "Strand"},
         {"then", "then, full", true},
         {"now", "now, full", true},
         {"sure", "how sure"},
         {"why", "coverage then; now", false, 0, 24}},
        {},
        {},
        false};
    const auto full = [](const StrandStrength& strand) {
        if (strand.fullness) return Cell{fmt::format("{:.0f} %", 100 * *strand.fullness), *strand.fullness};
        return Cell{"unknown"};
    };
    for (std::size_t i = 0; i < now.strands.size(); ++i) {
        const auto probability = probability_greater(now.strands[i], then.strands[i]);
        table.rows.push_back(
            {{parameters.strands[now.strands[i].strand].name},
             full(then.strands[i]),
             full(now.strands[i]),
             probability ? Cell{*probability == 0.5 ? "the same" : rose_words(*probability), *probability}
                         : Cell{"cannot be said"},
             {covered_words(then.strands[i].coverage) + "; " + covered_words(now.strands[i].coverage)}}
        );
    }
    return table;
}

/// Which strands one total holds and the other does not; empty where both hold the same.
std::string unlike_words(const Strength& now, const Strength& then, const Parameters& parameters) {
    std::vector<std::string> only_then, only_now;
    for (std::size_t i = 0; i < now.strands.size(); ++i) {
        const bool here = now.strands[i].coverage.counts(), there = then.strands[i].coverage.counts();
        const auto& name = parameters.strands[now.strands[i].strand].name;
        if (there && !here) only_then.push_back(name);
        if (here && !there) only_now.push_back(name);
    }
    std::vector<std::string> parts;
    if (!only_then.empty())
        parts.push_back(fmt::format("{} counted then and cannot be seen now", fmt::join(only_then, ", ")));
    if (!only_now.empty())
        parts.push_back(fmt::format("{} counts now and could not be seen then", fmt::join(only_now, ", ")));
    return parts.empty() ? "" : fmt::format(" Not like for like: {}.", fmt::join(parts, "; "));
}

std::string against_sentence(const Strength& now, const Strength& then, const Parameters& parameters) {
    const auto probability = probability_greater(now, then);
    if (probability)
        return fmt::format(
            "Against {}: {:.0f} then, {:.0f} now, {}.{}",
            day_words(then.at),
            *then.total,
            *now.total,
            rose_words(*probability),
            unlike_words(now, then, parameters)
        );
    const auto why = [](const Strength& one) {
        return fmt::format("{} is seen of {}", shown_share(one.seen), day_words(one.at));
    };
    return fmt::format(
        "Whether it is stronger than on {} cannot be said as a whole: {}, and {}. Strand by strand below.",
        day_words(then.at),
        why(then),
        why(now)
    );
}

/// The latest day, of those on which a statement ends or what it covered lapses, on which enough was seen for a total.
std::optional<Day> last_day_with_total(
    const TieFacts& facts, const Strength& found, const Parameters& parameters, Day at
) {
    auto middle = parameters;
    middle.draws = 1;
    const DrawnParameters drawn(middle);
    std::set<Day> ends;
    for (const auto& statement : facts.coverage)
        if (statement.covers.to && *statement.covers.to < at) ends.insert(*statement.covers.to);
    for (const auto& strand : found.strands)
        if (strand.coverage.until && *strand.coverage.until < at) ends.insert(*strand.coverage.until);
    // Where coverage ended, a strand counts for a half-life more.
    for (const auto day : std::set(ends))
        for (const auto& strand : parameters.strands) {
            const Day lapses = day + static_cast<std::int32_t>(strand.half_life_days);
            if (lapses < at) ends.insert(lapses);
        }
    for (auto day = ends.rbegin(); day != ends.rend(); ++day)
        if (strength(facts, weigh(facts, middle, *day), drawn, *day).total) return *day;
    return std::nullopt;
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    const auto& parameters = *question.parameters;
    const auto masses = weigh(facts.tie, parameters, question.at);
    const auto both = strength_and_tornado(facts.tie, masses, *drawn(parameters), question.at);
    const auto& found = both.strength;
    Answer out = begin_answer(*find_measure("strength"), facts, question);
    if (found.total) {
        out.value = six_digits(*found.total);
        out.band = StatedBand{
            found.band,
            parameters.band_level,
            "half-lives, half-full values, tables, shares of strands, imprecise dates, status"};
        out.outer = found.outer;
        out.headline = fmt::format(
            "{}: {} of 100, with the unseen {:.0f} to {:.0f}. Seen: {} of what one would look at.",
            capitalised(found.words),
            shown_with_band(*found.total, found.band),
            found.outer.low,
            found.outer.high,
            shown_share(found.seen)
        );
    } else {
        out.reason = "not covered";
        out.headline = fmt::format(
            "No total: only {} of what one would look at is covered, {} is needed. The strands stand for "
            "themselves.",
            shown_share(found.seen),
            shown_share(parameters.least_seen)
        );
        if (const auto day = last_day_with_total(facts.tie, found, parameters, question.at))
            out.headline += fmt::format(
                " The last day on which enough is seen: {} (--at {}).", day_words(*day), to_iso(*day)
            );
    }
    out.tables = {
        strands_table(found, parameters), kinds_table(found, parameters), records_table(found, parameters)};
    if (found.total) {
        out.tables.push_back(tornado_table(both.tornado));
        out.tables.push_back(one_more_table(found));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto against, day_of_choice(question, "against", false));
    if (against) {
        const auto earlier = weigh(facts.tie, parameters, *against);
        const auto then = strength(facts.tie, earlier, *drawn(parameters), *against);
        out.paragraphs.push_back(against_sentence(found, then, parameters));
        out.tables.insert(out.tables.begin() + 1, against_table(found, then, parameters));
    }
    if (!masses.left_out.empty()) out.tables.push_back(left_out_table(masses));
    out.warnings = found.warnings;
    return out;
}

}  // namespace

Measure strength_measure() {
    return {
        .name = "strength",
        .version = 1,
        .question = "How strong is this tie, and why?",
        .unit = "points of 100",
        .uses_parameters = true,
        .choices =
            {{"against", "", "DATE", "Compare with another day: how sure is a rise or fall, and of what"}},
        .references = {"MEASURES.md 3 to 6", "Salmon and others 2011 (draws)", "Neumaier 1974 (sums)"},
        .ask = ask,
        .draw = strength_picture,
    };
}

}  // namespace entente::measures
