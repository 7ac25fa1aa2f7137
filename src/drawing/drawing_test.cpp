#include <expat.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <regex>
#include <set>

#include "drawing/plex.h"
#include "drawing/sheet.h"
#include "drawing/unpack_woff.h"

namespace entente::drawing {
namespace {

using picture::Lane;
using picture::Mark;
using picture::Picture;
using picture::Survey;

std::uint32_t number(std::string_view text, std::size_t at, std::size_t bytes) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < bytes; ++i) out = out << 8 | static_cast<std::uint8_t>(text[at + i]);
    return out;
}

/// The sum that a font keeps of each of its tables (OpenType, Calculating Checksums).
std::uint32_t sum_of(std::string table) {
    table.resize((table.size() + 3) / 4 * 4);
    std::uint32_t out = 0;
    for (std::size_t at = 0; at < table.size(); at += 4) out += number(table, at, 4);
    return out;
}

TEST(Typefaces, UnpackToTheFontsThatTheyHold) {
    for (const auto woff : plex_files()) {
        const auto font = unpack_woff(woff);
        ASSERT_EQ(font.size(), number(woff, 16, 4)) << "the size that the file says";
        const auto tables = number(font, 4, 2);
        for (std::size_t i = 0; i < tables; ++i) {
            const auto entry = 12 + 16 * i;
            const auto name = font.substr(entry, 4);
            auto table = font.substr(number(font, entry + 8, 4), number(font, entry + 12, 4));
            // The sum of this table is taken with its own field left out.
            if (name == "head") table.replace(8, 4, 4, '\0');
            EXPECT_EQ(sum_of(table), number(font, entry + 4, 4)) << name;
        }
    }
}

TEST(Typefaces, WhatIsNoneIsRefused) {
    EXPECT_EQ(unpack_woff(""), "");
    EXPECT_EQ(unpack_woff("wOFF"), "");
    EXPECT_EQ(unpack_woff(std::string(200, 'x')), "");
    std::string cut(plex_files()[0].substr(0, 5000));
    EXPECT_EQ(unpack_woff(cut), "");
}

/// Names of the elements; empty: it is no well-formed XML.
std::multiset<std::string> elements_of(const std::string& xml) {
    std::multiset<std::string> out;
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
        XML_ParserCreate("UTF-8"), XML_ParserFree
    );
    XML_SetUserData(parser.get(), &out);
    XML_SetStartElementHandler(parser.get(), [](void* names, const XML_Char* name, const XML_Char**) {
        static_cast<std::multiset<std::string>*>(names)->insert(name);
    });
    if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_ERROR) out.clear();
    return out;
}

/// Discs: paths of curves alone. Letters stand among the definitions.
std::size_t discs_in(const std::string& svg) {
    static const std::regex kDisc("<path[^>]* d=\"M [0-9. ]+(C [0-9. ]+){2,4}\"");
    const auto end = svg.rfind("</defs>");
    const std::string drawn = svg.substr(end == std::string::npos ? 0 : end);
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(drawn.begin(), drawn.end(), kDisc), std::sregex_iterator())
    );
}

Picture lane_of(std::size_t marks, Survey survey = Survey::dense) {
    Picture out;
    out.title = "A & B <both>";
    out.sentence = "One > none.";
    out.axis = {true, 0, 3652};
    Lane lane{"Visits"};
    lane.survey = {{1000, 2000, survey}};
    for (std::size_t i = 0; i < marks; ++i) {
        const double at = 100.0 * static_cast<double>(i + 1);
        lane.marks.push_back({at, at + 1});
    }
    out.panels = {lane};
    return out;
}

std::string svg_of(const Picture& picture) {
    const auto svg = to_svg(picture);
    return svg ? *svg : "error: " + svg.error().message;
}

TEST(Svg, IsWellFormedAndSaysWhatItShows) {
    const auto svg = svg_of(lane_of(2));
    const auto elements = elements_of(svg);
    EXPECT_EQ(elements.count("svg"), 1U);
    EXPECT_EQ(elements.count("title"), 1U);
    EXPECT_NE(svg.find("<title>A &amp; B &lt;both&gt;</title>"), std::string::npos);
    EXPECT_NE(svg.find("<desc>One &gt; none.</desc>"), std::string::npos);
}

TEST(Svg, HasAMarkForEachRecord) {
    const auto none = discs_in(svg_of(lane_of(0)));
    const auto one = discs_in(svg_of(lane_of(1)));
    EXPECT_EQ(none, 0U);
    // The legend explains what is there: one disc more than there are records.
    EXPECT_EQ(one, 2U);
    for (const std::size_t marks : {2U, 7U, 30U}) EXPECT_EQ(discs_in(svg_of(lane_of(marks))), marks + 1);
}

TEST(Svg, HatchesOnlyWhatWasNotLookedAt) {
    const auto clips = [](const std::string& svg) {
        const auto elements = elements_of(svg);
        return elements.count("clipPath");
    };
    EXPECT_EQ(clips(svg_of(lane_of(1, Survey::dense))), 0U);
    EXPECT_EQ(clips(svg_of(lane_of(1, Survey::thin))), 0U);
    // The lane, and the legend that explains it.
    EXPECT_EQ(clips(svg_of(lane_of(1, Survey::none))), 2U);
}

TEST(Svg, HasTheSameBytesTwice) {
    EXPECT_EQ(svg_of(lane_of(5, Survey::none)), svg_of(lane_of(5, Survey::none)));
}

TEST(Svg, DrawsEveryKindOfPanelAndWhatIsEmpty) {
    Picture all = lane_of(1);
    all.panels.emplace_back(picture::ShockRow{
        "Shocks", "", "", {{10, picture::ShockKind::arms_sale, ""}, {20, picture::ShockKind::law, ""}}});
    picture::StopRow stops{"Stops"};
    stops.through = true;
    stops.stops = {{"1", 100, 130, 200, 230, ""}, {"2", 900, 900, {}, 901, ""}};
    all.panels.emplace_back(stops);
    all.panels.emplace_back(picture::Bars{"Counts", "", "", {{0, 365, 3.0}, {365, 730, {}}}});
    picture::Curve curve{"Strength"};
    curve.points = {{0, 0.2, 0.1, 0.3, 0, 1}, {365, {}}, {730, 0.4, 0.3, 0.5, 0, 1}};
    curve.band = curve.outer = true;
    all.panels.emplace_back(curve);
    all.panels.emplace_back(picture::SurveyStrip{"Coverage", "", {{0, 365, Survey::thin}}});
    EXPECT_FALSE(elements_of(svg_of(all)).empty());
    EXPECT_FALSE(elements_of(svg_of(Picture{})).empty());
    Picture days = lane_of(0);
    days.axis = {false, -180, 180, "days"};
    EXPECT_FALSE(elements_of(svg_of(days)).empty());
}

}  // namespace
}  // namespace entente::drawing
