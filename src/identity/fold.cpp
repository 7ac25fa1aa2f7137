#include "identity/fold.h"

#include <algorithm>

#include "base/utf8.h"
#include "identity/unicode_forms.h"

namespace entente::identity {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return is_upper(c) || is_lower(c);
}
// A byte of a word: an ASCII letter or digit, or a part of any character beyond ASCII.
bool is_word(char c) {
    return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Runs of blanks and ASCII punctuation become one blank, none at the ends; ASCII letters become small ones.
std::string spaced(std::string_view text, bool keep_between_digits) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (is_word(c)) {
            out += is_upper(c) ? static_cast<char>(c + 32) : c;
            continue;
        }
        const bool between = keep_between_digits && c != ' ' && at > 0 && at + 1 < text.size() &&
                             is_digit(text[at - 1]) && is_digit(text[at + 1]);
        if (between)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

// A blank between words that ran together (`DefenseMinistry`, never `MinDef` or `McDonald`), and the genitive
// `'s` left out.
std::string parted(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 4);
    std::size_t small = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (is_upper(c) && small >= 3 && at + 1 < text.size() && is_lower(text[at + 1])) out += ' ';
        if (c == '\'' && small > 0 && at + 1 < text.size() && (text[at + 1] == 's') &&
            (at + 2 == text.size() || !is_word(text[at + 2]))) {
            ++at;
            continue;
        }
        small = is_lower(c) ? small + 1 : 0;
        out += c;
    }
    return out;
}

std::string skeleton_of_ascii(std::string_view text) {
    const auto& table = ascii_skeletons();
    std::string out;
    out.reserve(text.size() + 4);
    for (const char c : text) out += table[static_cast<std::size_t>(c)];
    return out;
}

// Case is gone here, so what a capital or a digit looks like must go with it: 0 and O as o; 1, I and l as
// one.
std::string without_case(std::string skeleton) {
    for (char& c : skeleton) c = is_upper(c) ? static_cast<char>(c + 32) : c == 'i' ? 'l' : c;
    return skeleton;
}

// The text with runs of blanks as one: a doubled blank is no other look.
std::string single_blanks(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte < 0x7F) || c == '\t' || c == '\n';
    });
}

}  // namespace

std::string_view to_words(NameDoubt doubt) {
    switch (doubt) {
        case NameDoubt::not_utf8:
            return "a character was lost";
        case NameDoubt::invisible:
            return "a character that shows nothing";
        case NameDoubt::direction:
            return "a character that turns the direction of writing";
        case NameDoubt::mixed_scripts:
            return "letters of several scripts";
        case NameDoubt::mixed_digits:
            return "digits of several number systems";
        case NameDoubt::stray_mark:
            return "a combining mark that the usual spelling does not have";
        case NameDoubt::compatibility:
            return "a presentation form of a character: full width, ligature, unusual blank";
    }
    return {};
}

FoldedName fold_name(std::string_view raw) {
    FoldedName out;
    out.raw = raw;
    if (is_plain_ascii(raw)) {
        out.exact = spaced(raw, true);
        out.compare = spaced(parted(raw), false);
        out.skeleton = skeleton_of_ascii(single_blanks(raw));
        out.skeleton_lower = without_case(skeleton_of_ascii(out.exact));
        return out;
    }
    const auto nfc = composed(raw);
    out.exact = spaced(lowered(nfc), true);
    out.compare = spaced(readable(parted(nfc)), false);
    out.skeleton = skeleton_of(single_blanks(nfc));
    out.skeleton_lower = without_case(skeleton_of(out.exact));
    out.doubts = doubts_of(raw);
    return out;
}

}  // namespace entente::identity
