#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "domain/declaration.h"
#include "measures/coverage_of.h"
#include "measures/risk/risk_tables.h"
#include "measures/words.h"

namespace entente::measures::risk {
namespace {

std::string kind_words(const std::string& kind) {
    const auto* code = domain::Schema::builtin().list("shock_kind")->find(kind);
    return kind == "other" ? "other shock" : code ? code->name : kind;
}

std::string gain_word(const validity::GroupedMean& gain) {
    if (gain.above_zero()) return "better";
    if (gain.below_zero()) return "worse";
    if (gain.mean <= 0) return "no better";
    return fmt::format("no better as far as {} pairs can tell", gain.groups);
}

/// By log score within 90 days, and where it was no closer by Brier score.
std::string gain_words(
    const ToldRisk& told, const std::optional<validity::GroupedMean>& gain, Teller teller, const char* beside
) {
    if (!gain) return fmt::format("Beside {}: too few pairs to tell.", beside);
    std::vector<std::string> days;
    for (std::size_t h = 0; h < told.track.size(); ++h)
        if (told.track[h].forecasts > 0 &&
            told.track[h].told().brier >= told.track[h].by[static_cast<std::size_t>(teller)].brier)
            days.push_back(std::to_string(kRiskHorizons[h]));
    return fmt::format(
        "Beside {}: {:+.3f} in log score a chance ({:+.3f} to {:+.3f}), {}{}.",
        beside,
        gain->mean,
        gain->band.low,
        gain->band.high,
        gain_word(*gain),
        days.empty() ? "" : fmt::format("; by Brier score no closer within {} days", fmt::join(days, ", "))
    );
}

/// What stands between told and came over all bins.
std::string sum_words(const RiskTrack& track) {
    const double told = track.told().mean * static_cast<double>(track.forecasts);
    return fmt::format("they add up to {:.1f} stops, {} came", told, track.came);
}

std::string stops_words(std::size_t number, const char* why) {
    return number == 0 ? "" : fmt::format("{} {}", number, why);
}

}  // namespace

std::string chance_words(double chance) {
    if (chance > 0 && chance < 0.001) return "under 0.1 %";
    return fmt::format("{:.{}f} %", 100 * chance, chance < 0.0995 ? 1 : 0);
}

std::string shock_words(const PairFacts& facts, const ShockClass& what) {
    return kind_words(what.kind) + " by " + (what.initiator.empty() ? "a third" : facts.name(what.initiator));
}

std::string risk_headline(const RiskAsked& asked, const ToldRisk& told) {
    const auto all = [](const ToldChances& chances) {
        return fmt::format(
            "{} within 30 days, {} within 90 and {} within a year",
            chance_words(chances.chance[0]),
            chance_words(chances.chance[1]),
            chance_words(chances.chance[2])
        );
    };
    std::string out = fmt::format(
        "As things are, and if no further shock comes, the chance that the tie stops is {}.",
        all(told.as_it_is)
    );
    if (told.supposed)
        out += fmt::format(
            " With one {} on {}: {}.",
            shock_words(asked.facts, asked.supposed->what),
            day_words(asked.supposed->on),
            all(*told.supposed)
        );
    return out;
}

std::string standing_words(const RiskAsked& asked, Standing standing) {
    const auto& tie = asked.gathered.tie();
    const auto* by = tie.blocked_on(asked.from + 1);
    if (by && standing == Standing::stopped) {
        std::size_t lasting = 0;
        const BlockedDays* first = by;
        for (const auto& one : tie.blocked) {
            if (one.standing != Standing::stopped || one.first > asked.from + 1 || one.last <= asked.from)
                continue;
            ++lasting;
            if (one.first < first->first) first = &one;
        }
        return fmt::format(
            "The tie is stopped since {}: {}. What is down cannot stop; how soon it may mend is "
            "another question (entente forecast).",
            first->by->began.to_words("–"),
            lasting == 1 ? first->by->scope : fmt::format("{} outages last", lasting)
        );
    }
    if (by)
        return fmt::format(
            "Whether there is a tie that could stop is not known: no end of the outage of {} is on "
            "record, and no contact since ({}).",
            by->by->began.to_words("–"),
            by->by->scope
        );
    if (standing == Standing::not_covered)
        return "No statement says that stops and shocks of this pair were looked for: its risk is not known. "
               "It is not 0.";
    return "Nothing of this pair is on record as stopped or refused, and nobody declares a census or "
           "sample of stops: its risk is not known. It is not 0.";
}

std::string learnt_words(const GatheredRecord& gathered, const ToldRisk& told) {
    std::size_t unwatched = 0, uncovered = 0, down = 0, unknown = 0, undated = 0;
    for (const auto& tie : gathered.record.ties) {
        undated += tie.undated;
        for (const auto& stop : tie.stops) {
            unwatched += stop.before == Standing::not_watched;
            uncovered += stop.before == Standing::not_covered;
            down += stop.before == Standing::stopped;
            unknown += stop.before == Standing::unknown;
        }
    }
    std::string out = fmt::format(
        "Learnt from {} years in which {} pairs could have stopped, and {} that began in them.",
        with_commas(std::llround(told.model.weeks * 7 / 365.25)),
        told.ties_learnt_from,
        counted(told.model.stops, "stop", "stops")
    );
    std::vector<std::string> left;
    for (auto& words :
         {stops_words(unwatched, "the first of their pair, before which nobody was looking"),
          stops_words(uncovered, "on days that no statement covers"),
          stops_words(down, "while another lasted"),
          stops_words(unknown, "when it was not known whether the tie was in use"),
          stops_words(undated, "in no known month")})
        if (!words.empty()) left.push_back(words);
    if (!left.empty()) out += fmt::format(" Not learnt from: {}.", fmt::join(left, "; "));
    return out;
}

std::vector<std::string> track_words(const ToldRisk& told) {
    const auto& track = told.track[1];
    if (track.forecasts == 0)
        return {"No such chance could be told and judged before that day: its worth is not known."};
    return {fmt::format(
        "Its own past: {} within 90 days, of {}; {} ({}). {} {}",
        counted(track.forecasts, "such chance", "such chances"),
        counted(track.ties, "pair", "pairs"),
        sum_words(track),
        counted(track.stops, "distinct stop", "distinct stops"),
        gain_words(told, track.over_all, Teller::all, "the past of all pairs"),
        gain_words(told, track.over_own, Teller::own, "the pair's own past")
    )};
}

std::vector<std::string> precedent_words(const RiskAsked& asked) {
    const auto days = share_of_days(asked.gathered.tie(), asked.from);
    const auto any = days.share()
                         ? fmt::format(
                               "After {} of all days on which this pair was at risk a stop came as soon.",
                               chance_words(*days.share())
                           )
                         : std::string("How often a stop comes as soon anyway is not known.");
    if (!asked.supposed) return {};
    const auto& what = asked.supposed->what;
    const auto precedents = precedents_of(asked.gathered.tie(), asked.facts.all_shocks, what, asked.from);
    const auto count = count_of(precedents);
    if (count.among == 0)
        return {fmt::format(
            "Precedents: no {} that could be followed is on record for this pair. {}",
            shock_words(asked.facts, what),
            any
        )};
    const auto limits = count.limits();
    const auto met_none =
        static_cast<std::size_t>(std::ranges::count_if(precedents, [](const Precedent& one) {
            return one.followed == Followed::stopped_already || one.followed == Followed::unknown;
        }));
    return {fmt::format(
        "Precedents: a stop began within 90 days of {} of {}, {} ({} to {}).{} {}",
        count.of,
        counted(count.among, "such shock", "such shocks"),
        chance_words(*count.share()),
        chance_words(limits.low),
        chance_words(limits.high),
        met_none > 0
            ? fmt::format(" {} more came while something was stopped and count for neither.", met_none)
            : "",
        any
    )};
}

std::vector<std::string> risk_warnings(const RiskAsked& asked, Day at) {
    std::vector<std::string> out;
    const auto& pair = asked.facts.tie.pair;
    const auto& covered = asked.gathered.tie().covered;
    const auto kind =
        covered.empty()
            ? CoverageKind::not_covered
            : coverage_between(asked.facts.tie.coverage, {pair, "shock"}, covered.front().first, asked.from)
                  .kind;
    if (kind != CoverageKind::census)
        out.push_back(
            "Upper bound: no statement calls the list of shocks a census. Such lists are often made by "
            "looking back from "
            "stops, so that stops seem to follow shocks more than they do."
        );
    if (asked.from < at)
        out.push_back(fmt::format(
            "Told from the end of coverage, {}: what stopped since may not be on record.",
            day_words(asked.from)
        ));
    out.push_back(
        "A stop is of the whole relationship or of a family of contacts. A single refused call or visit is "
        "none."
    );
    if (asked.gathered.left_to_general_knowledge > 0)
        out.push_back(fmt::format(
            "{} on general knowledge alone and not learnt from.",
            counted(
                asked.gathered.left_to_general_knowledge,
                "record of a stop or refusal rests",
                "records of stops or refusals rest"
            )
        ));
    return out;
}

}  // namespace entente::measures::risk
