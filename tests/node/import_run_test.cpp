// Imports of a source into a whole node: twice adds nothing, a corrected edition, what was revised by hand,
// undo.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "ingest/fmtrpt/report_source.h"
#include "ingest/table/open_table.h"
#include "service/import_run.h"
#include "service/reconcile_reports.h"
#include "service/verify_node.h"
#include "service/write_record.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;
using service::Access;
using service::Node;

constexpr const char* kHeader =
    "training:id:admin\ttraining:country\tqa:training_country_iso_3166_1\ttraining:program\ttraining:course_"
    "title\t"
    "training:delivery_unit\ttraining:recipient_unit\ttraining_start_date\ttraining_end_date\ttraining:"
    "location\t"
    "training:quantity\ttraining:total_cost\ttraining:page_number\tqa:training_group\n";

// Words that wrapped out of a neighbouring row.
constexpr const char* kWrapped =
    "a4\tColombia\tCOL\tIMET-1 - FY 2008 DoS Training\tCOURSE\t\t\t\t\t\t\t\t3\t"
    "2008_2009_Western_Hemisphere_fmtrpt.tsv\n";

std::string line(
    const std::string& id, const std::string& course, const std::string& people, const std::string& cost
) {
    return id + "\tColombia\tCOL\tIMET-1 - FY 2008 DoS Training\t" + course +
           "\tUnit\tArmy\t1/7/2008\t2/8/2008\tFort\t" + people + "\t" + cost +
           "\t3\t2008_2009_Western_Hemisphere_fmtrpt.tsv\n";
}

class ImportRunTest : public testing::Test {
protected:
    ImportRunTest() : directory_(fs::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        stores_.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
        stores_.index = [this](const fs::path& file) {
            return store::open_sqlite_record_index(file, schema_);
        };
        stores_.index_name = store::record_index_name(schema_);
        const auto made = Node::create(
            {directory_ / "node", directory_ / "keys", "USA", "test.example/usa/ledger"}, stores_, schema_
        );
        EXPECT_TRUE(made) << made.error().message;
        node_ = Node::open(directory_ / "node", Access::write, stores_, schema_).value();
    }
    ~ImportRunTest() override {
        node_.reset();
        fs::remove_all(directory_);
    }

    service::ImportReport import(const std::string& rows, bool preview = false) {
        const auto file = directory_ / "fmtrpt_FY2008_2009.tsv";
        std::ofstream(file) << kHeader << rows;
        auto source = ingest::fmtrpt::open_reports({file}, [](const fs::path& path) {
            return ingest::table::open_table(path);
        });
        EXPECT_TRUE(source) << source.error().message;
        service::ImportRunOptions options;
        options.preview = preview;
        auto report = service::run_import(*node_, **source, options);
        EXPECT_TRUE(report) << report.error().field << ": " << report.error().message;
        return report.value_or(service::ImportReport{});
    }

    // Course and people of all current lines, sorted.
    std::vector<std::string> lines() {
        const auto view = node_->view().value();
        std::vector<std::string> out;
        EXPECT_TRUE(view->each_current("training_line", [&](const ledger::Revision& r) -> Result<void> {
            out.push_back(
                text_at(r.content, "course") + " " + std::to_string(r.content.at("people").as_int64())
            );
            return {};
        }));
        std::sort(out.begin(), out.end());
        return out;
    }
    void expect_sound() {
        const auto differs = node_->compare_index();
        ASSERT_TRUE(differs) << differs.error().message;
        EXPECT_EQ(*differs, "");
        const auto report = service::verify_node(*node_, {});
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_TRUE(report->report.findings.empty());
    }

    static std::string words(const service::EditionChange& change) {
        using Kind = service::EditionChange::Kind;
        std::string out = change.kind == Kind::changed ? "changed"
                          : change.kind == Kind::added ? "new"
                          : change.kind == Kind::gone  ? "gone"
                                                       : "kept";
        out += " " + change.handle + " " + change.brief + ":";
        for (const auto& field : change.fields)
            out += " " + field.field + " " + field.words + " (" + field.before + ", " + field.now + ")";
        return out;
    }

