#include "measures/forecast/candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"

namespace entente::measures {
namespace {

std::size_t ended_of(std::span<const Lifetime> lifetimes) {
    return static_cast<std::size_t>(std::ranges::count_if(lifetimes, &Lifetime::ended));
}

void fit_laws(Learnt& out) {
    std::vector<Traits> traits;
    std::vector<Lifetime> lifetimes;
    for (const auto& one : out.cases) {
        traits.push_back(one.traits);
        lifetimes.push_back(one.lasted);
    }
    out.columns = TraitColumns(traits);
    LifetimeCovariates covariates{out.columns.names()};
    covariates.held.assign(covariates.names.size(), 1);
    for (const auto& one : traits) {
        const auto row = out.columns.row(one);
        covariates.values.insert(covariates.values.end(), row.begin(), row.end());
    }
    for (std::size_t i = 0; i < kLifetimeLaws.size(); ++i) {
        auto fit = fit_lifetimes(kLifetimeLaws[i], lifetimes, covariates);
        if (fit)
            out.fits[i] = *std::move(fit);
        else
            out.not_fitted.push_back(fmt::format("{}: {}", to_words(kLifetimeLaws[i]), fit.error().message));
    }
}

/// The outage that ended last, of the pair where it has one.
const Learnt::Case* last_ended(const Learnt& learnt, const Disruption& outage) {
    const Learnt::Case *of_pair = nullptr, *of_all = nullptr;
    const auto later = [](const Learnt::Case& one, const Learnt::Case* than) {
        return !than || *than->outage->ended->to <= *one.outage->ended->to;
    };
    for (const auto& one : learnt.cases) {
        if (!one.lasted.ended()) continue;
        if (later(one, of_all)) of_all = &one;
        if (of_one_pair(*one.outage, outage) && later(one, of_pair)) of_pair = &one;
    }
    return of_pair ? of_pair : of_all;
}

}  // namespace

std::vector<OutageCase> cases_of(std::span<const Disruption> disruptions, std::span<const Channel> channels) {
    const auto outages = outages_of(disruptions);
    std::vector<OutageCase> out;
    for (const auto* outage : outages) out.push_back({outage, traits_of(*outage, outages, channels)});
    return out;
}

std::vector<Lifetime> Learnt::of_pair(const Disruption& outage) const {
    std::vector<Lifetime> out;
    for (const auto& one : cases)
        if (of_one_pair(*one.outage, outage)) out.push_back(one.lasted);
    return out;
}

Result<Learnt> learn(
    std::span<const OutageCase> cases, Day on, const Disruption* except, OpenEnds open_ends
) {
    Learnt out;
    out.on = on;
    std::set<std::set<std::string>> pairs;
    std::vector<Lifetime> lifetimes;
    for (const auto& one : cases) {
        if (one.outage == except) continue;
        auto lasted = lifetime_on(*one.outage, on);
        if (!lasted) continue;
        if (open_ends == OpenEnds::lasting && !lasted->ended()) lasted->low = on - *one.outage->began.to;
        out.cases.push_back({one.outage, *lasted, one.traits});
        lifetimes.push_back(*lasted);
        out.ended += lasted->ended();
        out.silent += !lasted->ended() && lasted->low < 1;
        std::set<std::string> parties(one.outage->side_a.begin(), one.outage->side_a.end());
        parties.insert(one.outage->side_b.begin(), one.outage->side_b.end());
        pairs.insert(std::move(parties));
    }
    out.pairs = pairs.size();
    if (out.ended < kFewestEnded)
        return fail(
            ErrorCode::invalid_argument,
            "outages",
            fmt::format("found {} that had ended, needed {}", out.ended, kFewestEnded)
        );
    ENTENTE_ASSIGN_OR_RETURN(out.curve, turnbull(lifetimes));
    fit_laws(out);
    return out;
}

Candidates candidates_for(
    const Learnt& learnt, const Disruption& outage, std::span<const Traits> traits, std::size_t draws
) {
    std::vector<std::vector<double>> rows;
    for (const auto& one : traits) rows.push_back(learnt.columns.row(one));
    std::vector<Lifetime> all;
    for (const auto& one : learnt.cases) all.push_back(one.lasted);
    const auto* last = last_ended(learnt, outage);
    check(last != nullptr, "what was learnt has outages that ended");
    Candidates out{
        {},
        PredictedLifetime::of_curve(learnt.curve, all),
        PredictedLifetime::even((last->lasted.low + last->lasted.high) / 2),
        last->outage};
    const auto own = learnt.of_pair(outage);
    auto curve = out.all_curve;
    if (ended_of(own) >= kFewestEnded)
        if (const auto of_pair = turnbull(own)) curve = PredictedLifetime::of_curve(*of_pair, own);
    for (const auto& fit : learnt.fits)
        out.of.push_back(fit ? PredictedLifetime::of_fit(*fit, rows, draws) : curve);
    out.of.push_back(std::move(curve));
    return out;
}

}  // namespace entente::measures
