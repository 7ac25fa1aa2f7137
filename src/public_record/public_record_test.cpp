#include <gtest/gtest.h>

#include <fstream>

#include "public_record/files.h"
#include "public_record/named_rows.h"
#include "public_record/pair_counts.h"

namespace entente::public_record {
namespace {

namespace fs = std::filesystem;

/// A directory of small data sets, written by the test.
class PublicRecord : public testing::Test {
protected:
    PublicRecord() : directory_(fs::temp_directory_path() / "entente-public-record-test") {
        fs::remove_all(directory_);
        for (const char* folder :
             {"country-codes", "exercises", "dcad", "alliances", "us-diplomacy", "fmtrpt"})
            fs::create_directories(directory_ / folder);
        write(
            "country-codes/codelist.csv",
            "country.name.en,iso3c,cown,gwn\nUnited States,USA,2,2\nColombia,COL,100,100\nPeru,PER,135,135\n"
            "Nowhere,ZZY,900,900\n"
        );
        write(
            "rules.csv",
            "scheme,code,actor,since,until,reason\ncow,345,YUG,,2002,a\ncow,345,SRB,2003,,b\ngw,135,,,,none\n"
        );
    }
    ~PublicRecord() override { fs::remove_all(directory_); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(directory_ / name, std::ios::binary) << text;
    }
    StateCodes codes() const {
        auto read = StateCodes::read(directory_ / "country-codes/codelist.csv", directory_ / "rules.csv");
        EXPECT_TRUE(read) << (read ? "" : read.error().message);
        return *std::move(read);
    }
    std::string made(const Result<std::string>& text) const {
        EXPECT_TRUE(text) << (text ? "" : text.error().field + ": " + text.error().message);
        return text.value_or("");
    }

    fs::path directory_;
};

TEST_F(PublicRecord, StatesChangeTheirCodesAndUnknownOnesAreTold) {
    auto known = codes();
    EXPECT_EQ(known.actor("cow", "345", 1999), "YUG");
    EXPECT_EQ(known.actor("cow", "345", 2005), "SRB");
    EXPECT_EQ(known.actor("gw", "135", 2000), std::nullopt) << "a rule says none";
    EXPECT_EQ(known.actor("cow", "135", 2000), "PER");
    EXPECT_EQ(known.actor("slug", "united-states", 2000), "USA");
    EXPECT_EQ(known.actor("cow", "900", 2000), std::nullopt) << "no actor of the table";
    EXPECT_EQ(known.left_out(), (std::vector<std::string>{"cow 900: 1", "gw 135: 1"}));
    EXPECT_EQ(slug_of("St. Vincent & the Grenadines"), "st-vincent-and-the-grenadines");
}

TEST(PairCounts, SpansEndWhereTheNumberChanges) {
    std::map<int, InForce> years{{1990, {1, {0}}}, {1991, {1, {0}}}, {1992, {2, {0}}}, {1994, {2, {0}}}};
    const auto spans = spans_of(years);
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_EQ(spans[0], (Span{1990, 1991, {1, {0}}}));
    EXPECT_EQ(spans[1].first, 1992);
    EXPECT_EQ(spans[2].first, 1994) << "a year between them is no part of either";
    EXPECT_EQ(pairs_among({"A", "B", "C"}).size(), 3U);
}

TEST_F(PublicRecord, AgreementsRunToTheEndOfTheStudy) {
    write(
        "dcad/dcad_v1_0_main.csv",
        "ccode1,ccode2,signYear,EIFYear,endYearEstimate\n2,100,2000,2002,2010\n100,2,2005,,2006\n2,100,2009,"
        "2011,2010\n"
        "2,2,1990,,2010\n2,135,2008,-99,\n"
    );
    auto known = codes();
    EXPECT_EQ(
        made(agreements_file(directory_, known)),
        "a,b,first_year,last_year,in_force\nCOL,USA,2002,2004,1\nCOL,USA,2005,2006,2\nCOL,USA,2007,2010,1\n"
        "PER,USA,2008,2010,1\n"
    ) << "in force from 2011 is after the study; a blank end is not known to have ended";
}

TEST_F(PublicRecord, AnExerciseCountsOnceForEachPairAndTheEarlierListOnlyBefore1980) {
    write(
        "exercises/mme_v7_participants.csv.gz",
        "MMEID,gwcode,country,year\nm1,2,United "
        "States,1981\nm1,100,Colombia,1981\nm1,-9,-9,1981\nm2,2,United "
        "States,1981\nm2,100,Colombia,1981\nm2,2,United States,1982\nm2,100,Colombia,1982\n"
    );
    write(
        "exercises/jme_v3_dorazio.csv",
        "jme_no,start_year,participants\n1,1978,USA;COL;XX\n2,1981,USA;COL\n3,,USA;COL\n"
    );
    auto known = codes();
    EXPECT_EQ(
        made(exercises_file(directory_, known)),
        "a,b,source,year,exercises\nCOL,USA,jme-3,1978,1\nCOL,USA,mme-7,1981,2\nCOL,USA,mme-7,1982,1\n"
    );
}

TEST_F(PublicRecord, AnAllianceOfSeveralPhasesIsOneTreaty) {
    write(
        "alliances/atop5_1m.csv.gz",
        "atopid,member,yrent,yrexit,defense,offense,neutral,nonagg,consul\n1,2,2000,2001,1,0,0,0,1\n1,2,2001,"
        "0,0,0,0,1,0\n"
        "1,100,2000,0,0,0,0,0,1\n2,2,2017,0,1,0,0,0,0\n2,100,2017,0,0,0,0,0,0\n"
    );
    auto known = codes();
    EXPECT_EQ(
        made(alliances_file(directory_, known)),
        "a,b,first_year,last_year,treaties,obligations\nCOL,USA,2000,2000,1,defence;consultation\n"
        "COL,USA,2001,2001,1,defence;non_aggression;consultation\nCOL,USA,2002,2016,1,non_aggression;"
        "consultation\n"
        "COL,USA,2017,2018,2,defence;non_aggression;consultation\n"
    );
}

TEST_F(PublicRecord, VisitorsAreKnownByOfficeAndNotByName) {
    write(
        "us-diplomacy/us_travels.csv.gz",
        "trip_id,role,start_date,end_date,country_id,locale\n7,secretary,1990-01-02,1990-01-03,colombia,"
        "Bogotá\n"
        "8,president,1990-01-02,1990-01-02,hawaii,\n"
    );
    write(
        "us-diplomacy/foreign_leader_visits_to_us.csv.gz",
        "visit_id,start_date,end_date,visitor,country_id\n1,1991-01-01,1991-01-01,President-elect A. "
        "Name,colombia\n"
        "2,1992-01-01,1992-01-02,Somebody Else,peru\n"
    );
    auto known = codes();
    EXPECT_EQ(
        made(political_file(directory_, known)),
        "id,first_day,last_day,visitor,host,office,place,source\n"
        "ust7,1990-01-02,1990-01-03,USA,COL,Secretary of State,Bogotá,oh-travels\n"
        "usv1,1991-01-01,,COL,USA,President-elect,,oh-visits\n"
        "usv2,1992-01-01,1992-01-02,PER,USA,,,oh-visits\n"
    );
}

}  // namespace
}  // namespace entente::public_record
