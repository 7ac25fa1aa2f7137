#include <fmt/format.h>

#include <array>

#include "measures/validity/sections.h"

namespace entente::measures::validity {
namespace {

/// Half-lives that are tried, as multiples of the one in use.
constexpr std::array<double, 7> kTried{0.125, 0.25, 0.5, 1, 2, 4, 8};
constexpr std::array<const char*, 7> kNames{"⅛", "¼", "½", "in use", "2 ×", "4 ×", "8 ×"};
/// Which column goes first where there is no room.
constexpr std::array<int, 7> kDrop{3, 1, 0, 0, 0, 2, 4};
constexpr std::size_t kInUse = 3;

using Profile = std::array<RollingScores, kTried.size()>;

Result<Profile> profile_of(const Panels& panels, const StrandPanel& panel, double half_life) {
    Profile out;
    for (std::size_t i = 0; i < kTried.size(); ++i) {
        const auto rows = panels.with_added(panel, panels.logged_stock(panel, half_life * kTried[i]));
        ENTENTE_ASSIGN_OR_RETURN(out[i], rolling_scores(rows, true));
    }
    return out;
}

std::size_t best_of(const Profile& profile) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < profile.size(); ++i)
        if (profile[i].mean() > profile[best].mean()) best = i;
    return best;
}

}  // namespace

Section half_lives_section(const Comparison& of) {
    Section out{
        "half_lives", "Which half-lives would have foretold best, beside those in use?", "", false, {}, {}};
    AnswerTable table{
        "profile",
        "Log score of next year's count by the stock, beside the half-life in use",
        {{"strand", "strand"}, {"in_use", "in use", true}},
        {},
        "Half-lives in days; columns: multiples of the one in use. Above 0: it would have foretold better."};
    for (std::size_t i = 0; i < kTried.size(); ++i)
        if (i != kInUse)
            table.columns.push_back({fmt::format("times_{:g}", kTried[i]), kNames[i], true, kDrop[i]});
    table.columns.push_back({"best", "best of them, gain (90 %)"});
    std::vector<std::string> held, beaten, unsaid;
    for (const auto& panel : of.panels.strands()) {
        const auto& strand = of.parameters.strands[panel.strand];
        const auto profile = panel.partners < kLeastPartners
                                 ? Result<Profile>(Profile{})
                                 : profile_of(of.panels, panel, strand.half_life_days);
        if (!profile || (*profile)[kInUse].scores.empty()) {
            unsaid.push_back(fmt::format("{} ({})", strand.name, panel.partners));
            continue;
        }
        std::vector<Cell> row{
            {strand.name}, {fmt::format("{:.0f}", strand.half_life_days), strand.half_life_days}};
        const double in_use = (*profile)[kInUse].mean();
        for (std::size_t i = 0; i < kTried.size(); ++i)
            if (i != kInUse) {
                const double gain = (*profile)[i].mean() - in_use;
                row.push_back({shown_gain(gain), gain});
            }
        const auto best = best_of(*profile);
        const auto gain = gain_over((*profile)[kInUse], (*profile)[best]);
        const double days = strand.half_life_days * kTried[best];
        if (best == kInUse || !gain) {
            row.push_back({"the one in use"});
            held.push_back(strand.name);
        } else {
            row.push_back({fmt::format("{:.0f}, {}", days, gain_with_band(gain->mean, gain->band)), days});
            (gain->above_zero() ? beaten : held)
                .push_back(
                    gain->above_zero() ? fmt::format("{} ({:.0f} days)", strand.name, days) : strand.name
                );
        }
        table.rows.push_back(std::move(row));
    }
    const auto list = [](const std::vector<std::string>& names) {
        return names.empty() ? std::string("none") : fmt::format("{}", fmt::join(names, ", "));
    };
    out.said = !table.rows.empty();
    out.finding = fmt::format(
        "Another half-life would have foretold better in: {}. None better beyond chance in: {}. It cannot be "
        "said, for "
        "want of {} partners that are covered, in: {}.",
        list(beaten),
        list(held),
        kLeastPartners,
        list(unsaid)
    );
    out.paragraphs.emplace_back(
        "What lies before coverage began is in no stock, so that long half-lives look worse than they are; "
        "and the "
        "best of seven is chosen in hindsight, so that it looks better than it is. Foretelling counts is one "
        "use of a "
        "half-life. How long people remember is another, and is not measured here."
    );
    out.tables.push_back(std::move(table));
    return out;
}

}  // namespace entente::measures::validity
