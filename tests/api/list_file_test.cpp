// Every list of the API as a file: as many rows as the list has items, and the same cells in each form.
#include <gtest/gtest.h>

#include "api/list_file.h"
#include "api/route.h"
#include "asked.h"

namespace entente::tests {
namespace {

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(ListFile, ARowAnItem) {
    const json::object answer{
        {"items",
         json::array{
             json::object{{"name", "a, b"}, {"n", 2}, {"of", json::object{{"title", "T"}, {"id", "x"}}}},
             json::object{{"name", "=1+1"}, {"many", json::array{"p", "q"}}}}}};
    EXPECT_EQ(
        api::list_file(answer, "items", "csv", "x")->bytes, "name,n,of,many\n\"a, b\",2,T,\n=1+1,,,p; q\n"
    );
    const auto lines_of = api::list_file(answer, "items", "ndjson", "x")->bytes;
    EXPECT_EQ(lines(lines_of), 2U);
    EXPECT_EQ(api::list_file(answer, "items", "xlsx", "x")->bytes.substr(0, 2), "PK");
    EXPECT_EQ(api::list_file({}, "items", "csv", "x")->bytes, "value\n");
}

TEST(ListFile, OfGroupsEachItemSaysItsGroup) {
    const json::object answer{
        {"fields",
         json::array{json::object{
             {"name", "level"}, {"values", json::array{json::object{{"value", "v"}, {"count", 3}}}}}}}};
    EXPECT_EQ(api::list_file(answer, "fields/values", "csv", "x")->bytes, "name,value,count\nlevel,v,3\n");
}

TEST(ListFile, EveryListIsOne) {
    TemporaryNode node(true);
    Asker asker(node, [](const http::Request&) {
        api::Visitor out;
        out.demonstration = true;
        return out;
    });
    std::size_t asked = 0;
    for (const auto& route : api::all_routes()) {
        // Each file that is taken away is a line more of the access log.
        if (route.list.empty() || route.path == "/api/access-log") continue;
        // Names are paged as JSON alone; reports are not in the record that ships.
        if (route.path == "/api/names/review" || route.path.find("{report}") != std::string::npos) continue;
        ++asked;
        auto path = route.path;
        if (const auto at = path.find("{type}"); at != std::string::npos)
            path = path.substr(0, at) + "engagement?fields=category,level";
        path += path.find('?') == std::string::npos ? "?" : "&";
        const auto whole = asker.get(path).as_object();
        std::size_t items = 0;
        if (route.list == "fields/values")
            for (const auto& field : whole.at("fields").as_array())
                items += field.as_object().at("values").as_array().size();
        else
            items = whole.at(route.list).as_array().size();
        const auto csv = asker.ask({.path = path + "format=csv"});
        EXPECT_EQ(csv.status, 200U) << path << csv.body.substr(0, 300);
        EXPECT_EQ(lines(csv.body), items + 1) << path;
        EXPECT_EQ(lines(asker.ask({.path = path + "format=ndjson"}).body), items) << path;
        EXPECT_EQ(asker.ask({.path = path + "format=xlsx"}).body.substr(0, 2), "PK") << path;
    }
    EXPECT_GE(asked, 5U);
}

}  // namespace
}  // namespace entente::tests
