#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "domain/date_span.h"
#include "ingest/map/country_codes.h"
#include "ingest/map/date_forms.h"
#include "ingest/map/map_comments.h"
#include "ingest/map/map_source.h"
#include "ingest/map/template_text.h"

namespace entente::ingest::map {
namespace {

namespace fs = std::filesystem;

std::string date(std::string_view cell, std::vector<std::string> forms, int pivot = 1950) {
    const auto read = read_date(cell, forms, pivot);
    return read ? read->text() : "ERROR " + read.error().message;
}

TEST(DateForms, TheFirstFormThatFitsCounts) {
    EXPECT_EQ(date("1/14/80", {"%m/%d/%y"}), "1980-01-14");
    EXPECT_EQ(date("1/14/49", {"%m/%d/%y"}), "2049-01-14");
    EXPECT_EQ(date("1/14/49", {"%m/%d/%y"}, 1920), "1949-01-14");
    EXPECT_EQ(date("1980-01-xx", {"%m/%d/%y", "%Y-%m-%d"}), "1980-01");
    EXPECT_EQ(date("05.04.2023", {"%d.%m.%Y"}), "2023-04-05");
    EXPECT_EQ(date("5. März 2023", {"%d. %B %Y"}), "2023-03-05");
    EXPECT_EQ(date("11 May 2023", {"iso", "%d %B %Y"}), "2023-05-11");
    EXPECT_EQ(date("2023-05-11T08:00:00", {"iso"}), "2023-05-11");
    for (const auto* time : {" 8:00", " 08:00:00.25", " 8:05 pm", "T08:00Z", "T08:00:00+02:00"})
        EXPECT_EQ(date(std::string("2023-05-11") + time, {"iso"}), "2023-05-11") << time;
    // What is no time of day is not thrown away.
    for (const auto* rest :
         {"2024-04-03 - 2024-04-05", "2024-04-03 10:00 - 2024-04-05", "2024-04-03 (two days)"})
        EXPECT_EQ(date(rest, {"iso"}).substr(0, 5), "ERROR") << rest;
    EXPECT_EQ(date("2023", {"iso"}), "2023");
    EXPECT_EQ(date("45000", {"iso", "excel"}), "2023-03-15");
    EXPECT_EQ(date("2023-xx-05", {"%Y-%m-%d"}), "2023");  // a day without its month says nothing
}

TEST(DateForms, WhatIsNoDateIsSaidWithTheForms) {
    EXPECT_EQ(
        date("2023-02-31", {"iso"}),
        "ERROR found '2023-02-31', February 2023 has 28 days: expected a date such as 2024-04-03"
    );
    EXPECT_EQ(
        date("31/12/2023", {"%m/%d/%Y"}),
        "ERROR found '31/12/2023', there is no month 31: expected a date such as 04/03/2024"
    );
    EXPECT_EQ(date("2023-01-01 x", {"%Y-%m-%d"}).substr(0, 5), "ERROR");
    EXPECT_FALSE(is_date_form("%d.%m"));
    EXPECT_FALSE(is_date_form("%Q%Y"));
    EXPECT_TRUE(is_date_form("%d. %B %Y"));
}

TEST(DateForms, ADateOfPartsIsAsFineAsItsParts) {
    EXPECT_EQ(date_of_parts("1980", "1", "xx")->text(), "1980-01");
    EXPECT_EQ(date_of_parts("1980", "0", "14")->text(), "1980");
    EXPECT_EQ(date_of_parts("1980", "-9", "")->text(), "1980");
    EXPECT_EQ(date_of_parts("", "1", "1")->text(), "");
    EXPECT_EQ(date_of_parts("-9", "1", "1")->text(), "");
    EXPECT_FALSE(date_of_parts("1993", "2", "30"));
    EXPECT_FALSE(date_of_parts("1993", "13", ""));
    EXPECT_FALSE(date_of_parts("1993a", "1", ""));
}

TEST(DateForms, ASpanIsNeverFinerThanItsEnds) {
    EXPECT_EQ(*span_text({1980, 1, 14}, {1980, 1, 21}), "1980-01-14..1980-01-21");
    EXPECT_EQ(*span_text({1974, 11, 0}, {1974, 11, 30}), "1974-11");
    EXPECT_EQ(*span_text({1974, 11, 3}, {1974, 0, 0}), "1974");
    EXPECT_EQ(*span_text({1974, 11, 3}, {}), "1974-11-03");
    EXPECT_FALSE(span_text({1980, 1, 14}, {1980, 1, 13}));
}

TEST(CountryCodes, SchemesAndYears) {
    EXPECT_EQ(actor_of("iso3", "deu", 0), "DEU");
    EXPECT_EQ(actor_of("iso2", "NA", 0), "NAM");  // Namibia, and no missing value
    EXPECT_EQ(actor_of("cow", "2", 1990), "USA");
    EXPECT_EQ(actor_of("cow", "345", 1985), "YUG");
    EXPECT_EQ(actor_of("cow", "345", 2005), "SCG");
    EXPECT_EQ(actor_of("cow", "345", 2010), "SRB");
    EXPECT_EQ(actor_of("cow", "345", 0), std::nullopt);  // which of them, nobody can tell
    EXPECT_EQ(actor_of("cow", "816", 0), "VNM");
    EXPECT_EQ(actor_of("gw", "815", 0), "VNM");
    EXPECT_EQ(actor_of("cow", "300", 1900), "AUH");
    EXPECT_EQ(actor_of("cow", "99999", 1900), std::nullopt);
    EXPECT_EQ(actor_of("any", "FR", 0), "FRA");
}

TEST(CountryCodes, NamesInSeveralSpellings) {
    for (const auto* name :
         {"Côte d’Ivoire", "cote d'ivoire", "Ivory Coast", "Elfenbeinküste", "CÔTE D'IVOIRE"})
        EXPECT_EQ(actor_of("name", name, 0), "CIV") << name;
    EXPECT_EQ(actor_of("name", "Korea, Republic of", 0), "KOR");
    EXPECT_EQ(actor_of("name", "korea-south", 0), "KOR");
    for (const char* name : {"S. Korea", "s korea", "Rep. of Korea", "Republic of Korea", "R.O.K."})
        EXPECT_EQ(actor_of("name", name, 0), "KOR") << name;
    for (const char* name : {"N. Korea", "D.P.R. Korea", "DPRK", "Korea, Democratic People's Republic of"})
        EXPECT_EQ(actor_of("name", name, 0), "PRK") << name;
    EXPECT_EQ(actor_of("name", "German Democratic Republic", 0), "DDR");
    EXPECT_EQ(actor_of("name", "U.S.S.R.", 0), "RUS");
    EXPECT_EQ(actor_of("name", "Frankreich", 0), "FRA");
    EXPECT_EQ(actor_of("name", "Türkiye", 0), "TUR");
    EXPECT_EQ(actor_of("name", "Hawaii", 0), std::nullopt);
    EXPECT_EQ(actor_of("name", " ", 0), std::nullopt);
}

TEST(TemplateText, WhatHasNoTextLeavesNoTrace) {
    const auto fill = [](std::string_view text) {
        return filled_text(text, [](std::string_view column) {
            return column == "a" ? "A" : column == "b" ? "B" : "";
        });
    };
    EXPECT_EQ(fill("{a} to {b}, {c}"), "A to B");
    EXPECT_EQ(fill("{a} ({c})"), "A");
    EXPECT_EQ(fill("{a} (x: {b}, {c}, {c})"), "A (x: B)");
    EXPECT_EQ(fill("{c}, {a}"), "A");
    EXPECT_EQ(columns_in_text("{a} {b"), std::nullopt);
    EXPECT_EQ(columns_in_text("a}"), std::nullopt);
}

constexpr const char* kMap = R"({
  "entente_map": 1,
  "source": {"key": "test", "title": "Test"},
  "id": {"columns": "id", "repeats": "number"},
  "skip": [{"when": {"column": "who", "is": "SUM"}, "reason": "a total"}],
  "records": [{"type": "engagement", "fields": {
    "category": {"column": "kind", "codes": {"Visit": "KLE", "Exercise": "EXR"}},
    "title": {"text": "{kind} at {place}"},
    "held": {"from": {"column": "from", "forms": ["iso", "%d.%m.%Y"]}, "to": {"column": "to", "forms": ["iso", "%d.%m.%Y"]}},
    "participations": [{"actor": "USA", "role": "visitor"},
      {"actor": {"column": "who", "split": ["/", " and "], "scheme": "name", "missing": {"-9": "unknown"}}, "role": "host",
       "people": {"column": "people", "missing": {"-99": "unknown", "-88": "not applicable"}}}],
    "places": {"column": "place"}}}]})";

