#include "identity/unicode_forms.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "base/check.h"

namespace entente::identity {
namespace {

icu::UnicodeString decoded(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))
    );
}

std::string encoded(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

using Getter = const icu::Normalizer2* (*)(UErrorCode&);

icu::UnicodeString normalised(const icu::UnicodeString& text, Getter form) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = form(status);
    auto out = U_SUCCESS(status) ? normalizer->normalize(text, status) : icu::UnicodeString();
    check(U_SUCCESS(status), "ICU has its normal forms");
    return out;
}

template <class Step>
void each_point(const icu::UnicodeString& text, Step step) {
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) step(text.char32At(at));
}

// The checker is made once; it is only read afterwards.
const USpoofChecker* spoof_checker() {
    static const std::unique_ptr<USpoofChecker, void (*)(USpoofChecker*)> checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, void (*)(USpoofChecker*)> made(uspoof_open(&status), uspoof_close);
        uspoof_setChecks(
            made.get(), USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS | USPOOF_AUX_INFO, &status
        );
        uspoof_setRestrictionLevel(made.get(), USPOOF_HIGHLY_RESTRICTIVE);
        check(U_SUCCESS(status), "ICU has its table of look-alikes");
        return made;
    }();
    return checker.get();
}

// Quotes and dashes as a word processor sets them; their ASCII forms mean the same.
UChar32 plain_punctuation(UChar32 point) {
    switch (point) {
        case 0x2018:
        case 0x2019:
            return '\'';
        case 0x201C:
        case 0x201D:
            return '"';
        case 0x2013:
        case 0x2014:
            return '-';
        default:
            return point;
    }
}

// Letters that have no decomposition but an accepted spelling in plain letters.
const char* spelled(UChar32 point) {
    switch (point) {
        case 0x00E6:
            return "ae";
        case 0x00F0:
        case 0x0111:
            return "d";
        case 0x00F8:
            return "o";
        case 0x00FE:
            return "th";
        case 0x0127:
            return "h";
        case 0x0131:
            return "i";
        case 0x0142:
            return "l";
        case 0x0153:
            return "oe";
        default:
            return nullptr;
    }
}

bool is_mark(UChar32 point) {
    const auto type = u_charType(point);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// Scripts whose usual spellings have no combining mark left in NFC.
bool composes(UChar32 point) {
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(point, &status);
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
           script == USCRIPT_COMMON;
}

bool is_invisible(UChar32 point) {
    const auto type = u_charType(point);
    return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || type == U_FORMAT_CHAR ||
           type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR || point == 0x2800 ||
           (type == U_CONTROL_CHAR && point != '\t' && point != '\n');
}

}  // namespace

std::string composed(std::string_view text) {
    return encoded(normalised(decoded(text), icu::Normalizer2::getNFCInstance));
}

std::string lowered(std::string_view text) {
    icu::UnicodeString out;
    each_point(decoded(text), [&](UChar32 point) {
        out.append(u_foldCase(plain_punctuation(point), U_FOLD_CASE_DEFAULT));
    });
    return encoded(out);
}

std::string readable(std::string_view text) {
    const auto folded = normalised(decoded(text), icu::Normalizer2::getNFKCCasefoldInstance);
    icu::UnicodeString out;
    each_point(normalised(folded, icu::Normalizer2::getNFDInstance), [&](UChar32 point) {
        if (is_mark(point) || is_invisible(point)) return;
        if (const char* letters = spelled(point))
            out.append(icu::UnicodeString(letters, -1, US_INV));
        else
            out.append(plain_punctuation(point));
    });
    return encoded(normalised(out, icu::Normalizer2::getNFCInstance));
}

std::string skeleton_of(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    uspoof_getSkeletonUnicodeString(spoof_checker(), 0, decoded(text), out, &status);
    check(U_SUCCESS(status), "ICU gives a skeleton of any text");
    return encoded(out);
}

const std::array<std::string, 128>& ascii_skeletons() {
    static const auto table = [] {
        std::array<std::string, 128> out;
        for (std::size_t c = 0; c < out.size(); ++c) {
            const char letter = static_cast<char>(c);
            out[c] = skeleton_of({&letter, 1});
        }
        return out;
    }();
    return table;
}

std::vector<NameDoubt> doubts_of(std::string_view raw) {
    const auto text = decoded(raw);
    const auto nfc = normalised(text, icu::Normalizer2::getNFCInstance);
    std::array<bool, 7> found{};
    const auto note = [&](NameDoubt doubt) { found[static_cast<std::size_t>(doubt)] = true; };

    UChar32 before = 0;
    each_point(nfc, [&](UChar32 point) {
        if (point == 0xFFFD) note(NameDoubt::not_utf8);
        if (u_hasBinaryProperty(point, UCHAR_BIDI_CONTROL))
            note(NameDoubt::direction);
        else if (is_invisible(point))
            note(NameDoubt::invisible);
        if (is_mark(point) && (composes(before) || is_mark(before))) note(NameDoubt::stray_mark);
        if (u_charType(point) == U_SPACE_SEPARATOR && point != ' ') note(NameDoubt::compatibility);
        before = point;
    });
    icu::UnicodeString plain;
    each_point(nfc, [&](UChar32 point) { plain.append(plain_punctuation(point)); });
    if (normalised(plain, icu::Normalizer2::getNFKCInstance) != plain) note(NameDoubt::compatibility);

    UErrorCode status = U_ZERO_ERROR;
    const auto failed = uspoof_checkUnicodeString(spoof_checker(), nfc, nullptr, &status);
    check(U_SUCCESS(status), "ICU judges the scripts of any text");
    if ((failed & USPOOF_RESTRICTION_LEVEL) != 0) note(NameDoubt::mixed_scripts);
    if ((failed & USPOOF_MIXED_NUMBERS) != 0) note(NameDoubt::mixed_digits);

    std::vector<NameDoubt> out;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i]) out.push_back(static_cast<NameDoubt>(i));
    return out;
}

std::string points_beyond_ascii(std::string_view raw) {
    std::string out;
    std::size_t found = 0;
    each_point(decoded(raw), [&](UChar32 point) {
        if (point >= 0x20 && point < 0x7F) return;
        if (++found <= 6)
            out += fmt::format("{}U+{:04X}", out.empty() ? "" : " ", static_cast<std::uint32_t>(point));
        else if (found == 7)
            out += " and more";
    });
    return out;
}

}  // namespace entente::identity
