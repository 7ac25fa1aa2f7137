#include "identity/fold.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include <unicode/normalizer2.h>
#include <unicode/uspoof.h>

#include "identity/unicode_forms.h"

namespace entente::identity {
namespace {

TEST(Fold, KeepsTheBytesOfTheSource) {
    for (const std::string raw :
         {"  MoD ",
          "Bogot\xC3\xA1",
          "a\xFF"
          "b",
          "e\xCC\x81"})
        EXPECT_EQ(fold_name(raw).raw, raw);
}

TEST(Fold, CaseBlanksAndPunctuationAreTypography) {
    const auto a = fold_name("Ministry of Defense ,  TIRANA"), b = fold_name("ministry-of defense (Tirana)");
    EXPECT_EQ(a.exact, "ministry of defense tirana");
    EXPECT_EQ(a.exact, b.exact);
    EXPECT_EQ(fold_name("MINIST\xC3\x88RE").exact, fold_name("Minist\xC3\xA8re").exact);
    // Canonically equal texts are the same text.
    EXPECT_EQ(fold_name("Minist\xC3\xA8re").exact, fold_name("Ministe\xCC\x80re").exact);
}

TEST(Fold, PunctuationBetweenDigitsTellsApart) {
    EXPECT_NE(fold_name("1/2 Regiment").exact, fold_name("1-2 Regiment").exact);
    EXPECT_NE(fold_name("91 Battalion").exact, fold_name("9-1 Battalion").exact);
}

TEST(Fold, DiacriticsMakeAnotherNameOfTheSameReading) {
    const auto a = fold_name("Bogot\xC3\xA1"), b = fold_name("Bogota");
    EXPECT_NE(a.exact, b.exact);
    EXPECT_EQ(a.compare, b.compare);
    EXPECT_TRUE(a.doubts.empty()) << "a usual letter of its language is no doubt";
}

TEST(Fold, WordsThatRanTogetherAreParted) {
    EXPECT_EQ(
        fold_name("Ministry of DefenseMinistry of Justice").compare, "ministry of defense ministry of justice"
    );
    EXPECT_EQ(fold_name("MinDef McDonald").compare, "mindef mcdonald");
    EXPECT_EQ(fold_name("Turkmenistan's Ministry").compare, "turkmenistan ministry");
}

TEST(Fold, SaysWhatCallsForAnEye) {
    const auto doubt = [](const char* text) {
        const auto doubts = fold_name(text).doubts;
        return doubts.empty() ? std::string() : std::string(to_words(doubts.front()));
    };
    EXPECT_EQ(doubt("M\xD0\x9EM"), to_words(NameDoubt::mixed_scripts));  // Cyrillic O
    EXPECT_EQ(doubt("Ar\xE2\x80\x8Bmy"), to_words(NameDoubt::invisible));
    EXPECT_EQ(
        doubt("\xE2\x80\xAE"
              "Army"),
        to_words(NameDoubt::direction)
    );
    EXPECT_EQ(doubt("\xEF\xBC\xA1rmy"), to_words(NameDoubt::compatibility));  // full width A
    EXPECT_EQ(doubt("Ar\xCC\xA3\xCC\xA3my"), to_words(NameDoubt::stray_mark));
    EXPECT_EQ(
        doubt("o\xEF\xAC\x83"
              "ce"),
        to_words(NameDoubt::compatibility)
    );  // ligature
    EXPECT_EQ(doubt("Arm\xEF\xBF\xBD"), to_words(NameDoubt::not_utf8));
    EXPECT_EQ(doubt("Arm\xFF"), to_words(NameDoubt::not_utf8));
    EXPECT_EQ(doubt("Army"), "");
    EXPECT_EQ(doubt("C\xC3\xB4te d\xE2\x80\x99Ivoire"), "");
}

// Against ICU by another way: normal forms and skeletons taken directly, ASCII names made at random.
TEST(Fold, AgreesWithIcuOnRandomAsciiNames) {
    std::mt19937 random(7);
    UErrorCode status = U_ZERO_ERROR;
    auto* spoof = uspoof_open(&status);
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    ASSERT_TRUE(U_SUCCESS(status));
    for (int i = 0; i < 3000; ++i) {
        std::string name;
        for (auto left = 1 + random() % 30; left > 0; --left) name += static_cast<char>(0x20 + random() % 95);
        const auto folded = fold_name(name);
        icu::UnicodeString skeleton;
        uspoof_getSkeletonUnicodeString(
            spoof, 0, icu::UnicodeString::fromUTF8(folded.exact), skeleton, &status
        );
        std::string expected;
        skeleton.toUTF8String(expected);
        for (char& c : expected)
            if (c = static_cast<char>(std::tolower(static_cast<unsigned char>(c))); c == 'i') c = 'l';
        EXPECT_EQ(folded.skeleton_lower, expected) << name;
        std::string lower, letters;
        casefold->normalize(icu::UnicodeString::fromUTF8(name), status).toUTF8String(lower);
        for (const char c : lower)
            if (std::isalnum(static_cast<unsigned char>(c))) letters += c;
        std::string ours = folded.exact;
        std::erase_if(ours, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
        EXPECT_EQ(ours, letters) << name;
    }
    uspoof_close(spoof);
}

TEST(Fold, TheFastWayAndIcuGiveTheSame) {
    for (const std::string name :
         {"1st Battalion, 5th Regiment (MOD)", "Special  Forces", "O'Higgins", "a|b"}) {
        const auto folded = fold_name(name);
        EXPECT_EQ(folded.skeleton, skeleton_of(folded.raw == "Special  Forces" ? "Special Forces" : name));
        EXPECT_TRUE(doubts_of(name).empty()) << name;
        EXPECT_EQ(lowered(composed(folded.exact)), folded.exact);
    }
}

TEST(Fold, TwoHundredThousandRowsFoldInWellUnderASecond) {
    const std::string name = "Military Intelligence Directorate, Ministry of Defense, Tirana";
    const auto start = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    for (int i = 0; i < 200'000; ++i) bytes += fold_name(name).exact.size();
    const auto taken = std::chrono::steady_clock::now() - start;
    RecordProperty(
        "milliseconds", std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(taken).count())
    );
    EXPECT_EQ(bytes, 200'000 * fold_name(name).exact.size());
}

}  // namespace
}  // namespace entente::identity
