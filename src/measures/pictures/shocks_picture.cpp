#include <fmt/format.h>

#include <algorithm>

#include "measures/contact_days.h"
#include "measures/pictures/parts.h"
#include "measures/pictures/pictures.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

using picture::place;
using picture::Survey;

constexpr std::int32_t kMonth = 30;

/// The shocks that the table of the answer names.
std::vector<const Shock*> shocks_of(const PairFacts& facts, const Answer& answer) {
    std::vector<const Shock*> out;
    if (answer.tables.empty()) return out;
    for (const auto& row : answer.tables.front().rows)
        for (const auto& shock : facts.shocks)
            if (!row.front().records.empty() && row.front().records.front().id == shock.evidence.id)
                out.push_back(&shock);
    return out;
}

Day day_of_shock(const Shock& shock) {
    return *shock.on.from + (*shock.on.to - *shock.on.from) / 2;
}

picture::Picture around_one(
    const PairFacts& facts, const Shock& shock, const ContactDays& contacts, std::int32_t window, Day at
) {
    picture::Picture out;
    const Day day = day_of_shock(shock), first = day - window, last = std::min(at, day + (window - 1));
    out.axis = {true, place(first), place(day + window)};
    out.moments = {{place(day), shock.title}};
    std::vector<const Engagement*> near;
    for (std::size_t i = 0; i < contacts.engagements.size(); ++i)
        if (contacts.counts.days[i] >= first && contacts.counts.days[i] <= last)
            near.push_back(contacts.engagements[i]);
    picture::ShockRow others{"Shocks"};
    for (const auto& one : facts.shocks)
        if (touches(one, facts.tie.pair) && one.on.from && *one.on.from >= first &&
            *one.on.from < day + window)
            others.shocks.push_back(mark_of(one));
    auto lane = lane_of("Contacts", near, facts.tie.pair);
    lane.directed = true;
    const auto around = before_and_after(contacts.counts, day, window);
    lane.note = fmt::format("{} before, {} after", around.before, around.after);
    lane.aside.clear();
    // Hatched: days that no statement covers.
    Day from = first;
    for (const auto& covered : contacts.counts.covered) {
        if (covered.last < first || covered.first >= day + window) continue;
        if (covered.first > from) lane.survey.push_back({place(from), place(covered.first), Survey::none});
        from = std::max(from, covered.last + 1);
    }
    if (from < day + window) lane.survey.push_back({place(from), place(day + window), Survey::none});
    out.panels.emplace_back(std::move(others));
    out.panels.emplace_back(std::move(lane));
    out.up = facts.name(facts.tie.pair.a) + " travels";
    out.down = facts.name(facts.tie.pair.b) + " travels";
    out.description = fmt::format("Contacts in the {} days before and after {}.", window, shock.title);
    return out;
}

/// Contacts by thirty days before and after, added up over the shocks of which both windows are covered.
picture::Picture around_all(
    const std::vector<const Shock*>& shocks, const ContactDays& contacts, std::int32_t window
) {
    picture::Picture out;
    const std::int32_t months = window / kMonth;
    std::vector<double> counts(static_cast<std::size_t>(2 * months));
    std::size_t used = 0;
    for (const auto* shock : shocks) {
        const Day day = day_of_shock(*shock);
        const auto around = before_and_after(contacts.counts, day, window);
        if (around.exposure_before < window || around.exposure_after < window) continue;
        ++used;
        for (std::int32_t i = -months; i < months; ++i)
            counts[static_cast<std::size_t>(i + months)] +=
                static_cast<double>(contacts.counts.count(day + i * kMonth, day + (i * kMonth + kMonth - 1)));
    }
    out.axis = {false, static_cast<double>(-months * kMonth), static_cast<double>(months * kMonth), "days"};
    picture::Bars bars{"Contacts", fmt::format("around {}", counted(used, "shock", "shocks"))};
    bars.tall = true;
    if (used > 0)
        for (std::int32_t i = -months; i < months; ++i) {
            const double from = i * kMonth;
            bars.bars.push_back({from, from + kMonth, counts[static_cast<std::size_t>(i + months)]});
        }
    else
        bars.survey.push_back({out.axis.first, out.axis.last, Survey::none});
    out.panels.emplace_back(std::move(bars));
    out.moments = {{0, "shock"}};
    out.description = "Contacts by thirty days before and after the shocks, added up.";
    return out;
}

}  // namespace

Result<picture::Picture> shocks_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
) {
    const auto shocks = shocks_of(facts, answer);
    if (shocks.empty()) return fail(ErrorCode::not_found, "svg", "found nothing to draw: " + answer.headline);
    ENTENTE_ASSIGN_OR_RETURN(const auto kinds, kinds_of_choice(question, "kinds"));
    ENTENTE_ASSIGN_OR_RETURN(const auto window, whole_number(question, "window", 30, 3650));
    const auto contacts = contact_days(facts.tie, kinds, question.at);
    auto out =
        shocks.size() == 1
            ? around_one(facts, *shocks.front(), contacts, static_cast<std::int32_t>(window), question.at)
            : around_all(shocks, contacts, static_cast<std::int32_t>(window));
    out.notes = {"After is not because: these are counts beside each other."};
    return out;
}

}  // namespace entente::measures
