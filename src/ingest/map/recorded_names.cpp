#include "ingest/map/recorded_names.h"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/utf8.h"
#include "ingest/actor_table.h"
#include "ingest/map/country_codes.h"

namespace entente::ingest::map {
namespace {

constexpr std::size_t kShown = 3;
constexpr std::size_t kTellingWord = 4, kMayHoldATypo = 6;

bool table_says(const std::string& code, const std::string& name) {
    const auto actor = find_actor(code);
    if (!actor) return false;
    auto names = actor->aliases;
    names.push_back(actor->name), names.push_back(actor->short_name), names.push_back(actor->code);
    return std::any_of(names.begin(), names.end(), [&](const auto& one) {
        return folded(one) == folded(name);
    });
}

// Words that tell one state from another; `republic` tells nothing.
std::vector<std::string> telling_words(std::string_view text) {
    static const std::set<std::string, std::less<>> common{
        "republic", "republik", "democratic", "federal",      "federation",  "islamic",
        "kingdom",  "islands",  "island",     "peoples",      "saint",       "socialist",
        "state",    "states",   "south",      "north",        "east",        "west",
        "united",   "union",    "territory",  "southern",     "northern",    "eastern",
        "western",  "forces",   "command",    "organisation", "organization"};
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" ,;/()-\t\n"), text.size());
        auto word = folded(text.substr(0, end));
        if (word.size() >= kTellingWord && !common.contains(word)) out.push_back(std::move(word));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// 0: a word in common, 1: but for a letter, 2: none.
int distance(const std::vector<std::string>& words, std::string_view name) {
    int best = 2;
    for (const auto& other : telling_words(name))
        for (const auto& word : words) {
            if (word == other) return 0;
            if (word.size() >= kMayHoldATypo && edit_distance(word, other) == 1) best = 1;
        }
    return best;
}

}  // namespace

void RecordedNames::add(const std::string& code, const std::string& name) {
    const auto key = folded(name);
    if (key.empty() || table_says(code, name)) return;
    auto& codes = codes_[key];
    if (codes.empty())
        codes = code;
    else if ((", " + codes + ", ").find(", " + code + ", ") == std::string::npos)
        codes += ", " + code;
}

const std::string* RecordedNames::on_record(std::string_view scheme, std::string_view cell) const {
    if (codes_.empty() || (scheme != "any" && scheme != "name")) return nullptr;
    const auto found = codes_.find(folded(cell));
    return found == codes_.end() ? nullptr : &found->second;
}

std::optional<std::string> RecordedNames::actor_of(std::string_view scheme, std::string_view cell, int year)
    const {
    if (auto actor = map::actor_of(scheme, cell, year)) return actor;
    const auto* code = on_record(scheme, cell);
    return code && code->find(',') == std::string::npos ? std::optional(*code) : std::nullopt;
}

std::string RecordedNames::doubt(std::string_view scheme, std::string_view cell, int year) const {
    const auto* code = on_record(scheme, cell);
    if (!code) return {};
    if (const auto table = map::actor_of(scheme, cell, year))
        return *table == *code ? std::string()
                               : fmt::format(
                                     "'{}' is {} on record, but {} in the table of spellings: taken as {}",
                                     cell,
                                     *code,
                                     *table,
                                     *table
                                 );
    return code->find(',') != std::string::npos ? fmt::format("on record it names {}", *code) : std::string();
}

std::string perhaps_actors(std::string_view cell) {
    const auto words = telling_words(cell);
    std::vector<std::pair<int, std::string>> near;
    for (const auto& actor : all_actors()) {
        int best = distance(words, actor.name);
        for (const auto& alias : actor.aliases) best = std::min(best, distance(words, alias));
        if (best < 2) near.emplace_back(best, actor.code + " " + actor.name);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(near.size(), kShown); ++i) out.push_back(near[i].second);
    return out.empty() ? std::string() : fmt::format(": perhaps {}", fmt::join(out, ", "));
}

}  // namespace entente::ingest::map
