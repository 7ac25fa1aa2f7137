// What the measures add to a brief: each in the sentence with which it answers.
#include <algorithm>

#include <fmt/format.h>

#include "measures/contact_days.h"
#include "measures/shocks/shock_effect.h"
#include "measures/tie/strength.h"
#include "service/ask_measure.h"
#include "service/brief_parts.h"

namespace entente::service {
namespace {

/// A measure as the brief asks it.
struct Asked {
    const char* measure;
    const char* label;
    std::map<std::string, std::string> choices = {};
    std::vector<std::string> openings = {};  ///< paragraphs that begin so stand behind the headline
};

BriefMeasured said(const Asked& asked, const measures::Answer& answer) {
    BriefMeasured out{asked.measure, asked.label, answer.headline, answer.value, answer.unit, answer.reason};
    for (const auto& paragraph : answer.paragraphs)
        if (std::ranges::any_of(asked.openings, [&](const auto& one) { return paragraph.starts_with(one); }))
            out.text += " " + paragraph;
    return out;
}

/// The total at the end of each year of the brief, by the middle of the parameters.
std::vector<std::optional<double>> totals_by_year(
    const measures::TieFacts& facts, const std::vector<BriefYear>& years, Day on
) {
    auto middle = measures::builtin_parameters();
    middle.draws = 1;
    const measures::DrawnParameters drawn(middle);
    std::vector<std::optional<double>> out;
    for (const auto& year : years) {
        const Day at = std::min(on, *day_of(year.year, 12, 31));
        out.push_back(measures::strength(facts, measures::weigh(facts, middle, at), drawn, at).total);
    }
    return out;
}

std::string contacts_in(std::int64_t contacts, std::int32_t covered, std::int32_t window) {
    const auto number = contacts == 0   ? std::string("no contact")
                        : contacts == 1 ? std::string("1 contact")
                                        : fmt::format("{} contacts", contacts);
    return covered == window ? fmt::format("{} in the {} days", number, window)
                             : fmt::format("{} in the {} covered days", number, covered);
}

/// What stood before and after the latest shock that has covered days on both sides.
std::optional<BriefMeasured> last_shock(const measures::PairFacts& facts, Day on) {
    constexpr std::int32_t kWindow = 180;
    const auto kinds = measures::kinds_of_choice({on, nullptr, {{"kinds", "all"}}}, "kinds");
    const auto contacts = measures::contact_days(facts.tie, *kinds, on);
    const measures::Shock* last = nullptr;
    measures::BeforeAfter around;
    Day last_day;
    for (const auto& shock : facts.shocks) {
        if (!measures::touches(shock, facts.tie.pair) || !shock.on.from || !shock.on.to) continue;
        if (*shock.on.to - *shock.on.from > 31 || *shock.on.from > on) continue;
        const Day day = *shock.on.from + (*shock.on.to - *shock.on.from) / 2;
        const auto found = measures::before_and_after(contacts.counts, day, kWindow);
        if (found.exposure_before == 0 || found.exposure_after == 0 || (last && day < last_day)) continue;
        last = &shock, last_day = day, around = found;
    }
    if (!last) return std::nullopt;
    return BriefMeasured{
        "shocks",
        "Last shock",
        fmt::format(
            "{}, {}: {} before it, {} after it. After is not because.",
            last->title,
            last->on.to_words("–"),
            contacts_in(around.before, around.exposure_before, kWindow),
            contacts_in(around.after, around.exposure_after, kWindow)
        ),
        static_cast<double>(around.after - around.before),
        "contacts after less contacts before",
        {}};
}

bool any_open(const Brief& brief) {
    return std::ranges::any_of(brief.stops, [](const auto& stop) { return !stop.ended; });
}

}  // namespace

Result<void> add_measures(
    Brief& brief, ledger::RecordView& view, const BriefFacts& facts, const BriefRequest& request
) {
    const auto date = calendar(request.on);
    // The 29th of February has none.
    const auto same = day_of(date.year - 1, date.month, date.day);
    const auto year_before = same ? same : day_of(date.year - 1, date.month, 28);
    std::vector<Asked> all{
        {"strength", "Strength", {{"against", to_iso(*year_before)}}, {"Against "}},
        {"overdue", "Overdue"},
    };
    // It goes through all past outages: only where something may be stopped.
    if (any_open(brief)) all.push_back({"forecast", "Forecast", {}, {"Its own past"}});
    MeasureRequest asked;
    asked.a = request.a, asked.b = request.b, asked.at = request.on;
    asked.general_knowledge = request.general_knowledge;
    std::vector<MeasureRequest> requests;
    for (const auto& one : all) {
        asked.measure = one.measure, asked.choices = one.choices;
        requests.push_back(asked);
    }
    ENTENTE_ASSIGN_OR_RETURN(
        const auto answers, ask_measures(view, facts, requests, measures::builtin_parameters())
    );
    for (std::size_t i = 0; i < all.size(); ++i) brief.measured.push_back(said(all[i], answers[i]));
    const PairRecord record(facts, {}, asked);
    if (auto shock = last_shock(record.facts(), request.on)) brief.measured.push_back(*std::move(shock));
    brief.strength_by_year = totals_by_year(record.facts().tie, brief.years, request.on);
    if (request.pictured) add_picture(brief, facts, record.facts().tie, request);
    return {};
}

}  // namespace entente::service
