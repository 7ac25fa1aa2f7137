#include "engine_partners.h"

#include <fmt/format.h>

#include <array>
#include <random>

#include "engine_data.h"

namespace entente::bench {

MadeUpPartners made_up_partners(std::size_t partners, std::size_t records_each) {
    constexpr std::array<const char*, 10> kKinds{"KLE", "CAL", "DLG", "CBM", "EXC", "SEM", "VST", "EXR", "EXR", "CAP"};
    constexpr std::array<const char*, 6> kLevels{"minister", "service_chief", "general_officer", "colonel", "working", ""};
    constexpr std::array<const char*, 4> kSubcategories{"", "margins", "telephone_call", "table_top"};
    std::mt19937_64 random(20261128);
    MadeUpPartners out;
    const unsigned range = static_cast<unsigned>(last_day() - first_day());
    for (std::size_t p = 0; p < partners; ++p) {
        auto& partner = out.partners.emplace_back();
        partner.pair = {"home", fmt::format("partner{}", p)};
        for (std::size_t i = 0; i < records_each; ++i) {
            measures::Engagement one;
            one.evidence.id = fmt::format("record{}-{}", p, i);
            one.category = kKinds[random() % kKinds.size()];
            one.subcategory = kSubcategories[random() % 10 < 3 ? random() % kSubcategories.size() : 0];
            one.level = kLevels[random() % kLevels.size()];
            one.status = random() % 20 == 0 ? "announced" : "completed";
            one.actors = {partner.pair.a, partner.pair.b};
            Day from = first_day() + static_cast<std::int32_t>(random() % range), to = from;
            auto precision = domain::Precision::day;
            if (random() % 30 == 0) {
                const auto date = calendar(from);
                from = *day_of(date.year, date.month, 1), to = end_of_month(date.year, date.month);
                precision = domain::Precision::month;
            } else if (random() % 3 == 0) {
                to = from + static_cast<std::int32_t>(random() % 10), precision = domain::Precision::range;
            }
            one.held.value = domain::DateSpan{from, to, precision};
            partner.engagements.push_back(std::move(one));
        }
    }
    measures::Coverage census;
    census.evidence.id = "census";
    census.kind = "census";
    census.parties = {"home"};
    census.record_types = {"engagement"};
    census.covers = domain::DateSpan{first_day(), last_day() - 100, domain::Precision::range};
    out.coverage.push_back(census);
    return out;
}

std::vector<measures::TieFacts> MadeUpPartners::ties() const {
    std::vector<measures::TieFacts> out;
    for (const auto& one : partners) out.push_back({one.pair, one.engagements, {}, {}, {}, coverage});
    return out;
}

}  // namespace entente::bench
