// Spells found in counts, as they are asked for and read.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "measures/contact_days.h"
#include "measures/coverage_of.h"
#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/spells/hidden_states.h"
#include "measures/spells/segmentation.h"
#include "measures/spells/series_names.h"
#include "measures/spells/silences.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

// How long a silence is at least, and how far to either side its rate is looked for.
constexpr double kLeastSilentFiscalYears = 1;
constexpr double kFiscalYearsAround = 5;
constexpr double kLeastSilentYears = 0.5;
constexpr double kYearsAround = 3;

/// A series of counts with what a reader needs to name its periods.
struct NamedSeries {
    std::vector<CountedPeriod> periods;
    std::vector<Window> days;  ///< of each period
    std::string unit;          ///< `contacts`
    double per_year = 1;       ///< exposure units in a year
    bool fiscal = false;
    std::size_t shortest = 2;
    std::vector<std::string> notes;
    std::vector<std::vector<Evidence>> records;  ///< per period: what was counted
    std::vector<bool> perhaps_held;  ///< per period: a contact of a loose date may lie in it; empty: in none
    // Per period, where a report is read; each may be empty:
    std::vector<double> others;     ///< its rows on the pair outside the kinds asked for
    std::vector<double> elsewhere;  ///< other recipients with rows of the kinds asked for
};

std::string period_words(const NamedSeries& series, std::size_t at) {
    const auto& days = series.days[at];
    if (series.fiscal) return fmt::format("FY {}", calendar(days.last).year);
    const auto date = calendar(days.first);
    const bool year = days.last - days.first > 300;
    return year ? std::to_string(date.year)
                : domain::DateSpan{days.first, days.last, domain::Precision::month}.to_words("–");
}

/// Places of covered periods in the whole series.
std::vector<std::size_t> covered_places(const NamedSeries& series) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < series.periods.size(); ++i)
        if (series.periods[i].exposure > 0) out.push_back(i);
    return out;
}

Window period_at(Day day, const std::string& unit) {
    const auto date = calendar(day);
    if (unit == "year") return {*day_of(date.year, 1, 1), *day_of(date.year, 12, 31)};
    return {*day_of(date.year, date.month, 1), end_of_month(date.year, date.month)};
}

/// Whether a period is the whole of what is known of a date: a year, in a series by years.
bool holds_all_of(const Window& period, const domain::DateSpan& date) {
    return date.from && date.to && period.first <= *date.from && *date.to <= period.last;
}

/// Contacts of a loose date count where a period holds all of it; else no period in which one may lie is silent for
/// sure.
void place_loose_dates(NamedSeries& out, const ContactDays& found, Day at) {
    out.perhaps_held.assign(out.periods.size(), false);
    const auto mark = [&](const domain::DateSpan& held) {
        for (std::size_t i = 0; i < out.days.size(); ++i)
            if (held.first(out.days[i].first) <= out.days[i].last && out.days[i].first <= held.last(at))
                out.perhaps_held[i] = true;
    };
    for (const auto* contact : found.engagements) mark(*contact->held);
    std::size_t left_out = 0;
    for (const auto* contact : found.vague) {
        if (!contact->held) {
            ++left_out;
            continue;
        }
        const auto whole = std::ranges::find_if(out.days, [&](const Window& days) {
            return holds_all_of(days, *contact->held);
        });
        const auto place = static_cast<std::size_t>(whole - out.days.begin());
        if (whole != out.days.end() && out.periods[place].exposure > 0) {
            ++out.periods[place].count;
            out.records[place].push_back(contact->evidence);
            continue;
        }
        ++left_out;
        mark(*contact->held);
    }
    if (left_out > 0)
        out.notes.push_back(fmt::format(
            "{} not known to the month {} not counted; no silence is told where {} may lie.",
            counted(left_out, "contact", "contacts"),
            left_out == 1 ? "is" : "are",
            left_out == 1 ? "it" : "one of them"
        ));
}

