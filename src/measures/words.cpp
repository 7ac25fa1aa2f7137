#include "measures/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/declaration.h"

namespace entente::measures {
namespace {

std::string short_name(const char* list, const std::string& code) {
    const auto* found = domain::Schema::builtin().list(list)->find(code);
    if (!found) return code;
    const auto brief = found->attributes.find("short");
    return brief == found->attributes.end() ? found->name : brief->second;
}

}  // namespace

Result<std::optional<Day>> day_of_choice(
    const MeasureQuestion& question, const std::string& choice, bool first
) {
    return domain::end_of_typed_date(question.choice(choice), choice, first);
}

std::string day_words(Day day) {
    return domain::DateSpan{day, day, domain::Precision::day}.to_words("–");
}

std::string with_commas(std::int64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3 + (number < 0 ? 1U : 0U);) out.insert(at -= 3, ",");
    return out;
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", with_commas(static_cast<std::int64_t>(number)), number == 1 ? one : many);
}

std::string range_words(const domain::LengthRange& range, std::string_view dash) {
    if (range.low == range.high) return with_commas(range.low);
    return fmt::format("{}{}{}", with_commas(range.low), dash, with_commas(range.high));
}

std::string category_words(const std::string& category) {
    return short_name("engagement_category", category);
}

std::string level_words(const std::string& level) {
    return short_name("level", level);
}

std::string contact_words(const Engagement& engagement, std::span<const Channel> channels) {
    for (const auto& channel : channels)
        if (channel.evidence.id == engagement.channel && !engagement.channel.empty())
            return channel.short_name.empty() ? channel.name : channel.short_name;
    return category_words(engagement.category) +
           (engagement.level.empty() ? "" : ", " + level_words(engagement.level));
}

std::string shown_ids(const std::vector<const Disruption*>& records) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(records.size(), 8); ++i)
        out += (i == 0 ? "" : ", ") + records[i]->evidence.shown_id();
    return records.size() > 8 ? fmt::format("{} and {} more", out, records.size() - 8) : out;
}

Window half_decade_before(Day on) {
    const int after = calendar(on + 1).year / 5 * 5;
    return {*day_of(after - 5, 1, 1), *day_of(after - 1, 12, 31)};
}

Result<Window> window_of_choices(
    const MeasureQuestion& question, const std::string& from, const std::string& to
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto first, day_of_choice(question, from, true));
    ENTENTE_ASSIGN_OR_RETURN(const auto last, day_of_choice(question, to, false));
    const auto half_decade = half_decade_before(question.at);
    const Window out{
        first.value_or(half_decade.first), last.value_or(first ? question.at : half_decade.last)};
    if (out.first > out.last)
        return fail(
            ErrorCode::invalid_argument,
            to,
            fmt::format("found {}, expected a day not before {}", to_iso(out.last), to_iso(out.first))
        );
    return out;
}

}  // namespace entente::measures
