#include <gtest/gtest.h>

#include <sstream>

#include "base/search_text.h"

namespace entente {
namespace {

// What an index finds: the terms of the text hold the terms of the question.
bool found(std::string_view question, std::string_view text, bool prefix = false) {
    const auto sought = sought_terms(question, prefix);
    return !sought.empty() && has_terms(searchable_terms(text), sought);
}

TEST(SearchText, NamesAreFoundWithoutTheirMarks) {
    EXPECT_TRUE(found("Nguyen", "Đại tướng Nguyễn Chí Vịnh"));
    EXPECT_TRUE(found("NGUYỄN", "nguyen"));
    EXPECT_TRUE(found("dai tuong", "Đại tướng Nguyễn"));
    EXPECT_TRUE(found("Lodz", "Łódź"));
    EXPECT_TRUE(found("strasse", "Straße"));
    EXPECT_TRUE(found("Cote d'Ivoire", "Côte d’Ivoire")) << "either apostrophe";
    EXPECT_TRUE(found("Зайцев", "ЗАЙЦЕВ"));
    EXPECT_TRUE(found("ＵＳＳ", "uss")) << "full width";
    EXPECT_FALSE(found("Nguyen", "Nguyenova"));
    EXPECT_TRUE(found("Nguyen", "Nguyenova", true));
}

TEST(SearchText, ArabicHebrewAndIndicScripts) {
    EXPECT_TRUE(found("مصر", "جمهورية مِصْر العربية"));
    EXPECT_TRUE(found("احمد", "أحمد"));
    EXPECT_TRUE(found("שלום", "שָׁלוֹם"));
    EXPECT_TRUE(found("हिन्दी", "हिन्दी भाषा"));
    EXPECT_FALSE(found("हन्द", "हिन्दी")) << "a vowel sign is no ornament";
}

TEST(SearchText, WritingWithoutBlanksIsFoundByAnyPart) {
    EXPECT_TRUE(found("防衛", "日本国防衛大臣"));
    EXPECT_TRUE(found("国防衛大", "日本国防衛大臣"));
    EXPECT_TRUE(found("臣", "日本国防衛大臣")) << "the last character alone";
    EXPECT_TRUE(found("国", "日本国防衛大臣"));
    EXPECT_FALSE(found("防大", "日本国防衛大臣")) << "not side by side";
    EXPECT_TRUE(found("กองทัพ", "ราชกองทัพบกไทย"));
    EXPECT_FALSE(found("か", "が")) << "a voiced sound is another sound";
    EXPECT_TRUE(found("第5艦隊", "米第5艦隊司令部"));
    EXPECT_TRUE(found("日本5", "日本5号"));
}

TEST(SearchText, PunctuationPartsAndNothingIsSought) {
    EXPECT_TRUE(found("U.S.", "the U.S. Navy"));
    EXPECT_TRUE(sought_terms("--", false).empty());
    EXPECT_TRUE(sought_terms("…", false).empty());
    EXPECT_EQ(searchable("Plain ASCII, as it is."), "Plain ASCII, as it is.");
    EXPECT_EQ(searchable("Ünal"), "unal");
}

// The index parts ASCII itself: its terms must be ours, whatever stands beside them.
TEST(SearchText, OneTextGivesTheSameTermsAloneAndBesideOthers) {
    const std::string text = "F-16 C/D Falcon_2 IMET (x)";
    std::istringstream in(searchable(text + " é"));
    auto terms = searchable_terms(text);
    for (const auto& term : terms) {
        std::string next;
        in >> next;
        EXPECT_EQ(next, term);
    }
    EXPECT_EQ(terms.size(), 8U);
}

TEST(SearchText, InvalidBytesDoNoHarm) {
    EXPECT_NO_THROW(searchable("\xFF\xFE\x80 abc"));
    EXPECT_TRUE(found("abc", "\xC3 abc"));
}

}  // namespace
}  // namespace entente
