#include <gtest/gtest.h>

#include <fmt/format.h>

#include "ingest/table/columns.h"
#include "ingest/table/open_table.h"
#include "ingest/table/test_files.h"
#include "ingest/table/text_buffer.h"

namespace entente::ingest::table {
namespace {

// All of a table in a form that is easy to compare: `columns | line: a·b | … | ERROR message`.
std::string read_all(
    std::string_view bytes, const std::string& name = "t.csv", const TableOptions& options = {}
) {
    auto reader = open_table(file_of(bytes), name, options);
    if (!reader) return "ERROR " + reader.error().field + ": " + reader.error().message;
    std::string out = fmt::format("{}", fmt::join((*reader)->columns(), "·"));
    TableRow row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more) return out + " | ERROR " + more.error().field + ": " + more.error().message;
        if (!*more) return out;
        out += fmt::format(" | {}: {}", row.line, fmt::join(row.cells, "·"));
        for (const auto& note : row.notes)
            out += fmt::format(" {} {}", note.fault ? "FAULT" : "REMARK", note.text);
    }
}

TEST(Table, CsvHasQuotesDoubledQuotesAndLineEndsInCells) {
    EXPECT_EQ(
        read_all("a,b,c\r\n1,\"x,y\",\r\n\"say \"\"hi\"\"\",\"two\nlines\",3\r\nlast,,"),
        "a·b·c | 2: 1·x,y· | 3: say \"hi\"·two\nlines·3 | 5: last··"
    );
}

TEST(Table, TheDelimiterIsFoundInTheHeaderOutsideQuotes) {
    EXPECT_EQ(read_all("a;\"b,c,d,e\";f\n1,5;2;3\n"), "a·b,c,d,e·f | 2: 1,5·2·3");
    EXPECT_EQ(read_all("a\tb\n\"1\"\t2\n"), "a·b | 2: 1·2");
    EXPECT_EQ(read_all("\n \nalone\n1\n"), "alone | 4: 1");
}

TEST(Table, TsvKnowsNoQuotes) {
    EXPECT_EQ(read_all("a\tb\n\"x\t5\" gun\n", "t.tsv"), "a·b | 2: \"x·5\" gun");
    EXPECT_EQ(read_all(gzip("a\tb\n\"x\t5\" gun\n"), "t.tsv.gz"), "a·b | 2: \"x·5\" gun");
}

TEST(Table, NamesOfColumnsAreTrimmedNeverEmptyAndNoTwoAlike) {
    EXPECT_EQ(
        read_all("\xEF\xBB\xBF a ,, date\xC2\xA0 ,date,a  b\n1\n"), "a·column 2·date·date (2)·a b | 2: 1"
    );
}

TEST(Table, BlankLinesAreNoRowsButCount) {
    EXPECT_EQ(read_all("a,b\n\n,\n  ,\t\n1,2\n\n"), "a·b | 5: 1·2");
}

TEST(Table, AHeaderLineCanBeNamed) {
    TableOptions options;
    options.header_row = 3;
    EXPECT_EQ(read_all("Report\n\nx;y\n1;2\n", "t.csv", options), "x·y | 4: 1·2");
    options.header_row = 9;
    EXPECT_NE(
        read_all("Report\n\nx;y\n1;2\n", "t.csv", options).find("found no text in line 9"), std::string::npos
    );
}

TEST(Table, NdjsonHasTheKeysOfItsFirstRows) {
    EXPECT_EQ(
        read_all("{\"a\":1,\"b\":null}\n\n{\"c\":[\"x\",2],\"a\":\"\\u00e9\\n\",\"b\":true}\n", "t.txt"),
        "a·b·c | 1: 1·· | 3: é\n·true·x; 2"
    );
    std::string many;
    for (int i = 0; i < 200; ++i) many += "{\"a\":1.50}\n";
    EXPECT_NE(
        read_all(many + "{\"z\":1}\n").find("201: ·1 FAULT found the key z, which none"), std::string::npos
    );
    EXPECT_EQ(
        read_all("{\"a\":1,\"a\":2}\n"), "a | ERROR t.csv: line 1: found a twice, expected each key once"
    );
    EXPECT_EQ(
        read_all("{\"a\":{\"b\":1}}\n"),
        "ERROR t.csv: line 1: a: found an object inside the object, expected plain values"
    );
    EXPECT_EQ(
        read_all("{\"a\":1} {\"a\":2}\n"),
        "ERROR t.csv: line 1: found more behind the object, column 9: expected one object a line"
    );
}

TEST(Table, PackingIsRecognisedByContent) {
    std::string text = "a,b\n";
    for (int i = 0; i < 100'000; ++i) text += fmt::format("{},{}\n", i, i * 7919 % 100'003);
    const auto plain = read_all(text);
    EXPECT_EQ(read_all(gzip(text)), plain);
    EXPECT_EQ(read_all(zstd(text)), plain);
    EXPECT_EQ(read_all(gzip(text.substr(0, 500'000)) + gzip(text.substr(500'000))), plain);
    EXPECT_EQ(read_all(zstd(text.substr(0, 500'000)) + zstd(text.substr(500'000))), plain);
    EXPECT_NE(read_all(gzip(gzip(text))).find("packed file inside a packed file"), std::string::npos);
}

