#include "service/fit_events.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "base/id.h"
#include "ingest/table/open_table.h"
#include "measures/relational/term.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;
using measures::relational::parse_term;

class FitEvents : public testing::Test {
protected:
    FitEvents() : file_(fs::temp_directory_path() / ("events-" + RecordId::random().text() + ".csv")) {}
    ~FitEvents() override { fs::remove(file_); }

    Result<measures::Answer> fit(const std::string& text, bool once = false) {
        EXPECT_TRUE(replace_file(file_, text));
        FitEventsRequest request;
        request.file = file_;
        request.repeats_once = once;
        request.model.statistics = {*parse_term("inertia"), *parse_term("reciprocity")};
        return fit_events(request, [](const fs::path& file) { return ingest::table::open_table(file); });
    }

    fs::path file_;
};

/// MEASURES.md 18.6.
std::string three_actors() {
    std::string text = "time,from,to\n";
    int time = 0;
    for (const char* pair : {"AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB"})
        text += std::to_string(++time) + "," + pair[0] + "," + pair[1] + "\n";
    return text;
}

TEST_F(FitEvents, GivesTheWorkedFigures) {
    const auto answer = fit(three_actors());
    ASSERT_TRUE(answer) << answer.error().message;
    const auto& rows = answer->tables[0].rows;
    EXPECT_NEAR(*rows[0][1].number, -2.79193159, 1e-8);
    EXPECT_NEAR(*rows[1][1].number, 2.16108443, 1e-8);
    EXPECT_NEAR(*rows[0][2].number, 1.37746626, 1e-8);
    EXPECT_NEAR(*rows[1][2].number, 0.98621726, 1e-8);
    EXPECT_NEAR(*answer->value, -12.28242875, 1e-8);
    EXPECT_EQ(rows[0][1].text, "-2.79193");
}

TEST_F(FitEvents, SaysWhatCannotBeRead) {
    EXPECT_EQ(fit("day,from,to\n1,A,B\n").error().field, "column");
    EXPECT_EQ(fit("time,from,to\nsoon,A,B\n").error().field, "time, line 2");
    EXPECT_EQ(fit("time,from,to\n1,A,A\n2,A,B\n").error().code, ErrorCode::invalid_argument);
    EXPECT_FALSE(fit("time,from,to\n"));
}

TEST_F(FitEvents, ReadsDaysAndTimesOfDay) {
    // The same order, twice a day.
    std::string text = "time,from,to\n";
    int at = 0;
    for (const char* pair : {"AB", "BA", "AB", "CA", "AC", "BA", "AB", "BC", "CB"}) {
        const int half = at++;
        const char* clocks[]{"T06:00:00Z", " 18:30"};
        text += "1960-01-0" + std::to_string(1 + half / 2) + clocks[half % 2] + "," + pair[0] + "," +
                pair[1] + "\n";
    }
    const auto answer = fit(text);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(*answer->value, *fit(three_actors())->value);
    for (const char* wrong :
         {"1960-01-01T25:00", "1960-01-01T6", "1960-01-01T06:00:00:00", "1960-13-01", "1960-01-01x"})
        EXPECT_FALSE(fit("time,from,to\n" + std::string(wrong) + ",A,B\n")) << wrong;
}

TEST_F(FitEvents, TakesRepeatsOnceWhenAsked) {
    const auto text = three_actors() + "10,A,B\n10,A,B\n11,,B\n";
    EXPECT_FALSE(fit(text)) << "the same pair twice at one time";
    const auto answer = fit(text, true);
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_EQ(answer->warnings.size(), 2U);
    EXPECT_EQ(answer->warnings[0], "1 row without time, sender or receiver left out.");
    EXPECT_EQ(answer->warnings[1], "1 repeat of the same pair at the same time left out.");
    EXPECT_EQ(*answer->value, *fit(three_actors() + "10,A,B\n")->value);
}

}  // namespace
}  // namespace entente::service
