// What calls forth what, as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "measures/contact_days.h"
#include "measures/register.h"
#include "measures/relational/read_out.h"
#include "measures/relational/visits.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using relational::Coefficient;
using relational::Fit;

// So many days without a visit by anyone are a list that ended, not a world that stays at home.
constexpr int kSilence = 90;

/// One of the two directions, with its fit or why there is none.
struct Direction {
    VisitSide side;
    std::string name;    ///< `visits paid`
    std::string cause;   ///< `a visit received`
    std::string effect;  ///< `a visit paid`
    Result<Fit> fit;
};

std::string period_words(double days) {
    if (std::fabs(days - 182.5) <= 2.5) return "in the following half-year";
    if (std::fabs(days - 365) <= 2) return "in the following year";
    return fmt::format("in the following {:.0f} days", days);
}

/// What the past visits of the pair add up to on a day, as the model counts them.
double stock_of(
    const Visits& visits, const std::string& visitor, const std::string& host, Day at, double half_life
) {
    double out = 0;
    for (const auto& one : visits.visits)
        if (one.visitor == visitor && one.host == host) out += std::exp2(-(at - one.day) / half_life);
    return out;
}

const Coefficient& answering(const Fit& fit) {
    return fit.coefficients.back();
}

/// `A visit received makes …, over the 201 partners of United States.`
std::string sentence(const Direction& direction, double half_life, const std::string& of) {
    const auto words = relational::read_out(
        answering(*direction.fit), {direction.cause, direction.effect, half_life, period_words(half_life)}
    );
    if (!words) return words.error().message;
    std::string out = *words + of + ".";
    out[0] = 'A';
    return out;
}

AnswerTable model_table(const Direction& direction, const PairFacts& facts, const Visits& visits) {
    const bool paid = direction.side == VisitSide::paid;
    const auto home = facts.name(facts.tie.pair.a);
    AnswerTable table{
        paid ? "visits_paid" : "visits_received",
        paid ? "Visits paid by " + home : "Visits received by " + home,
        {{"term", "one more", false, 0, 20},
         {"estimate", "estimate", true},
         {"standard_error", "standard error", true},
         {"times_as_likely", "times as likely", true},
         {"band", "90 % in", true}},
        {},
    };
    if (!direction.fit) {
        table.note = "Cannot be said: " + direction.fit.error().message;
        return table;
    }
    const char* kTerms[] = {"this way, ever (log)", "this way, 730 days", "the other way"};
    for (std::size_t i = 0; i < direction.fit->coefficients.size(); ++i) {
        const auto& one = direction.fit->coefficients[i];
        std::string term = kTerms[std::min<std::size_t>(i, 2)];
        if (i == 2) term += fmt::format(", {:.0f} days", *one.statistic->half_life);
        table.rows.push_back({
            {term},
            {fmt::format("{:.4f}", one.estimate), one.estimate},
            {fmt::format("{:.4f}", one.standard_error), one.standard_error},
            {fmt::format("{:.2f}", one.hazard_ratio), one.hazard_ratio},
            {fmt::format("{:.2f}–{:.2f}", one.low, one.high)},
        });
    }
    const auto& fit = *direction.fit;
    table.note = fmt::format(
        "Days are half-lives. {} visits explained, {} partners at risk at each. Log-likelihood {:.2f}, with "
        "no effect {:.2f}. {}",
        with_commas(static_cast<std::int64_t>(fit.events)),
        visits.partners.size(),
        fit.log_likelihood,
        fit.log_likelihood_null,
        fit.choices
    );
    return table;
}

/// What the pair's own past visits say now.
AnswerTable now_table(
    const PairFacts& facts,
    const Visits& visits,
    const std::vector<Direction>& directions,
    Day at,
    double half_life
) {
    const auto& [a, b] = facts.tie.pair;
    AnswerTable table{
        "now",
        fmt::format("Visits with {} up to {}", facts.name(b), day_words(at)),
        {{"direction", "", false, 0, 16},
         {"visits", "visits", true},
         {"last", "last", true},
         {"multiplier", "the other way now as likely", true}},
        {},
    };
    const auto row = [&](const std::string& name,
                         const std::string& visitor,
                         const std::string& host,
                         const Direction& answer) {
        std::vector<Evidence> records;
        std::optional<Day> last;
        for (const auto& one : visits.visits)
            if (one.visitor == visitor && one.host == host) {
                last = one.day;
                records.push_back(one.engagement->evidence);
            }
        const auto count = static_cast<double>(records.size());
        Cell multiplier{"cannot be said"};
        if (answer.fit) {
            const double times =
                std::exp(answering(*answer.fit).estimate * stock_of(visits, visitor, host, at, half_life));
            multiplier = {fmt::format("{:.2f} times as without", times), times};
        }
        table.rows.push_back(
            {{name},
             {fmt::format("{:.0f}", count), count, std::move(records)},
             {last ? day_words(*last) : "none on record"},
             multiplier}
        );
    };
    row("received by " + facts.name(a), b, a, directions[0]);
    row("paid by " + facts.name(a), a, b, directions[1]);
    return table;
}

