#include "measures/forecast/traits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "measures/forecast/outages.h"

namespace entente::measures {
namespace {

/// The answers of an outage, each under its question; what is not known has none.
std::vector<std::pair<std::string, std::string>> answers(const Traits& traits) {
    std::vector<std::pair<std::string, std::string>> out;
    const auto add = [&](const char* question, const std::string& answer) {
        if (!answer.empty()) out.emplace_back(question, answer);
    };
    add("cause", traits.cause);
    add("stopped_by", traits.stopped_by);
    add("level", traits.level);
    add("scope", traits.whole ? "whole" : "part");
    return out;
}

constexpr std::array<const char*, 4> kQuestions{"cause", "stopped_by", "scope", "level"};

std::string level_of(const Disruption& outage, std::span<const Channel> channels) {
    constexpr std::array<std::string_view, 7> kSenior{
        "head_of_state",
        "minister",
        "chief_of_defence",
        "service_chief",
        "theatre_commander",
        "general_officer",
        "senior_official"};
    const auto channel =
        std::ranges::find(channels, outage.channel, [](const Channel& one) { return one.evidence.id; });
    if (outage.channel.empty() || channel == channels.end() || channel->level.empty()) return "";
    return std::ranges::find(kSenior, channel->level) == kSenior.end() ? "working" : "senior";
}

}  // namespace

Traits traits_of(
    const Disruption& outage, std::span<const Disruption* const> outages, std::span<const Channel> channels
) {
    const auto before = std::ranges::count_if(outages, [&](const Disruption* other) {
        return *other->began.to < *outage.began.from && of_one_pair(*other, outage);
    });
    return {
        outage.cause_class,
        outage.stopped_by.size() == 1 ? outage.stopped_by.front()
        : outage.stopped_by.empty()   ? ""
                                      : "several",
        outage.scope_class == "relationship",
        level_of(outage, channels),
        std::log1p(static_cast<double>(before))};
}

TraitColumns::TraitColumns(std::span<const Traits> learnt) {
    std::map<std::pair<std::string, std::string>, std::size_t> given;
    for (const auto& one : learnt)
        for (auto& answer : answers(one)) ++given[answer];
    for (const std::string question : kQuestions) {
        bool any = false;
        for (const auto& [answer, times] : given) {
            // Of two answers that are all there is, one says it; of the scope the whole does.
            if (answer.first != question || answer.second == "part") continue;
            if (times < kEnough || learnt.size() - times < kEnough) continue;
            names_.push_back(question + " " + answer.second);
            any = true;
        }
        if (!any) left_out_.push_back(question);
    }
    names_.emplace_back("earlier");
    std::vector<std::vector<double>> rows;
    for (const auto& one : learnt) rows.push_back(raw(one));
    for (std::size_t k = 0; k < names_.size();) {
        double mean = 0, squares = 0;
        for (const auto& row : rows) mean += row[k] / static_cast<double>(rows.size());
        for (const auto& row : rows) squares += (row[k] - mean) * (row[k] - mean);
        const double spread = std::sqrt(squares / static_cast<double>(rows.size()));
        if (!(spread > 1e-9)) {
            // Only `earlier` can be the same for all: the others have a column because they differ.
            left_out_.push_back(names_[k]);
            names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(k));
            for (auto& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(k));
            continue;
        }
        means_.push_back(mean);
        spreads_.push_back(spread);
        ++k;
    }
}

std::vector<double> TraitColumns::raw(const Traits& traits) const {
    const auto given = answers(traits);
    std::vector<double> out;
    for (const auto& name : names_) {
        const bool told =
            std::ranges::any_of(given, [&](const auto& one) { return one.first + " " + one.second == name; });
        out.push_back(name == "earlier" ? traits.earlier : told ? 1 : 0);
    }
    return out;
}

std::vector<double> TraitColumns::row(const Traits& traits) const {
    auto out = raw(traits);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = (out[k] - means_[k]) / spreads_[k];
    return out;
}

}  // namespace entente::measures
