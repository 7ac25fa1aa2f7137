// A tie in memory, and a question about it by the name of a measure, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "measures/register.h"
#include "measures/test_facts.h"
#include "measures/tie/drawn_parameters.h"

namespace entente::measures::test {

struct Tie {
    std::vector<Engagement> engagements;
    std::vector<Agreement> agreements;
    std::vector<Tally> tallies;
    std::vector<TrainingLine> lines;
    std::vector<Coverage> statements;
    std::vector<Disruption> disruptions;
    std::vector<Channel> channels;
    std::map<std::string, Source> sources;
    bool general_knowledge = false;

    TieFacts tie() const {
        return {kPair, engagements, agreements, tallies, lines, statements, general_knowledge};
    }
    PairFacts facts() const {
        PairFacts out;
        out.tie = tie();
        out.disruptions = disruptions;
        out.channels = channels;
        out.names = {{"usa", "United States"}, {"chn", "China"}};
        out.sources = sources;
        return out;
    }
    Answer ask(const std::string& name, const char* at, std::map<std::string, std::string> choices = {})
        const {
        return ask(name, day(at), std::move(choices));
    }
    Answer ask(const std::string& name, Day at, std::map<std::string, std::string> choices = {}) const {
        const auto* measure = find_measure(name);
        for (const auto& choice : measure->choices) choices.try_emplace(choice.name, choice.preset);
        auto answer = measure->ask(facts(), {at, &builtin_parameters(), std::move(choices)});
        EXPECT_TRUE(answer) << name;
        return answer ? *std::move(answer) : Answer();
    }
};

/// A tie of which a census of all kinds of contacts is declared.
inline Tie covered(const char* covers = "1990..2030", const char* kind = "census") {
    Tie tie;
    tie.statements.push_back(coverage("v1", kind, {"usa", "chn"}, covers));
    return tie;
}

/// Contacts of random kinds, levels, hosts, dates and lengths in the years 2015 to 2024.
inline std::vector<Engagement> random_contacts(std::mt19937& random, std::size_t number) {
    const std::vector<const char*> kinds{"KLE", "CAL", "DLG", "CBM", "EXC", "PRT", "EXR", "CAP"};
    const std::vector<const char*> levels{
        "minister", "service_chief", "general_officer", "colonel", "unit", ""};
    const std::vector<const char*> hosts{"usa", "chn", "sgp", ""};
    const auto pick = [&](const auto& from) { return from[random() % from.size()]; };
    std::vector<Engagement> out;
    for (std::size_t i = 0; i < number; ++i) {
        const Day first = day("2015-01-01") + static_cast<std::int32_t>(random() % 3650);
        const Day last = first + static_cast<std::int32_t>(random() % 3 == 0 ? random() % 12 : 0);
        auto one = engagement("e" + std::to_string(i), "2015", pick(kinds), pick(levels));
        if (random() % 8 == 0) {
            const auto on = calendar(first);
            one.held = stated(to_iso(*day_of(on.year, on.month, 1)).substr(0, 7));
        } else {
            one.held = {
                domain::DateSpan{
                    first, last, first == last ? domain::Precision::day : domain::Precision::range},
                {}};
        }
        one.host = pick(hosts);
        one.direction = one.host.empty() ? "remote" : one.host == "sgp" ? "third_place" : "hosted";
        out.push_back(std::move(one));
    }
    return out;
}

/// All dates of a tie later by some days.
inline Tie shifted(Tie tie, std::int32_t days) {
    const auto shift = [days](domain::DateSpan& span) {
        if (span.from) span.from = *span.from + days;
        if (span.to) span.to = *span.to + days;
    };
    for (auto& one : tie.engagements)
        if (one.held) shift(*one.held.value);
    for (auto& one : tie.statements) shift(one.covers);
    for (auto& one : tie.disruptions) {
        shift(one.began);
        if (one.ended) shift(*one.ended.value);
    }
    return tie;
}

inline const AnswerTable& table(const Answer& answer, std::string_view name) {
    static const AnswerTable kNone;
    for (const auto& one : answer.tables)
        if (one.name == name) return one;
    ADD_FAILURE() << "no table " << name;
    return kNone;
}

inline const Cell& cell(const AnswerTable& in, std::size_t row, std::string_view column) {
    static const Cell kNone;
    for (std::size_t i = 0; i < in.columns.size(); ++i)
        if (in.columns[i].name == column && row < in.rows.size()) return in.rows[row][i];
    ADD_FAILURE() << "no cell " << row << " " << column;
    return kNone;
}

/// The cell of a column in the row that begins with a text.
inline const Cell& cell(const AnswerTable& in, std::string_view first, std::string_view column) {
    for (std::size_t row = 0; row < in.rows.size(); ++row)
        if (in.rows[row][0].text == first) return cell(in, row, column);
    static const Cell kNone;
    ADD_FAILURE() << "no row " << first;
    return kNone;
}

}  // namespace entente::measures::test
