// The risk of a stop as it is asked for and read.
#include <fmt/format.h>

#include <algorithm>

#include "measures/register.h"
#include "measures/risk/risk_tables.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using risk::Standing;

/// Who most often began shocks of a class that touched the pair; the first of the two where none did.
std::string usual_initiator(const PairFacts& facts, const std::string& kind) {
    std::size_t by_a = 0, by_b = 0, by_other = 0;
    for (const auto& one : facts.all_shocks) {
        if (one.kind != kind || !touches(one, facts.tie.pair)) continue;
        const bool a = contains(one.initiators, facts.tie.pair.a),
                   b = contains(one.initiators, facts.tie.pair.b);
        by_a += a, by_b += b, by_other += !a && !b;
    }
    if (by_other > std::max(by_a, by_b)) return "";
    return by_b > by_a ? facts.tie.pair.b : facts.tie.pair.a;
}

Result<std::string> initiator_of(const PairFacts& facts, const std::string& typed) {
    if (typed == "third") return std::string();
    for (const auto& id : {facts.tie.pair.a, facts.tie.pair.b}) {
        const auto code = facts.codes.find(id);
        if (typed == id || typed == facts.name(id) || (code != facts.codes.end() && typed == code->second))
            return id;
    }
    const auto shown = [&](const std::string& id) {
        const auto code = facts.codes.find(id);
        return code == facts.codes.end() ? facts.name(id) : code->second;
    };
    return fail(
        ErrorCode::invalid_argument,
        "suppose",
        fmt::format(
            "found '{}' as who begins it, expected {}, {} or third",
            typed,
            shown(facts.tie.pair.a),
            shown(facts.tie.pair.b)
        )
    );
}

/// `arms_sale`, `arms_sale:USA`, `coup:third`
Result<std::optional<risk::ShockClass>> supposed_class(
    const PairFacts& facts, const MeasureQuestion& question
) {
    const auto& typed = question.choice("suppose");
    if (typed.empty()) return std::nullopt;
    const auto colon = typed.find(':');
    risk::ShockClass out{typed.substr(0, colon), {}};
    if (std::ranges::find(risk::shock_kinds(), out.kind) == risk::shock_kinds().end())
        return fail(
            ErrorCode::invalid_argument,
            "suppose",
            fmt::format("found '{}', expected one of: {}", out.kind, fmt::join(risk::shock_kinds(), ", ")),
            "entente codes shock_kind"
        );
    if (colon == std::string::npos) {
        out.initiator = usual_initiator(facts, out.kind);
    } else {
        ENTENTE_ASSIGN_OR_RETURN(out.initiator, initiator_of(facts, typed.substr(colon + 1)));
    }
    return out;
}

Result<std::optional<risk::SupposedShock>> supposed_shock(
    const PairFacts& facts, const MeasureQuestion& question, Day from
) {
    ENTENTE_ASSIGN_OR_RETURN(auto what, supposed_class(facts, question));
    ENTENTE_ASSIGN_OR_RETURN(const auto on, day_of_choice(question, "on", true));
    if (!what) {
        if (on)
            return fail(
                ErrorCode::invalid_argument,
                "on",
                "found a day, expected a shock to suppose with it (--suppose)"
            );
        return std::nullopt;
    }
    const Day day = on.value_or(from + 1), last = from + risk::kRiskHorizons.back();
    if (day <= from || day > last)
        return fail(
            ErrorCode::invalid_argument,
            "on",
            fmt::format("found {}, expected a day from {} to {}", to_iso(day), to_iso(from + 1), to_iso(last))
        );
    return risk::SupposedShock{*std::move(what), day};
}

const char* reason_of(Standing standing) {
    if (standing == Standing::stopped) return "not applicable";
    return standing == Standing::unknown ? "unknown" : "not covered";
}

