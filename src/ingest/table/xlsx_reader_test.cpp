#include <gtest/gtest.h>

#include <fmt/format.h>

#include "ingest/table/open_table.h"
#include "ingest/table/test_files.h"
#include "ingest/table/xlsx_styles.h"

namespace entente::ingest::table {
namespace {

// A workbook as `columns | sheet row: a·b (remark) [fault] | … | ERROR … || remarks`.
std::string read_all(const std::string& bytes, const TableOptions& options = {}) {
    auto reader = open_table(file_of(bytes), "t.xlsx", options);
    if (!reader) return "ERROR " + reader.error().message;
    std::string out = fmt::format("{}", fmt::join((*reader)->columns(), "·"));
    TableRow row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more) return out + " | ERROR " + more.error().message;
        if (!*more) break;
        out += fmt::format(" | {} {}: {}", row.sheet, row.line, fmt::join(row.cells, "·"));
        for (const auto& note : row.notes)
            out += note.fault ? fmt::format(" [{}]", note.text) : fmt::format(" ({})", note.text);
    }
    return fmt::format("{} || {}", out, fmt::join((*reader)->remarks(), "; "));
}

std::string row(int number, const std::string& cells) {
    return fmt::format("<row r=\"{}\">{}</row>", number, cells);
}
std::string text(const std::string& place, const std::string& value) {
    return fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", place, value);
}
std::string number(const std::string& place, const std::string& value, int style = 0) {
    return fmt::format("<c r=\"{}\" s=\"{}\"><v>{}</v></c>", place, style, value);
}
const std::string kHeader = row(1, text("A1", "a") + text("B1", "b"));

bool contains(const std::string& whole, const std::string& part) {
    return whole.find(part) != std::string::npos;
}

TEST(Xlsx, SharedInlineNumbersAndBooleans) {
    const auto rows = kHeader + row(2, "<c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>1</v></c>") +
                      row(4, number("A4", "0.10000000000000001") + number("B4", "1.5E3")) +
                      row(5, text("A5", "x<t>no</t>") + number("B5", "45000"));
    const auto read = read_all(zip(workbook({{"S", rows}}, {"zero", "Zoë & <co>"})));
    EXPECT_TRUE(contains(read, "a·b | S 2: Zoë & <co>·true | S 4: 0.1·1500 | S 5: xno·45000 ||")) << read;
}

TEST(Xlsx, ANumberIsADateOnlyWhenItsStyleIsOne) {
    const std::vector<std::string> formats{
        "dd/mm/yyyy;@", "mmm yyyy", "0.00\" days\"", "[h]:mm", "yyyy", "d.m.yy h:mm"};
    std::string cells;
    for (int style = 0; style <= 6; ++style)
        cells += number(std::string(1, static_cast<char>('A' + style)) + "2", "43831.25", style);
    std::string header;
    for (char c = 'A'; c <= 'G'; ++c) header += text(std::string(1, c) + "1", std::string(1, c));
    const auto read = read_all(zip(workbook({{"S", row(1, header) + row(2, cells)}}, {}, formats)));
    EXPECT_TRUE(
        contains(read, "S 2: 43831.25·2020-01-01·2020-01·43831.25·43831.25·2020·2020-01-01T06:00:00 ||")
    ) << read;
    const auto apple = read_all(zip(workbook({{"S", row(1, header) + row(2, cells)}}, {}, formats, true)));
    EXPECT_TRUE(contains(apple, "2024-01-02")) << apple;
}

TEST(Xlsx, SerialDaysAroundTheDayThatNeverWas) {
    EXPECT_EQ(date_of_serial("1", DateStyle::day, false), "1900-01-01");
    EXPECT_EQ(date_of_serial("59", DateStyle::day, false), "1900-02-28");
    EXPECT_EQ(date_of_serial("60", DateStyle::day, false), "");
    EXPECT_EQ(date_of_serial("61", DateStyle::day, false), "1900-03-01");
    EXPECT_EQ(date_of_serial("0", DateStyle::day, true), "1904-01-01");
    EXPECT_EQ(date_of_serial("2958465", DateStyle::day, false), "9999-12-31");
    EXPECT_EQ(date_of_serial("2958466", DateStyle::day, false), "");
    EXPECT_EQ(date_of_serial("-1", DateStyle::day, false), "");
    EXPECT_EQ(date_of_serial("0.5", DateStyle::time, false), "12:00:00");
    EXPECT_EQ(date_of_serial("nan", DateStyle::day, false), "");
    EXPECT_EQ(style_of_format("[$-407]d. mmmm yyyy;@"), DateStyle::day);
    EXPECT_EQ(style_of_format("#,##0.00 \"USD\""), DateStyle::none);
    EXPECT_EQ(style_of_format("mm:ss.0"), DateStyle::time);
    EXPECT_EQ(builtin_style(14), DateStyle::day);
    EXPECT_EQ(builtin_style(17), DateStyle::month);
    EXPECT_EQ(builtin_style(4), DateStyle::none);
}

