#include <algorithm>
#include <array>

#include "measures/pictures/pictures.h"

namespace entente::measures {
namespace {

constexpr std::size_t kMostCurves = 6;

/// The chances and quantiles of a row of the answer's first table, as points of one curve.
std::vector<picture::Point> points_of(const AnswerTable& table, const std::vector<Cell>& row) {
    static constexpr std::array<std::pair<std::string_view, double>, 3> kQuantiles{
        {{"soon", 10}, {"median", 50}, {"late", 90}}};
    static constexpr std::array<std::pair<std::string_view, double>, 4> kDays{
        {{"within_30", 30}, {"within_90", 90}, {"within_180", 180}, {"within_365", 365}}};
    std::vector<picture::Point> out{{0, 0.0}};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!row[i].number) continue;
        for (const auto& [name, share] : kQuantiles)
            if (table.columns[i].name == name) out.push_back({*row[i].number, share});
        for (const auto& [name, days] : kDays)
            if (table.columns[i].name == name) out.push_back({days, 100 * *row[i].number});
    }
    std::ranges::sort(out, [](const auto& a, const auto& b) {
        return std::pair(a.at, *a.value) < std::pair(b.at, *b.value);
    });
    return out;
}

}  // namespace

Result<picture::Picture> forecast_picture(const PairFacts&, const MeasureQuestion&, const Answer& answer) {
    if (answer.tables.empty() || answer.tables.front().name != "outages")
        return fail(ErrorCode::not_found, "svg", "found nothing to draw: " + answer.headline);
    const auto& table = answer.tables.front();
    picture::Picture out;
    out.axis = {false, 0, 365, "more days"};
    for (std::size_t i = 0; i < std::min(kMostCurves, table.rows.size()); ++i) {
        const auto& row = table.rows[i];
        picture::Curve curve{"Mended by then", "of 100 such"};
        curve.low = 0, curve.high = 100, curve.tall = i == 0;
        curve.ticks = {{0, "0"}, {50, "50"}, {100, "100"}};
        curve.classes = {{10, "10"}, {50, "half"}, {90, "90"}};
        curve.points = points_of(table, row);
        curve.dots = true;
        out.axis.last = std::max(out.axis.last, curve.points.back().at);
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (table.columns[c].name == "what") out.notes.push_back(row[c].text + ".");
        out.panels.emplace_back(std::move(curve));
    }
    out.notes.push_back(
        "Dots are what the answer prints: chances within 30, 90, 180 and 365 days, and the days by which 10, "
        "50 and 90 "
        "of 100 have mended. Days are counted from the day asked; the chances hold if it still lasts then."
    );
    out.description = "The chance to have mended rises with the days from the day asked.";
    return out;
}

}  // namespace entente::measures
