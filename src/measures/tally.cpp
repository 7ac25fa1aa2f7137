#include "measures/tally.h"

#include <charconv>
#include <map>

#include "measures/record_reader.h"

namespace entente::measures {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::size_t kPlaces = 6;

std::vector<std::string> texts(const json::object& part, const char* name) {
    std::vector<std::string> out;
    const auto* list = part.if_contains(name);
    if (list && list->is_array())
        for (const auto& item : list->get_array()) out.emplace_back(item.as_string());
    return out;
}

Stated<std::int64_t> count(const json::object& part, const char* name) {
    const auto* found = part.if_contains(name);
    if (!found) return {};
    if (const auto none = domain::empty_of(*found)) return {std::nullopt, none};
    return {found->to_number<std::int64_t>(), std::nullopt};
}

Stated<std::int64_t> cost(const json::object& part) {
    const auto* found = part.if_contains("cost");
    if (!found) return {};
    if (const auto none = domain::empty_of(*found)) return {std::nullopt, none};
    const auto& money = found->as_object();
    const auto micros =
        text_at(money, "currency") == "USD" ? micros_of(text_at(money, "amount")) : std::nullopt;
    if (!micros) return {std::nullopt, domain::Empty::unknown};
    return {micros, std::nullopt};
}

TallyPart read_part(const json::object& part) {
    TallyPart out;
    if (const auto* period = part.if_contains("period"); period && !domain::empty_of(*period)) {
        const auto span = domain::DateSpan::from_json(*period);
        check(span.has_value(), "a date of a valid record can be read");
        out.period = *span;
    }
    out.programme = text_at(part, "programme");
    out.school_families = texts(part, "school_families");
    out.obligations = texts(part, "obligations");
    out.number = count(part, "number").value.value_or(0);
    out.people = count(part, "people");
    out.people_missing = count(part, "people_missing").value.value_or(0);
    out.cost_micros = cost(part);
    out.cost_missing = count(part, "cost_missing").value.value_or(0);
    return out;
}

}  // namespace

Tally read_tally(std::string_view id, const domain::Content& content) {
    const RecordReader reader("tally", content);
    Tally out{
        read_evidence(id, reader),
        reader.text("what"),
        reader.texts("parties"),
        reader.text("deliverer"),
        reader.text("recipient"),
        reader.required_date("period"),
        reader.text("standing"),
        {}};
    for (const auto* part : reader.groups("parts")) out.parts.push_back(read_part(*part));
    return out;
}

std::optional<std::int64_t> micros_of(std::string_view decimal) {
    const bool negative = decimal.starts_with('-');
    if (negative) decimal.remove_prefix(1);
    const auto dot = decimal.find('.');
    std::string digits(decimal.substr(0, dot));
    std::string places(dot == std::string_view::npos ? std::string_view{} : decimal.substr(dot + 1));
    while (places.size() > kPlaces && places.back() == '0') places.pop_back();
    if (digits.empty() || places.size() > kPlaces) return std::nullopt;
    places.resize(kPlaces, '0');
    digits += places;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return negative ? -value : value;
}

std::string decimal_of(std::int64_t micros) {
    std::string out = std::to_string(micros / kMicros);
    auto places = std::to_string(kMicros + std::abs(micros % kMicros)).substr(1);
    while (!places.empty() && places.back() == '0') places.pop_back();
    if (micros < 0 && micros > -kMicros) out = "-0";
    return places.empty() ? out : out + "." + places;
}

std::vector<TalliedYear> tallied_years(
    std::span<const Tally> tallies, const std::string& what, const Pair& pair, Day on
) {
    std::map<int, TalliedYear> years;
    for (const auto& tally : tallies) {
        if (tally.what != what || !names_both(tally.parties, pair)) continue;
        for (const auto& part : tally.parts) {
            const auto& period = part.period ? *part.period : tally.period;
            if (!period.from || *period.from > on) continue;
            const int last = calendar(std::min(period.last(on), on)).year;
            for (int year = calendar(*period.from).year; year <= last; ++year) {
                auto& found = years[year];
                if (found.year == year && found.number >= part.number) continue;
                found = {year, part.number, tally.evidence};
            }
        }
    }
    std::vector<TalliedYear> out;
    for (auto& [year, found] : years) out.push_back(std::move(found));
    return out;
}

}  // namespace entente::measures