TEST(Xlsx, ATitleAboveIsPassedOverAndAMergedNameStandsForItsColumns) {
    const auto rows =
        row(1, text("A1", "Visits of 2023")) +
        row(3, text("A3", "Country") + text("B3", "Period") + text("D3", "Notes")) +
        row(4, text("B4", "from") + text("C4", "to")) +
        row(6, text("A6", "France") + text("B6", "2023-01-02") + text("C6", "2023-01-03") + text("D6", "x"));
    const std::string merges =
        "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B3:C3\"/></mergeCells>";
    const auto two = read_all(zip(workbook({{"S", rows, merges}})));
    EXPECT_TRUE(contains(two, "Country·Period from·Period to·Notes | S 6: France·2023-01-02·2023-01-03·x ||"))
        << two;
    const auto one = read_all(zip(workbook(
        {{"S",
          row(1, text("A1", "Country") + text("B1", "People")) +
              row(2, text("A2", "France") + text("B2", "p") + text("C2", "q")),
          "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>"}}
    )));
    EXPECT_TRUE(contains(one, "Country·People·People (2) | S 2: France·p·q ||")) << one;
}

// Labels of groups above the names, one of them over a single column; columns without a label have a name below.
TEST(Xlsx, LabelsOfGroupsAboveTheNamesGoBeforeThem) {
    const std::string merges = "<mergeCells><mergeCell ref=\"C3:D3\"/></mergeCells>";
    const auto labels = row(3, text("B3", "When") + text("C3", "Partner"));
    const auto names =
        row(4, text("A4", "No") + text("B4", "Date") + text("C4", "Country") + text("D4", "Unit"));
    const auto data =
        row(5, text("A5", "a") + text("B5", "3.4.2024") + text("C5", "France") + text("D5", "x"));
    const auto read = read_all(zip(workbook({{"S", labels + names + data, merges}})));
    EXPECT_TRUE(contains(read, "No·When Date·Partner Country·Partner Unit | S 5: a·3.4.2024·France·x ||"))
        << read;
    // A line of data below labels is no line of names.
    const auto one = read_all(zip(workbook({{"S", labels + data, merges}})));
    EXPECT_FALSE(contains(one, "When 3.4.2024")) << one;
}

TEST(Xlsx, ATextMergedOverRowsStandsForEach) {
    const auto rows = kHeader + row(2, text("A2", "France") + text("B2", "1")) + row(3, text("B3", "2")) +
                      row(4, text("B4", "3"));
    const auto read =
        read_all(zip(workbook({{"S", rows, "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"}})));
    EXPECT_TRUE(contains(read, "S 3: France·2 (A3 is merged into A2, whose text is read) | S 4: ·3 ||"))
        << read;
}

TEST(Xlsx, AFormulaIsNeverWorkedOut) {
    const auto rows =
        kHeader + row(2, "<c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\"><f>1+1</f></c>") +
        row(3, "<c r=\"A3\" t=\"e\"><v>#REF!</v></c><c r=\"B3\" t=\"str\"><f>A1</f><v></v></c>");
    const auto read = read_all(zip(workbook({{"S", rows}})));
    EXPECT_TRUE(contains(
        read,
        "2· (A2 is a formula: the value stored with it is read) [B2 is a formula without a stored value, "
        "expected a value]"
    )) << read;
    EXPECT_TRUE(contains(read, "3: #REF!· [A3 holds the error #REF!, expected a value]")) << read;
}

TEST(Xlsx, SheetsAreChosenByNameNumberOrAll) {
    const auto book = zip(workbook(
        {{"Empty", ""},
         {"One", kHeader + row(2, text("A2", "1"))},
         {"Two", kHeader + row(2, text("A2", "2"))},
         {"Other", row(1, text("A1", "z"))},
         {"Hidden", kHeader + row(2, text("A2", "h")), "", "hidden"}}
    ));
    TableOptions options;
    EXPECT_TRUE(contains(read_all(book), "a·b | One 2: 1· || ")) << read_all(book);
    EXPECT_TRUE(contains(read_all(book), "sheets not read: Empty, Two, Other, Hidden (hidden)"));
    options.sheet = "Two";
    EXPECT_TRUE(contains(read_all(book, options), "a·b | Two 2: 2· ||"));
    options.sheet = "5";
    EXPECT_TRUE(contains(read_all(book, options), "a·b | Hidden 2: h· ||"));
    options.sheet = "*";
    EXPECT_TRUE(contains(read_all(book, options), "a·b | One 2: 1· | Two 2: 2· ||"));
    EXPECT_TRUE(contains(read_all(book, options), "sheet Other is not read: its columns are others"));
    options.sheet = "Nine";
    EXPECT_EQ(
        read_all(book, options),
        "ERROR found the sheets Empty, One, Two, Other, Hidden, expected one named Nine"
    );
}

