#include <gtest/gtest.h>

#include <filesystem>

#include <minizip/unzip.h>

#include "base/csv.h"
#include "base/files.h"
#include "base/id.h"
#include "service/duckdb_library.h"
#include "service/find.h"
#include "service/find_cursor.h"
#include "service/find_filter.h"
#include "service/find_table.h"
#include "service/table_out.h"

namespace entente::service {
namespace {

using ledger::FilterValue;
using Kind = FilterValue::Kind;

Result<std::string> resolve(const std::vector<std::string>&, std::string_view text) {
    if (text == "CHN" || text == "China") return std::string("id-of-china");
    return fail(
        ErrorCode::not_found, {}, "found no actor called '" + std::string(text) + "'. Nearest: CHN China."
    );
}

std::string shown(const FilterValue& value) {
    switch (value.kind) {
        case Kind::text:
            return value.text;
        case Kind::interval:
            return (value.low_excluded ? "(" : "[") + value.low.value_or("") + "," + value.high.value_or("") +
                   (value.high_excluded ? ")" : "]") + value.currency;
        case Kind::overlaps:
        case Kind::within:
            return (value.kind == Kind::overlaps ? "overlaps " : "within ") +
                   (value.from ? to_iso(Day{static_cast<std::int32_t>(*value.from)}) : "") + ".." +
                   (value.to ? to_iso(Day{static_cast<std::int32_t>(*value.to)}) : "");
        case Kind::words: {
            std::string out = "words";
            for (const auto& term : value.terms) out += " " + term.text + (term.prefix ? "*" : "");
            return out;
        }
        case Kind::empty:
            return "empty " + value.text;
        case Kind::left_out:
            return "left out";
        case Kind::none:
            return "none";
        case Kind::any:
            return "any";
    }
    return "?";
}

std::string read(const char* typed, std::vector<std::string> types = {"engagement"}) {
    const auto filter = parse_filter(domain::Schema::builtin(), types, typed, resolve);
    if (!filter) return filter.error().field + ": " + filter.error().message;
    std::string out = filter->field + (filter->negated ? " not" : "");
    for (const auto& value : filter->any_of) out += " " + shown(value);
    return out;
}

TEST(FindFilter, ReadsValuesByTheDeclaration) {
    EXPECT_EQ(read("category=DLG"), "category DLG");
    EXPECT_EQ(read("category=dlg,standing dialogue"), "category DLG DLG") << "by code or name";
    EXPECT_EQ(read("level!=minister"), "level not minister");
    EXPECT_EQ(read("host=China"), "host id-of-china");
    EXPECT_EQ(read("participations.actor=CHN"), "participations.actor id-of-china");
    EXPECT_EQ(read("participations.people>=100"), "participations.people [100,]");
    EXPECT_EQ(read("participations.people<100"), "participations.people [,100)");
    EXPECT_EQ(read("unnamed_parties=5..10"), "unnamed_parties [5,10]");
    EXPECT_EQ(read("unnamed_parties=..10"), "unnamed_parties [,10]");
    EXPECT_EQ(read("value=1000..2000 USD", {"shock"}), "value [1000,2000]USD");
    EXPECT_EQ(read("value>1.5", {"shock"}), "value (1.5,]");
    EXPECT_EQ(read("fiscal_year=2001..2005", {"training_line"}), "fiscal_year [2001,2005]");
    EXPECT_EQ(read("title~\"maritime, naval\""), "title words maritime naval") << "quotes keep a comma";
    EXPECT_EQ(read("title~mari*"), "title words mari*");
    EXPECT_EQ(read(" level = minister "), "level minister");
}

TEST(FindFilter, DatesByPeriod) {
    EXPECT_EQ(read("held=2001..2005"), "held overlaps 2001-01-01..2005-12-31");
    EXPECT_EQ(read("held=2004-02"), "held overlaps 2004-02-01..2004-02-29");
    EXPECT_EQ(read("held<2001"), "held within ..2000-12-31");
    EXPECT_EQ(read("held<=2001"), "held within ..2001-12-31");
    EXPECT_EQ(read("held>2001"), "held within 2002-01-01..");
    EXPECT_EQ(read("held>=2001"), "held within 2001-01-01..");
}

TEST(FindFilter, EmptiesAreValuesOfTheirOwn) {
    EXPECT_EQ(read("level=unknown"), "level empty unknown");
    EXPECT_EQ(read("level=not-released,not applicable"), "level empty not_released empty not_applicable");
    EXPECT_EQ(read("level=left-out"), "level left out");
    EXPECT_EQ(read("level=none"), "level none");
    EXPECT_EQ(read("level!=any"), "level not any");
    EXPECT_EQ(read("unnamed_parties>unknown"), "unnamed_parties: found 'unknown' behind >, expected = or !=");
}

TEST(FindFilter, MistakesNameTheFieldWhatWasFoundAndWhatIsNear) {
    EXPECT_EQ(read("levle=minister").substr(0, 38), "where: found no field 'levle'; nearest");
    EXPECT_NE(read("levle=minister").find("level"), std::string::npos);
    EXPECT_EQ(read("level"), "where: found 'level', expected field=value (or != < <= > >= ~)");
    EXPECT_EQ(read("=x"), "where: found '=x', expected field=value (or != < <= > >= ~)");
    EXPECT_EQ(
        read("participations=CHN"),
        "participations: found a group, expected one of its fields, such as participations.actor"
    );
    EXPECT_EQ(
        read("level=minster"),
        "level: found 'minster', expected a code of level; nearest: minister, unit, cadet"
    );
    EXPECT_EQ(read("level>minister"), "level: found >, expected =, != or ~: a code has no order");
    EXPECT_EQ(read("host=Chnia"), "host: found no actor called 'Chnia'. Nearest: CHN China.");
    EXPECT_EQ(
        read("unnamed_parties=many"), "unnamed_parties: found 'many', expected a whole number of actors"
    );
    EXPECT_EQ(read("unnamed_parties=1.5"), "unnamed_parties: found '1.5', expected a whole number of actors");
    EXPECT_EQ(read("unnamed_parties>1..5"), "unnamed_parties: found > before a range, expected = or !=");
    EXPECT_EQ(
        read("value=cheap", {"shock"}),
        "value: found 'cheap', expected an amount, such as 1500 or 1000..2000 USD"
    );
    EXPECT_EQ(read("held~May"), "held: found ~, expected = or an order: a date holds no words");
    EXPECT_EQ(read("held=2001-13").substr(0, 5), "held:");
    EXPECT_EQ(read("title~--"), "title: found '--', expected letters or digits in it");
    EXPECT_EQ(read("level=").substr(0, 20), "level: found nothing");
}

TEST(FindCursor, ComesBackAndIsOfOneQuestion) {
    ledger::RecordQuery query;
    query.types = {"engagement"}, query.text = "talks";
    const Cursor cursor{123'456'789'012, RecordId::random().text(), query_digest(query)};
    const auto text = to_text(cursor);
    const auto back = parse_cursor(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->as_of, cursor.as_of);
    EXPECT_EQ(back->rec, cursor.rec);
    EXPECT_EQ(back->query, cursor.query);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto wrong = text;
        wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(parse_cursor(wrong)) << "position " << i;
    }
    EXPECT_FALSE(parse_cursor("c0304"));
    EXPECT_FALSE(parse_cursor(""));
    auto other = query;
    other.limit = 5;
    EXPECT_EQ(query_digest(other), cursor.query) << "how many is no part of the question";
    other.text = "talk";
    EXPECT_NE(query_digest(other), cursor.query);
    other = query, other.filters = {{"level", false, {}}};
    EXPECT_NE(query_digest(other), cursor.query);
    other = query, other.newest_first = false;
    EXPECT_NE(query_digest(other), cursor.query);
    EXPECT_FALSE(as_of_for(text, 5)) << "of another state";
    EXPECT_EQ(as_of_for(text, {}).value(), cursor.as_of);
}

class TableOutTest : public testing::Test {
protected:
    TableOutTest()
        : directory_(std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        std::filesystem::create_directory(directory_);
    }
    ~TableOutTest() override { std::filesystem::remove_all(directory_); }

