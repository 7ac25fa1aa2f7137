// docs/reference/records.md is made from the declarations. To renew it: build/dev/bin/entente reference >
// docs/reference/records.md
#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "cli/app.h"
#include "cli/commands.h"
#include "cli/measure_pages.h"
#include "measures/register.h"

namespace entente {
namespace {

TEST(Reference, PageIsWhatTheDeclarationsSay) {
    const auto page = read_file("docs/reference/records.md");
    ASSERT_TRUE(page);
    EXPECT_EQ(*page, cli::reference_page(domain::Schema::builtin()))
        << "renew it: build/dev/bin/entente reference > docs/reference/records.md";
}

measures::Measure tide() {
    measures::Measure out;
    out.name = "tide";
    out.question = "Is it high?";
    out.unit = "metres";
    return out;
}

TEST(Reference, EveryMeasureHasAPageThatIsTrueAndWhole) {
    for (const auto& measure : measures::all_measures()) {
        const auto page = read_file("docs/measures/" + measure.name + ".md").value_or("");
        for (const auto& fault : cli::faults_of_measure_page(measure, page)) ADD_FAILURE() << fault;
    }
}

TEST(Reference, TheListOfMeasuresIsWhatTheRegisterSays) {
    EXPECT_EQ(read_file("docs/measures/README.md").value_or(""), cli::measure_pages_index())
        << "renew it: build/dev/bin/entente reference --into docs";
    for (const auto& file : std::filesystem::directory_iterator("docs/measures")) {
        const auto name = file.path().stem().string();
        EXPECT_TRUE(name == "README" || measures::find_measure(name)) << name << " is no measure any more";
    }
}

TEST(Reference, AMeasureWithoutAPageIsToldWhatItNeeds) {
    const auto measure = tide();
    EXPECT_EQ(
        cli::faults_of_measure_page(measure, ""),
        std::vector<std::string>{
            "docs/measures/tide.md is missing: `entente reference --into docs` begins it"}
    );
    const auto begun = cli::renewed_measure_page(measure, "").value();
    EXPECT_EQ(
        cli::faults_of_measure_page(measure, begun),
        (std::vector<std::string>{
            "docs/measures/tide.md says nothing under '## Worked example': write it by hand",
            "docs/measures/tide.md says nothing under '## How to read it': write it by hand",
            "docs/measures/tide.md says nothing under '## How it misleads': write it by hand",
            "docs/measures/tide.md shows no call: a block that begins '```text' and '$ entente tide …', with "
            "lines as printed"})
    );
}

TEST(Reference, APageIsRenewedBetweenItsMarksAlone) {
    auto measure = tide();
    const auto page = "By hand.\n" + cli::renewed_measure_page(measure, "").value() + "Tides fall.\n";
    EXPECT_EQ(cli::renewed_measure_page(measure, page).value(), page);
    measure.unit = "feet";
    const auto faults = cli::faults_of_measure_page(measure, page);
    ASSERT_FALSE(faults.empty());
    EXPECT_EQ(
        faults.front(),
        "docs/measures/tide.md says other than the declaration: `entente reference --into docs` renews it"
    );
    const auto renewed = cli::renewed_measure_page(measure, page).value();
    EXPECT_NE(renewed.find("Unit: feet."), std::string::npos);
    EXPECT_EQ(renewed.find("metres"), std::string::npos);
    EXPECT_TRUE(renewed.starts_with("By hand.\n") && renewed.ends_with("Tides fall.\n"));
    EXPECT_FALSE(cli::renewed_measure_page(measure, "No marks here."));
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
