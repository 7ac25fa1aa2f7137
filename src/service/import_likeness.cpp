#include "service/import_likeness.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "base/json.h"

namespace entente::service {
namespace {

constexpr std::size_t kPairsMost =
    1'000'000;  // of one bucket; a table that is another one altogether has more

/// A row as it is compared.
struct Side {
    json::object says;    // without what the place and the source put there
    std::string parties;  // the actors, sorted
    std::string rest;     // all but the parties
    std::string whole;
    bool partial = false, taken = false, ambiguous = false;
};

struct Pair {
    std::size_t earlier, now;
    double share;  // of the fields, in common
};

// One text for one value, whatever the order of its fields.
std::string text_of(const json::value& value) {
    auto text = canonical_json(value);
    return text ? *std::move(text) : json::serialize(value);
}

std::string parties_of(const json::object& says) {
    std::vector<std::string> actors;
    for (const char* name : {"participations", "parties"}) {
        const auto* list = says.if_contains(name);
        if (!list || !list->is_array()) continue;
        for (const auto& item : list->get_array()) {
            const auto* group = item.if_object();
            const auto* actor = group ? group->if_contains("actor") : &item;
            if (actor) actors.push_back(text_of(*actor));
        }
    }
    std::sort(actors.begin(), actors.end());
    return fmt::format("{}", fmt::join(actors, ","));
}

std::vector<Side> sides_of(std::span<const PlacedRow> rows) {
    std::vector<Side> out;
    for (const auto& row : rows) {
        Side side;
        side.says = *row.content, side.partial = row.partial;
        side.says.erase("source_id"), side.says.erase("citations");
        side.parties = parties_of(side.says), side.whole = text_of(side.says);
        auto rest = side.says;
        rest.erase("participations"), rest.erase("parties");
        side.rest = text_of(rest);
        out.push_back(std::move(side));
    }
    return out;
}

/// Fields of one row or the other, and how many are alike.
struct Common {
    std::size_t fields = 0, alike = 0;
    bool same_parties = false;
    double share() const {
        return fields == 0 ? 0 : static_cast<double>(alike) / static_cast<double>(fields);
    }
};

Common common_of(const Side& earlier, const Side& now) {
    Common out;
    out.same_parties = earlier.parties == now.parties;
    for (const auto& member : now.says) {
        const auto* was = earlier.says.if_contains(member.key());
        ++out.fields, out.alike += was && text_of(*was) == text_of(member.value());
    }
    for (const auto& member : earlier.says) out.fields += !now.says.contains(member.key());
    return out;
}

bool alike(const Common& common) {
    const bool one_differs = common.fields > 2 && common.fields - common.alike == 1;
    return one_differs || (common.same_parties && common.alike * 2 > common.fields);
}

/// Fields in which the rows of a table differ at all: the others tell nothing of a row read in part.
std::set<std::string> telling_fields(const std::vector<Side>& rows) {
    std::map<std::string, std::set<std::string>> values;
    std::map<std::string, std::size_t> times;
    for (const auto& row : rows)
        for (const auto& member : row.says) {
            const std::string name(member.key().data(), member.key().size());
            values[name].insert(text_of(member.value())), ++times[name];
        }
    std::set<std::string> out;
    for (const auto& [name, all] : values)
        if (all.size() > 1 || times[name] < rows.size() || rows.size() == 1) out.insert(name);
    return out;
}

// What could not be read does not count against a row.
Common common_of_partial(const Side& earlier, const Side& now, const std::set<std::string>& telling) {
    Common out;
    for (const auto& member : now.says) {
        if (!telling.contains(std::string(member.key().data(), member.key().size()))) continue;
        const auto* was = earlier.says.if_contains(member.key());
        ++out.fields, out.alike += was && text_of(*was) == text_of(member.value());
    }
    return out;
}

class Matching {
public:
    Matching(std::span<const PlacedRow> earlier, std::span<const PlacedRow> now)
        : earlier_rows_(earlier),
          now_rows_(now),
          earlier_(sides_of(earlier)),
          now_(sides_of(now)),
          out_(now.size()) {}

    Likeness run() {
        match_same();
        match_pairs(pairs_of_changed());
        for (auto& side : earlier_) side.ambiguous = false;  // rows read in part may be any that is left
        match_pairs(pairs_of_partial());
        for (std::size_t j = 0; j < now_.size(); ++j)
            for (std::size_t i = 0; now_[j].partial && !now_[j].taken && i < earlier_.size(); ++i)
                if (!earlier_[i].taken && stands_still(i, j)) take(i, j, false);
        Likeness out{std::move(out_), {}};
        for (std::size_t i = 0; i < earlier_.size(); ++i)
            if (earlier_[i].ambiguous && !earlier_[i].taken) out.perhaps.push_back(i);
        return out;
    }

private:
    void take(std::size_t earlier, std::size_t now, bool same) {
        earlier_[earlier].taken = now_[now].taken = true;
        out_[now] = {earlier, same, false};
    }