class MapFile : public testing::Test {
protected:
    void SetUp() override { path_ = fs::path(testing::TempDir()) / fmt::format("map-{}.csv", getpid()); }
    void TearDown() override { fs::remove(path_); }

    // Rows as `id: handle actors dates | !field: reason`.
    std::string run(const std::string& rows, const std::string& map_text = kMap) {
        std::ofstream(path_) << "id,kind,who,from,to,place,people\n" << rows;
        const auto map = parse_map(map_text);
        if (!map) return map.error().field + ": " + map.error().message;
        const auto source = MapSource::open(*map, {path_}, today_);
        std::string out;
        ImportRow row;
        for (;;) {
            const auto more = (*source)->next(row);
            if (!more) return out + "ERROR " + more.error().message;
            if (!*more) return out;
            out += row.place + " " + row.id + " ";
            if (row.set_aside()) out += "!" + row.field + ": " + row.reason;
            for (const auto& record : row.set_aside() ? std::vector<ProposedRecord>() : row.records) {
                out += record.handle;
                for (const auto& part : record.content.at("participations").as_array()) {
                    out += " " + std::string(part.at("actor").as_string()).substr(6);
                    if (const auto* people = part.as_object().if_contains("people"))
                        out += json::serialize(*people);
                }
                if (record.content.contains("unnamed_parties"))
                    out += " +" + json::serialize(record.content.at("unnamed_parties"));
                out += " " + domain::DateSpan::from_json(record.content.at("held"))->to_text();
            }
            for (const auto& remark : row.remarks) out += " (" + remark + ")";
            out += "\n";
        }
    }
    fs::path path_;
    const Day today_ = *day_of(2025, 6, 15);
};