TEST(Table, ACutOrDamagedPackingIsAnErrorWithItsPlace) {
    std::string text = "a,b\n";
    for (int i = 0; i < 100'000; ++i) text += fmt::format("{},{}\n", i, i * 7919 % 100'003);
    for (auto packed : {gzip(text), zstd(text)}) {
        EXPECT_NE(read_all(packed.substr(0, packed.size() / 2)).find("the file is cut"), std::string::npos);
        packed[packed.size() / 2] = static_cast<char>(~packed[packed.size() / 2]);
        EXPECT_NE(read_all(packed).find("ERROR t.csv: "), std::string::npos);
    }
}

TEST(Table, ABombIsStoppedAtItsRatioAndAtTheTotal) {
    std::string text = "a\n";
    for (int i = 0; i < 3'000'000; ++i) text += "1\n";
    EXPECT_NE(read_all(gzip(text)).find("more than 100 times as much"), std::string::npos);
    EXPECT_NE(read_all(zstd(text)).find("more than 100 times as much"), std::string::npos);
    TableOptions options;
    options.limits.ratio = 1'000'000, options.limits.unpacked_bytes = 1U << 20;
    EXPECT_NE(read_all(gzip(text), "t.csv", options).find("unpacks to over 1 MiB"), std::string::npos);
}

TEST(Table, BytesThatAreNoUtf8AreNamedByLineAndByteAfterTheRowsBeforeThem) {
    EXPECT_EQ(
        read_all("a,b\n1,2\n3,Caf\xE9\n"),
        "a·b | 2: 1·2 | ERROR t.csv: line 3, byte 6: found byte 0xE9, which is no UTF-8: the file may be "
        "Latin-1"
    );
    EXPECT_NE(
        read_all(std::string("a,b\n1,\0\n", 8)).find("line 2, byte 3: found a zero byte"), std::string::npos
    );
    EXPECT_NE(
        read_all("\xFF\xFE"
                 "a")
            .find("found UTF-16"),
        std::string::npos
    );
    EXPECT_NE(read_all("a\n\xED\xA0\x80\n").find("line 2, byte 1"), std::string::npos);  // a surrogate
    EXPECT_NE(read_all("a\n\xC3").find("line 2, byte 1"), std::string::npos);            // cut character
}

TEST(Table, LimitsAreKept) {
    TableOptions options;
    options.limits.cell_bytes = 10, options.limits.columns = 3, options.limits.rows = 2;
    EXPECT_NE(
        read_all("a\n12345678901\n", "t.csv", options).find("line 2: found over 0 KiB in one cell"),
        std::string::npos
    );
    EXPECT_NE(
        read_all("a\n1,2,3,4\n", "t.csv", options).find("line 2: found over 3 columns"), std::string::npos
    );
    EXPECT_NE(
        read_all("a\n1\n2\n3\n", "t.csv", options).find("line 4: found over 2 rows"), std::string::npos
    );
    EXPECT_NE(read_all("a\n\"x\n").find("line 2: found a quote that is never closed"), std::string::npos);
    EXPECT_NE(
        read_all("a\n\"" + std::string(3 << 20, 'x')).find("a quote may not be closed"), std::string::npos
    );
    std::string wide = "a\n" + std::string(100U << 20, 'x');
    EXPECT_NE(read_all(wide).find("line 2: found over 1024 KiB in one cell"), std::string::npos);
}

TEST(Table, ARowAcrossTheEndOfTheBufferIsTheSameRow) {
    // Cells that double their quotes, at every offset against the size of the buffer.
    for (std::size_t shift = 0; shift < 40; ++shift) {
        std::string text = "a,b\n" + std::string(262'120 + shift, 'x') + ",1\n\"q\"\"q\",\"z\r\n\"\n";
        EXPECT_NE(read_all(text).find(" | 3: q\"q·z\r\n"), std::string::npos) << shift;
    }
}

TEST(Table, TextPrefixAgreesWithTheTableOfRfc3629) {
    bool on = false;
    for (std::uint32_t point = 1; point < 0x110000; point += point < 0x900 ? 1 : 251) {
        std::string text;
        if (point < 0x80)
            text = {static_cast<char>(point)};
        else if (point < 0x800)
            text = {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 63))};
        else if (point < 0x10000)
            text = {
                static_cast<char>(0xE0 | point >> 12),
                static_cast<char>(0x80 | (point >> 6 & 63)),
                static_cast<char>(0x80 | (point & 63))};
        else
            text = {
                static_cast<char>(0xF0 | point >> 18),
                static_cast<char>(0x80 | (point >> 12 & 63)),
                static_cast<char>(0x80 | (point >> 6 & 63)),
                static_cast<char>(0x80 | (point & 63))};
        const bool surrogate = point >= 0xD800 && point < 0xE000;
        EXPECT_EQ(text_prefix(text, on), surrogate ? 0 : text.size()) << point;
        EXPECT_EQ(text_prefix(text.substr(0, text.size() - 1), on), 0U);
        EXPECT_EQ(on, !surrogate && text.size() > 1) << point;
    }
    EXPECT_EQ(text_prefix("\xC0\x80", on), 0U);
    EXPECT_EQ(text_prefix("\xE0\x80\x80", on), 0U);
    EXPECT_EQ(text_prefix("\xF4\x90\x80\x80", on), 0U);
    EXPECT_EQ(text_prefix("\xF8", on), 0U);
    EXPECT_FALSE(on);
}

}  // namespace
}  // namespace entente::ingest::table
