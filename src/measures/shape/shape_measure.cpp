// The shape of a tie as it is asked for and read: one page, a question a part.
#include "measures/register.h"
#include "measures/shape/section.h"

namespace entente::measures {
namespace {

void add(Answer& out, Section section) {
    out.paragraphs.push_back(std::move(section.sentence));
    for (auto& table : section.tables) out.tables.push_back(std::move(table));
}

Result<Answer> ask(const PairFacts& facts, const MeasureQuestion& question) {
    const auto& parameters = *question.parameters;
    const auto masses = weigh(facts.tie, parameters, question.at);
    const auto strands = strand_stocks(facts.tie, masses, parameters, question.at);
    const auto draws = drawn(parameters);
    const auto found = drawn_strands(strands, *draws, question.at);
    const ShapeOnDay shape{facts, *draws, strands, found, question.at};

    Answer out = begin_answer(*find_measure("shape"), facts, question);
    const auto legs = breadth(strands, found, *draws);
    auto first = breadth_section(legs, shape);
    out.headline = std::move(first.sentence);
    out.tables = std::move(first.tables);
    if (legs.number) {
        out.value = six_digits(*legs.number);
        out.band = StatedBand{
            legs.band,
            parameters.band_level,
            "half-lives, half-full values, tables, imprecise dates, status"};
    } else {
        out.reason = "not covered";
    }
    for (const auto section : {depth_section, reciprocity_section, regularity_section, trend_section})
        add(out, section(shape));
    out.tables.push_back(records_table(legs, shape));
    return out;
}

}  // namespace

Measure shape_measure() {
    return {
        .name = "shape",
        .version = 1,
        .question =
            "What shape has this tie: how broad, how deep, who travels, how regular, growing or waning?",
        .unit = "equal legs",
        .uses_parameters = true,
        .choices = {},
        .references = {"MEASURES.md 7", "Hill 1973 (effective number)", "Kim and Jo 2016 (burstiness)"},
        .ask = ask,
    };
}

}  // namespace entente::measures
