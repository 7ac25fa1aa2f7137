#include <cmath>

#include <fmt/format.h>

#include "cli/render_review.h"
#include "service/brief_words.h"
#include "service/cluster_words.h"

namespace entente::cli {
std::string render_cluster(
    const service::IdentityPicture& picture, std::uint32_t mention, const Style& style
) {
    const auto& graph = picture.graph;
    const auto members = graph.members(graph.cluster_of(mention));
    const auto& first = graph.mentions()[members.front()];
    std::string out = fmt::format(
        "{}{}\n",
        style.tone(Tone::bold, isolated(harmless(first.key.text), style)),
        first.key.nation.empty() ? "" : "  " + first.key.nation
    );
    std::uint64_t records = 0;
    double people = 0;
    for (const auto member : members)
        records += graph.mentions()[member].records, people += graph.mentions()[member].people;
    out += fmt::format(
        "{} mention{}, {} record{}, {} people\n",
        members.size(),
        members.size() == 1 ? "" : "s",
        service::with_commas(static_cast<std::int64_t>(records)),
        records == 1 ? "" : "s",
        service::with_commas(std::llround(people))
    );
    if (const auto words = service::named_words(picture, graph.cluster_of(mention)); !words.empty())
        out += fmt::format("Names    {}\n", harmless(words));
    if (const auto words = service::finding_words(picture, mention); !words.empty())
        out += fmt::format("Rule     {}\n", harmless(words));
    const auto& doubts = graph.groups()[graph.group_of(mention)].name.folded.doubts;
    for (const auto doubt : doubts) out += fmt::format("Doubt    {}\n", identity::to_words(doubt));
    for (const auto& conflict : service::conflicts_of(picture, members))
        out += labelled("Conflict ", isolated(conflict, style), 9, style);
    out += '\n';
    std::vector<Row> rows;
    for (const auto member : members) {
        const auto& m = graph.mentions()[member];
        rows.push_back(
            {{isolated(harmless(m.key.text), style),
              service::with_commas(static_cast<std::int64_t>(m.records)),
              service::with_commas(std::llround(m.people)),
              harmless(fmt::format("{}", fmt::join(service::grounds_of(picture, member), "; ")))},
             Tone::plain,
             member == mention}
        );
    }
    out += lay_out(
               {{"mention", Align::left, 0, 20},
                {"records", Align::right},
                {"people", Align::right},
                {"grounds", Align::left, 0, 20}},
               rows,
               false,
               style
    )
               .text;
    return out;
}

std::string render_summary(const service::IdentitySummary& summary, const Style& style) {
    using service::with_commas;
    const auto number = [](std::size_t n) { return with_commas(static_cast<std::int64_t>(n)); };
    std::string out = fmt::format(
        "Mentions  {}, of {} letters, in {} clusters\nOpen      {} clusters",
        number(summary.mentions),
        number(summary.names),
        number(summary.clusters),
        number(summary.items)
    );
    for (const auto& [open, count] : summary.open)
        out += fmt::format("; {}: {}", identity::to_words(open), number(count));
    out += fmt::format("\nConflicts {}\n\n", number(summary.conflicts));
    std::vector<Row> rows;
    for (const auto& tally : summary.organisations) {
        const auto count = [&](identity::Named named) {
            const auto found = tally.by_finding.find(named);
            return found == tally.by_finding.end() ? std::string() : number(found->second);
        };
        using identity::Named;
        rows.push_back(
            {{tally.organisation,
              number(tally.spellings),
              count(Named::whole),
              number(tally.clusters),
              number(tally.nations),
              count(Named::within),
              count(Named::several),
              count(Named::unclear),
              count(Named::out_of_time),
              count(Named::another)},
             Tone::plain,
             false}
        );
    }
    return out + lay_out(
                     {{"organisation"},
                      {"spellings", Align::right},
                      {"joined", Align::right},
                      {"clusters", Align::right},
                      {"nations", Align::right},
                      {"within", Align::right},
                      {"several", Align::right},
                      {"unclear", Align::right},
                      {"out of time", Align::right},
                      {"another", Align::right}},
                     rows,
                     false,
                     style
                 )
                     .text;
}

}  // namespace entente::cli
