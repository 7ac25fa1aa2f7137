#include <cairo.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "drawing/fit_page.h"
#include "drawing/sheet.h"

namespace entente::drawing {
namespace {

using picture::Band;
using picture::Document;
using picture::Page;
using picture::Section;
using picture::Table;
using picture::Text;

Table table_of(std::size_t rows, std::size_t details = 0) {
    Table out;
    out.columns = {{"#", true}, {"what", false, 1}};
    out.many = "things", out.command = "entente things";
    for (std::size_t i = 0; i < rows; ++i)
        out.rows.push_back(
            {{std::to_string(i + 1), "thing " + std::to_string(i + 1)},
             std::vector<std::string>(details, "detail of it")}
        );
    return out;
}

Page page_of(std::vector<picture::Block> blocks) {
    Page out;
    out.bands.push_back(Band{{{1, {Section{"Things", "", std::move(blocks)}}}}});
    return out;
}

/// Measures on a surface that keeps nothing.
class Measure {
public:
    Measure()
        : surface_(cairo_recording_surface_create(CAIRO_CONTENT_COLOR, nullptr)),
          cairo_(cairo_create(surface_)) {}
    ~Measure() {
        cairo_destroy(cairo_);
        cairo_surface_destroy(surface_);
    }
    double height(const Page& page, double room) {
        Canvas canvas(cairo_);
        return fitted_height(canvas, page, {0, 0, 500, room});
    }

private:
    cairo_surface_t* surface_;
    cairo_t* cairo_;
};

/// What a person finds on the paper, page by page.
std::vector<std::string> pages_of(const std::string& pdf) {
    const auto file =
        std::filesystem::path(testing::TempDir()) / ("entente-" + std::to_string(getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << pdf;
    std::string text;
    if (FILE* pipe = popen(("pdftotext -layout " + file.string() + " -").c_str(), "r")) {
        std::array<char, 4096> block{};
        while (const auto got = std::fread(block.data(), 1, block.size(), pipe))
            text.append(block.data(), got);
        pclose(pipe);
    }
    std::filesystem::remove(file);
    std::vector<std::string> out;
    // A form feed ends each page.
    for (std::size_t at = 0, end; (end = text.find('\f', at)) != std::string::npos; at = end + 1)
        out.push_back(text.substr(at, end - at));
    return out;
}

Document document_of(std::vector<Page> pages) {
    Document out;
    out.title = "One and Other", out.aside = "on 1 Jan 2026", out.sentence = "Talking.";
    out.running = "One and Other, on 1 Jan 2026", out.foot = "checkpoint 1",
    out.command = "entente brief --all";
    out.day = *parse_iso_day("2026-01-01");
    out.pages = std::move(pages);
    return out;
}

std::string pdf_of(const Document& document) {
    const auto pdf = to_pdf(document);
    return pdf ? *pdf : "error: " + pdf.error().message;
}

TEST(Page, NeverReachesBeyondItsBox) {
    Measure measure;
    std::string words;
    for (int i = 0; i < 300; ++i) words += "many words ";
    Text text{words};
    text.most_lines = 60;
    picture::Figure figure;
    figure.picture.panels = std::vector<picture::Panel>(40, picture::Lane{"A lane"});
    for (const double room : {700.0, 300.0, 90.0, 20.0}) {
        EXPECT_LE(measure.height(page_of({table_of(200)}), room), room);
        EXPECT_LE(measure.height(page_of({table_of(60, 4), table_of(60, 4)}), room), room);
        EXPECT_LE(measure.height(page_of({text, table_of(9), text}), room), room);
        EXPECT_LE(measure.height(page_of({figure, table_of(9, 2), text}), room), room);
    }
}

TEST(Page, GivesUpNothingThatFits) {
    Measure measure;
    const auto page = page_of({table_of(5, 2)});
    EXPECT_DOUBLE_EQ(measure.height(page, 700), measure.height(page, 7000));
}

TEST(Pdf, HasThePagesThatItWasGivenWhateverStandsOnThem) {
    EXPECT_EQ(
        pages_of(pdf_of(document_of({page_of({table_of(3)}), page_of({table_of(400, 3)})}))).size(), 2U
    );
    EXPECT_EQ(pages_of(pdf_of(document_of({Page{}, Page{}}))).size(), 2U);
}

TEST(Pdf, CountsTheRowsThatItLeavesOutAndNamesTheCommand) {
    const auto pages = pages_of(pdf_of(document_of({page_of({table_of(100)})})));
    ASSERT_EQ(pages.size(), 1U);
    std::size_t shown = 0;
    for (std::size_t i = 1; i <= 100; ++i)
        shown += pages[0].find("thing " + std::to_string(i) + "\n") != std::string::npos;
    EXPECT_GT(shown, 40U);
    EXPECT_LT(shown, 100U);
    const auto rest = "and " + std::to_string(100 - shown) + " more things: entente things";
    EXPECT_NE(pages[0].find(rest), std::string::npos) << pages[0];
}

TEST(Pdf, GivesUpDetailsBeforeRowsAndTheLastOnesFirst) {
    const auto pages = pages_of(pdf_of(document_of({page_of({table_of(40, 2)})})));
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_NE(pages[0].find("thing 40"), std::string::npos);
    EXPECT_NE(pages[0].find("detail of it"), std::string::npos);
    EXPECT_EQ(pages[0].find("more things"), std::string::npos);
}

TEST(Pdf, SaysWhatThePageCannotHold) {
    std::vector<picture::Block> blocks;
    for (int i = 0; i < 120; ++i) blocks.emplace_back(Text{"A paragraph."});
    const auto pages = pages_of(pdf_of(document_of({page_of(blocks)})));
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_NE(pages[0].find("There is more than the page holds: entente brief --all"), std::string::npos);
}

TEST(Pdf, HangsOnNothingButItsData) {
    const auto document = document_of({page_of({table_of(5)}), page_of({Text{"Łódź, 防衛, Nguyễn"}})});
    const auto first = pdf_of(document);
    EXPECT_EQ(first, pdf_of(document));
    EXPECT_NE(first.find("/CreationDate (20260101000000Z)"), std::string::npos);
    const auto pages = pages_of(first);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_NE(pages[1].find("Łódź"), std::string::npos) << pages[1];
    EXPECT_NE(pages[1].find("Nguyễn"), std::string::npos) << pages[1];
}

}  // namespace
}  // namespace entente::drawing