TEST_F(MapFile, RowsBecomeRecordsOrAreSetAsideWithFieldAndReason) {
    EXPECT_EQ(
        run("r1,Visit,France/Italy and Spain,2024-01-02,03.01.2024,Paris,12\n"
            "r2,Visit,France/-9,2024-01,,,-99\n"
            "r3,Visit,Utopia,2024-01,,,\n"
            "r4,Parade,France,2024-01,,,\n"
            "r5,Visit,France,31.02.2024,,,\n"
            "r6,Visit,SUM,,,,44\n"
            "r1,Visit,France,2024,,,\"1,200\"\n"
            "r7,Visit,France,2024\n"
            "r8,Visit,France,2024,,,about 5\n"
            "r9,Visit,France/france,2024,,,0\n"),
        "2 r1 r1 USA FRA12 ITA12 ESP12 2024-01-02..2024-01-03\n"
        "3 r2 r2 USA FRA{\"none\":\"unknown\"} +{\"none\":\"unknown\"} 2024-01\n"
        "4 r3 !who: found 'Utopia', expected a state or organisation of the table of actors, or its name "
        "or alias on record\n"
        "5 r4 !kind: found 'Parade', expected one of Exercise, Visit\n"
        "6 r5 !from: found '31.02.2024', February 2024 has 29 days: expected a date such as 2024-04-03 or "
        "03.04.2024\n"
        "7 r6 !who: a total\n"
        "8 r1 r1~2 USA FRA1200 2024 (the id r1 occurs again: this is number 2)\n"
        "9  !row: found 4 cells, expected 7\n"
        "10 r8 !people: found 'about 5', expected a whole number of persons\n"
        "11 r9 r9 USA FRA0 2024\n"
    );
}

