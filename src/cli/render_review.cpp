#include "cli/render_review.h"

#include <cmath>

#include <fmt/format.h>

#include "base/csv.h"
#include "service/brief_words.h"

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

std::string part_words(const identity::Score& score) {
    std::string out;
    for (const auto& part : score.parts)
        out += fmt::format(
            "{}{} {:.2f} ({})", out.empty() ? "" : "; ", part.name, part.value, harmless(part.words)
        );
    return out;
}

json::array parts_json(const identity::Score& score) {
    json::array out;
    for (const auto& part : score.parts)
        out.push_back(json::object{{"part", part.name}, {"value", part.value}, {"words", part.words}});
    return out;
}

json::object mention_json(const identity::Mention& mention) {
    return {
        {"text", mention.key.text},
        {"nation", mention.key.nation},
        {"kind", json::string(identity::to_text(mention.key.kind))},
        {"records", mention.records},
        {"people", mention.people},
        {"cost", mention.cost}};
}

std::string reasons_of(const ReviewItem& item) {
    std::string out;
    for (const auto open : item.open) {
        if (open == identity::Open::candidate) continue;
        out += fmt::format("{}{}", out.empty() ? "" : ", ", identity::to_words(open));
    }
    for (const auto& reason : item.reasons) out += fmt::format("{}{}", out.empty() ? "" : ": ", reason);
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
        if (const auto reasons = reasons_of(item); !reasons.empty())
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
            out += labelled("            ", shown(part_words(candidate.score), style), 12, style);
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

json::object review_json(
    const service::IdentityPicture& picture, std::span<const ReviewItem> items, std::size_t total
) {
    json::array out;
    for (const auto& item : items) {
        auto object = mention_json(picture.graph.mentions()[item.mention]);
        object["records"] = item.records, object["people"] = item.people, object["cost"] = item.cost;
        object["matters"] = item.matters;
        json::array open, reasons, candidates;
        for (const auto why : item.open) open.push_back(json::string(identity::to_words(why)));
        for (const auto& reason : item.reasons) reasons.push_back(json::string(reason));
        for (const auto& candidate : item.candidates)
            candidates.push_back(json::object{
                {"text", picture.graph.mentions()[candidate.mention].key.text},
                {"cluster",
                 picture.graph.mentions()[picture.graph.members(candidate.cluster).front()].key.text},
                {"score", candidate.score.total},
                {"parts", parts_json(candidate.score)}});
        object["open"] = std::move(open), object["reasons"] = std::move(reasons);
        object["candidates"] = std::move(candidates);
        out.push_back(std::move(object));
    }
    return {{"total", total}, {"items", std::move(out)}};
}

std::string review_csv(const service::IdentityPicture& picture, std::span<const ReviewItem> items) {
    std::string out = csv_line(
        {"kind",
         "nation",
         "mention",
         "records",
         "people",
         "cost",
         "matters",
         "open",
         "candidate",
         "score",
         "why"}
    );
    for (const auto& item : items) {
        const auto& key = picture.graph.mentions()[item.mention].key;
        const auto line = [&](const std::string& candidate, const std::string& score, const std::string& why
                          ) {
            out += csv_line(
                {std::string(identity::to_text(key.kind)),
                 key.nation,
                 key.text,
                 fmt::format("{}", item.records),
                 fmt::format("{:.0f}", item.people),
                 fmt::format("{:.2f}", item.cost),
                 fmt::format("{:.9f}", item.matters),
                 reasons_of(item),
                 candidate,
                 score,
                 why}
            );
        };
        if (item.candidates.empty()) line("", "", "");
        for (const auto& candidate : item.candidates)
            line(
                picture.graph.mentions()[candidate.mention].key.text,
                fmt::format("{:.4f}", candidate.score.total),
                part_words(candidate.score)
            );
    }
    return out;
}

}  // namespace entente::cli
