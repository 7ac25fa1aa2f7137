#include "measures/calibration.h"

#include <gtest/gtest.h>

#include <array>

namespace entente::measures {
namespace {

TEST(Calibration, CountsWhatCameBetweenTheEdges) {
    // By hand: 0.05 and 0.15 lie below 0.2, the edge 0.2 and 1 above it.
    const std::vector<ToldChance> chances{{0.05, false}, {0.15, true}, {0.2, true}, {1, true}};
    const auto bins = calibrate(chances, std::array{0.0, 0.2, 1.0});
    ASSERT_EQ(bins.size(), 2U);
    EXPECT_DOUBLE_EQ(bins[0].told, 0.1);
    EXPECT_EQ(bins[0].came, 1U);
    EXPECT_EQ(bins[0].among, 2U);
    EXPECT_DOUBLE_EQ(bins[1].told, 0.6);
    EXPECT_EQ(bins[1].came, 2U);
}

TEST(Calibration, LeavesOutBinsInWhichNothingWasTold) {
    const std::vector<ToldChance> chances{{0.9, true}};
    const auto bins = calibrate(chances, std::array{0.0, 0.2, 0.5, 1.0});
    ASSERT_EQ(bins.size(), 1U);
    EXPECT_DOUBLE_EQ(bins[0].from, 0.5);
    EXPECT_TRUE(calibrate({}, std::array{0.0, 1.0}).empty());
}

TEST(Calibration, LimitsAreThoseOfJeffreys) {
    // R: qbeta(c(0.05, 0.95), 3.5, 7.5)
    const CalibrationBin bin{0, 1, 0.3, 3, 10};
    EXPECT_NEAR(bin.limits().low, 0.117329377, 1e-8);
    EXPECT_NEAR(bin.limits().high, 0.558126766, 1e-8);
    EXPECT_TRUE(bin.holds());
    EXPECT_FALSE((CalibrationBin{0, 1, 0.6, 3, 10}.holds()));
}

TEST(Calibration, DrawsALineThatCanBeReadWithoutColour) {
    EXPECT_EQ(calibration_line({0, 1, 0.75, 3, 10}, 1), "...[---o-----]....|......");
    // In one place, and beyond the end.
    EXPECT_EQ(calibration_line({0, 0.1, 0.05, 1, 20}, 0.1), "..[---------#----------->");
}

TEST(Calibration, ATableIsWideEnoughForAllThatCame) {
    const std::vector<CalibrationBin> bins{{0, 0.1, 0.04, 1, 30}, {0.1, 0.2, 0.13, 3, 10}};
    const auto table = calibration_table("calibration", "Told and came", bins);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.columns.back().heading, "0 to 50 %");
    EXPECT_EQ(table.rows[1][3].text, "3 of 10");
    EXPECT_EQ(table.rows[0][2].text, "4.0 %");
}

}  // namespace
}  // namespace entente::measures
