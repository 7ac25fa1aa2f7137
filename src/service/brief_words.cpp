#include "service/brief_words.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "domain/declaration.h"

namespace entente::service {
namespace {

using measures::CoverageKind;

constexpr std::int32_t kTalkingDays = 365;

/// People of a level, several of them.
std::string people_of(const std::string& level) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kPeople{{
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
    for (const auto& [code, words] : kPeople)
        if (code == level) return std::string(words);
    return "Level unknown";
}

/// How they met: the sub-category where it says more in fewer words, else the category.
std::string manner_of(const measures::Engagement& engagement) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kManner{{
        {"visit", "visit"},
        {"visit_in", "visit"},
        {"visit_out", "visit"},
        {"margins", "beside a larger event"},
        {"other_meeting", "civilian counterpart"},
        {"video_call", "video"},
        {"theatre_commander_call", "call"},
        {"telephone_link", "telephone link"},
        {"call", "call"},
    }};
    for (const auto& [code, words] : kManner)
        if (code == engagement.subcategory) return std::string(words);
    const auto& schema = domain::Schema::builtin();
    if (!engagement.subcategory.empty())
        return schema.name_of("engagement_subcategory", engagement.subcategory);
    const auto* category = schema.list("engagement_category")->find(engagement.category);
    if (!category) return engagement.category;
    const auto words = category->attributes.find("short");
    return words == category->attributes.end() ? category->name : words->second;
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

}  // namespace

std::string contact_label(const measures::Engagement& engagement, const std::string& channel) {
    if (!channel.empty()) return channel;
    if (engagement.level.empty()) return manner_of(engagement);
    return people_of(engagement.level) + ", " + manner_of(engagement);
}

std::string first_sentence(const Brief& brief) {
    const auto* last = latest(brief);
    if (!last) return "No contact on record" + stop_clause(brief) + "." + silence_clause(brief);
    if (last->days_since.low <= kTalkingDays) return "Talking" + stop_clause(brief) + ".";
    return fmt::format(
        "No contact on record for {} days{}.{}",
        with_commas(last->days_since.low),
        stop_clause(brief),
        silence_clause(brief)
    );
}

std::string range_words(const domain::LengthRange& range, std::string_view dash) {
    if (range.low == range.high) return with_commas(range.low);
    return fmt::format("{}{}{}", with_commas(range.low), dash, with_commas(range.high));
}

std::string with_commas(std::int64_t number) {
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return number < 0 ? "-" + digits : digits;
}

}  // namespace entente::service
