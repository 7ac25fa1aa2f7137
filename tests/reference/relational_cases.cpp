#include "relational_cases.h"

#include <algorithm>
#include <set>

#include "base/day.h"
#include "csv_files.h"

namespace entente::reference {

namespace fs = std::filesystem;
using namespace measures::relational;

namespace {

/// Actors by name, in the order in which they are first named.
class Names {
public:
    explicit Names(History& history) : history_(history) {}
    ActorIndex of(const std::string& name) {
        const auto [at, is_new] = places_.emplace(name, static_cast<ActorIndex>(history_.actors.size()));
        if (is_new) history_.actors.push_back({name});
        return at->second;
    }

private:
    History& history_;
    std::map<std::string, ActorIndex> places_;
};

/// The same pair twice within one day stands once.
void drop_repeats(History& history) {
    std::set<std::tuple<double, ActorIndex, ActorIndex>> seen;
    std::erase_if(history.events, [&](const Event& event) {
        auto [i, j] = std::pair{event.sender, event.receiver};
        if (!history.directed && i > j) std::swap(i, j);
        return event.modelled && !seen.insert({event.time, i, j}).second;
    });
}

std::optional<double> number(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(std::stod(text));
}

History treaties(const fs::path& folder) {
    History out;
    out.directed = false;
    Names names(out);
    std::map<std::string, double> since;
    out.actor_covariates = {{"regime"}, {"gdp"}};
    const double before = -1e6;
    for (const auto& row : read_rows(folder / "states.csv")) {
        const auto actor = names.of(row.at("label"));
        if (row.at("present") == "TRUE") since[row.at("label")] = before;
        out.actor_covariates[0].values.push_back({before, actor, number(row.at("regime"))});
        out.actor_covariates[1].values.push_back({before, actor, number(row.at("gdp"))});
    }
    for (const auto& row : read_rows(folder / "sovchanges.csv")) {
        const double time = day_of_text(row.at("time"));
        auto& presence = out.actors[names.of(row.at("node"))].presence;
        const auto begun = since.find(row.at("node"));
        if (row.at("replace") == "TRUE") {
            if (begun == since.end()) since[row.at("node")] = time;
        } else if (begun != since.end()) {
            presence.push_back({begun->second, time});
            since.erase(begun);
        }
    }
    for (const auto& [name, from] : since) out.actors[names.of(name)].presence.push_back({from});
    // A state that was never sovereign is never at risk.
    for (Actor& actor : out.actors)
        if (actor.presence.empty()) actor.presence = {{1e8, 2e8}};
    const auto changes = [&](const char* file, std::size_t covariate) {
        for (const auto& row : read_rows(folder / file))
            out.actor_covariates[covariate].values.push_back(
                {day_of_text(row.at("time")), names.of(row.at("node")), number(row.at("replace"))}
            );
    };
    changes("regchanges.csv", 0);
    changes("gdpchanges.csv", 1);
    out.pair_covariates = {{"contiguity", {}, 0}};
    auto& contiguity = out.pair_covariates[0].values;
    for (const auto& row : read_rows(folder / "contignet_initial.csv"))
        if (row.at("a") < row.at("b"))
            contiguity.push_back(
                {before, names.of(row.at("a")), names.of(row.at("b")), number(row.at("value"))}
            );
    for (const auto& row : read_rows(folder / "contigchanges.csv"))
        contiguity.push_back(
            {day_of_text(row.at("time")),
             names.of(row.at("sender")),
             names.of(row.at("receiver")),
             number(row.at("replace"))}
        );
    for (const auto& row : read_rows(folder / "bilatnet_initial.csv"))
        if (row.at("a") < row.at("b"))
            out.events.push_back(
                {before,
                 names.of(row.at("a")),
                 names.of(row.at("b")),
                 std::stod(row.at("value")),
                 false,
                 "in force at the start"}
            );
    for (const auto& row : read_rows(folder / "bilatchanges.csv"))
        if (row.at("increment") == "1")
            out.events.push_back(
                {day_of_text(row.at("time")), names.of(row.at("sender")), names.of(row.at("receiver"))}
            );
    drop_repeats(out);
    return out;
}

/// The last of several values of one time holds.
template <class Values, class Key>
void keep_last(Values& values, Key key) {
    std::map<decltype(key(values.front())), std::size_t> last;
    for (std::size_t at = 0; at < values.size(); ++at) last[key(values[at])] = at;
    Values kept;
    for (std::size_t at = 0; at < values.size(); ++at)
        if (last.at(key(values[at])) == at) kept.push_back(values[at]);
    values = kept;
}

}  // namespace

std::vector<RelationalCase> toy_cases() {
    History history;
    history.actors = {{"A"}, {"B"}, {"C"}};
    double time = 0;
    for (const char* pair : {"AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB"})
        history.events.push_back(
            {++time, static_cast<ActorIndex>(pair[0] - 'A'), static_cast<ActorIndex>(pair[1] - 'A')}
        );
    const std::vector<Statistic> statistics{{Kind::inertia}, {Kind::reciprocity}};
    Model timing{.statistics = statistics, .likelihood = Likelihood::timing};
    timing.start = 0, timing.end = 10;
    return {{"toy", history, {.statistics = statistics}}, {"toy_timing", history, timing}};
}

std::optional<std::vector<RelationalCase>> treaty_cases(const fs::path& corpus) {
    if (!fs::exists(corpus / "fisheries-treaties")) return std::nullopt;
    History history = treaties(corpus / "fisheries-treaties");
    for (auto& covariate : history.actor_covariates)
        keep_last(covariate.values, [](const ActorValue& of) { return std::tuple{of.time, of.actor}; });
    keep_last(history.pair_covariates[0].values, [](const PairValue& of) {
        return std::tuple{of.time, std::min(of.sender, of.receiver), std::max(of.sender, of.receiver)};
    });
    Model model{
        .statistics = {
            {Kind::inertia, {}, Transform::log},
            {Kind::partners, {}, Transform::log},
            {Kind::shared_partners_count},
            {Kind::pair_covariate, {}, Transform::identity, "contiguity"},
            {Kind::covariate_sum, {}, Transform::identity, "regime"},
            {Kind::covariate_difference, {}, Transform::identity, "regime"}}};
    Model efron = model;
    efron.ties = Ties::efron;
    return std::vector<RelationalCase>{
        {"treaties_breslow", history, model}, {"treaties_efron", history, efron}};
}

std::optional<std::vector<RelationalCase>> visit_cases(const fs::path& corpus) {
    const auto folder = corpus / "us-diplomacy";
    if (!fs::exists(folder)) return std::nullopt;
    History history;
    Names names(history);
    const auto home = names.of("united-states");
    const auto add = [&](const char* file, bool received) {
        for (const auto& row : read_rows(folder / file)) {
            if (row.at("start_date") < "1945" || row.at("country_id").empty()) continue;
            const auto other = names.of(row.at("country_id"));
            if (other == home) continue;
            history.events.push_back(
                {day_of_text(row.at("start_date")), received ? other : home, received ? home : other}
            );
        }
    };
    add("us_travels.csv.gz", false);
    add("foreign_leader_visits_to_us.csv.gz", true);
    drop_repeats(history);
    history.pairs_at_risk.emplace();
    for (ActorIndex other = 1; other < history.actors.size(); ++other) {
        history.pairs_at_risk->emplace_back(home, other);
        history.pairs_at_risk->emplace_back(other, home);
    }
    history.actor_covariates = {{"the United States", {{-1e6, home, 1}}, 0}};
    const Model model{
        .statistics =
            {{Kind::sender_covariate, {}, Transform::identity, "the United States"},
             {Kind::inertia, {}, Transform::log},
             {Kind::inertia, 730.0},
             {Kind::reciprocity, 182.0}},
        .ties = Ties::efron};
    // Does a visit received call forth a visit paid? Visits received are past only; the United States travel.
    History paid = history;
    for (Event& event : paid.events) event.modelled = event.sender == home;
    std::erase_if(*paid.pairs_at_risk, [&](const auto& pair) { return pair.first != home; });
    Model paying = model;
    paying.statistics.erase(paying.statistics.begin());
    return std::vector<RelationalCase>{{"visits", history, model}, {"visits_paid", paid, paying}};
}

std::optional<std::vector<RelationalCase>> exercise_cases(const fs::path& corpus) {
    const auto file = corpus / "exercises/mme_v7.csv.gz";
    if (!fs::exists(file)) return std::nullopt;
    History history;
    history.directed = false;
    Names names(history);
    for (const auto& row : read_rows(file)) {
        const std::string& both = row.at("participants");
        if (std::count(both.begin(), both.end(), ';') != 1) continue;
        const auto is_number = [](const std::string& text) {
            return !text.empty() &&
                   std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        };
        if (!is_number(row.at("s_day")) || !is_number(row.at("s_month"))) continue;
        const auto day =
            day_of(std::stoi(row.at("s_year")), std::stoi(row.at("s_month")), std::stoi(row.at("s_day")));
        const auto cut = both.find(';');
        const auto one = names.of(both.substr(0, cut)), other = names.of(both.substr(cut + 1));
        if (!day || one == other) continue;
        history.events.push_back({static_cast<double>(day->value), one, other, 1, true, row.at("MMEID")});
    }
    drop_repeats(history);
    const Model model{
        .statistics = {
            {Kind::inertia, 730.0, Transform::log},
            {Kind::activity, 730.0, Transform::log},
            {Kind::shared_partners_count, {}, Transform::log},
            {Kind::recency}}};
    return std::vector<RelationalCase>{{"exercises", history, model}};
}

}  // namespace entente::reference
