#include "made_engagements.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/day.h"
#include "base/hash.h"
#include "domain/content.h"
#include "domain/date_span.h"
#include "policy/label.h"

namespace entente::bench {
namespace {

constexpr std::array<const char*, 21> kCategories{"VST", "TRG", "EXR", "PME", "DLG", "KLE", "PRT", "EXC", "SEM", "CAL", "HUM",
                                                  "CAP", "DIB", "PEP", "INT", "RND", "CBM", "PUB", "ALM", "GOV", "POL"};
constexpr std::array<const char*, 14> kLevels{
    "working", "unit", "colonel", "general_officer", "senior_official", "field_grade", "service_chief", "chief_of_defence",
    "minister", "junior_officer", "theatre_commander", "nco", "cadet", "head_of_state"};
constexpr std::array<const char*, 5> kStatuses{"completed", "closed", "planned", "cancelled", "postponed"};
constexpr std::array<const char*, 4> kRoles{"participant", "visitor", "observer", "instructor"};
constexpr std::array<const char*, 24> kTopics{
    "Maritime", "Air defence", "Logistics", "Medical", "Cyber", "Joint", "Amphibious", "Counter-piracy", "Peacekeeping",
    "Engineer", "Signals", "Naval aviation", "Legal", "Search and rescue", "Border", "Airborne", "Arctic", "Space",
    "Submarine", "Artillery", "Disaster relief", "Intelligence", "Special operations", "Mine clearance"};
constexpr std::array<const char*, 20> kForms{
    "talks", "staff talks", "visit", "course", "exercise", "working group", "seminar", "port call", "exchange", "symposium",
    "inspection", "planning conference", "demonstration", "subject matter expert exchange", "ceremony", "review", "training",
    "consultation", "workshop", "patrol"};
constexpr std::array<const char*, 16> kSyllables{
    "ba", "ko", "ri", "tan", "mel", "dor", "su", "ven", "lak", "po", "gar", "ni", "esh", "um", "tor", "wa"};
constexpr int kFirstYear = 1990, kYears = 37;

}  // namespace

std::string made_id(const std::string& words) {
    return base32(sha256(words).view().substr(0, 16));
}

MadeEngagements::MadeEngagements(
    const service::Node& node,
    std::string home,
    std::string source,
    std::vector<std::pair<std::string, std::string>> actors,
    std::uint64_t engagements,
    std::uint64_t participations
)
    : node_(node),
      home_(std::move(home)),
      source_(std::move(source)),
      actors_(std::move(actors)),
      left_(engagements),
      participations_left_(participations) {
    auto label = policy::Label::originator_only(node.config().home, node.config().policy);
    for (const auto& [id, code] : actors_) label.releasable_to->push_back(code);
    std::ranges::sort(*label.releasable_to);
    all_nations_ = label.bytes();
    for (int i = 0; i < 3000; ++i) {
        std::string name;
        for (int syllables = 2 + static_cast<int>(random_() % 2); syllables >= 0; --syllables)
            name += kSyllables[random_() % kSyllables.size()];
        name[0] = static_cast<char>(name[0] - 32);
        places_.push_back(name);
    }
}

// The first tenth of a list is drawn a fifth of the time, its half two thirds.
std::size_t MadeEngagements::frequent_first(std::size_t count) {
    const double u = static_cast<double>(random_() >> 11) * 0x1p-53;
    return std::min(count - 1, static_cast<std::size_t>(std::pow(u, 1.4) * static_cast<double>(count)));
}

// What is left is shared out so that the sum is met to the last.
std::size_t MadeEngagements::participants_of_next() {
    const auto draw = random_() % 100;
    std::uint64_t wanted = draw < 55 ? 2 : draw < 75 ? 3 + random_() % 3 : 9 + random_() % 21;
    const auto others = left_ - 1;
    const auto most = participations_left_ - 2 * others;  // two must be left for each
    const auto least = participations_left_ > 39 * others ? participations_left_ - 39 * others : 2;
    // Drifts back to the average where chance led away from it.
    const double mean = static_cast<double>(participations_left_) / static_cast<double>(left_);
    if (wanted > 8) wanted = static_cast<std::uint64_t>(static_cast<double>(wanted) * std::clamp((mean - 1.9) / 4.8, 0.5, 2.0));
    return std::clamp<std::uint64_t>(std::clamp<std::uint64_t>(wanted, 2, 39), least, most);
}

std::string MadeEngagements::title(const std::string& category) {
    const auto* topic = kTopics[frequent_first(kTopics.size())];
    const auto* form = kForms[frequent_first(kForms.size())];
    if (category == "EXR")
        return fmt::format("Exercise {} {} {}", places_[frequent_first(300)], kFirstYear + random_() % kYears, topic);
    if (random_() % 3 == 0) return fmt::format("{} {} at {}", topic, form, places_[frequent_first(places_.size())]);
    return fmt::format("{} {}, round {}", topic, form, 1 + random_() % 40);
}

json::array MadeEngagements::participations(std::size_t count, std::vector<std::size_t>& partners) {
    json::array out;
    const auto add = [&](const std::string& id, const char* role) {
        json::object one{{"actor", id}, {"role", role}};
        if (random_() % 3 == 0) one["people"] = static_cast<std::int64_t>(1 + random_() % 240);
        out.push_back(std::move(one));
    };
    const bool with_home = random_() % 5 == 0;
    if (with_home) add(home_, random_() % 2 ? "host" : "visitor");
    while (out.size() < count) {
        const auto partner = frequent_first(actors_.size());
        if (std::ranges::find(partners, partner) != partners.end()) continue;
        partners.push_back(partner);
        add(actors_[partner].first, kRoles[frequent_first(kRoles.size())]);
    }
    return out;
}

// A third stays at home, most of what two did may be seen by the other, of the rest the half by all.
std::string MadeEngagements::label(const std::vector<std::size_t>& partners) {
    const auto draw = random_() % 100;
    if (draw < 33) return {};
    if (partners.size() > 1) return draw < 66 ? std::string() : all_nations_;
    auto label = policy::Label::originator_only(node_.config().home, node_.config().policy);
    label.releasable_to->push_back(actors_[partners[0]].second);
    std::ranges::sort(*label.releasable_to);
    return label.bytes();
}

ledger::Draft MadeEngagements::next() {
    const auto count = participants_of_next();
    --left_, participations_left_ -= count, ++number_;
    const std::string category = kCategories[frequent_first(kCategories.size())];
    const auto first = *day_of(kFirstYear, 1, 1);
    // Fewer long ago. The last day is one of November 2026.
    const double u = static_cast<double>(random_() >> 11) * 0x1p-53;
    const auto days = static_cast<std::int32_t>(std::pow(u, 0.8) * (365.25 * kYears - 40));
    Day from = first + days, to = from;
    auto precision = domain::Precision::day;
    const auto draw = random_() % 20;
    if (draw == 0) {
        const auto date = calendar(from);
        from = *day_of(date.year, date.month, 1), to = end_of_month(date.year, date.month);
        precision = domain::Precision::month;
    } else if (draw < 11) {
        to = from + static_cast<std::int32_t>(1 + random_() % 9), precision = domain::Precision::range;
    }
    std::vector<std::size_t> partners;
    json::object content{{"category", category}, {"title", title(category)}, {"held", domain::DateSpan{from, to, precision}.to_json()}};
    content["participations"] = participations(count, partners);
    content["level"] = random_() % 12 == 0 ? json::value(json::object{{"none", "unknown"}}) : json::value(kLevels[frequent_first(kLevels.size())]);
    if (random_() % 4 != 0) content["places"] = json::array{json::string(places_[frequent_first(places_.size())])};
    if (random_() % 4 == 0)
        content["people"] = json::array{json::string(fmt::format("{} {} - colonel", places_[random_() % 1000], places_[random_() % 1000]))};
    content["status"] = kStatuses[random_() % 8 ? 0 : random_() % kStatuses.size()];
    content["citations"] = json::array{json::object{{"source", source_}, {"locator", fmt::format("row {}", number_)}}};
    content["source_id"] = fmt::format("m{:06}", number_);
    auto parts = domain::split(*node_.schema().find("engagement"), std::move(content));
    ledger::Draft out;
    out.kind = "row", out.rec = made_id(fmt::format("engagement {}", number_)), out.type = "engagement";
    out.clear = std::move(parts.clear), out.sealed = std::move(parts.sealed);
    out.label = label(partners), out.at = fmt::format("1:{}", number_);
    return out;
}

}  // namespace entente::bench
