#include "measures/forecast/contact_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "measures/forecast/forecast_tables.h"
#include "measures/words.h"

namespace entente::measures {
namespace {

std::string kind_words(const std::string& kind) {
    return kind.empty() ? "any contact" : category_words(kind);
}

Cell inside_cell(std::size_t inside, std::size_t told) {
    if (told == 0) return {"none told"};
    return {fmt::format("{} of {}", inside, told), static_cast<double>(inside) / static_cast<double>(told)};
}

Cell interval_cell(const NextContact& one) {
    if (!one.soon) return {"over ten years"};
    return {
        one.late ? days_words(one.soon) + "–" + days_words(one.late) : "from " + days_words(one.soon),
        one.late};
}

/// The kinds of which the past does not show that they are told any better.
template <class Kinds, class Gain>
std::string no_better_words(const Kinds& kinds, Gain gain, const char* than) {
    std::vector<std::string> named;
    for (const auto& one : kinds)
        if (!gain(one).sure()) named.push_back(kind_words(one.kind));
    if (named.empty()) return "";
    const bool all = named.size() == kinds.size();
    return fmt::format(
        " No better than {}, as far as the past can tell: {}.",
        than,
        all ? "all of them" : fmt::format("{}", fmt::join(named, ", "))
    );
}

Cell gain_cell(const ScoreGain& gain) {
    if (!std::isfinite(gain.limits.low)) return {"too few"};
    return {fmt::format("{:+.2f}{}", gain.mean, gain.sure() ? "" : " ?"), gain.mean};
}

}  // namespace

AnswerTable next_contacts_table(
    std::span<const NextContact> contacts, std::span<const KindLeftOut> left_out
) {
    AnswerTable table{
        "next_contacts",
        "Next contact: chance to have come within so many days",
        {{"kind", "kind"},
         {"last", "last", false, 1},
         {"within_30", "30", true},
         {"within_90", "90", true},
         {"within_180", "180", true, 2},
         {"within_365", "365", true},
         {"median", "half by", true},
         {"interval", "80 % in", true},
         {"inside", "its past", true},
         {"gain", "gain", true, 4}},
        {},
        "Its past: how many came inside the 80 % interval.",
        false};
    for (const auto& one : contacts) {
        std::vector<Cell> row{{kind_words(one.kind)}, {day_words(one.last), {}, one.records}};
        for (const double chance : one.chances) row.push_back({shown_share(chance), chance});
        row.push_back(days_cell(one.median));
        row.push_back(interval_cell(one));
        row.push_back(inside_cell(one.inside, one.told));
        row.push_back(gain_cell(one.over_even));
        table.rows.push_back(std::move(row));
    }
    table.note += no_better_words(
        contacts, [](const NextContact& one) { return one.over_even; }, "an even chance with the mean gap"
    );
    const auto told = [&](bool uncovered) {
        std::vector<std::string> kinds;
        for (const auto& one : left_out)
            if (one.uncovered == uncovered) kinds.push_back(kind_words(one.kind));
        return kinds;
    };
    if (const auto kinds = told(false); !kinds.empty())
        table.note +=
            fmt::format(" Fewer than {} gaps in covered time: {}.", kFewestEnded, fmt::join(kinds, ", "));
    if (const auto kinds = told(true); !kinds.empty())
        table.note += fmt::format(" Not covered ever since the last one: {}.", fmt::join(kinds, ", "));
    return table;
}

AnswerTable next_years_table(std::span<const NextYear> years) {
    AnswerTable table{
        "next_years",
        "Next twelve months: contacts as they come on record",
        {{"kind", "kind"},
         {"expected", "expected", true},
         {"low", "80 % from", true},
         {"high", "to", true},
         {"since", "rate since", false, 1},
         {"scheduled", "scheduled", true, 3},
         {"inside", "its past", true},
         {"gain_all", "gain on all years", true, 3},
         {"gain_last", "on the last year", true, 4}},
        {},
        "",
        false};
    for (const auto& one : years) {
        const auto low = one.number.quantile((1 - kForecastLevel) / 2),
                   high = one.number.quantile((1 + kForecastLevel) / 2);
        table.rows.push_back({
            {kind_words(one.kind)},
            {shown_number(one.number.mean()), one.number.mean()},
            {std::to_string(low), static_cast<double>(low)},
            {std::to_string(high), static_cast<double>(high)},
            {domain::DateSpan{
                one.since,
                end_of_month(calendar(one.since).year, calendar(one.since).month),
                domain::Precision::month}
                 .to_words("–")},
            {std::to_string(one.scheduled), static_cast<double>(one.scheduled)},
            inside_cell(one.inside, one.told),
            gain_cell(one.over_all),
            gain_cell(one.over_last),
        });
    }
    table.note = no_better_words(
        years, [](const NextYear& one) { return one.over_all; }, "the rate of all years"
    );
    table.note += no_better_words(
        years, [](const NextYear& one) { return one.over_last; }, "the count of the last year"
    );
    if (!table.note.empty()) table.note.erase(0, 1);
    return table;
}

std::vector<std::string> contact_warnings(
    std::span<const NextContact> contacts, std::span<const NextYear> years, Day at
) {
    std::set<Day> from;
    for (const auto& one : contacts) from.insert(one.told_from);
    for (const auto& one : years) from.insert(one.from);
    if (from.empty() || *from.begin() == at) return {};
    return {fmt::format(
        "Contacts are told from the end of coverage, {}{}: what came since may not be on record.",
        day_words(*from.begin()),
        from.size() == 1 ? "" : " at the earliest"
    )};
}

}  // namespace entente::measures
