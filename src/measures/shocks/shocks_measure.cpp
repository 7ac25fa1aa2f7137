// What followed shocks, as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "domain/declaration.h"
#include "measures/contact_days.h"
#include "measures/pictures/pictures.h"
#include "measures/register.h"
#include "measures/shocks/shock_effect.h"
#include "measures/spells/segmentation.h"
#include "measures/tie/strand_coverage.h"
#include "measures/training.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

constexpr int kMonthsBefore = 60;

Day day_of_shock(const Shock& shock) {
    return *shock.on.from + (*shock.on.to - *shock.on.from) / 2;
}

/// Monthly counts before a day, oldest first, and the rate of the last stretch of them.
Expected by_stretch(const DatedCounts& counts, Day shock, std::int32_t window) {
    std::vector<CountedPeriod> months;
    if (counts.covered.empty()) return expected_of_stretch(0, 0, 0, window);
    for (Day last = shock - 1; last - 29 >= counts.covered.front().first; last = last - 30) {
        const auto exposure = counts.exposure(last - 29, last);
        months.push_back(
            {exposure >= 15 ? counts.count(last - 29, last) : 0,
             exposure >= 15 ? static_cast<double>(exposure) : 0}
        );
    }
    std::ranges::reverse(months);
    const auto observed = counts.count(shock, shock + (window - 1));
    const auto found = segment_counts(months);
    if (!found) return expected_of_stretch(0, 0, observed, window);
    const auto& last = found->segments.back();
    return expected_of_stretch(
        last.count, last.exposure, observed, counts.exposure(shock, shock + (window - 1))
    );
}

/// Other partners of the first actor whose contacts are covered over the whole span.
Expected by_donors(
    const PairFacts& facts,
    const std::vector<std::string>& kinds,
    const DatedCounts& counts,
    Day shock,
    std::int32_t window,
    Day at
) {
    const Day first = shock - kMonthsBefore * 30, last = shock + (window - 1);
    const auto months = [&](const DatedCounts& of, Day from, int number) {
        std::vector<double> out;
        for (int i = 0; i < number; ++i)
            out.push_back(static_cast<double>(of.count(from + i * 30, from + (i * 30 + 29))));
        return out;
    };
    std::vector<DonorSeries> donors;
    for (const auto& partner : facts.partners) {
        if (partner == facts.tie.pair.b || partner == facts.tie.pair.a) continue;
        TieFacts other = facts.tie;
        other.pair = {facts.tie.pair.a, partner};
        other.engagements = facts.home_engagements;
        const auto days = contact_days(other, kinds, at);
        if (days.counts.exposure(first, last) < last - first + 1) continue;
        const auto hit = [&](const Shock& one) {
            return touches(one, other.pair) && one.on.from && one.on.to &&
                   std::abs(day_of_shock(one) - shock) < window;
        };
        if (std::ranges::any_of(facts.shocks, hit)) continue;
        donors.push_back(
            {facts.name(partner),
             months(days.counts, first, kMonthsBefore),
             months(days.counts, shock, window / 30)}
        );
    }
    const auto before = months(counts, first, kMonthsBefore);
    return expected_of_donors(before, donors, counts.count(shock, shock + (window / 30 * 30 - 1)));
}

/// A number with so many decimals, and never a zero with a sign.
std::string signed_words(double value, int decimals) {
    const auto text = fmt::format("{:.{}f}", value, decimals);
    return text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-') ? text.substr(1)
                                                                                       : text;
}

Cell lost_cell(const Expected& expected) {
    if (!expected.number) return {expected.reason};
    return {
        fmt::format(
            "{} ({} to {})",
            signed_words(expected.lost, 1),
            signed_words(expected.lost_band.low, 0),
            signed_words(expected.lost_band.high, 0)
        ),
        expected.lost};
}

std::string ratio_words(const numerics::RateRatio& ratio) {
    if (!ratio.ratio) return "unknown";
    return fmt::format(
        "{} ({}–{})",
        shown_number(*ratio.ratio),
        shown_number(ratio.interval.low),
        shown_number(ratio.interval.high)
    );
}

struct Row {
    const Shock* shock;
    Day day;
    BeforeAfter around;
};

