#include "http/target.h"

#include <gtest/gtest.h>

namespace entente::http {
namespace {

std::string path_of(std::string_view target) {
    const auto read = parse_target(target);
    return read ? read->path : "refused: " + std::string(read.error().detail);
}

TEST(Target, DecodesAndNormalisesThePath) {
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("//"), "/");
    EXPECT_EQ(path_of("/api/records/USA%20IDN"), "/api/records/USA IDN");
    EXPECT_EQ(path_of("/api//records/./x"), "/api/records/x");
    EXPECT_EQ(path_of("/api/records/"), "/api/records/");
    EXPECT_EQ(path_of("/api/records/."), "/api/records/");
    EXPECT_EQ(path_of("/%C5%81%C3%B3d%C5%BA?x=/../"), "/Łódź");
    EXPECT_EQ(path_of("/a..b/..c"), "/a..b/..c");
    EXPECT_EQ(path_of("/a+b"), "/a+b");
}

TEST(Target, RefusesAPathThatTwoProgramsCouldReadInTwoWays) {
    for (const auto* target :
         {"",
          "x",
          "*",
          "http://localhost/x",
          "example.org:443",
          "/../x",
          "/a/..",
          "/a/%2e%2E/b",
          "/a/%2e./b",
          "/%",
          "/%2",
          "/%zz",
          "/%00",
          "/a%2fb",
          "/a%5Cb",
          "/a\\b",
          "/a%0d%0aSet-Cookie:x",
          "/%ff",
          "/%c0%af",
          "/a b",
          "/a\x80",
          "/a\x7f",
          "/a#b",
          "/?a=%",
          "/?a=%00",
          "/?%ff=1",
          "/?a=%4"})
        EXPECT_TRUE(path_of(target).starts_with("refused: ")) << target << " became " << path_of(target);
}

TEST(Target, ReadsTheQueryInOrder) {
    const auto read = parse_target("/x?where=a%3D1&where=b+c&flag&=v&&last=%26");
    ASSERT_TRUE(read);
    EXPECT_EQ(
        read->query, (Fields{{"where", "a=1"}, {"where", "b c"}, {"flag", ""}, {"", "v"}, {"last", "&"}})
    );
}

}  // namespace
}  // namespace entente::http
