#include "identity/review.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "identity/candidates.h"
#include "identity/unicode_forms.h"

namespace entente::identity {
namespace {

constexpr std::size_t kMostCandidates = 3;

struct Behind {
    std::uint64_t records = 0;
    double people = 0;
    double cost = 0;
};

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

// Gathers the items, one a cluster.
class Gatherer {
public:
    Gatherer(const MentionGraph& graph, const ReviewRequest& request) : graph_(graph), request_(request) {
        for (std::uint32_t i = 0; i < graph.mentions().size(); ++i) {
            const auto& mention = graph.mentions()[i];
            if (!is_asked_for(mention.key, request)) continue;
            for (auto* sum : {&all_, &behind_[graph.cluster_of(i)]}) {
                sum->records += mention.records;
                sum->people += mention.people, sum->cost += mention.cost;
            }
        }
        for (const auto& tie : graph.ties())
            if (tie.ground == Ground::person && tie.verdict != Verdict::unsure)
                for (const auto end : {tie.left, tie.right}) judged_.insert(end);
    }

    std::vector<ReviewItem> run() {
        add_names();
        add_conflicts();
        add_unsure();
        add_candidates();
        std::vector<ReviewItem> out;
        for (auto& [cluster, item] : items_) out.push_back(finished(std::move(item)));
        std::sort(out.begin(), out.end(), [&](const ReviewItem& a, const ReviewItem& b) {
            if (a.matters != b.matters) return a.matters > b.matters;
            return graph_.mentions()[a.mention].key < graph_.mentions()[b.mention].key;
        });
        return out;
    }

private:
    double matters(std::uint32_t cluster) const {
        const auto found = behind_.find(cluster);
        if (found == behind_.end()) return 0;
        return (share(static_cast<double>(found->second.records), static_cast<double>(all_.records)) +
                share(found->second.people, all_.people) + share(found->second.cost, all_.cost)) /
               3;
    }

    void open(std::uint32_t mention, Open why, std::string reason) {
        const auto cluster = graph_.cluster_of(mention);
        auto [at, fresh] = items_.try_emplace(cluster);
        auto& item = at->second;
        if (fresh) item.cluster = cluster, item.mention = mention;
        if (std::find(item.open.begin(), item.open.end(), why) == item.open.end()) item.open.push_back(why);
        if (!reason.empty()) item.reasons.push_back(std::move(reason));
    }

    void add_names() {
        for (const auto& group : graph_.groups()) {
            const auto mention = group.mentions.front();
            if (!is_asked_for(graph_.mentions()[mention].key, request_) || judged_.contains(mention))
                continue;
            for (const auto doubt : group.name.folded.doubts)
                open(
                    mention,
                    Open::doubt,
                    fmt::format("{} ({})", to_words(doubt), points_beyond_ascii(group.name.folded.raw))
                );
            const auto& finding = group.finding;
            if (!group.name.folded.doubts.empty() || !finding.rule) continue;
            if (finding.named == Named::unclear)
                open(
                    mention,
                    Open::rule,
                    fmt::format("{}: no rule explains '{}'", finding.rule->handle(), finding.rest)
                );
            if (finding.named == Named::out_of_time || finding.named == Named::another)
                open(
                    mention,
                    Open::rule,
                    fmt::format(
                        "{}: {}. {}", finding.rule->handle(), to_words(finding.named), finding.rule->reason
                    )
                );
        }
    }

    // The end that matters less, if any is asked for and is a mention.
    std::optional<std::uint32_t> lesser(std::uint32_t a, std::uint32_t b) const {
        std::optional<std::uint32_t> out;
        for (const auto end : {a, b}) {
            if (graph_.hub(end) || !is_asked_for(graph_.mentions()[end].key, request_)) continue;
            if (!out || before(end, *out)) out = end;
        }
        return out;
    }
    bool before(std::uint32_t a, std::uint32_t b) const {
        const double x = matters(graph_.cluster_of(a)), y = matters(graph_.cluster_of(b));
        return x != y ? x < y : graph_.mentions()[b].key < graph_.mentions()[a].key;
    }

    void add_conflicts() {
        for (const auto& conflict : graph_.clustering().conflicts) {
            const auto end = lesser(conflict.left, conflict.right);
            if (conflict.overruled || !end) continue;
            const auto other = *end == conflict.left ? conflict.right : conflict.left;
            open(
                *end,
                Open::conflict,
                fmt::format(
                    "judged not to be {}, and joined with it by {} judgements; they are set aside",
                    graph_.node_words(other),
                    conflict.set_aside.size()
                )
            );
        }
    }

    void add_unsure() {
        for (const auto& tie : graph_.ties()) {
            if (tie.verdict != Verdict::unsure || graph_.cluster_of(tie.left) == graph_.cluster_of(tie.right))
                continue;
            const auto end = lesser(tie.left, tie.right);
            if (!end) continue;
            open(
                *end,
                Open::unsure,
                fmt::format(
                    "somebody could not tell whether it is {}",
                    graph_.node_words(*end == tie.left ? tie.right : tie.left)
                )
            );
        }
    }

    void add_candidates() {
        for (auto& [ids, pair] : find_candidates(graph_, request_)) {
            const auto end = *lesser(pair.left_mention, pair.right_mention);
            const auto other = end == pair.left_mention ? pair.right_mention : pair.left_mention;
            open(end, Open::candidate, {});
            items_[graph_.cluster_of(end)].candidates.push_back(
                {graph_.cluster_of(other), other, std::move(pair.score)}
            );
        }
    }

    ReviewItem finished(ReviewItem item) const {
        if (const auto found = behind_.find(item.cluster); found != behind_.end())
            item.records = found->second.records, item.people = found->second.people,
            item.cost = found->second.cost;
        item.matters = matters(item.cluster);
        std::sort(item.open.begin(), item.open.end());
        std::sort(item.reasons.begin(), item.reasons.end());
        item.reasons.erase(std::unique(item.reasons.begin(), item.reasons.end()), item.reasons.end());
        std::sort(item.candidates.begin(), item.candidates.end(), [&](const auto& a, const auto& b) {
            if (a.score.total != b.score.total) return a.score.total > b.score.total;
            return graph_.mentions()[a.mention].key < graph_.mentions()[b.mention].key;
        });
        if (item.candidates.size() > kMostCandidates) item.candidates.resize(kMostCandidates);
        item.mention = graph_.members(item.cluster).front();
        return item;
    }

    const MentionGraph& graph_;
    const ReviewRequest& request_;
    Behind all_;
    std::map<std::uint32_t, Behind> behind_;
    std::set<std::uint32_t> judged_;  ///< nodes of which a person has said yes or no
    std::map<std::uint32_t, ReviewItem> items_;
};

}  // namespace

std::string_view to_words(Open open) {
    switch (open) {
        case Open::doubt:
            return "characters";
        case Open::conflict:
            return "conflict";
        case Open::rule:
            return "no result of a rule";
        case Open::unsure:
            return "unsure";
        case Open::candidate:
            return "may be the same";
    }
    return {};
}

std::vector<ReviewItem> find_open(const MentionGraph& graph, const ReviewRequest& request) {
    return Gatherer(graph, request).run();
}

}  // namespace entente::identity
