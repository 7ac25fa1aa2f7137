// The eighteen published training reports, where they are at hand: ENTENTE_CORPUS names a folder that holds
// fmtrpt/*.tsv.zst. The figures are those of the data's own README, counted by another program; without the
// folder the case is skipped, and says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "ingest/fmtrpt/report_source.h"
#include "ingest/table/open_table.h"
#include "service/import_run.h"
#include "service/reconcile_reports.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;

struct Expected {
    const char* report;
    std::uint64_t rows;
    std::int64_t people;
    const char* cost;
    std::uint64_t match;   // programmes whose rows add up to both printed totals, at least
    std::uint64_t totals;  // printed
};

constexpr Expected kReports[] = {
    {"1999_2000", 8'471, 72'415, "219793522", 0, 0},
    {"2000_2001", 9'190, 52'032, "188523334", 0, 0},
    {"2001_2002", 7'290, 34'492, "82466073", 0, 0},
    {"2002_2003", 7'602, 30'441, "83273621", 0, 0},
    {"2003_2004", 9'606, 52'735, "224810310", 0, 0},
    {"2004_2005", 9'478, 29'886, "128697321", 0, 0},
    {"2005_2006", 9'669, 32'378, "151381251", 0, 0},
    {"2006_2007", 10'277, 36'125, "149575539.23", 0, 0},
    {"2007_2008", 11'909, 46'724, "246870639.61", 561, 563},
    {"2008_2009", 16'877, 41'599, "163264206", 605, 605},
    {"2009_2010", 18'945, 54'920, "152005832", 324, 634},
    {"2010_2011", 19'671, 42'460, "181135654.33", 593, 593},
    {"2011_2012", 12'845, 54'731, "200846900", 612, 612},
    {"2012_2013", 11'148, 54'328, "193291263", 650, 650},
    {"2013_2014", 11'051, 52'675, "228364381", 673, 673},
    {"2014_2015", 10'487, 40'032, "198971215", 606, 606},
    {"2015_2016", 10'322, 65'641, "234278472", 587, 588},
    {"2016_2017", 11'964, 64'634, "268219041", 671, 673},
};

TEST(TrainingCorpus, AsPrintedEqualsTheReadmeAndAsReadRecoversTheSplitReport) {
    const char* corpus = std::getenv("ENTENTE_CORPUS");
    if (!corpus || !fs::exists(fs::path(corpus) / "fmtrpt"))
        GTEST_SKIP() << "ENTENTE_CORPUS names no folder with fmtrpt/ in it";
    const auto directory = fs::temp_directory_path() / ("entente-" + RecordId::random().text());
    const auto& schema = domain::Schema::builtin();
    service::Stores stores;
    stores.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
    stores.index = [&](const fs::path& file) { return store::open_sqlite_record_index(file, schema); };
    stores.index_name = store::record_index_name(schema);
    ASSERT_TRUE(service::Node::create(
        {directory / "node", directory / "keys", "USA", "t.example/usa"}, stores, schema
    ));
    {
        auto node = service::Node::open(directory / "node", service::Access::write, stores, schema).value();
        auto source = ingest::fmtrpt::open_reports({fs::path(corpus) / "fmtrpt"}, [](const fs::path& file) {
            return ingest::table::open_table(file);
        });
        ASSERT_TRUE(source) << source.error().message;
        const auto report = service::run_import(*node, **source, {});
        ASSERT_TRUE(report) << report.error().message;
        std::map<std::string, std::uint64_t> rows;
        std::uint64_t seen = 0;
        for (const auto& file : report->files) {
            EXPECT_EQ(file.seen, file.added + file.set_aside) << file.file;
            for (const auto& expected : kReports)
                if (file.file.find(expected.report) != std::string::npos)
                    rows[expected.report] = file.seen, seen += file.seen;
        }
        EXPECT_EQ(seen, 206'802U);
        const auto view = node->view().value();
        const auto reports = service::reconcile_reports(*view, schema).value();
        for (const auto& expected : kReports) {
            const auto found = std::find_if(reports.begin(), reports.end(), [&](const auto& r) {
                return r.report == expected.report;
            });
            ASSERT_NE(found, reports.end()) << expected.report;
            EXPECT_EQ(rows[expected.report], expected.rows) << expected.report;
            EXPECT_EQ(found->as_printed.people, expected.people) << expected.report;
            EXPECT_EQ(found->as_printed.cost, service::cost_units(expected.cost)) << expected.report;
            EXPECT_EQ(found->totals, expected.totals) << expected.report;
            EXPECT_GE(found->match_printed, expected.match) << expected.report;
            EXPECT_GE(found->match_read, found->match_printed) << expected.report;
            if (std::string_view(expected.report) != "2009_2010") continue;
            EXPECT_EQ(found->people_read, 634U);
            EXPECT_GE(found->cost_read, 568U);
            EXPECT_EQ(found->as_read.people, 55'525);
        }
    }
    fs::remove_all(directory);
}

}  // namespace
}  // namespace entente