    // Rows that say the same: those that did not move first.
    void match_same() {
        std::unordered_map<std::string, std::vector<std::size_t>> by_text;
        for (std::size_t i = earlier_.size(); i-- > 0;) by_text[earlier_[i].whole].push_back(i);
        for (const bool still : {true, false})
            for (std::size_t j = 0; j < now_.size(); ++j) {
                const auto found = by_text.find(now_[j].whole);
                if (now_[j].partial || now_[j].taken || found == by_text.end()) continue;
                auto& left = found->second;
                const auto at =
                    still ? std::find_if(
                                left.begin(),
                                left.end(),
                                [&](std::size_t i) { return earlier_rows_[i].place == now_rows_[j].place; }
                            )
                    : left.empty() ? left.end()
                                   : std::prev(left.end());
                if (at == left.end()) continue;
                if (still)
                    last_still_ = std::max(last_still_, j + 1),
                    last_earlier_ = std::max(last_earlier_, *at + 1);
                moved_ = moved_ || !still;
                take(*at, j, true);
                left.erase(at);
            }
    }

    // At the same place, and rows around it are where they were.
    bool stands_still(std::size_t i, std::size_t j) const {
        const bool between = (j < last_still_ && i < last_earlier_) || earlier_.size() == now_.size();
        return !moved_ && between && earlier_rows_[i].place == now_rows_[j].place;
    }

    std::vector<Pair> pairs_of_changed() {
        std::vector<Pair> out;
        for (const auto key : {&Side::parties, &Side::rest}) {
            std::unordered_map<std::string, std::vector<std::size_t>> earlier;
            std::unordered_map<std::string, std::size_t> now;
            for (std::size_t i = 0; i < earlier_.size(); ++i)
                if (!earlier_[i].taken) earlier[earlier_[i].*key].push_back(i);
            for (const auto& side : now_) now[side.*key] += !side.taken && !side.partial;
            for (std::size_t j = 0; j < now_.size(); ++j) {
                const auto found = earlier.find(now_[j].*key);
                if (now_[j].taken || now_[j].partial || found == earlier.end()) continue;
                if (found->second.size() * now[now_[j].*key] > kPairsMost) {
                    now_[j].ambiguous = out_[j].ambiguous = true;
                    continue;
                }
                for (const auto i : found->second) {
                    if (key == &Side::rest && earlier_[i].parties == now_[j].parties) continue;
                    const auto common = common_of(earlier_[i], now_[j]);
                    if (alike(common)) out.push_back({i, j, common.share()});
                }
            }
        }
        return out;
    }

    std::vector<Pair> pairs_of_partial() {
        std::vector<Pair> out;
        const auto partial = std::ranges::count_if(now_, &Side::partial);
        const auto left = std::ranges::count_if(earlier_, [](const Side& side) { return !side.taken; });
        if (static_cast<std::size_t>(partial) * static_cast<std::size_t>(left) > kPairsMost) return out;
        const auto telling = telling_fields(earlier_);
        for (std::size_t j = 0; j < now_.size(); ++j)
            for (std::size_t i = 0; now_[j].partial && i < earlier_.size(); ++i) {
                if (earlier_[i].taken) continue;
                const auto common = common_of_partial(earlier_[i], now_[j], telling);
                if (common.alike > 1 && common.alike * 2 > common.fields)
                    out.push_back({i, j, common.share()});
            }
        return out;
    }

    void match_pairs(std::vector<Pair> pairs) {
        std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
            return a.share > b.share;
        });
        for (std::size_t from = 0; from < pairs.size();) {
            auto to = from;
            while (to < pairs.size() && pairs[to].share == pairs[from].share) ++to;
            match_level(std::span(pairs).subspan(from, to - from));
            from = to;
        }
    }

    bool open(const Pair& pair) const {
        const auto &a = earlier_[pair.earlier], &b = now_[pair.now];
        return !a.taken && !b.taken && !a.ambiguous && !b.ambiguous;
    }

    // Pairs that are as like as each other: taken are those of which neither row is in another one.
    void match_level(std::span<const Pair> pairs) {
        for (const auto& pair : pairs)
            if (open(pair) && stands_still(pair.earlier, pair.now)) take(pair.earlier, pair.now, false);
        std::map<std::size_t, std::size_t> of_earlier, of_now;
        std::vector<Pair> left;
        for (const auto& pair : pairs)
            if (open(pair)) ++of_earlier[pair.earlier], ++of_now[pair.now], left.push_back(pair);
        for (const auto& [earlier, now, share] : left)
            if (of_earlier[earlier] == 1 && of_now[now] == 1)
                take(earlier, now, false);
            else
                earlier_[earlier].ambiguous = now_[now].ambiguous = out_[now].ambiguous = true;
    }

    std::span<const PlacedRow> earlier_rows_, now_rows_;
    std::vector<Side> earlier_, now_;
    std::vector<LikeRow> out_;
    bool moved_ = false;                             // some row that says the same stands elsewhere
    std::size_t last_still_ = 0, last_earlier_ = 0;  // behind the last that says the same where it stood
};

}  // namespace

Likeness match_by_likeness(std::span<const PlacedRow> earlier, std::span<const PlacedRow> now) {
    return Matching(earlier, now).run();
}

}  // namespace entente::service