AnswerTable around_table(const std::vector<Row>& rows, std::int32_t window) {
    AnswerTable table{
        "around",
        fmt::format("Contacts in the {} days before and after", window),
        {{"on", "on"},
         {"title", "shock", false, 0, 18},
         {"before", "before", true},
         {"after", "after", true},
         {"ratio", "rate times (95 %)", true},
         {"p", "p", true},
         {"record", "record", false, 1}},
        {},
        {},
        false};
    for (const auto& row : rows) {
        const auto& a = row.around;
        const bool covered = a.exposure_before > 0 && a.exposure_after > 0;
        const auto shown = [&](std::int64_t count, std::int32_t exposure) {
            if (exposure == 0) return Cell{"not covered"};
            const std::string days = exposure == window ? "" : fmt::format(" in {} d", exposure);
            return Cell{fmt::format("{}{}", count, days), static_cast<double>(count)};
        };
        table.rows.push_back(
            {{row.shock->on.to_words("–"), {}, {row.shock->evidence}},
             {row.shock->title},
             shown(a.before, a.exposure_before),
             shown(a.after, a.exposure_after),
             covered && a.ratio.ratio ? Cell{ratio_words(a.ratio), *a.ratio.ratio}
                                      : Cell{covered ? "none in either" : "unknown"},
             covered ? Cell{fmt::format("{:.2f}", a.ratio.p), a.ratio.p} : Cell{"–"},
             {row.shock->evidence.shown_id(), {}, {row.shock->evidence}}}
        );
    }
    return table;
}

/// Places on courses; tallies of a fiscal year that has single lines are left out.
std::int64_t places_on_record(const TieFacts& tie, Day at) {
    std::int64_t out = 0;
    std::set<std::pair<std::string, int>> single;
    for (const auto& cell : cells_of(tie.training_lines, tie.pair, at)) {
        out += cell.sum.people.sum;
        single.emplace(cell.recipient, cell.fiscal_year);
    }
    for (const auto& cell : cells_of(tie.tallies, tie.pair, at))
        if (!single.contains({cell.recipient, cell.fiscal_year})) out += cell.sum.people.sum;
    return out;
}

