// Histories of outages from parameters that are known, as a record would hold them: dates to the month or the year, ends
// that nobody recorded, covariates that matter. For tests.
#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "measures/facts.h"
#include "measures/survival/lifetime_law.h"
#include "numerics/distributions.h"

namespace entente::measures::test {

/// A history, and the outage in it that is to be told on a day on which it lasts.
struct SimulatedHistory {
    std::vector<Disruption> disruptions;
    std::size_t asked = 0;
    Day on;
    double remaining = 0;  ///< days that it really went on
};

/// Draws from the standard library's generator, whose numbers are laid down; its distributions are not, so they are not
/// used.
class HistoryMaker {
public:
    explicit HistoryMaker(std::uint64_t seed) : random_(seed) {}

    SimulatedHistory make(LifetimeLaw law, int outages) {
        for (;;) {
            SimulatedHistory out;
            std::vector<double> lengths;
            for (int i = 0; i < outages; ++i) lengths.push_back(add_outage(out, law, i));
            // What is asked of is one of the last, at an age that it reached.
            constexpr std::array<int, 5> kAges{0, 30, 90, 180, 365};
            const auto at = static_cast<std::size_t>(outages) - 1 - pick(5);
            const int age = kAges[pick(5)];
            if (lengths[at] <= age) continue;
            out.asked = at;
            auto& asked = out.disruptions[at];
            asked.began = day_span(begun_[at]);
            asked.ended = {};
            asked.last_known = {};
            out.on = begun_[at] + age;
            out.remaining = lengths[at] - age;
            begun_.clear();
            return out;
        }
    }

private:
    double share() { return (static_cast<double>(random_() >> 11) + 0.5) * 0x1p-53; }
    std::size_t pick(std::size_t of) { return static_cast<std::size_t>(share() * static_cast<double>(of)); }

    /// W of a law, by the inverse of its distribution function.
    double drawn(LifetimeLaw law) {
        const double u = share();
        switch (law) {
            case LifetimeLaw::log_normal:
                return numerics::normal_quantile(u);
            case LifetimeLaw::log_logistic:
                return std::log(u / (1 - u));
            default:
                return std::log(-std::log(u));
        }
    }

    static domain::DateSpan day_span(Day day) { return {day, day, domain::Precision::day}; }

    /// A day as a source may tell it: to the day, the month or the year.
    domain::DateSpan told(Day day) {
        const auto date = calendar(day);
        const double kind = share();
        if (kind < 0.65) return day_span(day);
        if (kind < 0.9)
            return {
                *day_of(date.year, date.month, 1),
                end_of_month(date.year, date.month),
                domain::Precision::month};
        return {*day_of(date.year, 1, 1), *day_of(date.year, 12, 31), domain::Precision::year};
    }

    double add_outage(SimulatedHistory& out, LifetimeLaw law, int number) {
        const std::size_t cause = pick(4), side = pick(3);
        const bool whole = share() < 0.3;
        const double location = 5.5 +
                                (cause == 0   ? 0.7
                                 : cause == 1 ? -0.4
                                              : 0) +
                                (side == 0 ? 0.5 : 0) - (whole ? 0.3 : 0);
        const double scale = law == LifetimeLaw::exponential    ? 1
                             : law == LifetimeLaw::log_logistic ? 0.5
                                                                : 0.8;
        const double days = std::max(1.0, std::ceil(std::exp(location + scale * drawn(law))));
        const Day began = *day_of(1990, 1, 1) + static_cast<std::int32_t>(number * 270 + pick(270));
        Disruption one;
        one.evidence.id = "d" + std::to_string(1000 + number);
        one.side_a = {"a"};
        one.side_b = {"b" + std::to_string(side)};
        one.stopped_by = {side == 0 ? "a" : one.side_b.front()};
        one.cause_class = "cause" + std::to_string(cause);
        one.scope_class = whole ? "relationship" : "family";
        one.began = told(began);
        if (share() < 0.2)
            one.last_known = {day_span(began + static_cast<std::int32_t>(share() * days)), {}};
        else
            one.ended = {told(began + static_cast<std::int32_t>(days)), {}};
        if (number == 0) begun_.clear();
        begun_.push_back(began);
        out.disruptions.push_back(one);
        return days;
    }

    std::mt19937_64 random_;
    std::vector<Day> begun_;
};

}  // namespace entente::measures::test