void add_told(Answer& out, const risk::RiskAsked& asked, const risk::ToldRisk& told) {
    const auto& chances = told.supposed ? *told.supposed : told.as_it_is;
    out.headline = risk::risk_headline(asked, told);
    if (asked.from < out.valid_at)
        out.headline =
            fmt::format("From {} on, the end of coverage. {}", day_words(asked.from), out.headline);
    out.value = chances.chance[1];
    out.band = StatedBand{chances.bands[1], 0.9, "parameters"};
    for (auto& words : risk::precedent_words(asked)) out.paragraphs.push_back(std::move(words));
    out.paragraphs.push_back(risk::learnt_words(asked.gathered, told));
    for (auto& words : risk::track_words(told)) out.paragraphs.push_back(std::move(words));
    out.tables.push_back(risk::chances_table(asked, told));
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    auto gathered = risk::gather_record(facts, question.at);
    const bool covered = !gathered.tie().covered.empty();
    const Day from = covered ? std::min(question.at, gathered.tie().covered.back().last) : question.at;
    if (from < question.at) gathered = risk::gather_record(facts, from);
    ENTENTE_ASSIGN_OR_RETURN(const auto supposed, supposed_shock(facts, question, from));
    const risk::RiskAsked asked{facts, gathered, from, supposed};
    Answer out = begin_answer(*find_measure("risk"), facts, question);
    const auto standing = gathered.tie().standing_after(from);
    std::optional<risk::ToldRisk> told;
    if (standing == Standing::at_risk) {
        auto found = risk::tell_risk(gathered, from, supposed);
        if (found) {
            told = *std::move(found);
            add_told(out, asked, *told);
        } else {
            out.reason = "too few";
            out.headline = fmt::format("Too few stops to learn from: {}.", found.error().message);
        }
    } else {
        out.reason = reason_of(standing);
        out.headline = risk::standing_words(asked, standing);
    }
    if (!told) out.paragraphs = risk::precedent_words(asked);
    if (supposed)
        out.tables.push_back(risk::precedents_table(asked, false));
    else
        out.tables.push_back(risk::classes_table(asked));
    if (told) {
        out.tables.push_back(risk::risk_scores_table(*told));
        for (const std::size_t horizon : {1, 0, 2})
            out.tables.push_back(risk::risk_calibration_table(*told, horizon));
        out.tables.push_back(risk::bands_table(*told));
        out.tables.push_back(risk::effects_table(*told));
        out.tables.push_back(risk::next_stop_table(asked));
        out.tables.push_back(risk::learnt_table(asked));
        out.tables.push_back(risk::stops_told_table(asked, *told));
    }
    if (supposed) out.tables.push_back(risk::precedents_table(asked, true));
    const bool any =
        std::ranges::any_of(out.tables, [](const AnswerTable& table) { return !table.rows.empty(); });
    if (any) out.warnings = risk::risk_warnings(asked, question.at);
    if (told && supposed && supposed->on > from + 1)
        out.warnings.push_back(fmt::format(
            "The supposed shock comes {} days after {}, from which all chances are told: a window that ends "
            "before it tells "
            "what is without it.",
            supposed->on - from,
            day_words(from)
        ));
    if (told && !told->past.not_fitted.empty())
        out.warnings.push_back("Past days without a fit: " + told->past.not_fitted.front());
    return out;
}

}  // namespace

Measure risk_measure() {
    return {
        .name = "risk",
        .version = 1,
        .question = "How likely is it that the tie stops?",
        .unit = "chance of a stop within 90 days",
        .uses_parameters = false,
        .learns_from_all = true,
        .choices =
            {
                {"suppose",
                 "",
                 "CLASS[:SIDE]",
                 "A shock that may come: its class (entente codes shock_kind), and who begins it: one of the "
                 "two, or third"},
                {"on", "", "DATE", "When it would come; without it, the day after"},
            },
        .references =
            {"MEASURES.md 11 and 16A",
             "Prentice and Gloeckler 1978",
             "Gelman 2008",
             "Andersen and Gill 1982",
             "Prentice, Williams and Peterson 1981"},
        .ask = ask,
    };
}

}  // namespace entente::measures
