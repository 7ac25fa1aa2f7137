#include "cli/render_review.h"

#include <cmath>

#include <fmt/format.h>

#include "service/brief_words.h"
#include "service/names_json.h"

namespace entente::cli {
namespace {

using identity::ReviewItem;
using service::with_commas;

std::string shown(std::string_view text, const Style& style) {
    return isolated(harmless(text), style);
}

std::string whole(double number) {
    return with_commas(std::llround(number));
}

std::string behind(std::uint64_t records, double people, double cost) {
    std::string out =
        fmt::format("{} record{}", with_commas(static_cast<std::int64_t>(records)), records == 1 ? "" : "s");
    if (people > 0) out += fmt::format(", {} people", whole(people));
    if (cost > 0) out += fmt::format(", {} in cost", whole(cost));
    return out;
}

}  // namespace

std::string render_review(
    const service::IdentityPicture& picture,
    std::span<const ReviewItem> items,
    std::size_t from,
    std::size_t total,
    std::size_t page,
    const Style& style
) {
    if (items.empty()) return {};
    const auto& mentions = picture.graph.mentions();
    std::string out;
    std::size_t number = from;
    for (const auto& item : items) {
        const auto& key = mentions[item.mention].key;
        out += fmt::format(
            "{:>4}  {}{}\n      {}\n",
            ++number,
            key.nation.empty() ? "" : key.nation + "  ",
            style.tone(Tone::bold, shown(key.text, style)),
            behind(item.records, item.people, item.cost)
        );
        if (const auto reasons = service::reasons_of(item); !reasons.empty())
            out += labelled("      ! ", shown(reasons, style), 8, style);
        for (const auto& candidate : item.candidates) {
            const auto members = picture.graph.members(candidate.cluster);
            const auto& best = mentions[members.front()];
            out += fmt::format(
                "      {:.2f}  {}{}\n",
                candidate.score.total,
                shown(mentions[candidate.mention].key.text, style),
                members.size() > 1
                    ? fmt::format("  [one of {} called {}]", members.size(), shown(best.key.text, style))
                    : std::string()
            );
            out += labelled("            ", shown(service::part_words(candidate.score), style), 12, style);
        }
    }
    out += fmt::format(
        "\n{}-{} of {}, what matters most first.{}\nJudge: entente judge LEFT RIGHT --nation CODE --verdict "
        "positive|negative|unsure\n",
        from + 1,
        from + items.size(),
        with_commas(static_cast<std::int64_t>(total)),
        from + items.size() < total ? fmt::format(" Next: --page {}", page + 1) : ""
    );
    return out;
}

}  // namespace entente::cli
