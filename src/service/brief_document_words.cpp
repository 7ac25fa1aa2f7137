#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "measures/words.h"
#include "service/brief_document_parts.h"

namespace entente::service {
namespace {

using measures::counted;
using measures::CoverageKind;
using measures::day_words;
using measures::with_commas;
using picture::Text;

std::string number_of(std::size_t number, std::string_view one, std::string_view many) {
    // A bare 0 would say that somebody looked and there was none.
    return number == 0 ? fmt::format("no {}", many) : counted(number, one, many);
}

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string years_of(const Brief& brief, CoverageKind kind) {
    std::vector<std::string> years;
    for (const auto& stretch : brief.covered) {
        if (stretch.kind != kind) continue;
        const bool last = kind == CoverageKind::not_covered && &stretch == &brief.covered.back();
        // The last stretch begins on a day, not with its year.
        if (last && brief.last_covered && calendar(*brief.last_covered).year == stretch.first)
            years.push_back("after " + day_words(*brief.last_covered));
        else
            years.push_back(years_words(stretch.first, stretch.last));
    }
    return years.empty() ? "" : fmt::format("{} {}", to_words(kind), joined(years));
}

std::string exercises_words(const Brief& brief) {
    const auto* most = brief.exercises.most();
    if (!most) return {};
    std::size_t years = 0;
    int first = 0, last = 0;
    for (const auto& year : brief.exercises.years) {
        if (year.number == 0) continue;
        ++years;
        first = first == 0 ? year.year : first, last = year.year;
    }
    return fmt::format(
        "{} in {} of {}, most {} in {}; tallied ({})",
        with_commas(brief.exercises.total()),
        counted(years, "year", "years"),
        years_words(first, last),
        most->number,
        most->year,
        joined(brief.exercises.sources)
    );
}

std::string agreements_words(const Brief& brief) {
    const auto& study = brief.agreements_in_force;
    std::string out = brief.agreements.empty()
                          ? ""
                          : counted(brief.agreements.size(), "agreement", "agreements") + " on record";
    if (study.spans.empty()) return out;
    const auto* now = study.current();
    return fmt::format(
        "{}{}{} of defence cooperation in force at the study’s end, {} ({})",
        out,
        out.empty() ? "" : "; ",
        now ? std::to_string(now->number) : "none",
        study.last_year(),
        joined(study.sources)
    );
}

std::string alliances_words(const Brief& brief) {
    const auto& study = brief.alliances;
    if (study.spans.empty()) return {};
    const auto* now = study.current();
    const auto& span = now ? *now : study.spans.back();
    const auto treaties = counted(static_cast<std::size_t>(span.number), "treaty", "treaties");
    // The year from which an unbroken row of spans leads to this one.
    Day since = *span.period.from;
    for (auto before = study.spans.rbegin(); before != study.spans.rend(); ++before)
        if (before->period.to && *before->period.to + 1 == since) since = *before->period.from;
    if (now)
        return fmt::format(
            "{} at the study’s end, {}, since {}: {} ({})",
            treaties,
            study.last_year(),
            calendar(since).year,
            joined(span.obligations),
            joined(study.sources)
        );
    return fmt::format(
        "none at the study’s end, {}; {} in {}: {} ({})",
        study.last_year(),
        treaties,
        years_words(
            calendar(*span.period.from).year, calendar(span.period.to.value_or(*span.period.from)).year
        ),
        joined(span.obligations),
        joined(study.sources)
    );
}

std::string political_words(const Brief& brief) {
    const auto& political = brief.political;
    if (political.records.empty()) return political.covered.empty() ? "not covered" : "none on record";
    return fmt::format(
        "{} since {}, {} to {} and {} to {}; last {}, {}. Shown, not counted",
        counted(political.records.size(), "visit", "visits"),
        calendar(*political.first->from).year,
        political.by_a,
        brief.b.name,
        political.by_b,
        brief.a.name,
        political.last->to_words("–"),
        political.label
    );
}

std::string arms_sales_words(const Brief& brief) {
    if (brief.arms_sales.empty()) return {};
    std::vector<std::string> numbers;
    for (const auto& stop : brief.stops)
        if (stop.arms_sale) numbers.push_back(std::to_string(stop.number));
    auto out = fmt::format(
        "{}; stated cause of {} of {}{}",
        brief.arms_sales.size(),
        numbers.empty() ? std::string("none") : std::to_string(numbers.size()),
        number_of(brief.stops.size(), "stop", "stops"),
        numbers.empty() ? "" : " (" + joined(numbers) + ")"
    );
    if (!brief.single_events.empty())
        out += fmt::format(
            " and of {} of {}",
            brief.single_events_after_arms_sales.size(),
            counted(brief.single_events.size(), "single refusal", "single refusals")
        );
    return out;
}

}  // namespace

std::string years_words(int first, int last) {
    return first == last ? std::to_string(first) : fmt::format("{}–{}", first, last);
}

std::string on_record_words(const Brief& brief) {
    auto out = number_of(brief.contacts.size(), "contact", "contacts");
    if (brief.first_contact) out += " since " + brief.first_contact->to_words("–");
    return fmt::format(
        "{}; {}; {}; {}",
        out,
        number_of(brief.stops.size(), "stop", "stops"),
        number_of(brief.single_events.size(), "single refusal", "single refusals"),
        number_of(brief.shocks.size(), "shock", "shocks")
    );
}

std::string covered_words(const Brief& brief) {
    constexpr std::array kKinds{
        CoverageKind::census,
        CoverageKind::sample,
        CoverageKind::sparse,
        CoverageKind::not_released,
        CoverageKind::not_covered};
    std::vector<std::string> parts;
    for (const auto kind : kKinds)
        if (auto years = years_of(brief, kind); !years.empty()) parts.push_back(std::move(years));
    const bool census = parts.size() == 1 && brief.covered.front().kind == CoverageKind::census;
    if (parts.empty()) return "nobody says what was looked at";
    return fmt::format("{}{}", fmt::join(parts, "; "), census ? "" : ". A quiet year is no stop.");
}

std::string measured_words(const Brief& brief, const std::string& measure) {
    for (const auto& one : brief.measured)
        if (one.name == measure) return one.text;
    return {};
}

std::string shocks_words(const Brief& brief) {
    if (brief.stops.empty() || brief.shocks.empty() || brief.days_after_shocks.of == 0) return {};
    const auto after =
        std::ranges::count_if(brief.stops, [](const auto& stop) { return !stop.coincident.empty(); });
    return fmt::format(
        "{} of {} began within 30 days after one; {:.0f} % of all days lie so.",
        after == 0 ? std::string("none") : std::to_string(after),
        counted(brief.stops.size(), "stop", "stops"),
        100.0 * brief.days_after_shocks.days / brief.days_after_shocks.of
    );
}

std::vector<Text> beside_texts(const Brief& brief) {
    std::vector<Text> out;
    const auto add = [&](const char* lead, std::string words) {
        if (!words.empty()) out.push_back({words + ".", lead, 3});
    };
    add("Exercises", exercises_words(brief));
    add("Agreements", agreements_words(brief));
    add("Alliance", alliances_words(brief));
    add("Political", political_words(brief));
    add("Arms sales", arms_sales_words(brief));
    return out;
}

}  // namespace entente::service
