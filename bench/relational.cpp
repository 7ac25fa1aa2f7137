// Relational event models on made-up histories: seconds and memory of a fit, and the same table for R.
//
//   bench_relational fit ACTORS EVENTS CONTROLS THREADS SET     CONTROLS 0: every pair at risk; SET: counts
//   or decay bench_relational table ACTORS EVENTS CONTROLS FILE SET      for relational.R
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

#include "measures/relational/controls.h"
#include "measures/relational/evaluate.h"
#include "measures/relational/fit.h"
#include "measures/relational/state.h"

namespace {

using namespace entente::measures::relational;

/// Some actors act more than others; many events repeat a pair or answer one.
History made_up(ActorIndex actors, std::size_t events) {
    std::mt19937_64 random(20261127);
    std::vector<double> shares;
    for (ActorIndex i = 0; i < actors; ++i) shares.push_back(1 / (5.0 + i));
    std::discrete_distribution<ActorIndex> any(shares.begin(), shares.end());
    History out;
    for (ActorIndex i = 0; i < actors; ++i) out.actors.push_back({std::to_string(i)});
    for (double time = 1; out.events.size() < events; ++time) {
        Event event{time, any(random), any(random)};
        if (const auto how = random() % 10; how < 6 && !out.events.empty()) {
            const Event& old = how < 4 ? out.events[random() % out.events.size()] : out.events.back();
            event.sender = how < 4 ? old.sender : old.receiver;
            event.receiver = how < 4 ? old.receiver : old.sender;
        }
        if (event.sender != event.receiver) out.events.push_back(event);
    }
    return out;
}

Model model_of(const std::string& set, std::size_t controls) {
    const bool decay = set == "decay";
    const auto half_life = decay ? std::optional(2000.0) : std::nullopt;
    const auto transform = decay ? Transform::identity : Transform::log;
    Model model;
    model.statistics = {
        {Kind::inertia, half_life, transform},
        {Kind::reciprocity, half_life, transform},
        {Kind::sender_activity, half_life, transform},
        {Kind::receiver_popularity, half_life, transform},
        {Kind::two_path, half_life, transform}};
    if (controls > 0) model.likelihood = Likelihood::sampled, model.controls = controls;
    return model;
}

int run_fit(const History& history, const Model& model) {
    const auto begin = std::chrono::steady_clock::now();
    const auto found = fit(history, model);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!found) {
        std::cerr << found.error().field << ": " << found.error().message << "\n";
        return 1;
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << fmt::format(
        "  entente   {:>9.2f} s  {:>7.0f} MB  log-likelihood {:.9g}  steps {}\n           ",
        seconds,
        static_cast<double>(usage.ru_maxrss) / 1024,
        found->log_likelihood,
        found->steps
    );
    for (const auto& of : found->coefficients) std::cout << fmt::format(" {:.7g}", of.estimate);
    std::cout << "\n";
    return 0;
}

/// Rows as doubles: number of the event, whether the pair acted, the statistics.
int write_table(const History& history, const Model& model, const std::string& file) {
    const Timeline timeline(history, model.statistics);
    State state(history, model.statistics, timeline);
    const entente::numerics::Draws draws(fmt::format("relational controls {}", model.seed));
    std::ofstream out(file, std::ios::binary);
    std::uint64_t number = 0;
    std::vector<double> rows;
    for (const Group& group : groups_of(history, model, timeline)) {
        state.move_to(group.time);
        const Event& event = history.events[group.events.front()];
        const PairOfActors own{event.sender, event.receiver};
        auto pairs = pairs_at_risk(state.risk());
        if (model.likelihood == Likelihood::sampled) {
            pairs = draw_controls(state.risk(), own, model.controls, draws, number);
            pairs.push_back(own);
        }
        rows.clear();
        for (const auto& pair : pairs) {
            rows.push_back(static_cast<double>(number));
            rows.push_back(pair == own ? 1 : 0);
            for (std::size_t k = 0; k < model.statistics.size(); ++k)
                rows.push_back(state.value(k, pair.first, pair.second));
        }
        out.write(
            reinterpret_cast<const char*>(rows.data()),
            static_cast<std::streamsize>(rows.size() * sizeof(double))
        );
        ++number;
    }
    return out ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    if (count != 7) {
        std::cerr << "bench_relational fit|table ACTORS EVENTS CONTROLS THREADS|FILE SET\n";
        return 2;
    }
    const std::string what = words[1];
    const auto history = made_up(static_cast<ActorIndex>(std::stoul(words[2])), std::stoul(words[3]));
    Model model = model_of(words[6], std::stoul(words[4]));
    if (what == "table") return write_table(history, model, words[5]);
    model.threads = static_cast<unsigned>(std::stoul(words[5]));
    return run_fit(history, model);
}
