#include "base/search_text.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/check.h"

namespace entente {
namespace {

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

bool is_ascii_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

UScriptCode script_of(UChar32 point) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(point, &status);
}

// Scripts whose marks are ornaments of a letter, left out by whoever types quickly. Elsewhere (Thai, the
// scripts of India) a mark is a vowel and stays.
bool drops_marks(UScriptCode script) {
    switch (script) {
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_ARMENIAN:
        case USCRIPT_GEORGIAN:
        case USCRIPT_SYRIAC:
        case USCRIPT_COMMON:
            return true;
        default:
            return false;
    }
}

bool writes_without_blanks(UChar32 point) {
    constexpr UChar32 kLongVowel = 0x30FC;
    switch (script_of(point)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return point == kLongVowel;
    }
}

bool is_mark(UChar32 point) {
    return (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
}

// Latin letters that no normal form takes apart, as they are typed on a keyboard without them.
const char* plain_latin(UChar32 point) {
    switch (point) {
        case 0xE6:
            return "ae";
        case 0xF0:
        case 0x111:
            return "d";
        case 0xF8:
            return "o";
        case 0xFE:
            return "th";
        case 0x127:
            return "h";
        case 0x131:
            return "i";
        case 0x142:
            return "l";
        case 0x14B:
            return "n";
        case 0x153:
            return "oe";
        case 0x167:
            return "t";
        default:
            return nullptr;
    }
}

icu::UnicodeString folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* apart = icu::Normalizer2::getNFDInstance(status);
    const auto* together = icu::Normalizer2::getNFCInstance(status);
    check(U_SUCCESS(status), "ICU has its normal forms");
    const auto bytes = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    const auto parts = apart->normalize(fold->normalize(icu::UnicodeString::fromUTF8(bytes), status), status);
    icu::UnicodeString bare;
    constexpr UChar32 kTatweel = 0x640;  // lengthens an Arabic word, says nothing
    UScriptCode base = USCRIPT_COMMON;
    for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 point = parts.char32At(at);
        if (!is_mark(point))
            base = script_of(point);
        else if (drops_marks(base))
            continue;
        if (point == kTatweel) continue;
        if (const char* plain = plain_latin(point))
            bare += icu::UnicodeString::fromUTF8(plain);
        else
            bare += point;
    }
    auto out = together->normalize(bare, status);
    check(U_SUCCESS(status), "ICU folds a text");
    return out;
}

// One run of a folded text: a word, or writing without blanks with its characters (marks included).
struct Run {
    bool pairs = false;
    std::vector<std::string> units;
};

std::vector<Run> runs_of(std::string_view text) {
    const auto wide = folded(text);
    std::vector<Run> runs;
    bool open = false;
    for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
        const UChar32 point = wide.char32At(at);
        std::string bytes;
        icu::UnicodeString(point).toUTF8String(bytes);
        if (open && is_mark(point)) {
            runs.back().units.back() += bytes;
            continue;
        }
        if (!u_isalnum(point)) {
            open = false;
            continue;
        }
        const bool pairs = writes_without_blanks(point);
        if (!open || runs.back().pairs != pairs) runs.push_back({pairs, {}});
        open = true;
        if (pairs || runs.back().units.empty())
            runs.back().units.push_back(std::move(bytes));
        else
            runs.back().units.back() += bytes;
    }
    return runs;
}

std::vector<std::string> terms_of(const Run& run) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i + 1 < run.units.size(); ++i) out.push_back(run.units[i] + run.units[i + 1]);
    out.push_back(run.units.back());
    return out;
}

std::vector<std::string> ascii_terms(std::string_view text) {
    std::vector<std::string> out;
    bool open = false;
    for (const char c : text) {
        if (!is_ascii_alnum(c)) {
            open = false;
            continue;
        }
        if (!open) out.emplace_back();
        open = true;
        out.back() += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return out;
}

}  // namespace

std::vector<std::string> searchable_terms(std::string_view text) {
    if (is_ascii(text)) return ascii_terms(text);
    std::vector<std::string> out;
    for (const auto& run : runs_of(text))
        for (auto& term : terms_of(run)) out.push_back(std::move(term));
    return out;
}

std::string searchable(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    std::string out;
    for (const auto& term : searchable_terms(text)) out += (out.empty() ? "" : " ") + term;
    return out;
}

void append_searchable(std::string_view text, std::string& out) {
    if (is_ascii(text))
        out += text;
    else
        out += searchable(text);
}

std::vector<SoughtTerm> sought_terms(std::string_view text, bool prefix) {
    std::vector<SoughtTerm> out;
    if (is_ascii(text)) {
        for (auto& term : ascii_terms(text)) out.push_back({std::move(term), false});
        if (prefix && !out.empty()) out.back().prefix = true;
        return out;
    }
    const auto runs = runs_of(text);
    for (const auto& run : runs)
        for (auto& term : terms_of(run)) out.push_back({std::move(term), false});
    if (runs.empty()) return out;
    if (!runs.back().pairs)
        out.back().prefix = prefix;
    else if (runs.back().units.size() > 1)
        out.pop_back();  // in the text the run may go on
    else
        out.back().prefix = true;
    return out;
}

bool has_terms(const std::vector<std::string>& terms, const std::vector<SoughtTerm>& sought) {
    const auto fits = [](const std::string& term, const SoughtTerm& wanted) {
        return wanted.prefix ? term.starts_with(wanted.text) : term == wanted.text;
    };
    return std::search(terms.begin(), terms.end(), sought.begin(), sought.end(), fits) != terms.end();
}

}  // namespace entente
