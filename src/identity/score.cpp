#include "identity/score.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace entente::identity {
namespace {

constexpr double kNearSpelling = 0.9;
constexpr double kInitials = 0.9;
constexpr double kOneSidedNumbers = 0.75;
constexpr double kOtherBlanks = 0.9;
constexpr double kSameLook = 0.95;

// Which words of two names were matched, and how well.
struct Matching {
    std::vector<double> left, right;  // credit of each word
    std::vector<std::string> notes;
};

void match_equal(const ReadName& a, const ReadName& b, Matching& out) {
    for (std::size_t i = 0; i < a.words.size(); ++i)
        for (std::size_t j = 0; j < b.words.size(); ++j) {
            if (out.right[j] > 0 || a.words[i].text != b.words[j].text) continue;
            out.left[i] = out.right[j] = 1;
            const auto& x = a.words[i].written.empty() ? a.words[i].text : a.words[i].written;
            const auto& y = b.words[j].written.empty() ? b.words[j].text : b.words[j].written;
            if (x != y) out.notes.push_back(fmt::format("{} = {}", std::min(x, y), std::max(x, y)));
            break;
        }
}

// Best pairs of near spellings first, so that the order of the sides does not matter.
void match_near(const ReadName& a, const ReadName& b, Matching& out) {
    struct Near {
        double value;
        std::size_t left, right;
    };
    std::vector<Near> near;
    for (std::size_t i = 0; i < a.words.size(); ++i) {
        if (out.left[i] > 0 || a.words[i].number || a.words[i].text.size() < 4) continue;
        for (std::size_t j = 0; j < b.words.size(); ++j) {
            if (out.right[j] > 0 || b.words[j].number || b.words[j].text.size() < 4) continue;
            const double value = jaro_winkler(a.words[i].text, b.words[j].text);
            if (value >= kNearSpelling) near.push_back({value, i, j});
        }
    }
    const auto key = [&](const Near& n) {
        const auto& [x, y] = std::minmax(a.words[n.left].text, b.words[n.right].text);
        return std::tuple(-n.value, x, y);
    };
    std::sort(near.begin(), near.end(), [&](const Near& x, const Near& y) { return key(x) < key(y); });
    for (const auto& n : near) {
        if (out.left[n.left] > 0 || out.right[n.right] > 0) continue;
        out.left[n.left] = out.right[n.right] = n.value;
        const auto& [x, y] = std::minmax(a.words[n.left].text, b.words[n.right].text);
        out.notes.push_back(fmt::format("{} ~ {}", x, y));
    }
}

// A word on one side that is the initials of words in a row on the other.
void match_initials(
    const ReadName& a,
    const ReadName& b,
    std::vector<double>& left,
    std::vector<double>& right,
    std::vector<std::string>& notes
) {
    for (std::size_t i = 0; i < a.words.size(); ++i) {
        const auto& text = a.words[i].text;
        const auto size = text.size();
        if (left[i] > 0 || size < 2 || size > 8 || a.words[i].number) continue;
        for (std::size_t j = 0; j + size <= b.words.size(); ++j) {
            bool fits = true;
            for (std::size_t k = 0; k < size && fits; ++k)
                fits = right[j + k] == 0 && b.words[j + k].text.front() == text[k];
            if (!fits) continue;
            left[i] = kInitials;
            for (std::size_t k = 0; k < size; ++k) right[j + k] = kInitials;
            notes.push_back(fmt::format("{} = initials", text));
            break;
        }
    }
}

std::string missed(const ReadName& name, const std::vector<double>& credit) {
    std::string out;
    for (std::size_t i = 0; i < name.words.size(); ++i)
        if (credit[i] == 0) out += (out.empty() ? "" : " ") + name.words[i].text;
    return out;
}

ScorePart compare_words(const ReadName& a, const ReadName& b, const Rarity& rarity) {
    Matching m{std::vector<double>(a.words.size()), std::vector<double>(b.words.size()), {}};
    match_equal(a, b, m);
    match_near(a, b, m);
    match_initials(a, b, m.left, m.right, m.notes);
    match_initials(b, a, m.right, m.left, m.notes);
    double all = 0, matched = 0;
    const auto add = [&](const ReadName& name, const std::vector<double>& credit) {
        for (std::size_t i = 0; i < name.words.size(); ++i) {
            const double weight = rarity.weight(name.words[i]);
            all += weight;
            matched += weight * credit[i];
        }
    };
    add(a, m.left);
    add(b, m.right);
    std::sort(m.notes.begin(), m.notes.end());
    std::string words = m.notes.empty() ? "" : fmt::format("{}", fmt::join(m.notes, ", "));
    auto one = missed(a, m.left), other = missed(b, m.right);
    if (other < one) std::swap(one, other);
    for (const auto& only : {one, other})
        if (!only.empty()) words += fmt::format("{}only one has: {}", words.empty() ? "" : "; ", only);
    return {"words", all > 0 ? matched / all : 0, words.empty() ? "all agree" : words};
}

std::string joined(const ReadName& name) {
    std::string out;
    for (const auto& word : name.words)
        if (word.role == WordRole::content || word.role == WordRole::neutral)
            out += (out.empty() ? "" : " ") + word.text;
    return out;
}

ScorePart compare_numbers(const ReadName& a, const ReadName& b) {
    const auto list = [](const ReadName& name) { return fmt::format("{}", fmt::join(name.numbers, " ")); };
    if (a.numbers == b.numbers) return {"numbers", 1, a.numbers.empty() ? "none" : "equal: " + list(a)};
    std::string x = list(a), y = list(b);
    if (y < x) std::swap(x, y);
    if (x.empty()) return {"numbers", kOneSidedNumbers, "only one has: " + y};
    return {"numbers", 0, fmt::format("differ: {} and {}", x, y)};
}

}  // namespace

