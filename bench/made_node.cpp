// A node of a size that no public record has: engagements that never were, put on the record as an import puts them.
//
//   bench_made_node DIRECTORY [ENGAGEMENTS [PARTICIPATIONS]]     300,000 and 2,000,000 unless said
//
// DIRECTORY/node and DIRECTORY/keys are made; where they are, nothing is done. Prints how long each part took.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "domain/content.h"
#include "made_engagements.h"
#include "store/sqlite/sqlite_ledger_store.h"
#include "store/sqlite/sqlite_record_index.h"
#include "support.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kRowsOfABatch = 10'000;

service::Stores stores(const domain::Schema& schema) {
    service::Stores out;
    out.ledger = [](const fs::path& file) { return store::open_sqlite_ledger_store(file); };
    out.index = [&schema](const fs::path& file) { return store::open_sqlite_record_index(file, schema, {}); };
    out.index_name = store::record_index_name(schema);
    return out;
}

ledger::Draft row(const service::Node& node, const std::string& type, const std::string& words, json::object content) {
    auto parts = domain::split(*node.schema().find(type), std::move(content));
    ledger::Draft out;
    out.kind = "row", out.rec = made_id(words), out.type = type, out.at = "0:1";
    out.clear = std::move(parts.clear), out.sealed = std::move(parts.sealed);
    return out;
}

ledger::Draft batch(const service::Node& node, const std::string& source, const std::string& words) {
    ledger::Draft out;
    out.kind = "import", out.rec = made_id(words), out.label = node.default_label();
    out.clear = json::object{{"files", json::array{json::object{{"lines", 1}}}}, {"source", source}};
    return out;
}

/// Id and code of every nation, home first.
std::vector<std::pair<std::string, std::string>> nations(service::Node& node) {
    const auto view = require(node.view());
    std::vector<std::pair<std::string, std::string>> out;
    require(view->each_current("actor", [&](const ledger::Revision& actor) -> Result<void> {
                    if (text_at(actor.content, "kind") == "nation") out.emplace_back(actor.rec, text_at(actor.content, "code"));
                    return {};
                })
                .has_value(),
            "actors can be read");
    std::ranges::sort(out, {}, [&](const auto& one) { return std::pair(one.second != node.config().home, made_id(one.second)); });
    return out;
}

void fill(service::Node& node, std::uint64_t engagements, std::uint64_t participations) {
    auto actors = nations(node);
    const auto home = actors.front().first, source = made_id("source");
    actors.erase(actors.begin());
    if (actors.size() > 200) actors.resize(200);
    std::vector<ledger::Draft> first;
    first.push_back(row(node, "source", "source", {{"key", "made-up"}, {"title", "Engagements that never were"}, {"publisher", "bench"}}));
    json::array parties{json::string(home)};
    first.push_back(row(
        node,
        "coverage",
        "coverage",
        {{"kind", "census"},
         {"parties", std::move(parties)},
         {"record_types", json::array{"engagement"}},
         {"covers", json::object{{"from", "1990-01-01"}, {"precision", "range"}, {"to", "2026-10-31"}}},
         {"ground", "declared"},
         {"sources", json::array{json::string(source)}},
         {"source_id", "mv1"}}
    ));
    MadeEngagements made(node, home, source, actors, engagements, participations);
    std::uint64_t written = 0;
    while (written < engagements) {
        auto entry = batch(node, source, fmt::format("batch {}", written));
        std::uint64_t rows = 0;
        require(node.append_batch(entry, [&](ledger::Draft& out) -> Result<bool> {
            if (!first.empty()) {
                out = std::move(first.front());
                first.erase(first.begin());
                return true;
            }
            if (rows == kRowsOfABatch || written == engagements) return false;
            out = made.next();
            ++rows, ++written;
            return true;
        }));
        std::cerr << fmt::format("\r{} engagements", written) << std::flush;
    }
    std::cerr << "\n";
    require(node.settle());
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    using namespace entente;
    using namespace entente::bench;
    require(count >= 2, "bench_made_node DIRECTORY [ENGAGEMENTS [PARTICIPATIONS]]");
    const fs::path directory = words[1];
    const std::uint64_t engagements = count > 2 ? std::stoull(words[2]) : 300'000;
    const std::uint64_t participations = count > 3 ? std::stoull(words[3]) : engagements * 20 / 3;
    require(engagements > 0 && participations >= 2 * engagements && participations <= 39 * engagements, "2 to 39 participations each");
    if (fs::exists(directory / "node" / "made")) return 0;
    fs::remove_all(directory);
    fs::create_directories(directory);
    const auto& schema = domain::Schema::builtin();
    const auto opened = stores(schema);
    const double took = seconds([&] {
        require(
            service::Node::create({directory / "node", directory / "keys", "USA", "made.example/usa/ledger"}, opened, schema).has_value(),
            "a node can be made"
        );
        const auto node = require(service::Node::open(directory / "node", service::Access::write, opened, schema));
        fill(*node, engagements, participations);
    });
    // Marks a node that was made to the end.
    std::ofstream(directory / "node" / "made") << engagements << " " << participations << "\n";
    std::cout << fmt::format(
        "made a node of {} engagements with {} participations in {:.0f} s; {:.0f} MB\n",
        engagements,
        participations,
        took,
        [&] {
            double bytes = 0;
            for (const auto& file : fs::directory_iterator(directory / "node")) bytes += static_cast<double>(file.file_size());
            return bytes / 1e6;
        }()
    );
    return 0;
}
