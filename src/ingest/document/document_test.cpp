#include <gtest/gtest.h>

#include <cstdlib>

#include <fmt/format.h>

#include "ingest/document/media_type.h"
#include "ingest/document/read_text.h"
#include "ingest/document/test_pdf.h"
#include "ingest/table/test_files.h"

namespace entente::ingest::document {
namespace {

using namespace std::string_view_literals;

TEST(MediaType, IsFoundFromTheBytes) {
    EXPECT_EQ(media_type_of(test_pdf({"One"})), kPdf);
    EXPECT_EQ(media_type_of("\x89PNG\r\n\x1A\nrest"sv), kPng);
    EXPECT_EQ(media_type_of("\xFF\xD8\xFF\xE0rest"sv), kJpeg);
    EXPECT_EQ(media_type_of("II*\0rest"sv), kTiff);
    EXPECT_EQ(media_type_of("MM\0*rest"sv), kTiff);
    EXPECT_EQ(media_type_of("Dear all,\nwe met in Zürich.\n"), kText);
    EXPECT_EQ(media_type_of("a\tb\n1\t2\n3\t4\n"), kTsv);
    EXPECT_EQ(media_type_of("a,b\n1,\"2, or so\"\n3,4\n"), kCsv);
    EXPECT_EQ(media_type_of("Yours, A\nno comma here\n"), kText);
    EXPECT_EQ(media_type_of("\xEF\xBB\xBF\x61,b\n1,2\n"sv), kCsv);
    EXPECT_EQ(media_type_of(table::zip(table::workbook({{"One", ""}}))), kXlsx);
    EXPECT_EQ(media_type_of(table::zip({{"a.txt", "x"}})), kOther);
    EXPECT_EQ(media_type_of("Caf\xE9"sv), kOther);
    EXPECT_EQ(media_type_of("a\0b"sv), kOther);
    EXPECT_EQ(media_type_of(""), kOther);
    EXPECT_EQ(media_type_of(" %PDF-1.4"), kText);  // a PDF begins with its mark
}

TEST(ReadText, TextIsItsOneReadablePage) {
    const auto text = read_text(kText, "\xEF\xBB\xBFone\r\ntwo\rthree\x0C");
    ASSERT_EQ(text.pages.size(), 1U);
    EXPECT_EQ(text.pages[0], "one\ntwo\nthree ");
    EXPECT_FALSE(text.page_count);
    EXPECT_TRUE(text.why_none.empty());
    EXPECT_TRUE(read_text(kPng, "\x89PNG").pages.empty());
    EXPECT_TRUE(read_text(kPng, "\x89PNG").why_none.empty());  // of no kind that has text
    EXPECT_FALSE(read_text(kText, "\n\n").why_none.empty());
}

TEST(ReadText, PdfComesPageByPage) {
    const auto text = read_text(kPdf, test_pdf({"Joint statement (draft)", "Second page", "", "Last"}));
    ASSERT_EQ(text.why_none, "");
    ASSERT_EQ(text.page_count, 4U);
    ASSERT_EQ(text.pages.size(), 4U);
    EXPECT_NE(text.pages[0].find("Joint statement (draft)"), std::string::npos);
    EXPECT_NE(text.pages[1].find("Second page"), std::string::npos);
    EXPECT_EQ(text.pages[2].find_first_not_of(" \n"), std::string::npos);
    EXPECT_NE(text.pages[3].find("Last"), std::string::npos);
}

TEST(ReadText, APdfWithoutLettersSaysSo) {
    const auto text = read_text(kPdf, test_pdf({"", ""}));
    EXPECT_EQ(text.page_count, 2U);
    EXPECT_FALSE(text.has_words());
    EXPECT_EQ(text.why_none, "it holds no letters: a scan that nobody has read, or an empty file");
}

TEST(ReadText, CellsOfAWorkbookKeepTheirPlaces) {
    const std::string rows =
        "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>Port call</t></is></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"C4\" t=\"inlineStr\"><is><t>a\nb</t></is></c></row>";
    const auto text = read_text(kXlsx, table::zip(table::workbook({{"One", rows}, {"Two", ""}})));
    ASSERT_EQ(text.why_none, "");
    ASSERT_EQ(text.pages.size(), 2U);
    EXPECT_EQ(text.pages[0], "\n\tPort call\n\n7\t\ta b");
    EXPECT_EQ(text.pages[1], "");
}

// Cut, mangled and hostile files end in a reason, never in a fault of ours.
TEST(ReadText, BrokenPdfsEndInAReason) {
    const auto whole = test_pdf({"One page of text", "Another"});
    for (const auto& bytes :
         {std::string("%PDF-1.7\n"),
          std::string("%PDF-") + std::string(5000, '\0'),
          whole.substr(0, whole.size() / 3),
          std::string("%PDF-1.4\ntrailer << /Root 1 0 R /Size 2 >>\nstartxref\n0\n%%EOF"),
          // a page tree that is its own child
          std::string("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages "
                      "/Kids [2 0 R] /Count 1 >> endobj\ntrailer << /Root 1 0 R /Size 3 >>\n%%EOF"),
          // a page tree that claims a thousand million pages
          std::string("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages "
                      "/Kids [] /Count 1000000000 >> endobj\ntrailer << /Root 1 0 R /Size 3 >>\n%%EOF")}) {
        const auto text = read_text(kPdf, bytes);
        EXPECT_TRUE(text.pages.empty() || !text.has_words()) << bytes.substr(0, 60);
        EXPECT_NE(text.why_none, "") << bytes.substr(0, 60);
    }
    std::srand(7);
    for (int i = 0; i < 12; ++i) {
        auto bytes = whole;
        for (int edit = 0; edit < 20; ++edit)
            bytes[5 + static_cast<std::size_t>(std::rand()) % (bytes.size() - 5)] =
                static_cast<char>(std::rand());
        (void)read_text(kPdf, bytes);
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(ReadText, ABombEndsAtALimit) {
    TextLimits limits;
    limits.memory_bytes = 256U << 20;
    limits.processor_seconds = 2;
    const auto text = read_text(kPdf, test_pdf_bomb(), limits);
    EXPECT_TRUE(text.pages.empty());
    EXPECT_NE(text.why_none.find("limit"), std::string::npos) << text.why_none;
}
#endif

TEST(ReadText, TooMuchTextIsNoText) {
    TextLimits limits;
    limits.text_bytes = 100;
    const auto text = read_text(kPdf, test_pdf({std::string(90, 'a'), std::string(90, 'b')}), limits);
    EXPECT_TRUE(text.pages.empty());
    EXPECT_EQ(text.page_count, 2U);
    EXPECT_NE(text.why_none.find("limit"), std::string::npos) << text.why_none;
    limits.text_bytes = 16U << 20, limits.pages = 1;
    EXPECT_EQ(
        read_text(kPdf, test_pdf({"a", "b"}), limits).why_none, "the PDF has 2 pages, over 1, the limit"
    );
    limits.wall = std::chrono::milliseconds(0);
    EXPECT_NE(read_text(kPdf, test_pdf({"a"}), limits).why_none.find("limit of time"), std::string::npos);
}

}  // namespace
}  // namespace entente::ingest::document
