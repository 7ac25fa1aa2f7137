// The series beside the index: what of it counts is what the record says, it grows as the log grows, and its bytes are
// those of one made anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "base/files.h"
#include "service/partner_records.h"
#include "service/series.h"
#include "service/write_record.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"

namespace entente {
namespace {

namespace fs = std::filesystem;
using service::Access;
using service::Node;
using service::Series;

class SeriesTest : public testing::Test {
protected:
    SeriesTest() : directory_(fs::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        stores_.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
        stores_.index = [this](const fs::path& file) {
            return store::open_sqlite_record_index(file, schema_);
        };
        stores_.index_name = store::record_index_name(schema_);
        EXPECT_TRUE(Node::create(
            {directory_ / "node", directory_ / "keys", "USA", "test.example/usa/ledger"}, stores_, schema_
        ));
        node_ = Node::open(directory_ / "node", Access::write, stores_, schema_).value();
    }
    ~SeriesTest() override {
        node_.reset();
        fs::remove_all(directory_);
    }

    std::string enter(std::mt19937_64& random) {
        static const std::vector<std::string> kinds{"DLG", "KLE", "EXR", "PRT", "POL"};
        static const std::vector<std::string> partners{"CHN", "JPN", "JPN,KOR", "THA", "DEU,FRA,CHN"};
        const auto written = service::record(
            *node_,
            "engagement",
            {{"category", {kinds[random() % kinds.size()]}},
             {"with", {"USA," + partners[random() % partners.size()]}},
             {"held", {std::to_string(2000 + random() % 20) + (random() % 2 ? "-05" : "-05-03")}},
             {"source", {"unknown"}}},
            {}
        );
        EXPECT_TRUE(written) << written.error().field << written.error().message;
        return written->revision.rec;
    }
    void revise(const std::string& id, std::mt19937_64& random) {
        const service::TypedFields changes{{"held", {std::to_string(2000 + random() % 20)}}};
        const auto written = random() % 2
                                 ? service::supersede(*node_, id, changes, "correction", "as it was", {})
                                 : service::retract(*node_, id, "duplicate", "entered twice", {});
        EXPECT_TRUE(written) << written.error().field << written.error().message;
    }
    Series series() {
        auto opened = Series::open(*node_, parameters_);
        EXPECT_TRUE(opened) << opened.error().message;
        return *std::move(opened);
    }
    fs::path file() const { return Series::path_of(*node_, parameters_); }
    std::string bytes() const { return read_file(file()).value(); }

    /// The ties of every actor by the series are those by the facts of the view.
    void expect_that_of_the_record(std::optional<std::uint64_t> as_of) {
        const auto view = node_->view(as_of).value();
        const Day at = *parse_iso_day("2021-01-01");
        const auto home = view->resolve({"actor"}, "USA").value().at(0).first;
        std::map<std::string, measures::Masses> found;
        const auto ties = series().ties(*view, home).value();
        for (const auto& tie : ties)
            found[tie.pair.a == home ? tie.pair.b : tie.pair.a] = tie.masses(parameters_, false, at);
        const auto partners = service::load_partner_facts(*view, home).value();
        for (const auto& facts : partners) {
            service::MeasureRequest asked;
            asked.a = home, asked.b = facts.b.evidence.id, asked.at = at;
            const service::PairRecord record(facts, {}, asked);
            const auto expected = measures::weigh(record.facts().tie, parameters_, at);
            const auto& ours = found[asked.b];
            ASSERT_EQ(ours.items.size(), expected.items.size());
            for (std::size_t i = 0; i < expected.items.size(); ++i) {
                EXPECT_EQ(ours.items[i].on.first, expected.items[i].on.first);
                EXPECT_EQ(ours.items[i].on.last, expected.items[i].on.last);
                EXPECT_EQ(ours.items[i].on.mass, expected.items[i].on.mass);
                EXPECT_EQ(ours.items[i].strand, expected.items[i].strand);
                EXPECT_EQ(ours.items[i].choice, expected.items[i].choice);
                EXPECT_EQ(ours.items[i].evidence.id, expected.items[i].evidence.id);
            }
            found.erase(asked.b);
        }
        for (const auto& [id, masses] : found) EXPECT_TRUE(masses.items.empty());
    }

    const domain::Schema& schema_ = domain::Schema::builtin();
    const measures::Parameters& parameters_ = measures::builtin_parameters();
    fs::path directory_;
    service::Stores stores_;
    std::unique_ptr<Node> node_;
};

TEST_F(SeriesTest, GrowsWithTheLogToTheBytesOfOneMadeAnew) {
    std::mt19937_64 random(31);
    std::vector<std::string> ids;
    std::vector<std::uint64_t> sizes;
    for (int round = 0; round < 8; ++round) {
        for (int i = 0; i < 4; ++i) {
            ids.push_back(enter(random));
            if (random() % 3 == 0) {
                const auto at = random() % ids.size();
                revise(ids[at], random);
                ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(at));
            }
        }
        sizes.push_back(node_->view().value()->as_of());
        expect_that_of_the_record({});
        const auto grown = bytes();
        fs::remove(file());
        series();
        ASSERT_EQ(bytes(), grown) << "round " << round;
    }
    for (const auto size : sizes) expect_that_of_the_record(size);
    const auto before = bytes();
    ASSERT_TRUE(node_->rebuild_index());
    fs::remove(file());
    series();
    EXPECT_EQ(bytes(), before) << "after a rebuild of the index";
}

TEST_F(SeriesTest, IsMadeAgainWhenItIsDamaged) {
    std::mt19937_64 random(32);
    for (int i = 0; i < 6; ++i) enter(random);
    series();
    const auto whole = bytes();
    ASSERT_GT(whole.size(), 600U);
    std::vector<std::string> damaged{"", "no rows", whole.substr(0, whole.size() - 1), whole.substr(0, 160)};
    for (const std::size_t at : {3U, 20U, 50U, 90U, 140U, 300U, 599U}) {
        damaged.push_back(whole);
        damaged.back()[at] ^= 1;
    }
    for (const auto& content : damaged) {
        ASSERT_TRUE(replace_file(file(), content));
        expect_that_of_the_record({});
        EXPECT_EQ(bytes(), whole);
    }
    // What an append that was interrupted left behind.
    ASSERT_TRUE(replace_file(file(), whole + std::string(100, 'x')));
    enter(random);
    expect_that_of_the_record({});
    const auto grown = bytes();
    fs::remove(file());
    series();
    EXPECT_EQ(bytes(), grown);
}

TEST_F(SeriesTest, OfOtherParametersIsAnother) {
    std::mt19937_64 random(33);
    enter(random);
    series();
    auto other = parameters_;
    other.hash = "another";
    EXPECT_NE(Series::path_of(*node_, other), file());
}

}  // namespace
}  // namespace entente