TEST_F(MapFile, WhatLiesAheadIsPlannedAndWhatRunsAcrossTodayIsOngoing) {
    const auto map = parse_map(kMap);
    const auto status_of = [&](const std::string& from, const std::string& to, const TableMap& by) {
        std::ofstream(path_) << "id,kind,who,from,to,place,people\nr1,Visit,France," << from << "," << to
                             << ",,\n";
        const auto source = MapSource::open(by, {path_}, today_);
        ImportRow row;
        EXPECT_TRUE((*source)->next(row).value());
        const auto& content = row.records.at(0).content;
        std::string out = text_at(content, "status");
        for (const char* field : {"held", "planned"})
            if (const auto* date = content.if_contains(field))
                out += fmt::format(" {} {}", field, domain::DateSpan::from_json(*date)->to_text());
        for (const auto& remark : row.remarks) out += " (" + remark + ")";
        return out;
    };
    EXPECT_EQ(status_of("2025-06-14", "", *map), "completed held 2025-06-14");
    EXPECT_EQ(status_of("2025-06-15", "", *map), "completed held 2025-06-15");
    EXPECT_EQ(
        status_of("2025-06-16", "2025-06-18", *map),
        "planned planned 2025-06-16..2025-06-18 (its date lies ahead: planned, not completed)"
    );
    EXPECT_EQ(
        status_of("2025-06-14", "2025-06-15", *map),
        "ongoing held 2025-06-14..2025-06-15 (it runs across today: ongoing)"
    );
    EXPECT_EQ(
        status_of("2025-06", "", *map),
        "completed held 2025-06 (known to the month or year alone, which is not over: taken as completed)"
    );
    EXPECT_EQ(
        status_of("2026", "", *map), "planned planned 2026 (its date lies ahead: planned, not completed)"
    );
    auto declared = *map;
    ValueSpec status;
    status.constant = "confirmed";
    declared.records[0].fields.emplace_back("status", status);
    EXPECT_EQ(
        status_of("2026", "", declared),
        "confirmed planned 2026 (its date lies ahead: it stands as planned for then)"
    );
    EXPECT_EQ(status_of("2025-06-14", "", declared), "confirmed held 2025-06-14");
    // Where no case holds, the dates decide.
    declared.records[0].fields.back().second.constant.reset();
    declared.records[0].fields.back().second.cases = {{{{"who", {}, {}, {}, {"UTOPIA"}, {}}}, "cancelled"}};
    EXPECT_EQ(
        status_of("2026", "", declared), "planned planned 2026 (its date lies ahead: planned, not completed)"
    );
    declared.records[0].fields.back().second.cases = {{{{"who", {}, {}, {}, {"FRAN"}, {}}}, "cancelled"}};
    EXPECT_EQ(status_of("2025-06-14", "", declared), "cancelled held 2025-06-14");
}

TEST_F(MapFile, OfARowThatIsSetAsideIsKeptWhatTellsWhichItWas) {
    std::ofstream(path_) << "id,kind,who,from,to,place,people\n"
                         << "r1,Visit,France/Utopia,31.02.2024,,Paris,many\n"
                         << "r2,Visit,SUM,,,,4\nr3,Visit\n,Visit,France,2024,,,\n";
    auto map = *parse_map(kMap);
    map.id_prefix = "t-";
    const auto source = MapSource::open(map, {path_}, today_);
    std::vector<std::string> handles;
    ImportRow row;
    json::object first;
    while ((*source)->next(row).value()) {
        EXPECT_TRUE(row.set_aside());
        EXPECT_TRUE(row.remarks.empty()) << "what is said of it is the reason";
        handles.push_back(row.records.empty() ? "none" : row.records[0].handle);
        if (first.empty()) first = row.records.at(0).content;
    }
    EXPECT_EQ(handles, (std::vector<std::string>{"t-r1", "t-r2", "t-r3", "none"}));
    EXPECT_EQ(text_at(first, "title"), "Visit at Paris");
    EXPECT_FALSE(first.contains("held"));
    EXPECT_EQ(first.at("participations").as_array().size(), 2U) << "the USA and France";
}

TEST_F(MapFile, BeginningAgainGivesTheSame) {
    std::ofstream(path_
    ) << "id,kind,who,from,to,place,people\nr1,Visit,France,2024,,,\nr1,Visit,Italy,2024,,,\n";
    const auto source = MapSource::open(*parse_map(kMap), {path_}, today_);
    ImportRow row;
    for (int pass = 0; pass < 2; ++pass) {
        EXPECT_TRUE((*source)->next(row).value());
        EXPECT_EQ(row.records[0].handle, "r1");
        EXPECT_TRUE((*source)->next(row).value());
        EXPECT_EQ(row.records[0].handle, "r1~2");
        EXPECT_EQ(row.file, 1U);
        EXPECT_FALSE((*source)->next(row).value());
        EXPECT_EQ((*source)->progress(), 1.0);
        EXPECT_TRUE((*source)->restart());
    }
}

