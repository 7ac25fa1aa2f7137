// What a table suggests of itself: the map, and what a person is told to look at.
#include "ingest/map/propose_map.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "ingest/map/category_guess.h"
#include "ingest/map/map_source.h"
#include "ingest/map/table_map.h"
#include "ingest/table/test_files.h"

namespace entente::ingest::map {
namespace {

namespace fs = std::filesystem;

class ProposedMap : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / fmt::format("proposed-{}", getpid());
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    Proposal propose(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name) << text;
        auto out = propose_map(folder_ / name, "", "USA", *day_of(2024, 6, 15));
        EXPECT_TRUE(out) << (out ? "" : out.error().field + ": " + out.error().message);
        return out.value_or(Proposal{});
    }
    static std::string remark_with(const Proposal& proposal, std::string_view words) {
        for (const auto& remark : proposal.remarks)
            if (remark.find(words) != remark.npos) return remark;
        return "no remark with it";
    }

    fs::path folder_;
};

TEST(CategoryGuess, CodesNamesAndWordsOfFourLanguages) {
    EXPECT_EQ(category_of("exr"), "EXR");
    EXPECT_EQ(category_of("Senior-leader visit or meeting"), "KLE");
    EXPECT_EQ(category_of("Übung"), "EXR");
    EXPECT_EQ(category_of("Visite d’escale"), "PRT");
    EXPECT_EQ(category_of("Entretien téléphonique"), "CAL");
    EXPECT_EQ(category_of("Séminaire"), "SEM");
    EXPECT_EQ(category_of("Parade"), "");
    EXPECT_EQ(category_of(""), "");
}

TEST(CategoryGuess, WordsTellTheSameAsTheWholeValues) {
    const std::vector<std::string> values{
        "Exercise Northern Star", "exercise Kaigan", "Port call, Gdańsk", "Call of the minister", "Parade"};
    for (const auto& value : values) {
        std::string code;
        for (const auto& [each, words] : words_for_categories(values))
            for (const auto& word : words)
                if (code.empty() && value.find(word) != value.npos) code = each;
        EXPECT_EQ(code, category_of(value)) << value;
    }
}

TEST_F(ProposedMap, TheColumnHeadedSoTellsTheCategoryBeforeTheFile) {
    const auto proposal = propose(
        "exercises.csv",
        "Partner,Date,Category,Event\nFrance,2024-01-02,KLE,A\nItaly,2024-01-03,Port call,B\nSpain,2024-01-"
        "04,Parade,C\n"
    );
    EXPECT_EQ(
        remark_with(proposal, "the category"),
        "the category comes from the column Category, as its name says: 'KLE' as KLE (Senior-leader visit or "
        "meeting), 'Port call' as PRT (Port call or air base visit)"
    );
    EXPECT_EQ(
        remark_with(proposal, "Parade"),
        "Category: put a code of engagement_category behind 'Parade'; until then such rows are set aside"
    );
    ASSERT_EQ(proposal.samples.size(), 3U);
    EXPECT_EQ(proposal.samples[1].substr(0, 30), "row 3: category PRT; title B; ");
    EXPECT_EQ(
        proposal.samples[2], "row 4: set aside: Category: found 'Parade', for which the map has no code yet"
    );
}

TEST_F(ProposedMap, ValuesTellTheCategoryWhateverTheColumnIsCalled) {
    const auto proposal =
        propose("exercises.csv", "Partner,Date,Form\nFrance,2024-01-02,Visit\nItaly,2024-01-03,Seminar\n");
    EXPECT_EQ(
        remark_with(proposal, "the category"),
        "the category comes from the column Form, as its values say: 'Visit' as KLE (Senior-leader visit or "
        "meeting), 'Seminar' as SEM (Seminar, workshop, regional-centre course)"
    );
}

TEST_F(ProposedMap, AWordInATitleTellsTheCategory) {
    const auto proposal = propose(
        "contacts.csv",
        "Partner,Date,Event\nFrance,2024-01-02,Exercise Northern Star\nItaly,2024-01-03,Visit of the chief\n"
        "Spain,2024-01-04,Band of the guards\n"
    );
    EXPECT_EQ(
        remark_with(proposal, "the category"),
        "the category comes from words in the column Event: 'Exercise' as EXR (Exercise), 'Visit' as KLE "
        "(Senior-leader visit or meeting); rows without such a word are set aside"
    );
    ASSERT_EQ(proposal.samples.size(), 3U);
    EXPECT_EQ(proposal.samples[0].substr(0, 51), "row 2: category EXR; title Exercise Northern Star; ");
    EXPECT_NE(proposal.samples[2].find("set aside"), std::string::npos);
}

TEST_F(ProposedMap, TheNameOfTheFileSpeaksOnlyWhereNoColumnDoes) {
    const auto proposal = propose("exercises.csv", "Partner,Date\nFrance,2024-01-02\n");
    EXPECT_EQ(
        remark_with(proposal, "kind of contact"),
        "no column says what kind of contact a row is; all are taken as EXR (Exercise), for which the name "
        "of "
        "the file speaks: entente codes engagement_category lists the kinds"
    );
    EXPECT_NE(
        remark_with(propose("list.csv", "Partner,Date\nFrance,2024-01-02\n"), "kind of contact")
            .find("EXC (Functional or expert exchange), for which nothing speaks"),
        std::string::npos
    );
}

TEST_F(ProposedMap, ASheetByItsNumberIsTheSheetByItsName) {
    const auto cells = [](int row, const char* a, const char* b) {
        return fmt::format(
            R"(<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>)"
            R"(<c r="B{0}" t="inlineStr"><is><t>{2}</t></is></c></row>)",
            row,
            a,
            b
        );
    };
    const auto rows = cells(1, "Partner", "Date") + cells(2, "France", "2024-01-02");
    std::ofstream(folder_ / "book.xlsx")
        << table::zip(table::workbook({{"Notes", rows}, {"Visits 2024", rows}}));
    std::set<std::string> maps, editions;
    for (const auto* sheet : {"2", "Visits 2024"}) {
        const auto proposal = propose_map(folder_ / "book.xlsx", sheet, "USA", *day_of(2024, 6, 15));
        ASSERT_TRUE(proposal) << proposal.error().message;
        maps.insert(proposal->map);
        auto map = *parse_map(proposal->map);
        map.sheets = {sheet};
        const auto source = MapSource::open(map, {folder_ / "book.xlsx"}, *day_of(2024, 6, 15));
        ASSERT_TRUE(source) << source.error().message;
        editions.insert((*source)->files().at(0).edition);
    }
    EXPECT_EQ(maps.size(), 1U);
    EXPECT_EQ(editions, (std::set<std::string>{"book!Visits_2024"}));
    const auto none = propose_map(folder_ / "book.xlsx", "3", "USA", *day_of(2024, 6, 15));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().message, "found the sheets Notes, Visits 2024, expected one named 3");
}

}  // namespace
}  // namespace entente::ingest::map
