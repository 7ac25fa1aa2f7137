#include "service/brief_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "domain/declaration.h"

namespace entente::service {
namespace {

using measures::CoverageKind;

constexpr std::int32_t kTalkingDays = 365;

using Words = std::pair<std::string_view, std::string_view>;

template <std::size_t size>
std::string_view word_for(const std::array<Words, size>& words, std::string_view code) {
    for (const auto& [key, word] : words)
        if (key == code) return word;
    return {};
}

/// People of a level, several of them.
std::string people_of(const std::string& level) {
    constexpr std::array<Words, 14> kPeople{{
        {"head_of_state", "Heads of state"},
        {"minister", "Ministers"},
        {"chief_of_defence", "Chiefs of defence"},
        {"service_chief", "Service chiefs"},
        {"theatre_commander", "Theatre commanders"},
        {"general_officer", "General officers"},
        {"senior_official", "Senior officials"},
        {"colonel", "Colonels"},
        {"field_grade", "Field-grade officers"},
        {"junior_officer", "Junior officers"},
        {"nco", "Non-commissioned officers"},
        {"cadet", "Cadets"},
        {"working", "Working level"},
        {"unit", "Units"},
    }};
    const auto people = word_for(kPeople, level);
    return people.empty() ? "Level unknown" : std::string(people);
}

/// How they met: the sub-category where it says more in as few words, else the category.
std::string manner_of(const measures::Engagement& engagement) {
    constexpr std::array<Words, 9> kSubcategories{{
        {"visit", "visit"},
        {"visit_in", "visit"},
        {"visit_out", "visit"},
        {"margins", "beside a larger event"},
        {"other_meeting", "civilian counterpart"},
        {"video_call", "video"},
        {"telephone_link", "telephone link"},
        {"signing", "signing"},
        {"port_call", "port call"},
    }};
    constexpr std::array<Words, 8> kCategories{{
        {"KLE", "meeting"},
        {"CAL", "call"},
        {"DLG", "talks"},
        {"EXC", "exchange"},
        {"PME", "education"},
        {"EXR", "exercise"},
        {"PRT", "port call"},
        {"VST", "tour"},
    }};
    if (const auto word = word_for(kSubcategories, engagement.subcategory); !word.empty())
        return std::string(word);
    if (const auto word = word_for(kCategories, engagement.category); !word.empty()) return std::string(word);
    return domain::Schema::builtin().name_of("engagement_category", engagement.category);
}

std::string number_word(std::size_t number) {
    constexpr std::array<std::string_view, 10> kWords{
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    return number < kWords.size() ? std::string(kWords[number])
                                  : with_commas(static_cast<std::int64_t>(number));
}

const BriefContact* latest(const Brief& brief) {
    return brief.last_contacts.empty() ? nullptr : &brief.last_contacts.front();
}

std::string stop_clause(const Brief& brief) {
    std::size_t open = 0;
    for (const auto& stop : brief.stops) open += !stop.ended;
    if (open == 0 && brief.stops.empty()) return ", with no stop on record";
    if (open == 0) return ", with no stop open on record";
    const auto* words = open == 1 ? "stop that has no end" : "stops that have no end";
    return fmt::format(", with {} {} on record", number_word(open), words);
}

/// What silence means, by the coverage of the last year.
std::string silence_clause(const Brief& brief) {
    if (brief.covered.empty()) return " Nobody says what was looked at.";
    switch (brief.covered.back().kind) {
        case CoverageKind::census:
            return {};
        case CoverageKind::not_covered:
            return " This time is not covered: silence is no stop.";
        case CoverageKind::not_released:
            return " Records of this time are not released.";
        default:
            return fmt::format(
                " The record is {}: silence is no stop.",
                brief.covered.back().kind == CoverageKind::sample ? "a sample" : "thin"
            );
    }
}

/// What stands beside the contacts, when there is none to tell of.
std::string beside_clause(const Brief& brief) {
    std::vector<std::string> parts;
    if (std::any_of(brief.training.begin(), brief.training.end(), [](const auto& one) {
            return one.sum.activities > 0;
        }))
        parts.emplace_back("training");
    if (brief.exercises.total() > 0) parts.emplace_back("exercises");
    if (!brief.political.records.empty()) parts.emplace_back("political visits");
    if (parts.empty()) return {};
    return fmt::format(" Counted elsewhere: {}.", fmt::join(parts, ", "));
}

}  // namespace

std::string contact_label(const measures::Engagement& engagement, const std::string& channel) {
    if (!channel.empty()) return channel;
    if (engagement.level.empty()) return manner_of(engagement);
    return people_of(engagement.level) + ", " + manner_of(engagement);
}

std::string first_sentence(const Brief& brief) {
    const auto* last = latest(brief);
    if (!last)
        return "No contact on record" + stop_clause(brief) + "." + silence_clause(brief) +
               beside_clause(brief);
    if (last->days_since.low <= kTalkingDays) return "Talking" + stop_clause(brief) + ".";
    return fmt::format(
        "No contact on record for {} days{}.{}",
        with_commas(last->days_since.low),
        stop_clause(brief),
        silence_clause(brief)
    );
}

BriefName name_of(const measures::Actor& actor) {
    return {actor.evidence.id, actor.code, actor.short_name.empty() ? actor.name : actor.short_name};
}

std::string joined_names(const std::vector<BriefName>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name.name;
    return out.empty() ? "unknown" : out;
}

}  // namespace entente::service