AnswerTable computed_table(const Visits& visits, const std::optional<Day>& from, Day at, double half_life) {
    AnswerTable table{
        "computed", "How it was computed", {{"what", "what"}, {"value", "with", false, 0, 24}}, {}, {}, true};
    const auto row = [&](const char* what, std::string value) {
        table.rows.push_back({{what}, {std::move(value)}});
    };
    row("model", "ordinal: which partner, of all at risk, given that a visit took place");
    row("terms", "visits this way, ever, as ln(1 + x); this way, half after 730 days; the other way");
    row("the other way counts half after", fmt::format("{:.0f} days", half_life));
    row("visits",
        fmt::format(
            "{} from {} to {}",
            with_commas(static_cast<std::int64_t>(visits.visits.size())),
            from ? day_words(*from) : "the first",
            day_words(at)
        ));
    row("partners at risk", with_commas(static_cast<std::int64_t>(visits.partners.size())));
    row("limits", "90 %, from the inverse information");
    return table;
}

/// The visits of the pair itself, the latest first.
AnswerTable visits_table(const PairFacts& facts, const Visits& visits) {
    const auto& [a, b] = facts.tie.pair;
    AnswerTable table{
        "visits_of_the_pair",
        "Visits of these two, the latest first",
        {{"on", "on"}, {"direction", "", false, 0, 16}, {"record", "record"}},
        {},
        {},
        true};
    for (std::size_t i = visits.visits.size(); i-- > 0;) {
        const auto& one = visits.visits[i];
        const bool paid = one.visitor == a && one.host == b;
        if (!paid && !(one.visitor == b && one.host == a)) continue;
        table.rows.push_back(
            {{day_words(one.day)},
             {(paid ? "paid by " : "received by ") + facts.name(a)},
             {one.engagement->evidence.shown_id(), {}, {one.engagement->evidence}}}
        );
    }
    return table;
}

Result<std::vector<std::string>> categories_of(const MeasureQuestion& question) {
    if (question.choice("kinds") == "POL") return std::vector<std::string>{"POL"};
    return kinds_of_choice(question, "kinds");
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    ENTENTE_ASSIGN_OR_RETURN(const auto kinds, categories_of(question));
    ENTENTE_ASSIGN_OR_RETURN(const auto half_life, whole_number(question, "half-life", 1, 36'500));
    ENTENTE_ASSIGN_OR_RETURN(const auto from, day_of_choice(question, "from", true));
    const auto home = facts.tie.pair.a;
    const auto visits =
        visits_of(facts.home_engagements, home, kinds, {from.value_or(*day_of(1800, 1, 1)), question.at});
    Answer out = begin_answer(*find_measure("relational"), facts, question);
    if (visits.visits.empty()) {
        out.headline = "No visit of these kinds with a host and a day is on record.";
        out.reason = "none on record";
        return out;
    }
    const double days = static_cast<double>(half_life);
    std::vector<Direction> directions{
        {VisitSide::paid,
         "visits paid",
         "a visit received",
         "a visit paid",
         fit_visits(visits, home, VisitSide::paid, days)},
        {VisitSide::received,
         "visits received",
         "a visit paid",
         "a visit received",
         fit_visits(visits, home, VisitSide::received, days)}};
    const auto of = fmt::format(
        ", over {} of {}", counted(visits.partners.size(), "partner", "partners"), facts.name(home)
    );
    for (const auto& direction : directions)
        if (direction.fit) out.paragraphs.push_back(sentence(direction, days, of));
    if (directions[0].fit) {
        const auto& one = answering(*directions[0].fit);
        out.headline = out.paragraphs.front();
        out.paragraphs.erase(out.paragraphs.begin());
        out.value = one.hazard_ratio;
        out.band =
            StatedBand{{one.low, one.high}, 0.9, "the estimate; not of what is missing from the record"};
    } else {
        out.headline = "Cannot be said: " + directions[0].fit.error().message;
        out.reason = directions[0].fit.error().message;
    }
    out.paragraphs.push_back(fmt::format(
        "Learnt from {} visits of {} with {} partners{}; every partner counts as one that could be "
        "visited on each "
        "day, those that did not exist yet among them.",
        with_commas(static_cast<std::int64_t>(visits.visits.size())),
        facts.name(home),
        visits.partners.size(),
        from ? ", from " + day_words(*from) + " on" : ""
    ));
    for (const auto& direction : directions) out.tables.push_back(model_table(direction, facts, visits));
    // Later days were not looked at by whoever kept the list.
    const Day seen_to = std::min(question.at, visits.visits.back().day);
    out.tables.push_back(now_table(facts, visits, directions, seen_to, days));
    out.tables.push_back(computed_table(visits, from, question.at, days));
    out.tables.push_back(visits_table(facts, visits));
    if (question.at - seen_to > kSilence)
        out.warnings.push_back(fmt::format(
            "The last visit of anyone on record is of {}: what is said of now holds for that day.",
            day_words(seen_to)
        ));
    if (visits.imprecise + visits.without_host > 0)
        out.warnings.push_back(fmt::format(
            "Left out: {} without a known day, {} without a host.", visits.imprecise, visits.without_host
        ));
    return out;
}

}  // namespace

Measure relational_measure() {
    return {
        .name = "relational",
        .version = 1,
        .question = "Does a visit received call forth a visit paid?",
        .unit = "times as likely",
        .compares_partners = true,
        .counts_political = true,
        .choices =
            {
                {"kinds",
                 "POL",
                 "KINDS",
                 "POL for political visits, a strand (leaders), or categories with commas between (KLE,PRT)"},
                {"from", "1945-01-01", "DATE", "Visits from this day on"},
                {"half-life", "182", "DAYS", "After how many days a visit the other way counts half"},
            },
        .references = {"MEASURES.md 12 and 16A", "Butts 2008", "Brandes, Lerner & Snijders 2009"},
        .ask = ask,
    };
}

}  // namespace entente::measures
