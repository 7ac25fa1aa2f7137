#include "service/school_families.h"

#include <gtest/gtest.h>

namespace entente::service {
namespace {

using Families = std::vector<std::string>;

measures::TrainingLine line(
    const char* course,
    const char* unit = "",
    const char* place = "",
    const char* programme = "",
    int year = 2010
) {
    measures::TrainingLine out;
    out.course = course, out.delivery_unit = unit, out.place = place, out.programme_printed = programme;
    out.fiscal_year = year;
    return out;
}

TEST(SchoolFamilies, FollowTheirRules) {
    SchoolFamilies families;
    EXPECT_EQ(families.of(line("US Army War College Res Course")), Families{"army_war_college"});
    EXPECT_EQ(families.of(line("ARMY WAR COL CORRESPONDING STUDIES")), Families{}) << "left out";
    EXPECT_EQ(families.of(line("Course", "IAAFA, Lackland AFB")), (Families{"iaafa", "dli_english"}));
    EXPECT_EQ(
        families.of(line("Course", "", "George C. Marshall Center, Garmisch")), Families{"marshall_center"}
    );
    EXPECT_EQ(
        families.of(line("", "", "", "Africa Center for Strategic Studies, FY 00")), Families{"africa_center"}
    );
    EXPECT_EQ(families.of(line("Squadron Officer School")), Families{"squadron_officer_school"});
    EXPECT_EQ(families.of(line("INTER-AMERICAN SQUADRON OFFICER SCHOOL")), Families{});
    EXPECT_EQ(families.of(line("")), Families{});
}

TEST(SchoolFamilies, TheProgrammeNamesARegionAndNoSchool) {
    SchoolFamilies families;
    const auto* region = "Western Hemisphere Region, Chile, IMET, FY 01";
    EXPECT_EQ(families.of(line("Course", "", "", region)), Families{});
    EXPECT_EQ(families.of(line("Course", "", "WHINSEC, Fort Benning", region)), Families{"whinsec"});
    EXPECT_EQ(families.of(line("Course", "", "WHINSEC", region, 2003)), Families{})
        << "before the rule begins";
}

}  // namespace
}  // namespace entente::service
