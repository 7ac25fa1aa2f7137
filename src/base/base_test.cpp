#include <gtest/gtest.h>

#include <filesystem>

#include "base/clock.h"
#include "base/codec.h"
#include "base/csv.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/utf8.h"

namespace entente {
namespace {

TEST(Codec, RfcVectorsAndStrictness) {
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
    EXPECT_EQ(base32("foobar"), "mzxw6ytboi");
    EXPECT_EQ(hex("\x01\xAB"), "01ab");
    EXPECT_EQ(from_base64("Zm9vYg==").value(), "foob");
    EXPECT_EQ(from_base32("mzxw6ytboi").value(), "foobar");
    for (const char* bad : {"Zm9vYg=", "Zm9vYg", "Zm9vYh==", "Zm 9", "====", "Zm9vYg==="})
        EXPECT_FALSE(from_base64(bad)) << bad;
    EXPECT_FALSE(from_base64url("-_9"));
    for (int length = 0; length < 40; ++length) {
        const std::string bytes(static_cast<std::size_t>(length), '\xA7');
        EXPECT_EQ(from_base64(base64(bytes)).value(), bytes);
        EXPECT_EQ(from_base64url(base64url(bytes)).value(), bytes);
        EXPECT_EQ(from_base32(base32(bytes)).value(), bytes);
    }
}

TEST(Hash, KnownDigests) {
    EXPECT_EQ(hex(sha256("abc").view()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256("abc"), sha256("a", "b", "c"));
    EXPECT_EQ(
        hex(hmac_sha256("key", "The quick brown fox jumps over the lazy dog").view()),
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    );
    Sha256Stream stream;
    stream.update("a"), stream.update("bc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
    EXPECT_EQ(stream.finish(), sha256({}));
}

TEST(Id, RandomAndStrict) {
    const auto a = RecordId::random(), b = RecordId::random();
    EXPECT_NE(a, b);
    EXPECT_EQ(a.text().size(), 26U);
    EXPECT_EQ(RecordId::parse(a.text()).value(), a);
    EXPECT_FALSE(RecordId::parse("odhioh4khu73isn4hq5m4zkhzz")) << "spare bits must be zero";
    EXPECT_FALSE(RecordId::parse("ODHIOH4KHU73ISN4HQ5M4ZKHZY"));
}

TEST(DecimalSum, IsExactAndRefusesWhatItCannotHold) {
    DecimalSum sum;
    EXPECT_EQ(sum.text(), "0");
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(sum.add("0.1"));
    EXPECT_EQ(sum.text(), "1.0") << "ten tenths";
    EXPECT_TRUE(sum.add("-275967.625"));
    EXPECT_EQ(sum.text(), "-275966.625");
    EXPECT_TRUE(sum.add("275966.62"));
    EXPECT_EQ(sum.text(), "-0.005");
    for (const char* bad : {"", "-", "1e5", "1.", ".5", "1,000", "+1", "0.1234567890123456789"})
        EXPECT_FALSE(sum.add(bad)) << bad;
    EXPECT_EQ(sum.text(), "-0.005");
    EXPECT_FALSE(sum.add(std::string(40, '9')));
    DecimalSum large;
    EXPECT_TRUE(large.add("9007199254740993"));
    EXPECT_TRUE(large.add("1"));
    EXPECT_EQ(large.text(), "9007199254740994") << "beyond what a double holds";
}

TEST(Day, CalendarArithmetic) {
    EXPECT_EQ(day_of(1970, 1, 1)->value, 0);
    EXPECT_EQ(day_of(1969, 12, 31)->value, -1);
    EXPECT_EQ(*day_of(2024, 4, 3) - *day_of(2022, 8, 5), 607);
    EXPECT_FALSE(day_of(2023, 2, 29));
    EXPECT_TRUE(day_of(2000, 2, 29));
    EXPECT_FALSE(day_of(1900, 2, 29));
    EXPECT_EQ(to_iso(end_of_month(2024, 2)), "2024-02-29");
    for (int value = -200'000; value < 200'000; value += 37)
        EXPECT_EQ(parse_iso_day(to_iso(Day{value}))->value, value);
}

TEST(Clock, Text) {
    const auto instant = parse_instant("2026-11-21T20:00:00.000001Z");
    ASSERT_TRUE(instant);
    EXPECT_EQ(to_text(*instant), "2026-11-21T20:00:00.000001Z");
    for (const char* bad :
         {"2026-11-21T20:00:00Z", "2026-11-21T24:00:00.000001Z", "2026-02-30T20:00:00.000001Z"})
        EXPECT_FALSE(parse_instant(bad));
}

TEST(Json, CanonicalFormAndWhatItRefuses) {
    EXPECT_EQ(
        *canonical_json(*parse_json(R"( {"b": 1, "a_": ["x\u0041\/", true, null], "_": "é\n"} )")),
        "{\"_\":\"é\\n\",\"a_\":[\"xA/\",true,null],\"b\":1}"
    );
    for (const char* bad :
         {R"({"A":1})",
          R"({"a":1.5})",
          R"({"a":9007199254740992})",
          R"({"a":"\u0000"})",
          R"({"a":"\u007f"})",
          R"({"a-b":1})",
          R"({"":1})"}) {
        const auto value = parse_json(bad);
        ASSERT_TRUE(value) << bad;
        EXPECT_FALSE(canonical_json(*value)) << bad;
    }
    for (const char* bad : {"", "{", R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", "[1,]", "nul"})
        EXPECT_FALSE(parse_json(bad)) << bad;
    EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
    EXPECT_EQ(parse_json(R"({"a":1,"a":2})").error().field, "a");
}

TEST(Csv, QuotesLinesAndRoundTrip) {
    const auto table = parse_csv(
        "\xEF\xBB\xBF"
        "a,b\r\n1,\"x, \"\"y\"\"\nz\"\n2,\n\n3,4"
    );
    ASSERT_TRUE(table);
    EXPECT_EQ(table->columns, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(table->rows.size(), 3U);
    EXPECT_EQ(table->rows[0].cells[1], "x, \"y\"\nz");
    EXPECT_EQ(table->rows[1].line, 4U);
    EXPECT_EQ(table->rows[1].cells[1], "");
    EXPECT_EQ(table->rows[2].line, 6U);
    EXPECT_EQ(csv_line({"1", "x, \"y\"\nz"}), "1,\"x, \"\"y\"\"\nz\"\n");
    // Found by mutation: a carriage return inside quotes belongs to the cell; one empty cell is a row when it
    // is quoted.
    EXPECT_EQ(parse_csv("a,b\n1,\"x\r\"\r\n")->rows[0].cells[1], "x\r");
    EXPECT_EQ(parse_csv("a\n\"\"\n\n")->rows.size(), 1U);
    EXPECT_EQ(csv_line({""}), "\"\"\n");
    EXPECT_FALSE(parse_csv("a\n\"x"));
    EXPECT_FALSE(parse_csv(""));
}

TEST(Utf8, CellsAndEditDistance) {
    EXPECT_EQ(cell_width("abc"), 3U);
    EXPECT_EQ(cell_width("日本"), 4U);
    EXPECT_EQ(cell_width("e\xCC\x81"), 1U);
    EXPECT_EQ(fit_cells("Disaster Management", 10, "…"), "Disaster…");
    EXPECT_EQ(fit_cells("日本語", 5, "…"), "日本…");
    EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
    EXPECT_EQ(edit_distance("CHM", "chn"), 1U);
    EXPECT_EQ(wrap_cells("one two three", 7), (std::vector<std::string>{"one two", "three"}));
}

TEST(Files, ReplaceAppendLock) {
    const auto directory = std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text());
    std::filesystem::create_directory(directory);
    ASSERT_TRUE(replace_file(directory / "a", "one"));
    ASSERT_TRUE(replace_file(directory / "a", "two"));
    ASSERT_TRUE(append_file(directory / "a", "three"));
    EXPECT_EQ(*read_file(directory / "a"), "twothree");
    EXPECT_EQ(read_file(directory / "b").error().code, ErrorCode::not_found);
    {
        const auto lock = FileLock::acquire(directory / "lock", 0);
        ASSERT_TRUE(lock);
        EXPECT_EQ(FileLock::acquire(directory / "lock", 0).error().code, ErrorCode::unavailable);
    }
    EXPECT_TRUE(FileLock::acquire(directory / "lock", 0));
    std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace entente
