#include "identity/words.h"

#include <algorithm>

namespace entente::identity {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// `1st`, `22nd`, `3ra`, `007` as the number alone; anything else as it is.
std::string number_text(std::string_view word) {
    std::size_t digits = 0;
    while (digits < word.size() && is_digit(word[digits])) ++digits;
    const auto rest = word.substr(digits);
    constexpr std::string_view endings[]{
        "", "st", "nd", "rd", "th", "er", "do", "da", "ra", "ro", "to", "ta", "vo", "va", "mo", "ma", "eme"};
    if (digits == 0 || std::find(std::begin(endings), std::end(endings), rest) == std::end(endings))
        return std::string(word);
    auto number = word.substr(0, digits);
    while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
    return std::string(number);
}

bool holds_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), is_digit);
}

// Marks every run of words that is one of the phrases.
void mark_phrases(
    std::vector<Word>& words, const std::vector<std::vector<std::string>>& phrases, WordRole role
) {
    const auto stands_at = [&](std::size_t at, const std::vector<std::string>& phrase) {
        if (at + phrase.size() > words.size()) return false;
        for (std::size_t i = 0; i < phrase.size(); ++i) {
            const auto& word = words[at + i];
            if (word.role == WordRole::nation || word.role == WordRole::seat) return false;
            if ((word.written.empty() ? word.text : word.written) != phrase[i]) return false;
        }
        return true;
    };
    for (std::size_t at = 0; at < words.size(); ++at)
        for (const auto& phrase : phrases)
            if (stands_at(at, phrase)) {
                for (std::size_t i = 0; i < phrase.size(); ++i) words[at + i].role = role;
                break;
            }
}

void add_word(
    std::vector<Word>& out, std::string_view written, std::string_view nation, const RuleTables& tables
) {
    const auto* entry = tables.word(written, nation);
    if (!entry) {
        auto text = number_text(written);
        const bool number = holds_digit(text);
        const bool changed = text != written;
        out.push_back(
            {std::move(text), changed ? std::string(written) : std::string(), WordRole::content, number}
        );
        return;
    }
    if (entry->kind == WordKind::stop) return;
    if (entry->kind == WordKind::neutral) {
        out.push_back({std::string(written), {}, WordRole::neutral, false});
        return;
    }
    for (const auto& means : entry->means) {
        const auto* again = tables.word(means, nation);
        const bool neutral = again && again->kind == WordKind::neutral;
        out.push_back(
            {means,
             std::string(written),
             neutral ? WordRole::neutral : WordRole::content,
             entry->kind == WordKind::number}
        );
    }
}

}  // namespace

std::vector<Word> words_of(const FoldedName& name, std::string_view nation, const RuleTables& tables) {
    std::vector<Word> out;
    std::string_view rest = name.compare;
    while (!rest.empty()) {
        const auto end = rest.find(' ');
        add_word(out, rest.substr(0, end), nation, tables);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    mark_phrases(out, tables.neutral_phrases(), WordRole::neutral);
    if (const auto* words = tables.nation(nation)) {
        mark_phrases(out, words->phrases, WordRole::nation);
        mark_phrases(out, words->seats, WordRole::seat);
    }
    return out;
}

std::vector<std::string> numbers_of(const std::vector<Word>& words) {
    std::vector<std::string> out;
    for (const auto& word : words)
        if (word.number) out.push_back(word.text);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace entente::identity
