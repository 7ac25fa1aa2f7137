#include "measures/shape/gaps.h"

#include <algorithm>

#include "numerics/distributions.h"

namespace entente::measures {
namespace {

/// The covered stretch that a day lies in.
const Window* stretch_of(const std::vector<Window>& covered, Day day) {
    const auto found = std::ranges::find_if(covered, [&](const Window& window) {
        return window.first <= day && day <= window.last;
    });
    return found == covered.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Day> GapHistory::last() const {
    return days.empty() ? std::nullopt : std::optional(days.rbegin()->first);
}

std::optional<std::int32_t> GapHistory::age() const {
    if (!told_to) return std::nullopt;
    return *told_to - *last();
}

std::vector<double> GapHistory::lengths() const {
    std::vector<double> out;
    for (const auto& gap : gaps) out.push_back(gap.days());
    return out;
}

GapHistory gap_history(const ContactDays& contacts) {
    GapHistory out;
    const auto& covered = contacts.counts.covered;
    for (std::size_t i = 0; i < contacts.engagements.size(); ++i)
        out.days[contacts.counts.days[i]].push_back(contacts.engagements[i]->evidence);
    for (auto day = out.days.begin(); day != out.days.end(); ++day) {
        const auto* stretch = stretch_of(covered, day->first);
        const auto next = std::next(day);
        if (next == out.days.end())
            out.told_to = stretch ? std::optional(stretch->last) : std::nullopt;
        else if (stretch && next->first <= stretch->last)
            out.gaps.push_back({day->first, next->first});
        else
            ++out.untold;
    }
    out.imprecise = contacts.imprecise;
    out.left_out = contacts.left_out.size();
    return out;
}

GapHistory channel_gaps(const TieFacts& facts, const std::string& channel, Day at) {
    std::vector<Engagement> uses;
    std::vector<std::string> kinds;
    for (const auto& one : facts.engagements) {
        if (one.channel != channel || !is_contact(one)) continue;
        uses.push_back(one);
        if (!contains(kinds, one.category)) kinds.push_back(one.category);
    }
    TieFacts only = facts;
    only.engagements = uses;
    return gap_history(contact_days(only, kinds, at));
}

double median(std::vector<double> lengths) {
    std::ranges::sort(lengths);
    return numerics::sorted_quantile(lengths, 0.5);
}

}  // namespace entente::measures
