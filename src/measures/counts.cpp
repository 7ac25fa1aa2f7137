#include "measures/counts.h"

#include <algorithm>

namespace entente::measures {
namespace {

/// Days on which it ended, or may have: a date given to the day or as a range ends on its last day.
domain::LengthRange days_since(const domain::DateSpan& held, Day on) {
    const Day last = std::min(held.last(on), on);
    const bool exact = held.precision == domain::Precision::day || held.precision == domain::Precision::range;
    const Day first = exact ? last : std::min(held.first(last), last);
    return {on - last, on - first};
}

bool later(const domain::DateSpan& a, const domain::DateSpan& b, Day on) {
    const Day last_a = a.last(on), last_b = b.last(on);
    return last_a != last_b ? last_b < last_a : b.first(on) < a.first(on);
}

}  // namespace

std::size_t YearCount::total() const {
    std::size_t sum = 0;
    for (const auto& [category, records] : by_category) sum += records.size();
    return sum;
}

std::vector<YearCount> count_by_year(std::span<const Engagement> engagements, const Pair& pair, Day on) {
    std::map<int, YearCount> years;
    for (const auto& engagement : engagements) {
        if (!names_both(engagement.actors, pair) || !occurred_by(engagement, on)) continue;
        if (!is_contact(engagement)) continue;
        const int year = calendar(*engagement.held->from).year;
        years[year].by_category[engagement.category].push_back(engagement.evidence);
    }
    std::vector<YearCount> out;
    if (years.empty()) return out;
    for (int year = years.begin()->first; year <= years.rbegin()->first; ++year) {
        out.push_back(years[year]);
        out.back().year = year;
    }
    return out;
}

std::vector<LastContact> last_contacts(std::span<const Engagement> engagements, const Pair& pair, Day on) {
    std::map<std::string, LastContact> found;
    for (const auto& engagement : engagements) {
        if (!names_both(engagement.actors, pair) || !occurred_by(engagement, on)) continue;
        if (!is_contact(engagement)) continue;
        auto& last = found[engagement.category];
        ++last.records;
        if (last.engagement && !later(*engagement.held, *last.engagement->held, on)) continue;
        last.category = engagement.category;
        last.engagement = &engagement;
        last.days_since = days_since(*engagement.held, on);
    }
    std::vector<LastContact> out;
    for (auto& [category, last] : found) out.push_back(last);
    std::stable_sort(out.begin(), out.end(), [&](const LastContact& a, const LastContact& b) {
        return later(*a.engagement->held, *b.engagement->held, on);
    });
    return out;
}

}  // namespace entente::measures