    static std::string sheet_of(const std::filesystem::path& file) {
        auto* archive = unzOpen(file.c_str());
        EXPECT_TRUE(archive);
        EXPECT_EQ(unzLocateFile(archive, "xl/worksheets/sheet1.xml", 1), UNZ_OK);
        unzOpenCurrentFile(archive);
        std::string out(1 << 20, '\0');
        const int got = unzReadCurrentFile(archive, out.data(), static_cast<unsigned>(out.size()));
        out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        unzClose(archive);
        return out;
    }

    std::filesystem::path directory_;
    // What a spreadsheet, a shell or SQL could take for more than a value.
    const std::vector<std::string> nasty_{
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "'quoted'",
        "a\"b",
        "line\nbreak",
        "tab\there",
        "<b>&amp;</b>",
        "Nguyễn",
        "مصر",
        "防衛",
        "\xF0\x9F\x92\xA5",
        "'; DROP TABLE t; --",
        " blanks ",
        "1e5",
        "00012"};
    const std::vector<TableColumn> columns_{
        {"text"},
        {"whole", ColumnKind::whole},
        {"decimal", ColumnKind::decimal},
        {"day", ColumnKind::day},
        {"none", ColumnKind::text, true}};
};

TEST_F(TableOutTest, AWorkbookHoldsNoFormulaAndRoundsNothing) {
    auto sink = *open_xlsx(directory_ / "a.xlsx", "sheet", columns_);
    for (const auto& text : nasty_) ASSERT_TRUE(sink->add({text, "5", "0.1", "2024-02-29", std::nullopt}));
    ASSERT_TRUE(sink->add({"large", "9007199254740993", "12345678901234567.89", std::nullopt, std::nullopt}));
    ASSERT_TRUE(sink->finish());
    const auto sheet = sheet_of(directory_ / "a.xlsx");
    EXPECT_EQ(sheet.find("<f>"), std::string::npos) << "no formula";
    EXPECT_NE(sheet.find("=1+1</t>"), std::string::npos) << "the text, as it is";
    EXPECT_NE(sheet.find("Nguyễn"), std::string::npos);
    EXPECT_NE(sheet.find("<v>0.1</v>"), std::string::npos);
    EXPECT_NE(sheet.find("9007199254740993</t>"), std::string::npos)
        << "more digits than a spreadsheet keeps: as text";
    EXPECT_NE(sheet.find("12345678901234567.89</t>"), std::string::npos);
    EXPECT_FALSE(open_xlsx(directory_ / "a.xlsx", "sheet", columns_)) << "nothing is overwritten";
    EXPECT_FALSE(open_xlsx(directory_ / "no" / "b.xlsx", "sheet", columns_));
    auto long_text = *open_xlsx(directory_ / "c.xlsx", "sheet", {{"text"}});
    const auto refused = long_text->add({std::string(40'000, 'x')});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("row 2, text: found 40000 bytes"), std::string::npos)
        << refused.error().message;
    long_text.reset();
    EXPECT_FALSE(std::filesystem::exists(directory_ / "c.xlsx"));
    EXPECT_FALSE(std::filesystem::exists(directory_ / "c.xlsx.part"));
}

TEST_F(TableOutTest, CsvGivesEveryValueBack) {
    std::string text = csv_line({"text"});
    for (const auto& value : nasty_) text += csv_line({value});
    const auto table = parse_csv(text);
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), nasty_.size());
    for (std::size_t i = 0; i < nasty_.size(); ++i) EXPECT_EQ(table->rows[i].cells[0], nasty_[i]);
}

// What DuckDB reads in a file, as CSV.
std::string read_parquet(const DuckDb& duck, const std::filesystem::path& file, const std::string& select) {
    duckdb_config config = nullptr;
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    duck.create_config(&config);
    duck.open_ext(nullptr, &database, config, nullptr);
    duck.destroy_config(&config);
    duck.connect(database, &connection);
    duckdb_result result{};
    const auto out = file.string() + ".csv";
    const auto sql = "COPY (" + select + " FROM '" + file.string() + "') TO '" + out + "' (HEADER false)";
    EXPECT_EQ(duck.query(connection, sql.c_str(), &result), DuckDBSuccess)
        << (duck.result_error(&result) ? duck.result_error(&result) : "");
    duck.destroy_result(&result);
    duck.disconnect(&connection);
    duck.close(&database);
    auto text = read_file(out);
    std::filesystem::remove(out);
    return text.value_or("");
}

TEST_F(TableOutTest, ParquetIsTypedAndExact) {
    const auto duck = load_duckdb();
    if (!duck) GTEST_SKIP() << duck.error().message;
    auto sink = *open_parquet(directory_ / "a.parquet", columns_);
    for (const auto& text : nasty_) ASSERT_TRUE(sink->add({text, "5", "0.125", "2024-02-29", std::nullopt}));
    ASSERT_TRUE(
        sink->add({std::nullopt, "9007199254740993", "12345678901234567.9", std::nullopt, std::nullopt})
    );
    ASSERT_TRUE(sink->finish());
    const auto file = directory_ / "a.parquet";
    EXPECT_EQ(
        read_parquet(**duck, file, "SELECT count(*), sum(\"decimal\"), max(whole), min(day), count(text)"),
        "19,12345678901234570.150,9007199254740993,2024-02-29,18\n"
    );
    EXPECT_EQ(
        read_parquet(
            **duck, file, "SELECT DISTINCT typeof(text), typeof(whole), typeof(\"decimal\"), typeof(day)"
        ),
        "VARCHAR,BIGINT,\"DECIMAL(38,3)\",DATE\n"
    );
    std::string expected;
    for (const auto& text : nasty_) expected += text;
    EXPECT_EQ(
        read_parquet(
            **duck,
            file,
            "SELECT md5(string_agg(text, '')) = md5('" +
                [&] {
                    std::string doubled;
                    for (const char c : expected)
                        doubled += c == '\'' ? std::string("''") : std::string(1, c);
                    return doubled;
                }() +
                "')"
        ),
        "true\n"
    );
    EXPECT_EQ(read_parquet(**duck, file, "SELECT count(COLUMNS(*))").find(",,"), std::string::npos);
    EXPECT_FALSE(open_parquet(file, columns_)) << "nothing is overwritten";
}

TEST_F(TableOutTest, WithoutTheLibraryTheCommandSaysHowToGetIt) {
    const auto refused = load_duckdb(directory_ / "libduckdb.so");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().advice.find("tools/install parquet"), std::string::npos);
}

}  // namespace
}  // namespace entente::service
