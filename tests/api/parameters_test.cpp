// What is asked wrongly is told what was found and what was expected.
#include <gtest/gtest.h>

#include "asked.h"

namespace entente::tests {
namespace {

class ParametersTest : public testing::Test {
protected:
    TemporaryNode node_{false};
    Asker asker_{node_};

    void refused(
        const std::string& path, const std::string& field, const std::string& says, unsigned status = 422
    ) {
        const auto found = asker_.json_of({.path = path}, status).as_object();
        EXPECT_EQ(text_at(found, "field"), field) << path;
        EXPECT_NE(text_at(found, "detail").find(says), std::string::npos)
            << path << ": " << text_at(found, "detail");
    }
};

TEST_F(ParametersTest, AreNamedWithWhatWasExpected) {
    refused("/api/records?tipe=shock", "tipe", "expected one of type, pair");
    refused("/api/records?limit=many", "limit", "found 'many', expected a whole number");
    refused("/api/records?limit=0", "limit", "expected 1 to 1000");
    refused("/api/records?limit=2&limit=3", "limit", "found twice");
    refused("/api/records?oldest_first=maybe", "oldest_first", "expected 1 or 0");
    refused("/api/records?format=pdf", "format", "expected one of json, csv, ndjson, xlsx");
    refused("/api/records?as=china", "as", "expected the code of a nation");
    refused("/api/records?as=CHN&as_of=3", "as_of", "found beside 'as'");
    refused("/api/records?as=CHN&after=AAAA", "after", "found no cursor");
    refused("/api/records?as_of=99999999", "as_of", "found 99999999");
    refused("/api/records?type=shock&fields=nothing", "fields", "found no field 'nothing'");
    refused("/api/relationships?on=yesterday", "on", "yesterday");
    refused("/api/relationships?on=0800", "on", "expected a day of the years 1800 to 9000");
    refused("/api/relationships?home=Atlantis", "home", "Atlantis", 404);
    refused("/api/relationships/USA/Atlantis", "b", "Atlantis", 404);
    refused("/api/measures/strength?a=USA", "b", "found nothing, expected");
    refused("/api/measures/spells?a=USA&b=CHN&unit=week", "unit", "expected month or year");
    refused("/api/facets/engagement", "fields", "found nothing, expected");
}

TEST_F(ParametersTest, WhatIsNotThereIsNotFoundAndWhatIsThereSaysWhatItTakes) {
    EXPECT_EQ(asker_.ask({.path = "/api/nothing"}).status, 404U);
    EXPECT_EQ(asker_.ask({.path = "/api/records/"}).status, 404U);
    const auto wrong = asker_.ask({.method = "PUT", .path = "/api/records/abcd"});
    EXPECT_EQ(wrong.status, 405U);
    EXPECT_EQ(header_of(wrong, "Allow"), "GET, POST, PATCH, DELETE");
}

TEST_F(ParametersTest, EveryAnswerIsHardened) {
    for (const char* path : {"/api/session", "/api/nothing", "/api/records?limit=0"}) {
        const auto response = asker_.ask({.path = path});
        EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(header_of(response, "X-Frame-Options"), "DENY") << path;
        EXPECT_NE(
            header_of(response, "Content-Security-Policy").find("default-src 'none'"), std::string::npos
        );
    }
}

}  // namespace
}  // namespace entente::tests
