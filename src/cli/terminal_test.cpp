#include "cli/terminal.h"

#include <map>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace entente::cli {
namespace {

Surroundings surroundings(
    bool terminal, std::map<std::string, std::string> variables, std::size_t columns = 100
) {
    return {terminal, columns, [variables](const char* name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            }};
}

Style narrow(std::size_t width, bool unicode = true) {
    return {width, true, false, unicode};
}

TEST(Style, APipeIsPlain) {
    const auto style = choose_style({}, surroundings(false, {{"LANG", "en_GB.UTF-8"}, {"TERM", "xterm"}}));
    EXPECT_FALSE(style.limited || style.colour || style.unicode);
}

TEST(Style, ATerminalByItsVariables) {
    const auto utf8 = choose_style({}, surroundings(true, {{"LANG", "en_GB.UTF-8"}, {"TERM", "xterm"}}));
    EXPECT_TRUE(utf8.limited && utf8.colour && utf8.unicode);
    EXPECT_EQ(utf8.width, 100U);
    EXPECT_FALSE(choose_style({}, surroundings(true, {{"LANG", "C"}})).unicode);
    EXPECT_FALSE(choose_style({}, surroundings(true, {{"LC_ALL", "C"}, {"LANG", "en_GB.UTF-8"}})).unicode);
    EXPECT_FALSE(choose_style({"auto", true, false}, surroundings(true, {{"LANG", "en_GB.utf8"}})).unicode);
    EXPECT_FALSE(choose_style({}, surroundings(true, {{"NO_COLOR", "1"}})).colour);
    EXPECT_FALSE(choose_style({}, surroundings(true, {{"TERM", "dumb"}})).colour);
    EXPECT_FALSE(choose_style({"never", false, false}, surroundings(true, {{"TERM", "xterm"}})).colour);
    EXPECT_TRUE(choose_style({"always", false, false}, surroundings(false, {})).colour);
    EXPECT_FALSE(choose_style({"auto", false, true}, surroundings(true, {})).limited) << "--wide";
}

TEST(Style, WidthIsEightyToAHundredAndTwenty) {
    EXPECT_EQ(choose_style({}, surroundings(true, {}, 40)).width, 80U);
    EXPECT_EQ(choose_style({}, surroundings(true, {}, 300)).width, 120U);
    EXPECT_EQ(choose_style({}, surroundings(true, {{"COLUMNS", "90"}}, 300)).width, 90U);
    EXPECT_EQ(choose_style({}, surroundings(true, {{"COLUMNS", "many"}}, 95)).width, 95U);
}

TEST(Words, NothingInARecordSteersTheTerminal) {
    EXPECT_EQ(harmless("a\x1b[31mb\x07\nc"), "a[31mb c");
    EXPECT_EQ(harmless("a\u202Eb\u2069c"), "abc");
    EXPECT_EQ(harmless("é – 北京"), "é – 北京");
    EXPECT_EQ(isolated("وزير", narrow(80)), "\u2068وزير\u2069");
    EXPECT_EQ(isolated("وزير", {}), "وزير") << "a pipe carries data only";
    EXPECT_EQ(isolated("plain", narrow(80)), "plain");
}

TEST(Shapes, Bars) {
    EXPECT_EQ(bar(0, 4, narrow(80)), "····");
    EXPECT_EQ(bar(1, 4, narrow(80)), "████");
    EXPECT_EQ(bar(0.53125, 4, narrow(80)), "██▏·");
    EXPECT_EQ(bar(0.5, 4, {}), "##..");
}

TEST(Shapes, Sparklines) {
    EXPECT_EQ(sparkline({0, std::nullopt, 7, 3}, 7, narrow(80)), "▁ █▄");
    EXPECT_EQ(sparkline({0, std::nullopt, 7, 3}, 7, {}), "_ #=");
}

const std::vector<Column> kColumns{
    {"name", Align::left, 0, 6},
    {"days", Align::right},
    {"place", Align::left, 1},
    {"source", Align::left, 2}};
const std::vector<Row> kRows{
    {{"Maritime consultation", "607", "Honolulu", "dvids-551967"}},
    {{"北京", "1,913", "", "x"}, Tone::stop, true}};

TEST(Table, APipeCutsNothing) {
    const auto table = lay_out(kColumns, kRows, false, {});
    EXPECT_EQ(
        table.text,
        "name                    days  place     source\n"
        "Maritime consultation    607  Honolulu  dvids-551967\n"
        "北京                   1,913            x\n"
    );
    EXPECT_TRUE(table.dropped.empty());
    EXPECT_FALSE(table.cut);
}

TEST(Table, ColumnsAreDroppedFromTheRightThenCut) {
    auto style = narrow(80);
    style.width = 30;
    const auto table = lay_out(kColumns, kRows, true, style);
    EXPECT_EQ(table.dropped, std::vector<std::string>{"source"});
    EXPECT_TRUE(table.cut);
    EXPECT_EQ(
        table.text,
        "name            days  place\n"
        "  Maritime c…    607  Honolulu\n"
        "! 北京         1,913\n"
    );
}

TEST(Table, NeverWiderThanTheTerminal) {
    for (std::size_t width = 20; width <= 60; ++width) {
        auto style = narrow(80);
        style.width = width;
        const auto text = lay_out(kColumns, kRows, true, style).text;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = text.find('\n', at);
            EXPECT_LE(cell_width(text.substr(at, end - at)), width);
            at = end + 1;
        }
    }
}

TEST(Table, ColourFollowsTheMeaning) {
    auto style = narrow(80);
    style.colour = true;
    const auto text =
        lay_out({{"a"}, {"b"}}, {{{"x", "too few"}}, {{"y", "z"}, Tone::stop, true}}, true, style).text;
    EXPECT_EQ(text, "a    b\n  x  \x1b[2mtoo few\x1b[0m\n\x1b[35m! y  z\x1b[0m\n");
}

TEST(Lines, LabelledAndAtEnds) {
    auto style = narrow(80);
    style.width = 20;
    EXPECT_EQ(labelled("Weak", "one two three four", 6, style), "Weak  one two three\n      four\n");
    EXPECT_EQ(labelled("Weak", "one two three four", 6, {}), "Weak  one two three four\n");
    EXPECT_EQ(at_ends("left", "right", style), "left           right");
    EXPECT_EQ(at_ends("left", "right", {}), "left  right");
}

}  // namespace
}  // namespace entente::cli