    using Lines = std::vector<std::string>;
    const std::string first_ = line("a1", "Ranger", "1", "100") + line("a2", "Airborne", "2", "200") +
                               line("a3", "Sniper", "3", "300") + kWrapped;
    const std::string second_ = line("a1", "Ranger", "1", "100") + line("a2", "Airborne", "5", "200") +
                                line("a9", "Medic", "4", "400");
    fs::path directory_;
    service::Stores stores_;
    const domain::Schema& schema_ = domain::Schema::builtin();
    std::unique_ptr<Node> node_;
};

TEST_F(ImportRunTest, AccountsForEveryRowAndTwiceAddsNothing) {
    const auto report = import(first_);
    const auto total = report.total();
    EXPECT_EQ(total.seen, 4U);
    EXPECT_EQ(total.added, 3U);
    EXPECT_EQ(total.set_aside, 1U);
    EXPECT_TRUE(report.kept);
    ASSERT_EQ(report.set_aside.size(), 1U);
    EXPECT_EQ(report.set_aside[0].place, "5");
    EXPECT_EQ(lines(), (Lines{"Airborne 2", "Ranger 1", "Sniper 3"}));
    const auto before = node_->standing()->entries;
    const auto again = import(first_);
    EXPECT_FALSE(again.kept);
    EXPECT_TRUE(again.files.at(0).read_before);
    EXPECT_EQ(node_->standing()->entries, before);
    EXPECT_EQ(lines().size(), 3U);
}

TEST_F(ImportRunTest, IdenticalRowsAreRealAndKept) {
    // Without ids of the publisher the row's own digest and its number among its equals tell rows apart.
    std::string rows;
    for (int i = 0; i < 3; ++i) rows += line("b" + std::to_string(i), "Same", "1", "10");
    EXPECT_EQ(import(rows).total().added, 3U);
    EXPECT_EQ(lines(), (Lines{"Same 1", "Same 1", "Same 1"}));
}

TEST_F(ImportRunTest, PreviewKeepsNothing) {
    const auto before = node_->standing()->entries;
    const auto report = import(first_, true);
    EXPECT_EQ(report.total().added, 3U);
    EXPECT_FALSE(report.kept);
    EXPECT_EQ(node_->standing()->entries, before);
    EXPECT_TRUE(lines().empty());
}

TEST_F(ImportRunTest, CorrectedEditionSupersedesAndUndoBringsTheOldOneBack) {
    import(first_);
    const auto report = import(second_);
    const auto total = report.total();
    EXPECT_EQ(total.added, 1U);
    EXPECT_EQ(total.changed, 1U);
    EXPECT_EQ(total.unchanged, 1U);
    EXPECT_EQ(total.gone, 1U);
    ASSERT_EQ(report.changes.size(), 3U);
    EXPECT_EQ(
        words(report.changes[0]),
        "changed a2 7 Jan - 8 Feb 2008; Airborne: people 2 persons -> 5 persons (2, 5)"
    );
    EXPECT_EQ(words(report.changes[1]), "new a9 7 Jan - 8 Feb 2008; Medic:");
    EXPECT_EQ(words(report.changes[2]), "gone a3 7 Jan - 8 Feb 2008; Sniper:");
    EXPECT_EQ(lines(), (Lines{"Airborne 5", "Medic 4", "Ranger 1"}));
    expect_sound();

    const auto undone = service::undo_import(*node_, report.index, "wrong_record", false);
    ASSERT_TRUE(undone) << undone.error().message;
    EXPECT_EQ(undone->withdrawn, 3U);
    EXPECT_EQ(undone->reinstated, 2U);
    EXPECT_EQ(lines(), (Lines{"Airborne 2", "Ranger 1", "Sniper 3"}));
    {
        const auto view = node_->view().value();
        const auto rec = view->resolve({"training_line"}, "a2").value().at(0).first;
        const auto history = view->history(rec).value();
        ASSERT_EQ(history.size(), 3U) << "imported, superseded, reinstated";
        EXPECT_EQ(history[2].number, 3U);
        EXPECT_EQ(history[2].reason, "reinstated");
    }
    expect_sound();
    const auto twice = service::undo_import(*node_, report.index, "wrong_record", false);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::conflict);

    // The undone edition can come again, against what is on record now.
    const auto third = import(second_).total();
    EXPECT_EQ(third.changed, 1U);
    EXPECT_EQ(third.gone, 1U);
    EXPECT_EQ(third.added, 1U);
    EXPECT_EQ(lines(), (Lines{"Airborne 5", "Medic 4", "Ranger 1"}));
    expect_sound();
}

