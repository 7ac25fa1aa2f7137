#include "measures/shape/reciprocity.h"

#include <algorithm>
#include <map>

#include "measures/contact_days.h"

namespace entente::measures {
namespace {

std::string role_of(const Engagement& engagement, const std::string& actor) {
    for (std::size_t i = 0; i < engagement.actors.size() && i < engagement.roles.size(); ++i)
        if (engagement.actors[i] == actor) return engagement.roles[i];
    return {};
}

/// What is left of each record.
std::map<std::string, double> stocks_by_record(
    const std::vector<StrandStock>& strands, const Parameters& parameters, Day at
) {
    std::map<std::string, double> out;
    for (const auto& strand : strands)
        for (const auto* record : strand.records)
            out[record->evidence.id] +=
                stock_of(record->on, parameters.strands[record->strand].half_life_days, at);
    return out;
}

bool meets(const std::vector<Window>& stretches, const domain::DateSpan& held) {
    return std::ranges::any_of(stretches, [&](const Window& one) {
        return one.first <= *held.from && *held.from <= one.last;
    });
}

/// Sorts the contacts of each kind by who travelled.
class Travels {
public:
    Travels(const TieFacts& facts, Day at) : facts_(facts), at_(at) {}

    void add(const StrandEvent& event, double stock) {
        const auto& one = *event.engagement;
        auto& kind = of_kind(one.category, event.strand);
        if (!meets(stretches_[one.category], *one.held)) {
            kind.uncovered.push_back(one.evidence);
            return;
        }
        const auto travel = travel_of(one, facts_.pair);
        kind.records[static_cast<std::size_t>(travel)].push_back(one.evidence);
        if (travel == Travel::out) kind.stock_out += stock;
        if (travel == Travel::in) kind.stock_in += stock;
    }

    std::vector<KindTravel> finish(const std::vector<StrandStock>& strands) {
        std::vector<KindTravel> out;
        for (auto& [kind, travel] : kinds_) {
            const auto count = [&](Travel way) { return static_cast<std::int64_t>(travel.count(way)); };
            travel.by_counts = balance_of(count(Travel::out), count(Travel::in));
            const double both = travel.stock_out + travel.stock_in;
            if (strands[travel.strand].counts() && both > 0)
                travel.by_stock = (travel.stock_out - travel.stock_in) / both;
            out.push_back(std::move(travel));
        }
        std::ranges::stable_sort(out, std::greater(), [](const KindTravel& one) {
            return one.count(Travel::out) + one.count(Travel::in);
        });
        return out;
    }

private:
    KindTravel& of_kind(const std::string& category, std::size_t strand) {
        const auto [found, fresh] = kinds_.try_emplace(category);
        if (fresh) {
            found->second.kind = category;
            found->second.strand = strand;
            stretches_[category] = covered_stretches(facts_.coverage, facts_.pair, {category}, at_);
            found->second.covered = !stretches_[category].empty();
        }
        return found->second;
    }

    const TieFacts& facts_;
    Day at_;
    std::map<std::string, KindTravel> kinds_;
    std::map<std::string, std::vector<Window>> stretches_;
};

KindTravel all_of(const std::vector<KindTravel>& kinds) {
    KindTravel all;
    for (const auto& kind : kinds) {
        for (std::size_t way = 0; way < all.records.size(); ++way)
            all.records[way].insert(
                all.records[way].end(), kind.records[way].begin(), kind.records[way].end()
            );
        all.uncovered.insert(all.uncovered.end(), kind.uncovered.begin(), kind.uncovered.end());
        all.covered |= kind.covered;
    }
    all.by_counts = balance_of(
        static_cast<std::int64_t>(all.count(Travel::out)), static_cast<std::int64_t>(all.count(Travel::in))
    );
    return all;
}

void weigh_training(Reciprocity& out, const TieFacts& facts, Day at) {
    out.by_first = given_training(facts, facts.pair.a, at);
    out.by_second = given_training(facts, facts.pair.b, at);
    if (!out.by_first.covered() || !out.by_second.covered()) return;
    const auto &first = out.by_first.sum, &second = out.by_second.sum;
    out.seats = balance_of(first.people.sum, second.people.sum);
    const auto both = static_cast<double>(first.cost_micros.sum + second.cost_micros.sum);
    if (both > 0) out.of_costs = static_cast<double>(first.cost_micros.sum - second.cost_micros.sum) / both;
}

}  // namespace

Travel travel_of(const Engagement& engagement, const Pair& pair) {
    if (engagement.host == pair.b) return Travel::out;
    if (engagement.host == pair.a) return Travel::in;
    if (!engagement.host.empty() || engagement.direction == "third_place") return Travel::elsewhere;
    if (engagement.direction == "remote") return Travel::nobody;
    const auto a = role_of(engagement, pair.a), b = role_of(engagement, pair.b);
    if (a == "host" && b != "host") return Travel::in;
    if (b == "host" && a != "host") return Travel::out;
    return Travel::unknown;
}

Balance balance_of(std::int64_t out, std::int64_t in) {
    if (out + in <= 0) return {};
    const auto to = static_cast<double>(out), from = static_cast<double>(in);
    const auto end = [&](double p) { return 2 * numerics::beta_quantile(p, to + 0.5, from + 0.5) - 1; };
    return {(to - from) / (to + from), {end(0.05), end(0.95)}};
}

Reciprocity reciprocity(
    const TieFacts& facts, const std::vector<StrandStock>& strands, const Parameters& parameters, Day at
) {
    const auto stocks = stocks_by_record(strands, parameters, at);
    Travels travels(facts, at);
    for (const auto& one : strand_events(facts, parameters, at)) {
        const auto found = stocks.find(one.engagement->evidence.id);
        travels.add(one, found == stocks.end() ? 0 : found->second);
    }
    Reciprocity out;
    out.kinds = travels.finish(strands);
    out.all = all_of(out.kinds);
    weigh_training(out, facts, at);
    return out;
}

}  // namespace entente::measures
