#include "service/home_overview.h"

#include <algorithm>
#include <set>
#include <thread>

#include "service/brief_words.h"

namespace entente::service {
namespace {

/// Codes, or names, of the nations of which nothing is on record with the home; sets the name of the home.
Result<void> read_nations(
    ledger::RecordView& view, const std::vector<Partner>& partners, measures::Overview& out
) {
    std::set<std::string> known{out.home_id};
    for (const auto& partner : partners) known.insert(partner.actor.id);
    return view.each_current("actor", [&](const ledger::Revision& revision) {
        const auto actor = measures::read_actor(revision.rec, revision.content);
        if (revision.rec == out.home_id)
            out.home = name_of(actor).name, out.home_code = name_of(actor).shortest();
        if (actor.kind == "nation" && !known.contains(revision.rec))
            out.nothing.push_back(name_of(actor).shortest());
        return Result<void>{};
    });
}

}  // namespace

Result<HomeOverview> home_overview(
    ledger::RecordView& view,
    const PartnersRequest& request,
    const measures::AttentionRules& rules,
    const measures::Parameters& parameters
) {
    HomeOverview out;
    ENTENTE_ASSIGN_OR_RETURN(out.partners, load_partner_records(view, request));
    ENTENTE_ASSIGN_OR_RETURN(out.outages, load_outages_elsewhere(view));
    out.overview.home_id = request.home, out.overview.at = request.at;
    ENTENTE_RETURN_IF_ERROR(read_nations(view, out.partners, out.overview));
    std::vector<measures::OverviewPartner> partners;
    for (const auto& partner : out.partners) {
        auto& facts = out.facts.emplace_back(partner.record->facts());
        facts.all_disruptions = out.outages.disruptions;
        facts.all_channels = out.outages.channels;
        facts.all_contacts = out.outages.contacts;
        partners.push_back({&facts, partner.actor.id, partner.actor.code, partner.actor.name});
    }
    const auto threads = std::max(1U, std::thread::hardware_concurrency());
    out.overview.ties = measures::overview_ties(partners, rules, parameters, request.at, threads);
    return out;
}

}  // namespace entente::service
