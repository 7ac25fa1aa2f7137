// Strands that hang on one channel or on schools of one family.
#include <fmt/format.h>

#include <algorithm>

#include "domain/declaration.h"
#include "measures/attention/watch.h"
#include "measures/training.h"

namespace entente::measures {
namespace {

struct Carrier {
    double stock = 0;
    std::size_t records = 0;
    std::vector<Evidence> evidence;
};

/// The channel with the most of a strand's stock.
std::optional<Watched> channel_of(const StrandStrength& strand, const WatchedTie& tie) {
    std::map<std::string, const Engagement*> by_id;
    for (const auto& one : tie.facts.tie.engagements) by_id[one.evidence.id] = &one;
    std::map<std::string, Carrier> carriers;
    double all = 0;
    for (const auto& share : strand.records) {
        all += share.stock;
        const auto found = share.record ? by_id.find(share.record->evidence.id) : by_id.end();
        if (found == by_id.end() || found->second->channel.empty()) continue;
        auto& carrier = carriers[found->second->channel];
        carrier.stock += share.stock;
        ++carrier.records;
        carrier.evidence.push_back(share.record->evidence);
    }
    const auto most =
        std::ranges::max_element(carriers, {}, [](const auto& one) { return one.second.stock; });
    if (most == carriers.end() || !(all > 0)) return std::nullopt;
    const auto channel = std::ranges::find(tie.facts.channels, most->first, [](const Channel& one) {
        return one.evidence.id;
    });
    Watched row;
    if (channel == tie.facts.channels.end()) return std::nullopt;
    row.words["carrier"] = channel->short_name.empty() ? channel->name : channel->short_name;
    row.numbers["share"] = std::min(1.0, most->second.stock / all);
    row.numbers["records"] = static_cast<double>(most->second.records);
    row.records = most->second.evidence;
    return row;
}

std::string family_words(const std::string& code) {
    const auto* list = domain::Schema::builtin().list("school_family");
    const auto* found = list ? list->find(code) : nullptr;
    return found ? found->name : code;
}

/// The family of schools with the most places of education within a half-life; places at no school of the list belong
/// to none.
std::optional<Watched> schools_of(const StrandStrength& strand, const WatchedTie& tie) {
    const auto& parameters = tie.parameters.strands[strand.strand];
    const auto& facts = tie.facts.tie;
    const auto cells = facts.training_lines.empty() ? cells_of(facts.tallies, facts.pair, tie.at)
                                                    : cells_of(facts.training_lines, facts.pair, tie.at);
    const auto until = strand.coverage.until.value_or(tie.at);
    std::map<std::string, Carrier> carriers;
    double all = 0;
    for (const auto& cell : cells) {
        const auto days = until - fiscal_year_end(cell.fiscal_year);
        if (days > parameters.half_life_days || cell.school_families.empty()) continue;
        const auto places = static_cast<double>(cell.sum.people.sum);
        all += places;
        for (const auto& family : cell.school_families) {
            carriers[family].stock += places / static_cast<double>(cell.school_families.size());
            carriers[family].records += static_cast<std::size_t>(cell.sum.activities);
            carriers[family].evidence.insert(
                carriers[family].evidence.end(), cell.records.begin(), cell.records.end()
            );
        }
    }
    const auto most =
        std::ranges::max_element(carriers, {}, [](const auto& one) { return one.second.stock; });
    if (most == carriers.end() || !(all > 0)) return std::nullopt;
    Watched row;
    row.words["carrier"] = family_words(most->first);
    row.numbers["share"] = most->second.stock / all;
    row.numbers["records"] = static_cast<double>(most->second.records);
    row.records = most->second.evidence;
    return row;
}

std::vector<Watched> look(const WatchedTie& tie) {
    std::vector<Watched> out;
    for (const auto& strand : tie.now.strands) {
        if (!strand.coverage.counts()) continue;
        const auto& parameters = tie.parameters.strands[strand.strand];
        auto row = parameters.strand == "education" ? schools_of(strand, tie) : channel_of(strand, tie);
        if (!row) continue;
        row->about = parameters.strand;
        row->since = tie.at;
        row->words["strand_code"] = parameters.strand;
        row->words["strand"] = parameters.name;
        out.push_back(*std::move(row));
    }
    return out;
}

}  // namespace

Watch carriers_watch() {
    return {
        "carriers",
        "Which strands hang on one channel, or on schools of one family?",
        {{"strand", WatchedAs::words, "its name"},
         {"carrier", WatchedAs::words, "the channel, or the family of schools, that carries the most"},
         {"share", WatchedAs::share, "of the strand's stock; of education, of its places within a half-life"},
         {"records", WatchedAs::number, "records, or activities, that make it"}},
        look};
}

}  // namespace entente::measures