ReadName read_name(std::string_view text, std::string_view nation, const RuleTables& tables) {
    ReadName out{fold_name(text), {}, {}};
    out.words = words_of(out.folded, nation, tables);
    out.numbers = numbers_of(out.words);
    return out;
}

void Rarity::add(const ReadName& name) {
    std::set<std::string_view> seen;
    for (const auto& word : name.words)
        if (seen.insert(word.text).second) ++names_with_[word.text];
    ++names_;
}

double Rarity::weight(const Word& word) const {
    const auto found = names_with_.find(word.text);
    const double with = found == names_with_.end() ? 1 : static_cast<double>(found->second);
    const double all = static_cast<double>(std::max<std::size_t>(names_, 1));
    const double rare = std::max(0.05, std::log((all + 1) / with) / std::log(all + 1));
    return word.role == WordRole::content ? rare : rare / 10;
}

double jaro_winkler(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a == b ? 1 : 0;
    const std::size_t reach = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
    std::vector<bool> used_a(a.size()), used_b(b.size());
    double same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t end = std::min(b.size(), i + reach + 1);
        for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
            if (used_b[j] || a[i] != b[j]) continue;
            used_a[i] = used_b[j] = true;
            ++same;
            break;
        }
    }
    if (same == 0) return 0;
    std::size_t turned = 0;
    for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
        if (!used_a[i]) continue;
        while (!used_b[j]) ++j;
        if (a[i] != b[j++]) ++turned;
    }
    const double jaro = (same / static_cast<double>(a.size()) + same / static_cast<double>(b.size()) +
                         (same - static_cast<double>(turned / 2)) / same) /
                        3;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < std::min(a.size(), b.size()) && a[prefix] == b[prefix]) ++prefix;
    return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

Score compare_names(const ReadName& a, const ReadName& b, const Rarity& rarity) {
    Score out;
    auto words = compare_words(a, b, rarity);
    auto x = joined(a), y = joined(b);
    if (y < x) std::swap(x, y);
    const double letters = jaro_winkler(x, y);
    auto numbers = compare_numbers(a, b);
    out.total = numbers.value * (0.7 * words.value + 0.3 * letters);
    out.parts = {
        std::move(words),
        {"letters", letters, x == y ? "the same" : fmt::format("{:.0f} % alike", 100 * letters)},
        std::move(numbers)};
    const auto run_together = [](std::string text) {
        std::erase(text, ' ');
        return text;
    };
    if (out.total < kOtherBlanks && run_together(a.folded.compare) == run_together(b.folded.compare)) {
        out.total = kOtherBlanks;
        out.parts.push_back({"blanks", 1, "the same letters, other blanks"});
    }
    const bool same_look =
        a.folded.skeleton == b.folded.skeleton || a.folded.skeleton_lower == b.folded.skeleton_lower;
    if (same_look && a.folded.exact != b.folded.exact) {
        out.total = std::max(out.total, kSameLook);
        out.parts.push_back({"look", 1, "look the same, written with other characters"});
    }
    return out;
}

}  // namespace entente::identity
