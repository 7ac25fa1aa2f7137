#include "domain/locator.h"

#include <gtest/gtest.h>

namespace entente::domain {
namespace {

TEST(Locator, HasOneSpellingAPlace) {
    for (const char* text :
         {"p. 1",
          "p. 12",
          "pp. 12-13",
          "l. 40",
          "l. 40-52",
          "sheet 2",
          "sheet 2, B7",
          "sheet 1, XFD1048576",
          "p. 9999999",
          "sheet 3, AA10"}) {
        const auto locator = Locator::parse(text);
        ASSERT_TRUE(locator) << text;
        EXPECT_EQ(locator->to_text(), text);
    }
    for (const char* bad :
         {"",
          "12",
          "p.12",
          "p. 0",
          "p. 012",
          "p. -1",
          "pp. 12",
          "pp. 13-12",
          "pp. 12-12",
          "p. 12-13",
          "P. 12",
          "l. ",
          "l. 40-",
          "l. 40–52",
          "sheet",
          "sheet 0",
          "sheet 2,B7",
          "sheet 2, b7",
          "sheet 2, B",
          "sheet 2, 7",
          "sheet 2, B0",
          "sheet 2, XFE1",
          "sheet 2, A1048577",
          "p. 12 ",
          " p. 12",
          "para 4",
          "p. 10000000",
          "pp. sheet 1"}) {
        const auto locator = Locator::parse(bad);
        ASSERT_FALSE(locator) << bad;
        EXPECT_EQ(locator.error().code, ErrorCode::invalid_argument);
        EXPECT_NE(locator.error().message.find("expected a place in a document: p. 12"), std::string::npos);
    }
}

TEST(Locator, NamesCells) {
    const auto cell = *Locator::parse("sheet 2, AB7");
    EXPECT_EQ(cell.column, 28U);  // 26 for the A, 2 for the B
    EXPECT_EQ(cell.row, 7U);
    EXPECT_EQ(cell.first, 2U);
}

}  // namespace
}  // namespace entente::domain
