// A field is added in one edit: one line in one declaration. This test makes that edit in memory and looks
// for the field everywhere else.
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/field_options.h"
#include "domain/content.h"
#include "domain/embedded_schema.h"
#include "store/sqlite/index_tables.h"

namespace entente {
namespace {

constexpr std::string_view kField =
    R"({"name": "casualties", "type": "count", "clear": true, "unit": "persons", "label": "Casualties", "help": "People killed or hurt.", "since": 2},)";

domain::Schema with_field() {
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& file : domain::embedded_schema()) {
        std::string text(file.text);
        if (file.name == "records/shock.json") text.insert(text.find("\"fields\": [") + 11, kField);
        files.emplace_back(file.name, text);
    }
    auto schema = domain::Schema::create(files);
    EXPECT_TRUE(schema) << schema.error().field << ": " << schema.error().message;
    return *std::move(schema);
}

bool any_holds(const std::vector<std::string>& texts, std::string_view part) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.find(part) != std::string::npos;
    });
}

TEST(OneEdit, AFieldAppearsEverywhere) {
    const auto schema = with_field();
    const auto& shock = *schema.find("shock");
    const domain::Content content{
        {"kind", "incident"},
        {"on", json::object{{"from", "2020-06-15"}, {"precision", "day"}, {"to", "2020-06-15"}}},
        {"initiators", json::array{"odhioh4khu73isn4hq5m4zkhzy"}},
        {"casualties", 24},
        {"citations", json::object{{"none", "unknown"}}}};
    // validation
    EXPECT_TRUE(domain::validate(schema, shock, content))
        << domain::validate(schema, shock, content).error().message;
    auto wrong = content;
    wrong["casualties"] = "many";
    EXPECT_EQ(domain::validate(schema, shock, wrong).error().field, "casualties");
    EXPECT_EQ(
        domain::validate(domain::Schema::builtin(), *domain::Schema::builtin().find("shock"), content)
            .error()
            .field,
        "casualties"
    ) << "not before the edit";
    // the log: entry fields and the declaration itself
    EXPECT_TRUE(domain::split(shock, content).clear.contains("casualties"));
    EXPECT_NE(canonical_json(shock.declaration).value().find("casualties"), std::string::npos);
    // the index
    EXPECT_TRUE(any_holds(store::sqlite::index_tables(schema), "\"casualties\" INTEGER"));
    EXPECT_NE(store::sqlite::fingerprint(schema), store::sqlite::fingerprint(domain::Schema::builtin()));
    // the command line, its help, the reference page
    const auto typed = cli::parse_field_arguments(schema, &shock, {"--casualties", "24"});
    ASSERT_TRUE(typed);
    EXPECT_EQ(typed->fields.at("casualties").front(), "24");
    EXPECT_NE(cli::field_help(schema, shock).find("--casualties"), std::string::npos);
    EXPECT_NE(
        cli::reference_page(schema).find("| Casualties | `--casualties` | count of persons |"),
        std::string::npos
    );
    // it may be named where fields are named: citations, conflicts
    EXPECT_TRUE(schema.list("field_name")->find("casualties"));
}

}  // namespace
}  // namespace entente