// Rows given by hand.
class GivenRows final : public ingest::ImportSource {
public:
    explicit GivenRows(std::vector<ingest::ImportRow> rows) : rows_(std::move(rows)) {}
    const std::string& key() const override { return key_; }
    domain::Content description() const override { return {{"key", key_}}; }
    const std::vector<ingest::ImportFile>& files() const override { return files_; }
    Result<bool> next(ingest::ImportRow& row) override {
        if (at_ == rows_.size()) return false;
        row = rows_[at_++];
        return true;
    }
    Result<void> restart() override {
        at_ = 0;
        return {};
    }
    double progress() const override { return 0; }

private:
    std::string key_ = "given";
    std::vector<ingest::ImportFile> files_{{"given.csv", "given", 1, {}}};
    std::vector<ingest::ImportRow> rows_;
    std::size_t at_ = 0;
};

TEST_F(ImportRunTest, NothingRefersToARecordOfARowThatWasSetAside) {
    const auto agreement = [](const char* id) {
        return domain::Content{
            {"name", "Pact"}, {"citations", json::object{{"none", "unknown"}}}, {"source_id", id}};
    };
    auto channel = domain::Content{
        {"name", "Talks"}, {"kind", "no_such_kind"}, {"citations", json::object{{"none", "unknown"}}}};
    ingest::ImportRow both{
        1, "2", "p1", {{"agreement", "p1", agreement("p1")}, {"channel", "p1c", channel}}, {}, {}, {}};
    channel["kind"] = "dialogue", channel["agreement"] = "agreement:p1", channel["source_id"] = "p2";
    ingest::ImportRow later{1, "3", "p2", {{"channel", "p2", channel}}, {}, {}, {}};
    GivenRows source({both, later});
    const auto report = service::run_import(*node_, source, {});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->total().added, 0U);
    ASSERT_EQ(report->set_aside.size(), 2U);
    EXPECT_EQ(report->set_aside[1].field, "agreement")
        << "the agreement of the row before was not kept either";
}

