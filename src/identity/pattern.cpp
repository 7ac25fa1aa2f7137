#include <fmt/format.h>

#include "identity/rule_tables.h"

namespace entente::identity {
namespace {

using Sequence = std::vector<std::string>;
constexpr std::size_t kMostSequences = 500;

std::unexpected<Error> wrong(std::string_view pattern, std::string_view expected) {
    return fail(
        ErrorCode::invalid_argument, "pattern", fmt::format("found '{}', expected {}", pattern, expected)
    );
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text) {
        if (c != ' ')
            word += c;
        else if (!word.empty())
            out.push_back(std::exchange(word, {}));
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

// What stands at one place of a pattern: a word, or what is inside brackets.
Result<std::vector<Sequence>> choices_at(std::string_view pattern, std::size_t& at) {
    const char open = pattern[at];
    if (open != '[' && open != '(') {
        const auto end = std::min(pattern.find_first_of(" [(", at), pattern.size());
        auto word = std::string(pattern.substr(at, end - at));
        at = end;
        if (word.find_first_of("])|") != std::string::npos) return wrong(pattern, "brackets that open first");
        return std::vector<Sequence>{{std::move(word)}};
    }
    const auto end = pattern.find(open == '[' ? ']' : ')', at);
    if (end == std::string_view::npos) return wrong(pattern, "an end for each bracket");
    auto inside = pattern.substr(at + 1, end - at - 1);
    at = end + 1;
    std::vector<Sequence> out;
    if (open == '[') out.emplace_back();
    for (;;) {
        const auto bar = inside.find('|');
        out.push_back(words_of(inside.substr(0, bar)));
        if (out.back().empty()) return wrong(pattern, "words inside brackets");
        if (bar == std::string_view::npos) return out;
        inside.remove_prefix(bar + 1);
    }
}

}  // namespace

Result<std::vector<Sequence>> expand_pattern(std::string_view pattern) {
    std::vector<Sequence> out(1);
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] == ' ') {
            ++at;
            continue;
        }
        ENTENTE_ASSIGN_OR_RETURN(const auto choices, choices_at(pattern, at));
        std::vector<Sequence> next;
        for (const auto& begun : out)
            for (const auto& choice : choices) {
                next.push_back(begun);
                next.back().insert(next.back().end(), choice.begin(), choice.end());
            }
        if (next.size() > kMostSequences) return wrong(pattern, "at most 500 sequences of words");
        out = std::move(next);
    }
    for (const auto& sequence : out)
        if (sequence.empty()) return wrong(pattern, "at least one word that must be there");
    return out;
}

}  // namespace entente::identity
