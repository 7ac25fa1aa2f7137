#include <fmt/format.h>

#include <algorithm>

#include "measures/pictures/parts.h"
#include "measures/pictures/pictures.h"
#include "measures/pictures/strength_curves.h"
#include "measures/tie/strength_years.h"

namespace entente::measures {

using picture::place;

Result<picture::Picture>
strength_picture(const PairFacts& facts, const MeasureQuestion& question, const Answer&) {
    const auto& parameters = *question.parameters;
    const int year = first_weighed_year(facts.tie, parameters, question.at);
    const auto years = strength_by_year(facts.tie, parameters, year, question.at);
    picture::Picture out;
    const Day first = *day_of(year, 1, 1);
    out.axis = {true, place(first), place(question.at + 1)};
    auto total = total_curve(years, parameters);
    total.tall = true;
    out.panels.emplace_back(std::move(total));
    for (std::size_t strand = 0; strand < parameters.strands.size(); ++strand)
        out.panels.emplace_back(strand_curve(years, parameters, strand));
    out.panels.emplace_back(picture::SurveyStrip{
        "Contacts covered",
        "",
        survey_by_year(facts.tie.coverage, {facts.tie.pair, "engagement", ""}, first, question.at)});
    out.description = fmt::format(
        "Strength of 0 to 100 at the end of each year from {} to {}, and how full each strand was.",
        year,
        calendar(question.at).year
    );
    out.notes = {
        "At the end of each year. Line: the middle of the parameters; shade: 90 of 100 draws of them; "
        "dashed: with what "
        "is not seen. Strands: how full, in percent."};
    return out;
}

}  // namespace entente::measures
