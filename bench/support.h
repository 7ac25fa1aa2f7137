#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/note.h"
#include "ledger/vault.h"

namespace entente::bench {

inline constexpr int kThreads = 8;

/// Seconds that `act` takes.
double seconds(const std::function<void()>& act);

struct Spread {
    double least, middle, most;
};
Spread spread(std::vector<double> values);

/// Ends the program with a message when something failed.
void require(bool good, const std::string& what);
template <class T>
T require(Result<T> result) {
    require(result.has_value(), result ? std::string() : result.error().message);
    return *std::move(result);
}

/// A node in a directory that is made.
struct Node {
    explicit Node(const std::filesystem::path& directory);
    std::filesystem::path directory;
    ledger::Vault vault;
    std::unique_ptr<ledger::LedgerStore> store;
    std::unique_ptr<ledger::Ledger> ledger;
};
const ledger::Signer& signer();

/// A record as a desk officer enters it: an entry of some 500 bytes, with a sealed title and, if asked, a
/// sealed name.
ledger::Draft record(std::uint64_t number, bool people);

/// A node of `size` such records under `directory`, made once and kept for the next run; its head is signed.
std::unique_ptr<Node> filled_node(const std::filesystem::path& directory, std::uint64_t size);

}  // namespace entente::bench
