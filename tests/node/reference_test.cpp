// docs/reference/records.md is made from the declarations. To renew it: build/dev/bin/entente reference >
// docs/reference/records.md
#include <gtest/gtest.h>

#include "base/files.h"
#include "cli/app.h"
#include "cli/commands.h"

namespace entente {
namespace {

TEST(Reference, PageIsWhatTheDeclarationsSay) {
    const auto page = read_file("docs/reference/records.md");
    ASSERT_TRUE(page);
    EXPECT_EQ(*page, cli::reference_page(domain::Schema::builtin()))
        << "renew it: build/dev/bin/entente reference > docs/reference/records.md";
}

TEST(Reference, EveryCommandIsInTheReadme) {
    const auto readme = read_file("README.md");
    ASSERT_TRUE(readme);
    for (const auto& command : cli::command_words())
        EXPECT_NE(readme->find("`" + command.name), std::string::npos) << command.name;
}

TEST(Reference, GlossaryKnowsEveryRecordType) {
    auto glossary = read_file("docs/glossary.md").value();
    for (const auto& type : domain::Schema::builtin().types()) {
        std::string word = type.name;
        word[0] = static_cast<char>(word[0] | 32);
        EXPECT_NE(glossary.find(word), std::string::npos) << word;
    }
}

}  // namespace
}  // namespace entente
