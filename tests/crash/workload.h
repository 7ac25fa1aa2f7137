#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/note.h"
#include "ledger/ratchet.h"
#include "ledger/verify.h"

namespace entente::crash {

inline constexpr int kRecords = 6;
inline constexpr int kDocument = 3;  ///< the record that brings bytes of its own
inline constexpr std::size_t kDocumentBytes = 20'000;
inline constexpr int kBatchRows = 3;

/// Defects that a checker must catch.
struct Plants {
    bool ack_before_commit =
        false;  ///< an acknowledgement goes out when the entry is written, not when it is durable
    bool no_idempotency = false;        ///< retries do not carry their key
    bool ignore_failed_commit = false;  ///< a commit that failed is taken for one that succeeded
    bool synchronous_normal = false;    ///< no flush at a commit; only a power cut can tell
    bool slow_commit = false;           ///< no defect: leaves time for one to show
    static Plants from_environment();
};

/// Takes one line of what the writer tells the world.
using Say = std::function<void(const std::string& line)>;

/// A node in a directory: the ledger, the keys, the ratchet.
class Node {
public:
    /// Makes an empty one.
    static void create(const std::filesystem::path& directory);
    static Result<std::unique_ptr<Node>> open(
        const std::filesystem::path& directory, const Plants& plants = {}, const Say& say = {}
    );

    ledger::LedgerStore& store() { return *store_; }
    ledger::Ledger& ledger() { return *ledger_; }
    Result<std::string> sign();
    Result<ledger::VerifyReport> verify(const std::optional<ledger::Checkpoint>& kept);
    static const ledger::Signer& signer();

private:
    explicit Node(const std::filesystem::path& directory) : ratchet_(directory / "ratchet") {}
    ledger::Ratchet ratchet_;
    std::optional<ledger::Vault> vault_;
    std::unique_ptr<ledger::LedgerStore> store_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

/// Record `number` of 1 to kRecords; always the same, so that a retry is one.
ledger::Draft record(int number);
std::string key_of(int number);

/// Appends all records, then a batch if `batch` and none is there, and signs after each. Says:
///   ack KEY INDEX LEAF      right after an acknowledgement (leaf in hex); KEY is `batch` for the batch
///   refused KEY             not acknowledged
///   checkpoint SIZE ROOT    after a signature was handed out
/// A refusal does not end it: a node that takes no more writes has to show it.
void write_all(Node& node, bool batch, const Plants& plants, const Say& say);

inline constexpr int kWriters = 8;
inline constexpr int kPerWriter = 120;
std::string writer_key(int writer, int number);

/// The same from kWriters threads, with keys of their own; one of them signs now and then.
void write_in_threads(Node& node, const Say& say);

}  // namespace entente::crash