Result<NamedSeries> contacts_series(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto kinds, kinds_of_choice(question, "kinds"));
    const std::string unit = question.choice("unit").empty() ? "month" : question.choice("unit");
    if (unit != "month" && unit != "year")
        return fail(
            ErrorCode::invalid_argument, "unit", fmt::format("found '{}', expected month or year", unit)
        );
    const auto found = contact_days(facts.tie, kinds, question.at);
    NamedSeries out;
    out.unit = "contacts";
    if (found.counts.covered.empty()) return out;
    for (Window at = period_at(found.counts.covered.front().first, unit); at.first <= question.at;
         at = period_at(at.last + 1, unit)) {
        const auto exposure = found.counts.exposure(at.first, at.last);
        const double share = static_cast<double>(exposure) / (at.last - at.first + 1);
        // A period that is hardly covered says more of its neighbours than of itself.
        const bool counts = share >= 0.5;
        out.periods.push_back(
            {counts ? found.counts.count(at.first, at.last) : 0, counts ? exposure / 365.25 : 0}
        );
        out.days.push_back(at);
    }
    out.records.resize(out.days.size());
    for (std::size_t i = 0; i < found.engagements.size(); ++i)
        for (std::size_t at = 0; at < out.days.size(); ++at)
            if (out.periods[at].exposure > 0 && out.days[at].first <= found.counts.days[i] &&
                found.counts.days[i] <= out.days[at].last)
                out.records[at].push_back(found.engagements[i]->evidence);
    place_loose_dates(out, found, question.at);
    if (found.imprecise > 0)
        out.notes.push_back(fmt::format(
            "{} known to the month only stand in its middle.", counted(found.imprecise, "contact", "contacts")
        ));
    return out;
}

/// `IMET` is the programme and its parts: IMET-1, IMET-2, IMET-X.
bool of_programme(const std::string& name, const std::string& asked) {
    if (!name.starts_with(asked)) return false;
    return name.size() == asked.size() || name[asked.size()] == '-' || name[asked.size()] == ' ';
}