TEST_F(ImportRunTest, TheTableOfActorsIsNotUndone) {
    const auto imports = service::list_imports(*node_->view().value()).value();
    ASSERT_FALSE(imports.empty());
    const auto refused = service::undo_import(*node_, imports.front().index, "wrong_record", false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(node_->view().value()->resolve({"actor"}, "USA").value().size(), 1U);
}

TEST_F(ImportRunTest, AnotherTableIsNoCorrectedEdition) {
    std::string rows;
    for (int i = 0; i < 30; ++i)
        rows += line("c" + std::to_string(i), "Course " + std::to_string(i), "1", "10");
    import(rows);
    std::ofstream(directory_ / "fmtrpt_FY2008_2009.tsv") << kHeader << line("x1", "Other", "1", "10");
    auto source =
        ingest::fmtrpt::open_reports({directory_ / "fmtrpt_FY2008_2009.tsv"}, [](const fs::path& path) {
            return ingest::table::open_table(path);
        });
    const auto refused = service::run_import(*node_, **source, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(lines().size(), 30U);
    service::ImportRunOptions options;
    options.replace = true;
    const auto taken = service::run_import(*node_, **source, options);
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->total().gone, 30U);
    EXPECT_EQ(lines(), (Lines{"Other 1"}));
}

TEST_F(ImportRunTest, ACorrectedEditionIsShownBeforeItIsKept) {
    const auto ask = [&](const std::string& rows, bool answer) {
        std::ofstream(directory_ / "fmtrpt_FY2008_2009.tsv") << kHeader << rows;
        auto source =
            ingest::fmtrpt::open_reports({directory_ / "fmtrpt_FY2008_2009.tsv"}, [](const fs::path& path) {
                return ingest::table::open_table(path);
            });
        service::ImportRunOptions options;
        std::size_t asked = 0;
        options.agree = [&](const service::ImportReport& preview) {
            asked = preview.changes.size();
            return answer;
        };
        const auto report = service::run_import(*node_, **source, options);
        EXPECT_TRUE(report) << report.error().message;
        return std::pair(asked, report && report->kept);
    };
    EXPECT_EQ(ask(first_, false), std::pair(std::size_t{0}, true))
        << "there is no earlier edition to ask about";
    EXPECT_EQ(ask(second_, false), std::pair(std::size_t{3}, false));
    EXPECT_EQ(lines(), (Lines{"Airborne 2", "Ranger 1", "Sniper 3"}));
    EXPECT_EQ(ask(second_, true), std::pair(std::size_t{3}, true));
    EXPECT_EQ(lines(), (Lines{"Airborne 5", "Medic 4", "Ranger 1"}));
}

TEST_F(ImportRunTest, WhatWasRevisedByHandStays) {
    import(first_);
    ASSERT_TRUE(service::supersede(*node_, "a2", {{"people", {"7"}}}, "correction", "", {}));
    ASSERT_TRUE(service::retract(*node_, "a3", "duplicate", "", {}));
    const auto report = import(second_);
    EXPECT_EQ(report.total().changed, 0U);
    EXPECT_EQ(report.total().gone, 0U);
    EXPECT_EQ(report.total().added, 1U);
    ASSERT_EQ(report.changes.size(), 3U);
    EXPECT_EQ(
        words(report.changes[0]), "kept a2 7 Jan - 8 Feb 2008; Airborne: people 7 persons -> 5 persons (7, 5)"
    ) << "what the table says otherwise";
    EXPECT_EQ(report.changes[2].kind, service::EditionChange::Kind::kept_by_hand);
    EXPECT_EQ(lines(), (Lines{"Airborne 7", "Medic 4", "Ranger 1"}));
    expect_sound();
}

TEST_F(ImportRunTest, UndoOfTheFirstImportLeavesNothingAndKeepsTheHistory) {
    const auto report = import(first_);
    const auto view = node_->view().value();
    const auto before = view->resolve({"training_line"}, "a1").value();
    ASSERT_EQ(before.size(), 1U);
    const auto undone = service::undo_import(*node_, report.index, "wrong_record", false);
    ASSERT_TRUE(undone) << undone.error().field << ": " << undone.error().message;
    EXPECT_TRUE(lines().empty());
    const auto now = node_->view().value();
    EXPECT_EQ(now->history(before[0].first).value().size(), 1U);
    const auto then = node_->view(report.index + 1).value();
    EXPECT_TRUE(then->current(before[0].first).value()) << "as of the size before the undo it is current";
    const auto imports = service::list_imports(*now).value();
    EXPECT_TRUE(imports.back().undone_by);
    expect_sound();
}

TEST_F(ImportRunTest, ReconcilesWithTotalsOnceWhereverTheyWereRead) {
    const std::string total =
        "t1\tColombia\tCOL\tIMET-1 - FY 2008 DoS Training\t\t\t\t\t\t\t6\t$600\t3\t"
        "2008_2009_Western_Hemisphere_fmtrpt.tsv\n";
    import(first_ + total);
    const auto view = node_->view().value();
    const auto reports = service::reconcile_reports(*view, schema_).value();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].totals, 1U);
    EXPECT_EQ(reports[0].match_printed, 1U) << "1+2+3 people, 100+200+300 dollars, by hand";
    EXPECT_EQ(reports[0].match_read, 1U);
    EXPECT_EQ(reports[0].as_read.lines, 3U) << "the total is no line";
}

TEST_F(ImportRunTest, ListsEveryRepairWithPrintAndReading) {
    import(first_ + line("a5", "Pilot", "2 Garmisch,", "$900"));
    const auto view = node_->view().value();
    const auto cells = service::repaired_cells(*view, "2008_2009").value();
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].at, "1:6");
    EXPECT_EQ(cells[0].column, "quantity");
    EXPECT_EQ(cells[0].printed, "2 Garmisch,");
    EXPECT_EQ(cells[0].read, "2");
    EXPECT_TRUE(service::repaired_cells(*view, "2001_2002").value().empty());
}

TEST_F(ImportRunTest, AFileThatBreaksOffLeavesNothingBehind) {
    const auto file = directory_ / "fmtrpt_FY2008_2009.tsv";
    std::ofstream(file) << kHeader << first_ << "\xFF\xFE broken\n";
    const auto before = node_->standing()->entries;
    auto source = ingest::fmtrpt::open_reports({file}, [](const fs::path& path) {
        return ingest::table::open_table(path);
    });
    ASSERT_TRUE(source);
    const auto report = service::run_import(*node_, **source, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(node_->standing()->entries, before);
    EXPECT_TRUE(lines().empty());
    EXPECT_EQ(import(first_).total().added, 3U) << "the node goes on";
}

}  // namespace
}  // namespace entente
