#include "measures/pictures/strength_curves.h"

#include <fmt/format.h>

namespace entente::measures {
namespace {

using picture::place;
using picture::Survey;

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// The year that ends at a point which has no value.
void add_blank(picture::Curve& curve, Day at, Survey how) {
    const auto from = place(*day_of(calendar(at).year, 1, 1)), to = place(at + 1);
    if (!curve.survey.empty() && curve.survey.back().how == how && curve.survey.back().to >= from)
        curve.survey.back().to = to;
    else
        curve.survey.push_back({from, to, how});
}

}  // namespace

picture::Curve total_curve(const std::vector<Strength>& years, const Parameters& parameters) {
    picture::Curve out{"Strength"};
    out.note = "0 to 100";
    out.low = 0, out.high = 100;
    out.ticks = {{0, "0"}, {50, "50"}, {100, "100"}};
    out.classes = {{parameters.thin_below, "thin below"}, {parameters.strong_above, "strong above"}};
    out.band = out.outer = true;
    for (const auto& year : years) {
        picture::Point point{place(year.at + 1), year.total};
        if (year.total) {
            point.low = year.band.low, point.high = year.band.high;
            point.outer_low = year.outer.low, point.outer_high = year.outer.high;
        } else {
            add_blank(out, year.at, Survey::none);
        }
        out.points.push_back(point);
    }
    if (!years.empty() && years.back().total) out.aside = fmt::format("{:.0f}", *years.back().total);
    return out;
}

picture::Curve strand_curve(
    const std::vector<Strength>& years, const Parameters& parameters, std::size_t strand
) {
    picture::Curve out{capitalised(parameters.strands[strand].name)};
    out.note = fmt::format("{:.0f} % of the whole", 100 * parameters.strands[strand].share);
    out.low = 0, out.high = 100;
    out.ticks = {{0, "0"}, {100, "100 %"}};
    out.band = true;
    for (const auto& year : years) {
        const auto& one = year.strands[strand];
        picture::Point point{place(year.at + 1)};
        if (one.fullness) {
            point.value = 100 * *one.fullness;
            point.low = 100 * one.fullness_band.low, point.high = 100 * one.fullness_band.high;
        } else {
            const bool withheld = one.coverage.knowledge == StrandKnowledge::not_released;
            add_blank(out, year.at, withheld ? Survey::withheld : Survey::none);
        }
        out.points.push_back(point);
    }
    if (!years.empty())
        out.aside = years.back().strands[strand].fullness
                        ? fmt::format("{:.0f} %", 100 * *years.back().strands[strand].fullness)
                        : std::string(to_words(years.back().strands[strand].coverage.knowledge));
    return out;
}

}  // namespace entente::measures
