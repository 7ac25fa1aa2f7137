#include <fmt/format.h>

#include "measures/validity/sections.h"
#include "measures/words.h"

namespace entente::measures::validity {
namespace {

/// What adding one thing told, or why it cannot be said.
struct Told {
    std::optional<GroupedMean> gain;
    std::size_t rows = 0, partners = 0;
    int first_year = 0, last_year = 0;
    double plain = 0;
    std::string reason;
};

Told told_by(const Panels& panels, const StrandPanel& panel, const Added& added) {
    Told out;
    const auto rows = panels.with_added(panel, added);
    const auto plain = rolling_scores(rows, false), more = rolling_scores(rows, true);
    if (!plain || !more) {
        out.reason = "no fit: " + (plain ? more : plain).error().message;
        return out;
    }
    out.rows = plain->scores.size(), out.plain = plain->mean();
    out.first_year = plain->first_year, out.last_year = plain->last_year;
    out.gain = gain_over(*plain, *more);
    if (out.gain) out.partners = out.gain->groups;
    if (out.rows == 0)
        out.reason = "no year to foretell";
    else if (!out.gain || out.gain->groups < kLeastPartners)
        out.reason =
            fmt::format("{}: too few", counted(out.gain ? out.gain->groups : 1, "partner", "partners")),
        out.gain.reset();
    return out;
}

Cell cell_of(const Told& told) {
    if (!told.gain) return {told.reason};
    return {gain_with_band(told.gain->mean, told.gain->band), told.gain->mean};
}

std::string what_is_counted(const StrandParameters& strand) {
    if (strand.tally == "training")
        return strand.strand == "education" ? "student-years of the next fiscal year"
                                            : "trainee-months of the next fiscal year";
    return strand.tally == "exercises"             ? "exercises of the next year"
           : strand.tally == "agreements_in_force" ? "agreements that come into force"
                                                   : "contacts of the next year";
}

/// Names with what adding them did.
struct Verdicts {
    std::vector<std::string> better, worse, same;

    void add(const std::string& name, const Told& told) {
        if (!told.gain) return;
        (told.gain->above_zero() ? better : told.gain->below_zero() ? worse : same).push_back(name);
    }
    std::string words(std::string_view what) const {
        const auto list = [](const std::vector<std::string>& names) {
            return names.empty() ? std::string("none") : fmt::format("{}", fmt::join(names, ", "));
        };
        if (better.empty() && worse.empty() && same.empty())
            return fmt::format("What {} adds cannot be said.", what);
        return fmt::format(
            "Beside last year's count, {} tells more of the next year in: {}. No more beyond chance in: {}. "
            "Less in: "
            "{}.",
            what,
            list(better),
            list(same),
            list(worse)
        );
    }
    bool said() const { return !better.empty() || !worse.empty() || !same.empty(); }
};

}  // namespace

Section foretelling_section(const Comparison& of) {
    Section out{
        "foretelling",
        "Does the total, or a strand's stock, at the end of a year tell next year's counts better than last "
        "year's "
        "count alone?",
        "",
        false,
        {},
        {}};
    AnswerTable table{
        "gains",
        "Gain in log score, a partner and year foretold (90 %)",
        {{"strand", "strand"},
         {"counted", "foretold", false, 4},
         {"partners", "partners", true},
         {"years", "years", false, 1},
         {"rows", "rows", true, 3},
         {"plain", "last count alone", true, 2},
         {"stock", "with the stock"},
         {"total", "with the total"}},
        {},
        fmt::format(
            "+0.01 gives what came 1 % more probability. Each year is foretold by a model (negative "
            "binomial) learnt "
            "from the years before alone, {} at least; partners stand together in the interval. The total is "
            "tried in "
            "the years in which there is one.",
            kYearsToLearn
        )};
    Verdicts by_stock, by_total;
    for (const auto& panel : of.panels.strands()) {
        const auto& strand = of.parameters.strands[panel.strand];
        const auto stock = told_by(of.panels, panel, of.panels.logged_stock(panel, strand.half_life_days));
        const auto total = told_by(of.panels, panel, [&](const PanelRow& row) {
            auto value = of.panels.total(panel.strand, row);
            if (value) *value /= 100;
            return value;
        });
        by_stock.add(strand.name, stock), by_total.add(strand.name, total);
        table.rows.push_back(
            {{strand.name},
             {what_is_counted(strand)},
             {std::to_string(panel.partners), static_cast<double>(panel.partners)},
             {stock.rows == 0 ? "none" : fmt::format("{}–{}", stock.first_year, stock.last_year)},
             {std::to_string(stock.rows), static_cast<double>(stock.rows)},
             stock.rows == 0 ? Cell{"none"} : Cell{fmt::format("{:.3f}", stock.plain), stock.plain},
             cell_of(stock),
             cell_of(total)}
        );
    }
    out.said = by_stock.said() || by_total.said();
    out.finding = by_total.words("the total");
    out.paragraphs.push_back(by_stock.words("the strand's own stock"));
    out.tables.push_back(std::move(table));
    return out;
}

}  // namespace entente::measures::validity