TEST(Xlsx, MacrosAndLinksElsewhereAreNamedAndLeftAlone) {
    auto members = workbook({{"S", kHeader + row(2, text("A2", "1"))}});
    members.push_back({"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"});
    members.push_back(
        {"xl/externalLinks/externalLink1.xml", "<!DOCTYPE a SYSTEM \"http://example.org/x\"><a/>"}
    );
    const auto read = read_all(zip(members));
    EXPECT_TRUE(contains(
        read,
        "S 2: 1· || it holds macros: they are not read and never run; it holds links to other workbooks: "
        "they are never followed"
    )) << read;
}

TEST(Xlsx, ADocumentTypeAndDeepNestingAreRefused) {
    auto members = workbook({{"S", kHeader}});
    members[5].text = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData>&a;</sheetData></worksheet>";
    EXPECT_EQ(read_all(zip(members)), "ERROR sheet S: found a document type (DTD), which is refused");
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "<x>";
    members[5].text = deep;
    EXPECT_EQ(read_all(zip(members)), "ERROR sheet S: found XML nested deeper than 64, which is the limit");
    members[5].text = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    EXPECT_TRUE(contains(
        read_all(zip(members)), "ERROR sheet S, line 1, column 62: found XML that is not well-formed"
    )) << read_all(zip(members));
}

TEST(Xlsx, AZipIsRefusedWhenItOverlapsLiesOrLeadsOutside) {
    const auto with = [](ZipMember member) {
        auto members = workbook({{"S", kHeader + row(2, text("A2", "1"))}});
        members.push_back(std::move(member));
        return read_all(zip(members));
    };
    EXPECT_EQ(
        with({"../x", "1"}), "ERROR found a ZIP member named ../x, expected a plain name inside the archive"
    );
    EXPECT_TRUE(contains(with({"/etc/x", "1"}), "ERROR found a ZIP member named /etc/x"));
    EXPECT_TRUE(contains(with({"xl\\..\\x", "1"}), "ERROR found a ZIP member named"));
    EXPECT_TRUE(contains(with({"xl/styles.xml", "1"}), "ERROR found the ZIP member xl/styles.xml twice"));
    EXPECT_TRUE(contains(with({"xl/x", std::string(3U << 20, 'x'), true}), "more than 100 times as much"));
    EXPECT_TRUE(contains(with({"xl/x", "1", false, 300U << 20}), "unpacks to over 200 MiB"));
    EXPECT_TRUE(contains(with({"xl/x", "1", false, 0, false, 1}), "encrypted"));
    ZipMember overlapping{"_rels/.rels.b", "", false, 0, true};
    EXPECT_TRUE(contains(with(overlapping), "ERROR ")) << with(overlapping);
    std::vector<ZipMember> many;
    for (int i = 0; i < 1001; ++i) many.push_back({fmt::format("x{}", i), ""});
    EXPECT_TRUE(contains(read_all(zip(many)), "more than 1000, which is the limit"));
    EXPECT_TRUE(contains(read_all(zip({{"word/document.xml", ""}})), "text document"));
    EXPECT_TRUE(contains(read_all(zip({{"content.xml", ""}})), "OpenDocument"));
}

TEST(Xlsx, ACutFileIsNamedAsOne) {
    const auto whole = zip(workbook({{"S", kHeader + row(2, text("A2", "1"))}}));
    for (std::size_t size = 5; size < whole.size(); size += 37)
        EXPECT_TRUE(contains(read_all(whole.substr(0, size)), "ERROR ")) << size;
    auto damaged = whole;
    damaged[whole.find("worksheets/sheet1.xml") + 60] ^= 1;
    EXPECT_TRUE(contains(read_all(damaged), "ERROR ")) << read_all(damaged);
}

TEST(Xlsx, RowsAndCellsOutOfOrderOrOutOfBoundsAreRefused) {
    const auto with = [](const std::string& rows) {
        return read_all(zip(workbook({{"S", kHeader + rows}})));
    };
    EXPECT_TRUE(contains(with(row(1, text("A1", "x"))), "found row 1 behind row 1"));
    EXPECT_TRUE(contains(with(row(99999999, text("A99999999", "x"))), "found row 99999999 behind row 1"));
    EXPECT_TRUE(contains(with(row(2, text("ZZZ2", "x"))), "found a cell ZZZ2 in row 2"));
    EXPECT_TRUE(contains(with(row(2, text("XFD2", "x"))), "XFD2: found over 2000 columns"));
    EXPECT_TRUE(contains(
        with(row(2, "<c r=\"A2\" t=\"s\"><v>7</v></c>")), "A2: found shared string 7, expected at most 0"
    ));
}

}  // namespace
}  // namespace entente::ingest::table
