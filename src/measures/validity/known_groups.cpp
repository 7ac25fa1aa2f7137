#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "measures/validity/sections.h"
#include "measures/words.h"

namespace entente::measures::validity {
namespace {

/// Fewer on either side are named and not compared.
constexpr std::size_t kLeastInGroup = 5;

bool lies_in(const domain::DateSpan& period, Day day) {
    return period.first(day) <= day && day <= period.last(day);
}

/// Whether a tally of the kind has a part in force between the two on a day, of which `fits` holds.
bool in_force(
    const TieFacts& tie, std::string_view what, Day day, const std::function<bool(const TallyPart&)>& fits
) {
    return std::ranges::any_of(tie.tallies, [&](const Tally& tally) {
        return tally.what == what && names_both(tally.parties, tie.pair) &&
               std::ranges::any_of(tally.parts, [&](const TallyPart& part) {
                   return part.number > 0 && fits(part) &&
                          lies_in(part.period ? *part.period : tally.period, day);
               });
    });
}

struct Group {
    std::string name;
    std::string shown;  ///< `bound to defence`
    std::string words;  ///< of its members
    std::function<bool(const TieFacts&, Day)> holds;
};

std::vector<Group> groups() {
    const auto any = [](const TallyPart&) { return true; };
    const auto defence = [](const TallyPart& part) { return contains(part.obligations, "defence"); };
    return {
        {"defence_alliance",
         "bound to defence",
         "allies bound to defence",
         [=](const TieFacts& tie, Day day) { return in_force(tie, "alliances_in_force", day, defence); }},
        {"any_alliance",
         "any alliance",
         "partners of any alliance treaty",
         [=](const TieFacts& tie, Day day) { return in_force(tie, "alliances_in_force", day, any); }},
        {"agreement",
         "agreement",
         "partners of an agreement",
         [=](const TieFacts& tie, Day day) { return in_force(tie, "agreements_in_force", day, any); }},
    };
}

/// A score by which partners are ordered.
struct Score {
    std::string name;
    std::string words;
    std::function<std::optional<double>(const PartnerOnDay&)> of;
};

std::vector<Score> scores(const Parameters& parameters, std::size_t agreements) {
    std::vector<Score> out{{"total", "total", [&parameters, agreements](const PartnerOnDay& one) {
                                return total_without(one.strength, parameters, agreements);
                            }}};
    for (std::size_t strand = 0; strand < parameters.strands.size(); ++strand)
        if (strand != agreements)
            out.push_back(
                {parameters.strands[strand].strand,
                 parameters.strands[strand].name,
                 [strand](const PartnerOnDay& one) { return one.strength.strands[strand].fullness; }}
            );
    return out;
}

struct Parted {
    std::vector<double> members, others;
    std::vector<Placed> placed;  ///< both, alike where the same number of sources is cited of them
    std::size_t members_unseen = 0, others_unseen = 0;
};

Parted part(const Comparison& of, const Group& group, const Score& score) {
    Parted out;
    for (const auto& one : of.partners) {
        const bool member = group.holds(one.partner->tie, of.day.day);
        const auto value = score.of(one);
        if (!value) {
            ++(member ? out.members_unseen : out.others_unseen);
            continue;
        }
        (member ? out.members : out.others).push_back(*value);
        const auto cited = sources_cited(one.strength, of.parameters.strand("agreement"));
        out.placed.push_back({*value, member, static_cast<double>(cited)});
    }
    return out;
}

std::vector<Cell> row_of(const Group& group, const Score& score, const Parted& parted) {
    std::vector<Cell> row{
        {score.words},
        {group.shown},
        {std::to_string(parted.members.size()), static_cast<double>(parted.members.size())},
        {std::to_string(parted.others.size()), static_cast<double>(parted.others.size())}};
    const auto area = area_under_curve(parted.members, parted.others);
    if (std::min(parted.members.size(), parted.others.size()) < kLeastInGroup || !area)
        row.push_back({"too few"});
    else if (!area->band)
        row.push_back({fmt::format("{:.2f}, no band", area->value), area->value});
    else
        row.push_back({with_band(area->value, *area->band, 2), area->value});
    const auto alike = area_among_alike(parted.placed);
    row.push_back(
        alike && alike->share.band && row.back().number
            ? Cell{with_band(alike->share.value, *alike->share.band, 2), alike->share.value}
            : Cell{"cannot be said"}
    );
    row.push_back({std::to_string(parted.members_unseen), static_cast<double>(parted.members_unseen)});
    return row;
}

std::string finding_of(const Group& group, const Parted& parted, bool& said) {
    const auto area = area_under_curve(parted.members, parted.others);
    if (std::min(parted.members.size(), parted.others.size()) < kLeastInGroup || !area || !area->band)
        return fmt::format(
            "Whether {} stand above others cannot be said: {} of them and {} others have a total without the "
            "agreements.",
            group.words,
            parted.members.size(),
            parted.others.size()
        );
    said = true;
    const char* verdict = area->band->low > 0.5    ? "stand above"
                          : area->band->high < 0.5 ? "stand below"
                                                   : "cannot be told from";
    auto out = fmt::format(
        "By the total, {} {} others: in {:.0f} of 100 couples of one and another the first is the stronger "
        "({:.0f}–{:.0f}), {} against {} partners.",
        group.words,
        verdict,
        100 * area->value,
        100 * area->band->low,
        100 * area->band->high,
        parted.members.size(),
        parted.others.size()
    );
    const auto alike = area_among_alike(parted.placed);
    if (alike && alike->share.band)
        out += fmt::format(
            " Among couples of whom as many sources are cited: {:.0f} ({:.0f}–{:.0f}).",
            100 * alike->share.value,
            100 * alike->share.band->low,
            100 * alike->share.band->high
        );
    if (parted.members_unseen > 0)
        out += fmt::format(
            " {} more of them have no total, for too little of them is seen.", parted.members_unseen
        );
    return out;
}

}  // namespace

Section known_groups_section(const Comparison& of) {
    Section out{
        "known_groups",
        "Do allies, and partners of agreements, stand above others when the agreements are left out?",
        "",
        false,
        {},
        {}};
    const auto score_list = scores(of.parameters, of.parameters.strand("agreement"));
    AnswerTable table{
        "areas",
        "A member has the greater score: share of couples of a member and another",
        {{"score", "score"},
         {"group", "group"},
         {"members", "in it", true},
         {"others", "others", true},
         {"area", "share (90 %)"},
         {"alike", "as many sources"},
         {"unseen", "not seen", true, 1}},
        {},
        "0.5 tells nothing, 1 parts them wholly. Total: without the agreements. As many sources: among "
        "couples of whom as many "
        "sources are "
        "cited, those of agreements left out; as a source is cited only where it has something of a pair, "
        "this takes away "
        "part of what is asked, too. Not seen: members without that score."};
    std::map<std::string, std::size_t> few;
    for (const auto& group : groups()) {
        for (const auto& score : score_list) {
            const auto parted = part(of, group, score);
            if (score.name == "total") {
                const auto words = finding_of(group, parted, out.said);
                if (out.finding.empty())
                    out.finding = words;
                else
                    out.paragraphs.push_back(words);
            }
            if (score.name == "total" || parted.members.size() + parted.others.size() >= kLeastPartners)
                table.rows.push_back(row_of(group, score, parted));
            else
                few[score.words] = parted.members.size() + parted.others.size();
        }
    }
    out.paragraphs.push_back(
        "Pairs are those of the home nation with whoever a study names in the ten years before. That "
        "alliances "
        "and agreements go to big and to near states, which meet anyway, is not taken out."
    );
    for (const auto& [words, number] : few)
        table.note += fmt::format(
            "{} {} ({})", words == few.begin()->first ? " Not told, too few partners:" : ",", words, number
        );
    if (!few.empty()) table.note += ".";
    out.tables.push_back(std::move(table));
    return out;
}

}  // namespace entente::measures::validity
