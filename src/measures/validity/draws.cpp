#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "measures/validity/sections.h"
#include "measures/words.h"

namespace entente::measures::validity {
namespace {

constexpr std::size_t kTop = 10;

/// The partners with a total, and it.
std::vector<const PartnerOnDay*> with_total(const Comparison& of) {
    std::vector<const PartnerOnDay*> out;
    for (const auto& one : of.partners)
        if (one.strength.total) out.push_back(&one);
    return out;
}

/// Places of the strongest.
std::set<std::size_t> top_of(const std::vector<double>& totals) {
    std::vector<std::size_t> order(totals.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](auto a, auto b) { return totals[a] > totals[b]; });
    return {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(kTop, order.size()))};
}

std::vector<Cell> row_of(const char* what, std::vector<double> values, int decimals) {
    std::ranges::sort(values);
    std::vector<Cell> row{{what}};
    for (const double p : {0.05, 0.5, 0.95}) {
        const double value = numerics::sorted_quantile(values, p);
        row.push_back({fmt::format("{:.{}f}", value, decimals), value});
    }
    return row;
}

}  // namespace

Section draws_section(const Comparison& of) {
    Section out{
        "sensitivity",
        fmt::format(
            "Does the order of partners hold under {} other choices of the parameters?",
            with_commas(of.parameters.draws)
        ),
        "",
        false,
        {},
        {}};
    const auto partners = with_total(of);
    if (partners.size() < kLeastPartners) {
        out.finding = fmt::format("Cannot be said: {} partners have a total.", partners.size());
        return out;
    }
    std::vector<double> middle;
    for (const auto* one : partners) middle.push_back(*one->strength.total);
    const auto top = top_of(middle);
    std::vector<double> agreement, kept;
    for (std::size_t draw = 0; draw < static_cast<std::size_t>(of.parameters.draws); ++draw) {
        std::vector<double> totals;
        for (const auto* one : partners) totals.push_back(one->strength.drawn_totals[draw]);
        if (const auto rho = rank_correlation(middle, totals)) agreement.push_back(rho->value);
        std::size_t remain = 0;
        for (const auto at : top_of(totals)) remain += top.contains(at);
        kept.push_back(static_cast<double>(remain));
    }
    if (agreement.empty()) {
        out.finding = fmt::format("Cannot be said: all {} totals are equal.", partners.size());
        return out;
    }
    AnswerTable table{
        "agreement",
        "Order of partners: by the parameters in use, and by each draw",
        {{"what", ""}, {"low", "5 of 100", true}, {"median", "median", true}, {"high", "95 of 100", true}},
        {},
        ""};
    table.rows.push_back(row_of("rank correlation", agreement, 3));
    table.rows.push_back(row_of("of the ten strongest, still among the ten", kept, 0));
    out.said = true;
    out.finding = fmt::format(
        "Of {} partners with a total, the order correlates with that of a draw by {} in the median; 5 of 100 "
        "draws "
        "are below {}. Of the ten strongest {} stay among the ten in the median.",
        partners.size(),
        table.rows[0][2].text,
        table.rows[0][1].text,
        table.rows[1][2].text
    );
    out.tables.push_back(std::move(table));
    return out;
}

}  // namespace entente::measures::validity
