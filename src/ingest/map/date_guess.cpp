#include "ingest/map/date_guess.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ingest/map/country_codes.h"
#include "ingest/map/span_forms.h"

namespace entente::ingest::map {
namespace {

constexpr int kPivot = 1950;
constexpr double kMost = 0.6;

using Values = std::vector<std::string>;

// Forms that differ in nothing but whether the day or the month comes first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTwins{
    std::pair{"%d/%m/%Y", "%m/%d/%Y"},
    std::pair{"%d/%m/%y", "%m/%d/%y"},
    std::pair{"%d/%m%-%d/%m/%Y", "%m/%d%-%m/%d/%Y"},
    std::pair{"%d/%m/%Y%-%d/%m/%Y", "%m/%d/%Y%-%m/%d/%Y"}};
// Forms with slashes that a reader of the other order could not write, but might read otherwise.
constexpr std::string_view kDaysFirst = "%d%-%d/%m/%Y", kMonthFirst = "%m/%d%-%d/%Y";

bool reads(std::string_view value, std::string_view form) {
    return reads_by(value, form, kPivot);
}

std::ptrdiff_t how_many(const Values& values, std::string_view form) {
    return std::count_if(values.begin(), values.end(), [&](const auto& value) { return reads(value, form); });
}

bool says_nothing(std::string_view value) {
    static const std::set<std::string, std::less<>> none{
        "na",
        "ka",
        "nd",
        "nn",
        "unknown",
        "unbekannt",
        "inconnu",
        "none",
        "tbd",
        "tbc",
        "nichtbekannt",
        "sinfecha",
        "notknown"};
    const auto text = folded(value);
    return text.empty() || none.contains(text) || value == "-99" || value == "-88" || value == "-9" ||
           value == "-77" || value == "-66";
}

bool is_number(std::string_view value) {
    return !value.empty() && value.find_first_not_of("0123456789 ,'-") == value.npos &&
           value.find_first_of("0123456789") != value.npos && std::count(value.begin(), value.end(), '-') < 2;
}

/// What values tell of the order of day and month: some fit one order and not the other.
struct Order {
    bool day_first = false, month_first = false;
};

Order order_of(const Values& values) {
    Order out;
    for (const auto& value : values)
        for (const auto& [day, month] : kTwins) {
            const bool as_day = reads(value, day), as_month = reads(value, month);
            out.day_first |= as_day && !as_month;
            out.month_first |= as_month && !as_day;
        }
    return out;
}

// The form by which most values are dates; empty when none are.
std::string_view best_form(const Values& values, const Order& order) {
    std::string_view best;
    std::ptrdiff_t most = 0;
    for (const auto& form : usual_forms())
        if (const auto count = how_many(values, form); count > most) most = count, best = form;
    // The day is taken to come first, unless other values tell the contrary.
    for (const auto& [day, month] : kTwins)
        if (best == day && order.month_first && !order.day_first && how_many(values, month) == most)
            return month;
    return best;
}

std::string example(const Values& values, std::string_view form) {
    return *std::find_if(values.begin(), values.end(), [&](const auto& value) { return reads(value, form); });
}

void add_doubts(
    const std::string& name,
    const Values& values,
    std::string_view form,
    const Order& order,
    std::vector<std::string>& doubts
) {
    const bool told = order.day_first != order.month_first;
    for (const auto& [day, month] : kTwins) {
        if ((form != day && form != month) || told) continue;
        const auto other = form == day ? month : day;
        if (how_many(values, other) > 0)
            doubts.push_back(fmt::format(
                "{}: '{}' fits {} as well as {}: is the day or the month first? Taken as {}",
                name,
                example(values, other),
                other,
                form,
                form
            ));
    }
    if ((form == kDaysFirst && !(told && order.day_first)) ||
        (form == kMonthFirst && !(told && order.month_first))) {
        const auto value = example(values, form);
        const auto span = read_span(value, {std::string(form)}, kPivot);
        doubts.push_back(fmt::format(
            "{}: '{}' is taken as {} to {}, the {} first: is it so?",
            name,
            value,
            span->first.text(),
            span->last.text(),
            form == kDaysFirst ? "days" : "month"
        ));
    }
    if (form.find("%y") != form.npos)
        doubts.push_back(fmt::format("{}: years of two digits are taken as 1950 to 2049", name));
}

}  // namespace

DateGuess guess_dates(const std::string& name, const std::vector<std::string>& values, bool said) {
    DateGuess guess;
    Values left;
    for (const auto& value : values) (says_nothing(value) ? guess.missing : left).push_back(value);
    const auto all = left.size();
    if (!said && std::all_of(left.begin(), left.end(), is_number)) return {};
    const auto order = order_of(left);
    while (!left.empty()) {
        const auto best = best_form(left, order);
        if (best.empty()) break;
        add_doubts(name, left, best, order, guess.doubts);
        guess.forms.emplace_back(best);
        std::erase_if(left, [&](const auto& value) { return reads(value, best); });
    }
    const auto read = all - left.size();
    if (read == 0 || static_cast<double>(read) < kMost * static_cast<double>(all)) return {};
    if (order.day_first && order.month_first)
        guess.doubts.push_back(fmt::format(
            "{}: in some values the day comes first, in others the month; those that fit both are taken as "
            "{}",
            name,
            *std::find_if(
                guess.forms.begin(),
                guess.forms.end(),
                [](const auto& form) { return form.find('/') != form.npos; }
            )
        ));
    for (const auto& value : left)
        guess.doubts.push_back(fmt::format("{}: '{}' is no date in any form known", name, value));
    return guess;
}

}  // namespace entente::ingest::map
