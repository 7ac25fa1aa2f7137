#include "support.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <thread>

#include <fmt/format.h>

#include "ledger/ratchet.h"
#include "ledger/sign.h"
#include "policy/label.h"
#include "store/sqlite/sqlite_ledger_store.h"

namespace entente::bench {

using namespace ledger;

namespace {

ledger::Vault new_vault(const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory);
    if (!std::filesystem::exists(directory / "wrap.key"))
        require(Vault::create(directory).has_value(), "keys can be made");
    return require(Vault::open(directory));
}

}  // namespace

double seconds(const std::function<void()>& act) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Spread spread(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {values.front(), values[values.size() / 2], values.back()};
}

void require(bool good, const std::string& what) {
    if (good) return;
    std::cerr << "bench: " << what << "\n";
    std::exit(1);
}

Node::Node(const std::filesystem::path& place) : directory(place), vault(new_vault(place / "keys")) {
    store = require(store::open_sqlite_ledger_store(directory / "ledger.db"));
    ledger = require(Ledger::open(*store, vault, AccountId::random(), system_clock()));
}

const Signer& signer() {
    static const Signer signer("alfa.example/mil/ledger", std::string(32, 'k'));
    return signer;
}

Draft record(std::uint64_t number, bool people) {
    static const std::string label = policy::Label::originator_only("AAA", "alfa.example/policy/1").bytes();
    Draft d;
    d.kind = "record", d.rec = RecordId::random().text(), d.type = "engagement", d.label = label;
    d.clear = json::object{
        {"category", "DLG"},
        {"held", json::object{{"from", "2026-11-20"}, {"precision", "range"}, {"to", "2026-11-21"}}},
        {"number", number},
        {"places", json::object{{"none", "unknown"}}},
        {"participants", json::array{RecordId::random().text(), RecordId::random().text()}},
    };
    d.sealed.push_back({"title", fmt::format("Staff talks, round {}", number)});
    if (people) d.sealed.push_back({"people", fmt::format("A. Example {}", number)});
    return d;
}

std::unique_ptr<Node> filled_node(const std::filesystem::path& directory, std::uint64_t size) {
    auto node = std::make_unique<Node>(directory);
    const auto have = require(require(node->store->read())->head()).size;
    if (have == size) return node;
    require(have == 0, fmt::format("{} holds {} entries; remove it", directory.string(), have));
    std::cerr << fmt::format("filling {} with {} entries ...\n", directory.string(), size);
    std::vector<std::jthread> writers;
    constexpr std::uint64_t kWriters = 64;  // as many as one commit takes
    for (std::uint64_t w = 0; w < kWriters; ++w)
        writers.emplace_back([&node, w, size] {
            for (auto number = w; number < size; number += kWriters)
                require(node->ledger->append(record(number, true)).has_value(), "append");
        });
    writers.clear();
    require(
        sign_head(*node->store, signer(), Ratchet(directory / "ratchet")).has_value(),
        "the head can be signed"
    );
    return node;
}

}  // namespace entente::bench
