// bench_verify DIRECTORY [SIZE]: how long verify() takes on a whole ledger, beside SHA-256 over the same
// bytes.
#include <iostream>

#include <fmt/format.h>

#include "ledger/ratchet.h"
#include "ledger/verify.h"
#include "support.h"

namespace entente::bench {
namespace {

using namespace ledger;

constexpr int kRounds = 5;

// Every entry and sealed value of the ledger.
void each_bytes(LedgerReader& reader, const std::function<void(std::string_view)>& take) {
    require(
        reader
            .each_entry(
                0, [&](const StoredLeaf& leaf) -> Result<void> { return take(leaf.bytes), Result<void>{}; }
            )
            .has_value(),
        "read"
    );
    for (const auto boxes = require(reader.all_boxes()); const auto* box = boxes->current();
         require(boxes->advance().has_value(), "read"))
        take(box->box);
}

double time_verify(Node& node, bool open_sealed) {
    const auto heads = require(Ratchet(node.directory / "ratchet").heads());
    return seconds([&] {
        const auto reader = require(node.store->read());
        auto vault = require(Vault::open(node.directory / "keys"));
        const auto verifier = signer().verifier();
        VerifyRequest request;
        request.verifier = &verifier, request.signed_heads = heads, request.ratchet = heads.back(),
        request.kept = heads.back();
        if (open_sealed) request.vault = &vault;
        const auto report = require(verify(*reader, request));
        require(report.findings.empty() && report.kept, "the ledger is clean");
    });
}

double time_hash(const std::vector<std::string>& pieces) {
    return seconds([&] {
        for (const auto& piece : pieces) (void)sha256(piece);
    });
}

double time_read_and_hash(Node& node) {
    return seconds([&] {
        const auto reader = require(node.store->read());
        each_bytes(*reader, [](std::string_view bytes) { (void)sha256(bytes); });
    });
}

double time_stream(const std::string& all) {
    return seconds([&] { (void)sha256(all); });
}

void run(const std::filesystem::path& directory, std::uint64_t size) {
    const auto node = filled_node(directory, size);
    std::vector<std::string> pieces;
    std::string all;
    each_bytes(*require(node->store->read()), [&](std::string_view bytes) {
        pieces.emplace_back(bytes), all += bytes;
    });
    std::cout << fmt::format(
        "{} entries with their sealed values: {} pieces, {:.1f} MB\n",
        size,
        pieces.size(),
        static_cast<double>(all.size()) / 1e6
    );
    std::vector<double> whole, unopened, hash, read, stream;
    for (int round = 0; round < kRounds; ++round) {
        whole.push_back(time_verify(*node, true));
        unopened.push_back(time_verify(*node, false));
        hash.push_back(time_hash(pieces));
        read.push_back(time_read_and_hash(*node));
        stream.push_back(time_stream(all));
    }
    const double base = spread(whole).middle;
    std::cout << fmt::format(
        "{:<52}{:>8} {:>8} {:>8}   verify takes\n",
        fmt::format("seconds, {} rounds", kRounds),
        "least",
        "median",
        "most"
    );
    const auto row = [&](const char* name, const std::vector<double>& times) {
        const auto s = spread(times);
        std::cout << fmt::format(
            "  {:<50}{:>8.3f} {:>8.3f} {:>8.3f}   {:.2f} times this\n",
            name,
            s.least,
            s.middle,
            s.most,
            base / s.middle
        );
    };
    row("verify, sealed values opened", whole);
    row("verify, sealed values counted only", unopened);
    row("SHA-256 in memory, one run over all bytes", stream);
    row("SHA-256 in memory, each piece by itself", hash);
    row("read from SQLite and SHA-256 of each piece", read);
}

}  // namespace
}  // namespace entente::bench

int main(int count, char** words) {
    entente::bench::require(count >= 2, "bench_verify DIRECTORY [SIZE]");
    entente::bench::run(words[1], count > 2 ? std::stoull(words[2]) : 200'000);
}