TEST_F(MapFile, AColumnThatTheFileLacksIsNamedBeforeAnyRow) {
    std::string map = kMap;
    map.replace(map.find("\"place\"}}}"), 7, "\"city\"");
    EXPECT_NE(
        run("r1,Visit,France,2024,,,\n", map)
            .find("ERROR records.0.fields.places: found the columns id, kind, who, from, to, place, people, "
                  "expected also city"),
        std::string::npos
    );
}

TEST(TableMap, AMistakeIsNamedByItsPath) {
    const auto error_with = [](const std::string& from, const std::string& to) {
        std::string map = kMap;
        const auto at = map.find(from);
        EXPECT_NE(at, map.npos) << from;
        map.replace(at, from.size(), to);
        const auto read = parse_map(map);
        return read ? std::string("none") : read.error().field + ": " + read.error().message;
    };
    EXPECT_EQ(
        error_with("\"Visit\": \"KLE\"", "\"Visit\": \"XXX\""),
        "records.0.fields.category.codes.Visit: found 'XXX', expected a code of engagement_category"
    );
    EXPECT_EQ(
        error_with("\"places\"", "\"plaices\""),
        "records.0.fields.plaices: found a field of this name, expected a field of engagement"
    );
    EXPECT_EQ(
        error_with("\"type\": \"engagement\"", "\"type\": \"visit\""),
        "records.0.type: found 'visit', expected a record type, such as engagement"
    );
    EXPECT_EQ(
        error_with("\"iso\", \"%d", "\"%Q\", \"%d").substr(0, 36), "records.0.fields.held.from.forms: fo"
    );
    EXPECT_EQ(
        error_with("\"scheme\": \"name\"", "\"scheme\": \"fips\"").substr(0, 53),
        "records.0.fields.participations.1.actor.scheme: found"
    );
    EXPECT_EQ(
        error_with("\"actor\": \"USA\"", "\"actor\": \"USB\"").substr(0, 54),
        "records.0.fields.participations.0.actor: found 'USB', "
    );
    EXPECT_EQ(error_with("\"key\": \"test\"", "\"key\": \"a test\"").substr(0, 11), "source.key:");
    EXPECT_EQ(
        error_with("\"entente_map\": 1", "\"entente_map\": 2"),
        "entente_map: found 2, expected a whole number from 1 to 1"
    );
    EXPECT_EQ(error_with("\"repeats\"", "\"repeat\"").substr(0, 10), "id.repeat:");
    EXPECT_EQ(error_with("{kind} at", "{kind at").substr(0, 28), "records.0.fields.title.text:");
    EXPECT_EQ(
        error_with("\"-99\": \"unknown\"", "\"-99\": \"nothing known\"").substr(0, 55),
        "records.0.fields.participations.1.people.missing: found"
    );
}

TEST(TableMap, CommentsAreOfNoAccountAndTextsMayHoldSlashes) {
    EXPECT_EQ(without_comments("a // b\n\"c // \\\" // d\" // e"), "a     \n\"c // \\\" // d\"     ");
    EXPECT_EQ(without_comments("// all"), "      ");
    std::string map = kMap;
    map.replace(map.find("\"title\": \"Test\""), 15, "\"url\": \"https://x.example\"");
    map.replace(map.find("\"id\":"), 0, "// what tells rows apart: \"id\"\n");
    const auto read = parse_map(map);
    ASSERT_TRUE(read) << read.error().field << ": " << read.error().message;
    EXPECT_EQ(text_at(read->description, "url"), "https://x.example");
}

TEST(TableMap, EveryMapThatShipsCanBeRead) {
    fs::path root = fs::current_path();
    while (!fs::exists(root / "data/maps") && root.has_relative_path()) root = root.parent_path();
    int maps = 0;
    for (const auto& entry : fs::directory_iterator(root / "data/maps")) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream in(entry.path());
        const auto map = parse_map(std::string{std::istreambuf_iterator<char>(in), {}});
        EXPECT_TRUE(map) << entry.path() << " "
                         << (map ? "" : map.error().field + ": " + map.error().message);
        ++maps;
    }
    EXPECT_EQ(maps, 7);
}

}  // namespace
}  // namespace entente::ingest::map
