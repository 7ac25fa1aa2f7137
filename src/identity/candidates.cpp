#include "identity/candidates.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

namespace entente::identity {
namespace {

using GroupIds = std::vector<std::uint32_t>;
using ClusterIds = std::pair<std::uint32_t, std::uint32_t>;

constexpr std::size_t kStem = 5;           // letters of a word by which names are brought together
constexpr std::size_t kMostWithWord = 60;  // a word that more names have brings none together
constexpr std::size_t kMostAlike = 400;
constexpr std::size_t kLongest = 300;  // bytes; longer texts are lists, not names

bool differ_in_numbers(const ReadName& a, const ReadName& b) {
    return !a.numbers.empty() && !b.numbers.empty() && a.numbers != b.numbers;
}

bool same_look(const FoldedName& a, const FoldedName& b) {
    return a.exact != b.exact && (a.skeleton == b.skeleton || a.skeleton_lower == b.skeleton_lower);
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// Consonants and digits, doubled ones once: what most slips of the pen leave as it was.
std::string consonants(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (std::string_view(" aeiou").find(c) == std::string_view::npos && (out.empty() || out.back() != c))
            out += c;
    return out;
}

// Names of one kind and nation, compared with each other.
class Block {
public:
    Block(const MentionGraph& graph, const GroupIds& groups, const std::set<ClusterIds>& apart, double least)
        : graph_(graph), apart_(apart), least_(least) {
        for (const auto at : groups) rarity_.add(graph.groups()[at].name);
        for (const auto at : groups) add_keys(at);
    }

    void find(std::map<ClusterIds, ClusterPair>& out) {
        std::set<ClusterIds> seen;  // pairs of groups
        for (const auto& [key, groups] : by_key_) {
            const bool word = key.front() == 'w';
            if (groups.size() < 2 || groups.size() > (word ? kMostWithWord : kMostAlike)) continue;
            for (std::size_t i = 0; i < groups.size(); ++i)
                for (std::size_t j = i + 1; j < groups.size(); ++j)
                    if (seen.insert(std::minmax(groups[i], groups[j])).second)
                        consider(groups[i], groups[j], out);
        }
    }

private:
    void add_keys(std::uint32_t at) {
        const auto& name = graph_.groups()[at].name;
        if (name.folded.raw.size() > kLongest) return;
        std::set<std::string> keys{
            "c" + consonants(name.folded.compare),
            "r" + without_blanks(name.folded.compare),
            "l" + name.folded.skeleton,
            "l" + name.folded.skeleton_lower};
        for (const auto& word : name.words)
            if (word.role == WordRole::content && !word.number && word.text.size() > 2)
                keys.insert("w" + word.text.substr(0, kStem));
        for (const auto& key : keys) by_key_[key].push_back(at);
    }

    // Whether a rule has said already that one is not the other.
    static bool settled_by_rule(const OrganisationFinding& a, const OrganisationFinding& b) {
        const auto part = [](Named named) { return named == Named::within || named == Named::another; };
        return a.named == Named::several || b.named == Named::several ||
               (part(a.named) && b.named == Named::whole) || (part(b.named) && a.named == Named::whole);
    }

    void consider(std::uint32_t left, std::uint32_t right, std::map<ClusterIds, ClusterPair>& out) const {
        const auto &a = graph_.groups()[left], &b = graph_.groups()[right];
        const bool look = same_look(a.name.folded, b.name.folded);
        if (!look && (differ_in_numbers(a.name, b.name) || settled_by_rule(a.finding, b.finding))) return;
        auto x = best_mention(a), y = best_mention(b);
        if (graph_.cluster_of(x) == graph_.cluster_of(y)) return;
        if (graph_.cluster_of(y) < graph_.cluster_of(x)) std::swap(x, y);
        const ClusterIds ids{graph_.cluster_of(x), graph_.cluster_of(y)};
        if (apart_.contains(ids)) return;
        ClusterPair pair{x, y, compare_names(a.name, b.name, rarity_), look};
        if (!look && pair.score.total < least_) return;
        const auto [at, fresh] = out.emplace(ids, pair);
        if (!fresh && better(pair, at->second)) at->second = std::move(pair);
    }

    std::uint32_t best_mention(const NameGroup& group) const {
        return *std::min_element(group.mentions.begin(), group.mentions.end(), [&](auto a, auto b) {
            const auto &x = graph_.mentions()[a], &y = graph_.mentions()[b];
            return x.records != y.records ? x.records > y.records : x.key < y.key;
        });
    }

    bool better(const ClusterPair& a, const ClusterPair& b) const {
        if (a.score.total != b.score.total) return a.score.total > b.score.total;
        const auto texts = [&](const ClusterPair& pair) {
            return std::minmax(
                graph_.mentions()[pair.left_mention].key, graph_.mentions()[pair.right_mention].key
            );
        };
        return texts(a) < texts(b);
    }

    const MentionGraph& graph_;
    const std::set<ClusterIds>& apart_;
    double least_;
    Rarity rarity_;
    std::map<std::string, GroupIds> by_key_;
};

std::set<ClusterIds> held_apart(const MentionGraph& graph) {
    std::set<ClusterIds> out;
    for (const auto& tie : graph.ties())
        if (tie.verdict == Verdict::negative)
            out.insert(std::minmax(graph.cluster_of(tie.left), graph.cluster_of(tie.right)));
    return out;
}

}  // namespace

bool is_asked_for(const MentionKey& key, const ReviewRequest& request) {
    return (request.nation.empty() || key.nation == request.nation) &&
           (!request.kind || key.kind == *request.kind);
}

std::map<ClusterIds, ClusterPair> find_candidates(const MentionGraph& graph, const ReviewRequest& request) {
    std::map<std::pair<Kind, std::string>, GroupIds> blocks;
    for (std::uint32_t at = 0; at < graph.groups().size(); ++at) {
        const auto& key = graph.mentions()[graph.groups()[at].mentions.front()].key;
        if (is_asked_for(key, request)) blocks[{key.kind, key.nation}].push_back(at);
    }
    const auto apart = held_apart(graph);
    std::map<ClusterIds, ClusterPair> out;
    for (const auto& [key, groups] : blocks) Block(graph, groups, apart, request.least_score).find(out);
    return out;
}

}  // namespace entente::identity
