#include "measures/risk/risk_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "measures/words.h"

namespace entente::measures::risk {
namespace {

Cell chance_cell(double chance) {
    return {chance_words(chance), chance};
}

Cell banded_cell(double chance, const Interval& band) {
    const int decimals = chance < 0.0995 ? 1 : 0;
    return {
        fmt::format(
            "{:.{}f} % ({:.{}f}–{:.{}f})",
            100 * chance,
            decimals,
            100 * band.low,
            decimals,
            100 * band.high,
            decimals
        ),
        chance};
}

std::vector<Cell> chances_row(std::string what, const ToldChances& chances) {
    std::vector<Cell> out{{std::move(what)}};
    for (std::size_t h = 0; h < kRiskHorizons.size(); ++h)
        out.push_back(banded_cell(chances.chance[h], chances.bands[h]));
    return out;
}

std::vector<Cell> plain_row(std::string what, const Chances& chances) {
    std::vector<Cell> out{{std::move(what)}};
    for (const double chance : chances) out.push_back(chance_cell(chance));
    return out;
}

std::vector<TableColumn> chance_columns(const char* first) {
    std::vector<TableColumn> out{{"what", first, false, 0, 20}};
    for (const auto horizon : kRiskHorizons)
        out.push_back({fmt::format("within_{}", horizon), std::to_string(horizon), true});
    return out;
}

Cell count_cell(const CountedShare& count) {
    return {fmt::format("{} of {}", count.of, count.among), static_cast<double>(count.of)};
}

std::vector<Cell> share_cells(const CountedShare& count) {
    if (!count.share()) return {{"none to follow"}, {""}};
    const auto limits = count.limits();
    return {
        chance_cell(*count.share()), {fmt::format("{:.0f}–{:.0f} %", 100 * limits.low, 100 * limits.high)}};
}

/// The same class and side among all pairs: by one of the two, or by a third.
CountedShare elsewhere(const RiskAsked& asked, const ShockClass& what) {
    CountedShare out;
    for (const auto& tie : asked.gathered.record.ties) {
        auto initiators =
            what.initiator.empty() ? std::vector<std::string>{""} : std::vector{tie.pair.a, tie.pair.b};
        for (const auto& initiator : initiators)
            out += count_of(precedents_of(tie, asked.facts.all_shocks, {what.kind, initiator}, asked.from));
    }
    return out;
}

std::string what_stopped(const TieStop& stop) {
    return stop.outages.front()->scope;
}

Cell followed_cell(const Precedent& one) {
    switch (one.followed) {
        case Followed::yes:
            return {what_stopped(*one.stop), {}, {one.stop->outages.front()->evidence}};
        case Followed::no:
            return {"no stop on record"};
        case Followed::stopped_already:
            return {"stopped already: not counted"};
        case Followed::unknown:
            return {"not known whether it was in use: not counted"};
        case Followed::not_over:
            return {"90 days not over: not counted"};
    }
    return {""};
}

}  // namespace

AnswerTable chances_table(const RiskAsked& asked, const ToldRisk& told) {
    AnswerTable table{
        "chances",
        fmt::format("Chance of a stop within so many days of {}", day_words(asked.from)),
        chance_columns(""),
        {},
        "In brackets 5 to 95 of 100 draws. As things are: with the shocks that are known, and if no "
        "further one comes.",
        false};
    table.rows.push_back(chances_row("as things are", told.as_it_is));
    if (told.supposed)
        table.rows.push_back(
            chances_row(fmt::format("with that shock, {}", day_words(asked.supposed->on)), *told.supposed)
        );
    table.rows.push_back(plain_row("beside it: past of all pairs", told.all));
    table.rows.push_back(plain_row("beside it: its own past", told.own));
    return table;
}

AnswerTable bands_table(const ToldRisk& told) {
    AnswerTable table{
        "bands",
        "The chances in numbers",
        {{"what", "what"},
         {"days", "days", true},
         {"chance", "chance", true},
         {"low", "90 % from", true},
         {"high", "to", true}},
        {},
        {},
        true};
    const auto number = [](double value) { return Cell{fmt::format("{:.4f}", value), value}; };
    const auto add = [&](const char* what, const ToldChances& chances) {
        for (std::size_t h = 0; h < kRiskHorizons.size(); ++h)
            table.rows.push_back(
                {{what},
                 {std::to_string(kRiskHorizons[h]), static_cast<double>(kRiskHorizons[h])},
                 number(chances.chance[h]),
                 number(chances.bands[h].low),
                 number(chances.bands[h].high)}
            );
    };
    add("as things are", told.as_it_is);
    if (told.supposed) add("with that shock", *told.supposed);
    return table;
}

AnswerTable classes_table(const RiskAsked& asked) {
    const auto days = share_of_days(asked.gathered.tie(), asked.from);
    AnswerTable table{
        "classes",
        "Shocks that touched the pair, and a stop within 90 days",
        {{"class", "class", false, 0, 14},
         {"followed", "followed", true},
         {"share", "share", true},
         {"limits", "90 % limits", true, 1},
         {"elsewhere", "all pairs", true, 2}},
        {},
        days.share() ? fmt::format(
                           "A stop came as soon after {} of all days on which this pair was at risk ({}). "
                           "All pairs: the same "
                           "class, by one of the two or by a third.",
                           with_commas(static_cast<std::int64_t>(days.of)) + " of " +
                               with_commas(static_cast<std::int64_t>(days.among)),
                           chance_words(*days.share())
                       )
                     : std::string(),
        false};
    const auto& pair = asked.facts.tie.pair;
    for (const auto& kind : shock_kinds())
        for (const auto& initiator : {pair.a, pair.b, std::string()}) {
            const ShockClass what{kind, initiator};
            const auto precedents =
                precedents_of(asked.gathered.tie(), asked.facts.all_shocks, what, asked.from);
            if (precedents.empty()) continue;
            const auto count = count_of(precedents);
            std::vector<Cell> row{{shock_words(asked.facts, what)}, count_cell(count)};
            for (const auto& one : precedents) row[0].records.push_back(one.shock->evidence);
            for (auto& cell : share_cells(count)) row.push_back(std::move(cell));
            row.push_back(count_cell(elsewhere(asked, what)));
            table.rows.push_back(std::move(row));
        }
    std::ranges::stable_sort(table.rows, [](const auto& a, const auto& b) {
        return a[0].records.size() > b[0].records.size();
    });
    return table;
}

AnswerTable precedents_table(const RiskAsked& asked, bool all) {
    const auto& what = asked.supposed->what;
    auto precedents = precedents_of(asked.gathered.tie(), asked.facts.all_shocks, what, asked.from);
    const auto everywhere = elsewhere(asked, what);
    AnswerTable table{
        all ? "all_precedents" : "precedents",
        fmt::format(
            "Precedents, {}: {}",
            shock_words(asked.facts, what),
            all ? "all of them" : "a stop followed within 90 days"
        ),
        {{"on", "on"},
         {"shock", "shock", false, 0, 20},
         {"stopped", "stopped", false, 1},
         {"days", "days", true},
         {"what", "what stopped", false, 0, 20},
         {"record", "record", false, 2}},
        {},
        all ? ""
            : fmt::format(
                  "Of all pairs, {}: {} of {}.",
                  what.initiator.empty() ? "by a third" : "by one of the two",
                  everywhere.of,
                  everywhere.among
              ),
        all};
    std::ranges::reverse(precedents);
    for (const auto& one : precedents) {
        if (!all && one.followed != Followed::yes) continue;
        table.rows.push_back(
            {{one.shock->on.to_words("–"), {}, {one.shock->evidence}},
             {one.shock->title},
             {one.stop ? one.stop->outages.front()->began.to_words("–") : ""},
             one.stop
                 ? Cell{std::to_string(one.stop->on - one.on), static_cast<double>(one.stop->on - one.on)}
                 : Cell{""},
             followed_cell(one),
             {one.stop ? one.stop->outages.front()->evidence.shown_id() : one.shock->evidence.shown_id()}}
        );
    }
    return table;
}

}  // namespace entente::measures::risk