/// Training is reported by fiscal year: what came before and after a day cannot be counted from it, and is not 0.
Answer by_fiscal_year_only(const PairFacts& facts, const MeasureQuestion& question) {
    Answer out = begin_answer(*find_measure("shocks"), facts, question);
    out.reason = "not covered";
    const auto places = places_on_record(facts.tie, question.at);
    const auto& parameters = builtin_parameters();
    const auto coverage = strand_coverage(
        facts.tie.coverage, facts.tie.pair, parameters.strands[parameters.strand("training")], question.at
    );
    out.headline = fmt::format(
        "Training and education are counted by fiscal year, not by day: what came before and after a shock "
        "cannot be "
        "told from them. It is not 0. They are {}{}.",
        covered_words(coverage),
        places > 0
            ? fmt::format("; {} are on record", counted(static_cast<std::size_t>(places), "place", "places"))
            : ""
    );
    out.paragraphs.push_back("spells --kinds training counts them by fiscal year.");
    return out;
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto kinds, kinds_of_choice(question, "kinds"));
    ENTENTE_ASSIGN_OR_RETURN(const auto window64, whole_number(question, "window", 30, 3650));
    const auto window = static_cast<std::int32_t>(window64);
    const std::string& one = question.choice("shock");
    const std::string& typed = question.choice("kind");
    if (!typed.empty() && !one.empty())
        return fail(
            ErrorCode::invalid_argument,
            "kind",
            fmt::format(
                "found '{}' beside one shock, which has a kind of its own: leave one of them out", typed
            )
        );
    const std::string kind = typed.empty() && one.empty() ? "arms_sale" : typed;
    const auto* codes = domain::Schema::builtin().list("shock_kind");
    if (!kind.empty() && kind != "all" && !codes->find(kind))
        return fail(
            ErrorCode::invalid_argument,
            "kind",
            fmt::format("found '{}', expected all or a code of shock_kind", kind),
            "entente codes shock_kind"
        );
    const auto contacts = contact_days(facts.tie, kinds, question.at);
    if (contacts.counts.covered.empty() && only_reported_training(kinds))
        return by_fiscal_year_only(facts, question);
    std::vector<Row> rows;
    std::vector<Day> all, asked;
    std::size_t undated = 0;
    for (const auto& shock : facts.shocks) {
        if (!touches(shock, facts.tie.pair)) continue;
        if (!shock.on.from || !shock.on.to || *shock.on.to - *shock.on.from > 31) {
            ++undated;
            continue;
        }
        if (*shock.on.from > question.at) continue;
        const Day day = day_of_shock(shock);
        all.push_back(day);
        if (!one.empty() ? shock.evidence.id != one : !kind.empty() && kind != "all" && shock.kind != kind)
            continue;
        asked.push_back(day);
        rows.push_back({&shock, day, before_and_after(contacts.counts, day, window)});
    }
    Answer out = begin_answer(*find_measure("shocks"), facts, question);
    if (rows.empty() && !one.empty())
        return fail(
            ErrorCode::not_found,
            "shock",
            "found no such shock of this pair that is dated to the month and no later than the day asked "
            "about",
            "entente list shock"
        );
    if (rows.empty()) {
        out.reason = "none on record";
        out.headline = "No such shock is on record for this pair.";
        return out;
    }
    std::ranges::stable_sort(rows, [](const Row& a, const Row& b) { return a.day > b.day; });
    out.tables.push_back(around_table(rows, window));
    AnswerTable lost{
        "lost",
        "Contacts lost in the window: expected less observed, three ways (90 % band)",
        {{"on", "on"},
         {"observed", "observed", true},
         {"stretch", "rate before", true},
         {"calendar", "same months, 3 years", true},
         {"donors", "other partners", false, 0, 20},
         {"placebo", "placebo p", true}},
        {},
        "Where the ways disagree, that is the finding. Placebo: share of days far from any shock with as "
        "deep a fall.",
        false};
    std::int64_t before = 0, after = 0;
    std::size_t full = 0;
    for (const auto& row : rows) {
        const auto& a = row.around;
        if (a.exposure_after < window) {
            lost.rows.push_back({{row.shock->on.to_words("–")}, {"not covered"}, {"–"}, {"–"}, {"–"}, {"–"}});
            continue;
        }
        if (a.exposure_before == window) before += a.before, after += a.after, ++full;
        const auto trial = placebo(contacts.counts, all, row.day, window);
        lost.rows.push_back(
            {{row.shock->on.to_words("–"), {}, {row.shock->evidence}},
             {std::to_string(a.after), static_cast<double>(a.after)},
             lost_cell(by_stretch(contacts.counts, row.day, window)),
             lost_cell(expected_of_calendar(contacts.counts, row.day, window)),
             lost_cell(by_donors(facts, kinds, contacts.counts, row.day, window, question.at)),
             trial.p ? Cell{fmt::format("{:.2f} of {}", *trial.p, trial.tried), *trial.p}
                     : Cell{fmt::format("{} free days", trial.free_days)}}
        );
    }
    out.tables.push_back(std::move(lost));
    const auto curve = superposed(contacts.counts, asked);
    if (!curve.empty()) {
        AnswerTable table{
            "averaged",
            fmt::format(
                "Averaged over {} whose months -12 to +24 are covered",
                counted(static_cast<std::size_t>(curve[0].shocks), "shock", "shocks")
            ),
            {{"month", "month", true},
             {"mean", "contacts", true},
             {"low", "90 % from", true},
             {"high", "to", true}},
            {},
            {},
            true};
        for (const auto& month : curve)
            table.rows.push_back(
                {{fmt::format("{:+d}", month.month), static_cast<double>(month.month)},
                 {fmt::format("{:.2f}", month.mean), month.mean},
                 {fmt::format("{:.2f}", month.band.low), month.band.low},
                 {fmt::format("{:.2f}", month.band.high), month.band.high}}
            );
        table.note = fmt::format("{} of the windows overlap an earlier one.", overlapping(asked, window));
        out.tables.push_back(std::move(table));
    }
    if (full > 0) {
        out.value = static_cast<double>(after - before);
        out.headline = fmt::format(
            "After {} with both windows covered: {} contacts in the {} days before, {} in the {} days after.",
            counted(full, "shock", "shocks"),
            before,
            window,
            after,
            window
        );
    } else {
        out.reason = "not covered";
        out.headline = fmt::format(
            "{} on record, none with {} covered days on both sides.",
            counted(rows.size(), "shock", "shocks"),
            window
        );
    }
    out.paragraphs.push_back("After is not because: these are counts beside each other.");
    if (undated > 0)
        out.warnings.push_back(
            fmt::format("{} not dated to the month is left out.", counted(undated, "shock", "shocks"))
        );
    if (contacts.imprecise > 0)
        out.warnings.push_back(fmt::format(
            "{} known to the month only stand in its middle.",
            counted(contacts.imprecise, "contact", "contacts")
        ));
    if (!contacts.left_out.empty())
        out.warnings.push_back(fmt::format(
            "{} not known to the month are left out.",
            counted(contacts.left_out.size(), "contact", "contacts")
        ));
    return out;
}

}  // namespace

Measure shocks_measure() {
    return {
        .name = "shocks",
        .version = 1,
        .question = "What did the arms sale cost?",
        .unit = "contacts after less contacts before",
        .uses_parameters = false,
        .compares_partners = true,
        .choices =
            {
                {"kind", "", "KIND", "Class of shock, or all (default: arms_sale)"},
                {"shock", "", "RECORD", "One shock alone, by its id, the beginning of it, or the source's"},
                {"kinds", "all", "KINDS", "all, a strand such as leaders, or categories with commas between"},
                {"window", "180", "DAYS", "Days before and after"},
            },
        .references = {"MEASURES.md 10 and 16A", "R poisson.test", "Abadie and others 2010"},
        .ask = ask,
        .draw = shocks_picture,
    };
}

}  // namespace entente::measures