std::string in_capitals(std::string text) {
    for (char& letter : text)
        if ('a' <= letter && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return text;
}

/// A programme as the record spells it: `imet` is IMET, and `NOSUCH` is refused with those on record named.
Result<std::string> programme_of(
    const PairFacts& facts, const std::vector<TrainingCell>& cells, const std::string& typed
) {
    if (typed.empty()) return typed;
    std::set<std::string> known;
    for (const auto& cell : cells) known.insert(cell.programme);
    for (const auto& tally : facts.all_tallies)
        if (tally.what == "training")
            for (const auto& part : tally.parts) known.insert(part.programme);
    known.erase("");
    // Without any programme on record none can be told from a slip of the pen.
    if (known.empty()) return typed;
    for (const auto& name : known)
        if (of_programme(in_capitals(name), in_capitals(typed))) return name.substr(0, typed.size());
    return fail(
        ErrorCode::invalid_argument,
        "programme",
        fmt::format("found '{}', expected one on record: {}", typed, fmt::join(known, ", "))
    );
}

/// Who else got training of a programme in a fiscal year, from whoever trains the pair.
std::map<int, std::set<std::string>> recipients_elsewhere(
    const PairFacts& facts, const std::string& programme
) {
    std::map<int, std::set<std::string>> out;
    const auto& [a, b] = facts.tie.pair;
    for (const auto& tally : facts.all_tallies) {
        if (tally.what != "training" || (tally.deliverer != a && tally.deliverer != b)) continue;
        if (tally.recipient == a || tally.recipient == b || !tally.period.to) continue;
        const bool any = std::ranges::any_of(tally.parts, [&](const TallyPart& part) {
            return part.number > 0 && (programme.empty() || of_programme(part.programme, programme));
        });
        if (any) out[fiscal_year_of(*tally.period.to)].insert(tally.recipient);
    }
    return out;
}

Result<NamedSeries> training_series(const PairFacts& facts, const MeasureQuestion& question) {
    std::vector<TrainingCell> cells = cells_of(facts.tie.training_lines, facts.tie.pair, question.at);
    std::vector<std::tuple<std::string, std::string, int>> single;
    for (const auto& cell : cells) single.emplace_back(cell.deliverer, cell.recipient, cell.fiscal_year);
    for (auto& cell : cells_of(facts.tie.tallies, facts.tie.pair, question.at))
        if (std::ranges::find(single, std::tuple(cell.deliverer, cell.recipient, cell.fiscal_year)) ==
            single.end())
            cells.push_back(std::move(cell));
    ENTENTE_ASSIGN_OR_RETURN(
        const std::string programme, programme_of(facts, cells, question.choice("programme"))
    );
    const auto elsewhere = recipients_elsewhere(facts, programme);
    NamedSeries out;
    out.unit = programme.empty() ? "training activities" : programme + " activities";
    out.fiscal = true;
    out.shortest = 1;
    int first = 0, last = 0;
    for (const auto& statement : facts.tie.coverage) {
        if (!contains(statement.record_types, "training_line") || !statement.covers.from ||
            !statement.covers.to)
            continue;
        // Only years that are over: part of one says nothing of its number.
        const int from = fiscal_year_of(*statement.covers.from);
        const int to = fiscal_year_of(std::min(*statement.covers.to, question.at) + 1) - 1;
        first = first == 0 ? from : std::min(first, from);
        last = std::max(last, to);
    }
    for (int year = first; year != 0 && year <= last; ++year) {
        const Window days{fiscal_year_begin(year), fiscal_year_end(year)};
        const auto coverage = coverage_between(
            facts.tie.coverage, {facts.tie.pair, "training_line", "", "training"}, days.first, days.last
        );
        const bool covered = coverage.kind == CoverageKind::census || coverage.kind == CoverageKind::sample;
        std::int64_t count = 0;
        double others = 0;
        auto& records = out.records.emplace_back();
        if (!elsewhere.empty()) {
            const auto found = elsewhere.find(year);
            out.elsewhere.push_back(found == elsewhere.end() ? 0 : static_cast<double>(found->second.size()));
        }
        for (const auto& cell : cells) {
            if (cell.fiscal_year != year) continue;
            if (!programme.empty() && !of_programme(cell.programme, programme)) {
                others += static_cast<double>(cell.sum.activities);
                continue;
            }
            count += cell.sum.activities;
            if (covered) records.insert(records.end(), cell.records.begin(), cell.records.end());
        }
        out.periods.push_back({covered ? count : 0, covered ? 1.0 : 0.0});
        out.days.push_back(days);
        out.others.push_back(others);
    }
    if (question.choice("kinds") == "education")
        out.notes.emplace_back("The reports hold training and education in one list: both are counted.");
    return out;
}

void add_words(std::string& out, const std::string& more) {
    out += (out.empty() ? "" : "; ") + more;
}

bool meets(const domain::DateSpan& span, Day first, Day last) {
    return span.from && span.to && first <= *span.to && *span.from <= last;
}

std::string stop_words(const Disruption& one) {
    return fmt::format(
        "declared stop: {}, {} to {}",
        one.stated_cause.empty() ? one.scope : one.stated_cause,
        one.began.to_words("–"),
        one.ended ? one.ended->to_words("–") : "no end known"
    );
}

/// Shocks of the pair from `since` on, and declared stops that began from then on or lasted into the period.
Cell beside(const PairFacts& facts, Day since, const Window& period) {
    Cell out;
    for (const auto& shock : facts.shocks)
        if (touches(shock, facts.tie.pair) && meets(shock.on, since, period.last)) {
            add_words(out.text, fmt::format("{}, {}", shock.title, shock.on.to_words("–")));
            out.records.push_back(shock.evidence);
        }
    for (const auto& one : facts.disruptions) {
        if (one.scope_class == "event" || !one.began.from || *one.began.from > period.last) continue;
        // Without a known end it lasted as far as a source says.
        const auto last = one.ended ? one.ended->to : one.last_known ? one.last_known->to : one.began.to;
        if (!last || *last < since) continue;
        add_words(out.text, stop_words(one));
        out.records.push_back(one.evidence);
    }
    if (out.text.empty()) out.text = "nothing on record";
    return out;
}

/// 95 % limits of the rate of a stretch (Garwood 1936).
Interval limits_of(const RateSegment& segment) {
    const auto count = static_cast<double>(segment.count);
    return {
        segment.count == 0 ? 0 : numerics::chi_squared_quantile(0.025, 2 * count) / 2 / segment.exposure,
        numerics::chi_squared_quantile(0.975, 2 * count + 2) / 2 / segment.exposure};
}

/// What was counted in a stretch.
std::vector<Evidence> records_of(
    const NamedSeries& series, const std::vector<std::size_t>& places, const RateSegment& segment
) {
    std::vector<Evidence> out;
    for (std::size_t at = segment.first; at <= segment.last; ++at) {
        const auto& more = series.records[places[at]];
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

/// `c0300, c0304` and how many more.
std::string first_ids(const std::vector<Evidence>& records) {
    constexpr std::size_t kShown = 6;
    std::string out;
    for (std::size_t i = 0; i < std::min(kShown, records.size()); ++i)
        out += (out.empty() ? "" : ", ") + records[i].shown_id();
    if (records.size() > kShown) out += fmt::format(" and {} more", records.size() - kShown);
    return out;
}

/// Every period with a count, and the records that it opens to.
AnswerTable counts_table(const NamedSeries& series) {
    AnswerTable table{
        "counts",
        "What was counted; a covered period that is not named has none",
        {{"period", "period"}, {"count", series.unit, true}, {"records", "records", false, 0, 24}},
        {},
        {},
        true};
    for (std::size_t at = 0; at < series.periods.size(); ++at)
        if (series.periods[at].count > 0)
            table.rows.push_back(
                {{period_words(series, at)},
                 {with_commas(series.periods[at].count),
                  static_cast<double>(series.periods[at].count),
                  series.records[at]},
                 {first_ids(series.records[at])}}
            );
    return table;
}

/// The statements that say what was looked at.
AnswerTable grounds_table(const PairFacts& facts, bool training) {
    AnswerTable table{
        "grounds",
        "What is covered, and who says so",
        {{"covers", "covered"}, {"kind", "as"}, {"of", "of"}, {"record", "record"}},
        {},
        "Without a census or a sample a period is absent: it is neither counted nor silent.",
        true};
    const std::string type = training ? "training_line" : "engagement";
    for (const auto& statement : facts.tie.coverage) {
        if (!contains(statement.record_types, type) || !may_speak_of(statement, facts.tie.pair)) continue;
        std::string of = training ? "training" : statement.categories.empty() ? "all contacts" : "";
        for (const auto& category : statement.categories)
            of += (of.empty() ? "" : ", ") + category_words(category);
        table.rows.push_back(
            {{statement.covers.to_words("–")},
             {statement.kind == "not_released" ? "not released" : statement.kind},
             {of},
             {statement.evidence.shown_id(), {}, {statement.evidence}}}
        );
    }
    return table;
}

/// What the answer was computed with.
AnswerTable computed_table(const NamedSeries& series, const Segmentation& found, bool training) {
    AnswerTable table{
        "computed", "How it was computed", {{"what", "what"}, {"value", "with", false, 0, 24}}, {}, {}, true};
    const auto row = [&](const char* what, std::string value) {
        table.rows.push_back({{what}, {std::move(value)}});
    };
    row("stretches", "least sum of the costs of all stretches and changes, found exactly (PELT)");
    row("a change costs", shown_number(found.penalty));
    row("a stretch has at least", counted(series.shortest, "period", "periods"));
    row("counts beside one rate", fmt::format("X²/df = {:.2f} within stretches", found.dispersion));
    row("limits of a rate", "95 %, exact (Garwood 1936)");
    row("a silence has at least",
        training ? "one covered fiscal year" : fmt::format("{:.1f} covered years", kLeastSilentYears));
    row("its rate is that of",
        fmt::format("{:.0f} covered years to either side", training ? kFiscalYearsAround : kYearsAround));
    row("a month counts as covered", training ? "not asked: fiscal years" : "where half of its days are");
    return table;
}

AnswerTable segments_table(
    const NamedSeries& series, const Segmentation& found, const std::vector<std::size_t>& places
) {
    AnswerTable table{
        "stretches",
        "Stretches of one rate",
        {{"from", "from"},
         {"to", "to"},
         {"count", series.unit, true},
         {"rate", "a year", true},
         {"rate_low", "95 % from", true, 1},
         {"rate_high", "to", true, 1}},
        {},
        {},
        false};
    for (const auto& segment : found.segments) {
        const auto count = static_cast<double>(segment.count);
        const auto limits = limits_of(segment);
        table.rows.push_back(
            {{period_words(series, places[segment.first])},
             {period_words(series, places[segment.last])},
             {with_commas(segment.count), count, records_of(series, places, segment)},
             {shown_number(segment.rate()), segment.rate()},
             {shown_number(limits.low), limits.low},
             {shown_number(limits.high), limits.high}}
        );
    }
    return table;
}

AnswerTable changes_table(
    const PairFacts& facts,
    const NamedSeries& series,
    const Segmentation& found,
    const std::vector<ChangeConfidence>& changes,
    const std::vector<std::size_t>& places
) {
    AnswerTable table{
        "changes",
        "Changes found; a finding, not a declared state",
        {{"after", "last of the old"},
         {"between", "may lie"},
         {"gain", "gain", true},
         {"factor", "rate times", true},
         {"beside", "beside it", false, 0, 24}},
        {},
        fmt::format("A change costs {:.1f}; its gain is what the fit loses without it.", found.penalty),
        false};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto& change = changes[i];
        const double before = found.segments[i].rate(), after = found.segments[i + 1].rate();
        const Day first = series.days[places[change.earliest]].first,
                  last = series.days[places[std::min(change.latest + 1, places.size() - 1)]].last;
        table.rows.push_back(
            {{period_words(series, places[change.after])},
             {change.earliest == change.latest ? "there only"
                                               : fmt::format(
                                                     "{}–{}",
                                                     period_words(series, places[change.earliest]),
                                                     period_words(series, places[change.latest])
                                                 )},
             {fmt::format("{:.1f}", change.cost_without), change.cost_without},
             before > 0 ? Cell{shown_number(after / before), after / before} : Cell{"from none"},
             beside(facts, first, {first, last})}
        );
    }
    return table;
}

/// `118–124`: with rows of the same kinds in each year of a silence.
Cell elsewhere_words(const NamedSeries& series, std::size_t first, std::size_t last) {
    if (series.elsewhere.empty()) return {"not asked"};
    const auto [least, most] = std::minmax_element(&series.elsewhere[first], &series.elsewhere[last] + 1);
    if (*least == *most) return {fmt::format("{:.0f}", *least), *least};
    return {fmt::format("{:.0f}–{:.0f}", *least, *most), *least};
}

/// Whether nothing was reported rather than done: told by what the same report holds besides.
Cell hole_words(const NamedSeries& series, std::size_t first, std::size_t last) {
    if (series.elsewhere.empty()) return {"not asked"};
    double others = 0, fewest = series.elsewhere[first];
    for (std::size_t at = first; at <= last; ++at) {
        others += series.others[at];
        fewest = std::min(fewest, series.elsewhere[at]);
    }
    if (fewest == 0) return {"nobody has rows"};
    return {others > 0 ? "unlikely" : "page may be missing"};
}

std::string longer_words(const Silence& silence) {
    if (silence.perhaps_earlier && silence.perhaps_later) return "before and after";
    return silence.perhaps_earlier ? "before" : silence.perhaps_later ? "after" : "no";
}

AnswerTable silences_table(
    const PairFacts& facts,
    const NamedSeries& series,
    const std::vector<Silence>& silences,
    const std::vector<std::size_t>& places
) {
    AnswerTable table{
        "silences",
        "Silences: covered, and nothing on record",
        {{"from", "from"},
         {"to", "to"},
         {"longer", "may be longer", false, 3},
         {"expected", "expected", true},
         {"chance", "by chance", true},
         {"hole", "hole in the report?", false},
         {"others", "its other rows", true, 1},
         {"elsewhere", "other recipients", true, 2},
         {"beside", "beside it", false, 0, 24}},
        {},
        "Expected: at the rate of the years around. By chance: how often such a rate gives none at all, its "
        "own uncertainty counted. May be longer: before or after it nobody looked, or a contact of a loose "
        "date may lie there; what is told is the least." +
            std::string(
                series.elsewhere.empty() ? ""
                                         : " A hole in the report is unlikely where it has other rows of "
                                           "this pair, and rows of the same kind "
                                           "for others; without any row of the pair its page may be missing."
            ),
        false};
    for (const auto& silence : silences) {
        const auto first = places[silence.first], last = places[silence.last];
        double others = 0;
        for (std::size_t at = first; at <= last && at < series.others.size(); ++at)
            others += series.others[at];
        table.rows.push_back({
            {period_words(series, first)}, {period_words(series, last)},
            {longer_words(silence)},
            silence.expected ? Cell{shown_number(*silence.expected), *silence.expected} : Cell{"unknown"},
            silence.chance ? Cell{*silence.chance < 0.0001 ? "< 0.0001" : fmt::format("{:.2g}", *silence.chance), *silence.chance} : Cell{"unknown"},
            hole_words(series, first, last),
            series.others.empty() ? Cell{"not asked"} : Cell{with_commas(static_cast<std::int64_t>(others)), others},
            elsewhere_words(series, first, last),
            beside(facts, series.days[first].first - 365, {series.days[first].first, series.days[last].last})
        });
    }
    return table;
}

void add_hidden_states(Answer& out, const NamedSeries& series, const std::vector<std::size_t>& places) {
    const auto found = fit_hidden_states(series.periods, 2);
    if (!found) {
        out.paragraphs.push_back(fmt::format("Hidden states were not fitted: {}.", found.error().message));
        return;
    }
    AnswerSeries off{std::string(kLowerStateSeries), {}};
    for (std::size_t i = 0; i < places.size(); ++i)
        off.points.push_back({series.days[places[i]].last, found->posterior[i][0]});
    out.paragraphs.push_back(fmt::format(
        "Two hidden states, of {} and {} a year: the probability of the lower one in {} is {}.",
        shown_number(found->rates[0]),
        shown_number(found->rates[1]),
        period_words(series, places.back()),
        shown_share(found->posterior.back()[0])
    ));
    out.series.push_back(std::move(off));
}

/// Rates and silences by period, for a picture.
void add_series(
    Answer& out,
    const NamedSeries& series,
    const Segmentation& found,
    const std::vector<Silence>& silences,
    const std::vector<std::size_t>& places
) {
    AnswerSeries rates{std::string(kRatesSeries), {}}, silent{std::string(kSilencesSeries), {}};
    for (const auto& days : series.days) {
        rates.points.push_back({days.last, std::nullopt});
        silent.points.push_back({days.last, std::nullopt});
    }
    for (const auto& segment : found.segments) {
        const auto limits = limits_of(segment);
        for (std::size_t at = segment.first; at <= segment.last; ++at) {
            rates.points[places[at]].value = segment.rate();
            rates.points[places[at]].band = limits;
        }
    }
    for (const auto& silence : silences)
        for (std::size_t at = silence.first; at <= silence.last; ++at) silent.points[places[at]].value = 1;
    out.series.push_back(std::move(rates));
    out.series.push_back(std::move(silent));
}

bool of_training(const MeasureQuestion& question) {
    const auto& kinds = question.choice("kinds");
    return kinds == "training" || kinds == "education" || !question.choice("programme").empty();
}

/// Choices that cannot hold together are refused, not passed over.
Result<void> refuse_contradictions(const MeasureQuestion& question) {
    const auto &kinds = question.choice("kinds"), &unit = question.choice("unit");
    if (!question.choice("programme").empty() && !kinds.empty() && kinds != "all" && kinds != "training" &&
        kinds != "education")
        return fail(
            ErrorCode::invalid_argument,
            "kinds",
            fmt::format("found '{}' beside a programme, which is of training: leave one of them out", kinds)
        );
    if (of_training(question) && !unit.empty() && unit != "year")
        return fail(
            ErrorCode::invalid_argument,
            "unit",
            fmt::format("found '{}', expected year: training is counted by fiscal year", unit)
        );
    return {};
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_RETURN_IF_ERROR(refuse_contradictions(question));
    const bool training = of_training(question);
    ENTENTE_ASSIGN_OR_RETURN(
        const auto series, training ? training_series(facts, question) : contacts_series(facts, question)
    );
    Answer out = begin_answer(*find_measure("spells"), facts, question);
    out.warnings = series.notes;
    const auto places = covered_places(series);
    if (places.empty()) {
        out.reason = "not covered";
        out.headline = fmt::format(
            "No statement covers the {} of this pair as a census or a sample: neither a rate nor a silence "
            "can be told.",
            series.unit
        );
        if (training && !series.days.empty()) {
            const auto coverage = coverage_on(
                facts.tie.coverage, {facts.tie.pair, "training_line", "", "training"}, series.days.back().last
            );
            if (coverage.kind == CoverageKind::not_released) {
                out.reason = "not released";
                out.headline =
                    "Not released: the law leaves this partner out of the training reports. It is not 0.";
            }
        }
        return out;
    }
    SegmentationOptions options;
    options.shortest = series.shortest;
    const std::string& penalty = question.choice("penalty");
    if (penalty == "calibrated") {
        ENTENTE_ASSIGN_OR_RETURN(
            options.penalty, calibrated_penalty(series.periods, series.shortest, "spells 1")
        );
    } else if (!penalty.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto number, whole_number(question, "penalty", 1, 1000));
        options.penalty = static_cast<double>(number);
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto found, segment_counts(series.periods, options));
    const auto changes = confidence_of_changes(series.periods, found, series.shortest);
    const auto silences = find_silences(
        series.periods,
        training ? kLeastSilentFiscalYears : kLeastSilentYears,
        training ? kFiscalYearsAround : kYearsAround,
        series.perhaps_held
    );
    std::int64_t count = 0;
    for (const auto& one : series.periods) count += one.count;
    out.value = static_cast<double>(found.changes());
    out.headline = fmt::format(
        "{} in {} covered {} from {} to {}: {} found{}.",
        counted(static_cast<std::size_t>(count), series.unit.substr(0, series.unit.size() - 1), series.unit),
        places.size(),
        series.fiscal                       ? "fiscal years"
        : question.choice("unit") == "year" ? "years"
                                            : "months",
        period_words(series, places.front()),
        period_words(series, places.back()),
        counted(found.changes(), "change of rate", "changes of rate"),
        silences.empty() ? "" : fmt::format(" and {}", counted(silences.size(), "silence", "silences"))
    );
    if (found.dispersion > 1.5)
        out.warnings.push_back(fmt::format(
            "The counts vary more than one rate allows (X²/df = {:.1f}): the changes are less sure than they "
            "look.",
            found.dispersion
        ));
    out.tables = {
        segments_table(series, found, places),
        changes_table(facts, series, found, changes, places),
        silences_table(facts, series, silences, places),
        counts_table(series),
        grounds_table(facts, training),
        computed_table(series, found, training)};
    add_hidden_states(out, series, places);
    AnswerSeries counts{series.unit, {}};
    for (std::size_t i = 0; i < series.periods.size(); ++i)
        counts.points.push_back(
            {series.days[i].last,
             series.periods[i].exposure > 0 ? std::optional(static_cast<double>(series.periods[i].count))
                                            : std::nullopt}
        );
    out.series.push_back(std::move(counts));
    add_series(out, series, found, silences, places);
    return out;
}

}  // namespace

Measure spells_measure() {
    return {
        .name = "spells",
        .version = 1,
        .question = "When did the rhythm change, even if nobody announced it?",
        .unit = "changes of rate",
        .uses_parameters = false,
        .reads_all_tallies = of_training,
        .choices =
            {
                {"kinds",
                 "all",
                 "KINDS",
                 "all, a strand such as leaders or training, or categories with commas between"},
                {"programme", "", "NAME", "Training of one programme, such as IMET, by fiscal year"},
                {"unit", "", "UNIT", "month or year (default: month)"},
                {"penalty", "", "NUMBER", "Of a change: a whole number, or calibrated (default: 2 ln n)"},
            },
        .references = {"MEASURES.md 9 and 16A", "Killick, Fearnhead and Eckley 2012", "Rabiner 1989"},
        .ask = ask,
        .draw = spells_picture,
    };
}

}  // namespace entente::measures
