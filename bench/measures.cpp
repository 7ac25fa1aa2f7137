// The measures of one tie and of many, and the fits behind them. Times are the least of several rounds, for others may use
// the machine.
//
//   bench_measures partners PARTNERS RECORDS    strength of all partners of one nation, RECORDS each
//   bench_measures more RECORDS                 one more record: every measure of its pair, asked anew
//   bench_measures again MEASURE RECORDS        one measure of such a pair, two seconds long, for a profiler
//   bench_measures segments MONTHS              segmentation of counts of months
//   bench_measures lifetimes ROWS FILE          a Weibull fit with two covariates; the rows go to FILE as numbers
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

#include "engine_data.h"
#include "engine_partners.h"
#include "measures/ask_side_by_side.h"
#include "measures/register.h"
#include "measures/spells/segmentation.h"
#include "measures/survival/lifetime_fit.h"
#include "measures/tie/strengths.h"
#include "support.h"

namespace entente::bench {
namespace {

double least_of(int rounds, const std::function<void()>& act) {
    double least = seconds(act);
    for (int round = 1; round < rounds; ++round) least = std::min(least, seconds(act));
    return least;
}

void partners(std::size_t count, std::size_t records) {
    const auto made = made_up_partners(count, records);
    const auto ties = made.ties();
    const auto drawn = measures::drawn(measures::builtin_parameters());
    const Day at = last_day();
    std::vector<measures::Strength> first;
    for (const unsigned threads : {1U, 2U}) {
        std::vector<measures::Strength> found;
        const double time = least_of(5, [&] { found = measures::strengths(ties, *drawn, at, threads); });
        if (first.empty()) first = found;
        bool same = true;
        for (std::size_t i = 0; i < count; ++i)
            same = same && found[i].total && found[i].drawn_totals == first[i].drawn_totals;
        std::cout << fmt::format(
            "{} partners, {} records each, {} draws, {} thread{}: {:.1f} ms{}\n",
            count,
            records,
            drawn->draws(),
            threads,
            threads == 1 ? "" : "s",
            time * 1e3,
            same ? "" : " NOT THE SAME DIGITS"
        );
    }
}

/// Whatever the others hold is not looked at: a measure reads one pair, so that one is made.
void one_more(std::size_t records) {
    const auto made = made_up_partners(1, records);
    measures::PairFacts facts;
    const auto ties = made.ties();
    facts.tie = ties[0];
    facts.names = {{"home", "Home"}, {"partner0", "Partner"}};
    std::vector<std::pair<double, measures::QuestionToMeasure>> timed;
    std::cout << fmt::format("a pair of {} records, one more:", records);
    for (const auto& measure : measures::all_measures()) {
        measures::MeasureQuestion question{last_day(), &measures::builtin_parameters(), {}};
        for (const auto& choice : measure.choices) question.choices[choice.name] = choice.preset;
        // These learn from what is on record of others, and are asked without it.
        const bool reads_others = measure.learns_from_all || measure.compares_partners;
        const double time = least_of(5, [&] { (void)measure.ask(facts, question); });
        if (!reads_others) timed.push_back({time, {&measure, question}});
        std::cout << fmt::format(" {} {:.2f} ms{}", measure.name, time * 1e3, reads_others ? " (reads others)," : ",");
    }
    std::ranges::sort(timed, std::greater(), [](const auto& one) { return one.first; });
    std::vector<measures::QuestionToMeasure> of_the_pair;
    for (const auto& [time, question] : timed) of_the_pair.push_back(question);
    const double one = least_of(9, [&] { (void)measures::ask_side_by_side(facts, of_the_pair, 1); });
    const double two = least_of(9, [&] { (void)measures::ask_side_by_side(facts, of_the_pair, 2); });
    std::cout << fmt::format(" those of the pair alone together {:.1f} ms, on two threads {:.1f} ms\n", one * 1e3, two * 1e3);
}

void again(const std::string& name, std::size_t records) {
    const auto made = made_up_partners(1, records);
    const auto ties = made.ties();
    measures::PairFacts facts;
    facts.tie = ties[0];
    facts.names = {{"home", "Home"}, {"partner0", "Partner"}};
    const auto* const measure = measures::find_measure(name);
    require(measure, "such a measure");
    measures::MeasureQuestion question{last_day(), &measures::builtin_parameters(), {}};
    for (const auto& choice : measure->choices) question.choices[choice.name] = choice.preset;
    (void)measure->ask(facts, question);
    int rounds = 0;
    double took = 0;
    const auto cpu = std::clock();
    for (; took < 2; ++rounds) took += seconds([&] { (void)measure->ask(facts, question); });
    const double used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    std::cout << fmt::format("{} of {} records: {:.3f} ms, {:.3f} ms of the processor\n", name, records, took / rounds * 1e3, used / rounds * 1e3);
}

void segments(std::size_t months) {
    std::mt19937_64 random(5);
    std::vector<measures::CountedPeriod> periods(months);
    double rate = 3;
    for (auto& one : periods) {
        if (random() % 60 == 0) rate = static_cast<double>(random() % 8);
        one.count = std::poisson_distribution<std::int64_t>(rate + 0.05)(random);
        one.exposure = 30;
    }
    std::size_t changes = 0;
    const double time = least_of(3, [&] { changes = require(measures::segment_counts(periods)).changes(); });
    std::cout << fmt::format("segmentation of {} months: {:.1f} ms, {} changes\n", months, time * 1e3, changes);
}

void lifetimes(std::size_t rows, const std::string& file) {
    std::mt19937_64 random(6);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<measures::Lifetime> all(rows);
    measures::LifetimeCovariates covariates{{"x1", "x2"}, {}, {}};
    std::ofstream out(file, std::ios::binary);
    for (auto& one : all) {
        const double x1 = normal(random), x2 = normal(random);
        const double days = std::exp(5 + 0.5 * x1 - 0.3 * x2 + 0.9 * std::log(-std::log(uniform(random))));
        const double seen = 1000 * uniform(random);
        one.low = std::min(days, seen);
        if (days <= seen) one.high = days;
        covariates.values.insert(covariates.values.end(), {x1, x2});
        for (const double value : {one.low, one.exact() ? 1.0 : 0.0, x1, x2})
            out.write(reinterpret_cast<const char*>(&value), sizeof value);
    }
    measures::LifetimeFit fit;
    const double time =
        least_of(5, [&] { fit = require(measures::fit_lifetimes(measures::LifetimeLaw::weibull, all, covariates)); });
    std::cout << fmt::format(
        "Weibull fit of {} rows: {:.2f} ms; log-likelihood {:.9g}, {:.7g} {:.7g} {:.7g}, scale {:.7g}\n",
        rows,
        time * 1e3,
        fit.log_likelihood,
        fit.location,
        fit.coefficients[0],
        fit.coefficients[1],
        fit.scale
    );
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente::bench;
    const std::string what = count > 2 ? words[1] : "";
    const std::size_t size = count > 2 && what != "again" ? std::stoul(words[2]) : 0;
    if (what == "partners" && count == 4)
        partners(size, std::stoul(words[3]));
    else if (what == "more" && count == 3)
        one_more(size);
    else if (what == "again" && count == 4)
        again(words[2], std::stoul(words[3]));
    else if (what == "segments" && count == 3)
        segments(size);
    else if (what == "lifetimes" && count == 4)
        lifetimes(size, words[3]);
    else
        require(false, "bench_measures partners PARTNERS RECORDS | more RECORDS | again MEASURE RECORDS | segments MONTHS | lifetimes ROWS FILE");
    return 0;
}
