#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "measures/validity/sections.h"
#include "measures/words.h"

namespace entente::measures::validity {
namespace {

/// What one partner's total rests on, on the day.
struct Rests {
    double total = 0;
    double cited = 0;    ///< sources cited by the records that count
    double read = 0;     ///< sources that the statements of coverage name, whether or not anything was found
    double records = 0;  ///< that count
    double seen = 0;
};

Rests rests_of(const PartnerOnDay& one) {
    std::set<std::string> read, records;
    for (const auto& strand : one.strength.strands) {
        if (!strand.fullness) continue;
        for (const auto& statement : strand.coverage.statements)
            read.insert(statement.sources.begin(), statement.sources.end());
        for (const auto& share : strand.records) {
            if (share.record && share.stock > 0) records.insert(share.record->evidence.id);
        }
    }
    const auto size = [](const std::set<std::string>& set) { return static_cast<double>(set.size()); };
    const auto cited = static_cast<double>(sources_cited(one.strength));
    return {*one.strength.total, cited, size(read), size(records), one.strength.seen};
}

struct Beside {
    const char* name;
    const char* words;
    double Rests::*what;
};
constexpr Beside kBeside[] = {
    {"cited", "sources cited by the records that count", &Rests::cited},
    {"read", "sources read for the strands that count", &Rests::read},
    {"records", "records that count", &Rests::records},
    {"seen", "share of what one would look at that is seen", &Rests::seen},
};

Cell cell_of(const RankCorrelation& rho) {
    return {fmt::format("{:+.2f} ({:+.2f} to {:+.2f})", rho.value, rho.band.low, rho.band.high), rho.value};
}

/// Totals of the partners with as many sources cited.
AnswerTable by_number(const std::vector<Rests>& partners) {
    std::map<double, std::vector<double>> totals;
    for (const auto& one : partners) totals[one.cited].push_back(one.total);
    AnswerTable table{
        "by_number",
        "Totals by the number of sources cited",
        {{"cited", "sources cited", true},
         {"partners", "partners", true},
         {"median", "median total", true},
         {"range", "from, to"}},
        {},
        ""};
    for (auto& [cited, values] : totals) {
        std::ranges::sort(values);
        const double median = numerics::sorted_quantile(values, 0.5);
        table.rows.push_back(
            {{fmt::format("{:.0f}", cited), cited},
             {std::to_string(values.size()), static_cast<double>(values.size())},
             {fmt::format("{:.0f}", median), median},
             {fmt::format("{:.0f}–{:.0f}", values.front(), values.back())}}
        );
    }
    return table;
}

std::string range_of(const std::vector<double>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    return low == high ? shown_number(low) : shown_number(low) + "–" + shown_number(high);
}

}  // namespace

Section sources_section(const Comparison& of) {
    Section out{"sources", "Does the total rise with the number of sources read?", "", false, {}, {}};
    std::vector<Rests> partners;
    for (const auto& one : of.partners)
        if (one.strength.total) partners.push_back(rests_of(one));
    std::vector<double> totals;
    for (const auto& one : partners) totals.push_back(one.total);
    AnswerTable table{
        "beside",
        "Rank correlation with the total",
        {{"beside", "beside"}, {"range", "from, to", true}, {"rho", "correlation (90 %)"}},
        {},
        "A source is cited only where it has something of the pair, so that some rise is in the nature of "
        "the "
        "count."};
    std::vector<std::string> moves, still;
    for (const auto& beside : kBeside) {
        std::vector<double> values;
        for (const auto& one : partners) values.push_back(one.*beside.what);
        std::vector<Cell> row{{beside.words}, {values.empty() ? "none" : range_of(values)}};
        const auto rho = rank_correlation(totals, values);
        if (partners.size() < kLeastPartners)
            row.push_back({"cannot be said: too few"});
        else if (!rho)
            row.push_back({"cannot be said: the same for all"});
        else
            row.push_back(cell_of(*rho));
        if (row.back().number && beside.what == &Rests::cited)
            (rho->band.low > 0 || rho->band.high < 0 ? moves : still).push_back(row.back().text);
        table.rows.push_back(std::move(row));
    }
    if (!moves.empty()) {
        out.said = true;
        out.finding = fmt::format(
            "The total moves with the number of sources cited: rank correlation {} over {} partners. Read a "
            "difference between two partners first as one between what was read of them.",
            moves.front(),
            partners.size()
        );
    } else if (!still.empty()) {
        out.said = true;
        out.finding = fmt::format(
            "The total does not move with the number of sources cited beyond chance: rank correlation {} "
            "over {} "
            "partners.",
            still.front(),
            partners.size()
        );
    } else {
        out.finding = fmt::format("Cannot be said: {} partners have a total.", partners.size());
    }
    out.tables.push_back(std::move(table));
    out.tables.push_back(by_number(partners));
    return out;
}

}  // namespace entente::measures::validity
