#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/files.h"
#include "domain/declaration.h"
#include "domain/input.h"
#include "ledger/document_text.h"
#include "ledger/ledger.h"
#include "ledger/note.h"
#include "ledger/ratchet.h"
#include "ledger/record_index.h"
#include "ledger/store.h"
#include "ledger/vault.h"
#include "policy/context.h"

namespace entente::service {

/// How to open the two files of a node; given by main, the only place that knows concrete stores.
struct Stores {
    std::function<Result<std::unique_ptr<ledger::LedgerStore>>(const std::filesystem::path&)> ledger;
    std::function<Result<std::unique_ptr<ledger::RecordIndex>>(const std::filesystem::path&)> index;
    /// The same for who asks again and again: what its views learn is kept for all that are opened so. May be absent.
    std::function<Result<std::unique_ptr<ledger::RecordIndex>>(const std::filesystem::path&)> shared_index;
    std::string index_name;
    ledger::TextReader read_text;  ///< text of a file that is taken in
};

/// What a node says of itself in its first entry.
struct NodeConfig {
    std::string origin;   ///< name of the log and of its key: a schema-less URL
    std::string home;     ///< ISO 3166-1 alpha-3 code of the nation whose node it is
    std::string policy;   ///< name of its label policy
    std::string account;  ///< account under which this node's own commands write
};

struct InitRequest {
    std::filesystem::path directory;
    std::filesystem::path keys;  ///< must lie outside `directory`
    std::string home;
    std::string origin;  ///< empty: made from home and random characters
};

enum class Access : std::uint8_t {
    read,   ///< never signs and never appends; may bring the index up to date
    write,  ///< holds the node's writer lock
};

/// An open node: the ledger, the index over it, its keys.
/// Thread-safety  none but that of Ledger::append
class Node {
public:
    /// Makes a node: keys, config, key and schema entries, the table of actors, and a first signature.
    /// Errors  conflict: there is a node, or keys are there · invalid_argument: home is no known nation
    static Result<void> create(
        const InitRequest& request, const Stores& stores, const domain::Schema& schema
    );

    /// Errors  not_found: no node there · unavailable: another process writes · corrupt
    static Result<std::unique_ptr<Node>> open(
        const std::filesystem::path& directory,
        Access access,
        const Stores& stores,
        const domain::Schema& schema
    );

    const NodeConfig& config() const { return config_; }
    const domain::Schema& schema() const { return schema_; }
    const std::filesystem::path& directory() const { return directory_; }
    /// Name of the file of the index: it tells from which declarations it was made.
    const std::string& index_name() const { return stores_.index_name; }
    policy::AuthzContext context() const { return policy::AuthzContext::home(config_.home, config_.policy); }
    std::string default_label() const;

    ledger::LedgerStore& store() { return *store_; }
    ledger::Vault& vault() { return *vault_; }
    ledger::RecordIndex& index() { return *index_; }
    ledger::Ratchet ratchet() const { return ledger::Ratchet(keys_ / "ratchet"); }
    Result<ledger::Signer> signer() const;
    Result<ledger::Verifier> verifier() const;
    /// Text of a file; none when this node reads no text.
    ledger::DocumentText read_text(std::string_view media_type, std::string_view bytes) const {
        return stores_.read_text ? stores_.read_text(media_type, bytes) : ledger::DocumentText{};
    }
    /// Requires  opened for writing
    ledger::Ledger& ledger();
    /// Whom the entries that follow name as their author, by the id of an account; until then the node's own.
    /// Errors    invalid_argument: found no id of an account
    /// Requires  opened for writing
    Result<void> write_as(std::string_view account);

    /// Puts a batch on the record and its rows into the index as they are written: a batch may be long.
    /// Errors  as Ledger::append_batch; what the index cannot take along it reads from the log when it
    /// catches up, and tells then
    /// Requires  opened for writing
    Result<ledger::Receipt> append_batch(ledger::Draft& batch, const ledger::RowProducer& next);

    /// The record on behalf of home staff, as of a size of the log (nothing: now). Brings the index up to
    /// date first.
    Result<std::unique_ptr<ledger::RecordView>> view(std::optional<std::uint64_t> as_of = {});
    /// The same on behalf of the staff of another nation, by this node's labels.
    Result<std::unique_ptr<ledger::RecordView>> view_of_partner(
        const std::string& nation, std::optional<std::uint64_t> as_of = {}
    );
    /// Signs what was appended and brings the index up to date. Called by every appending command before it
    /// ends.
    Result<std::string> settle();
    /// Compares the index with one made afresh beside it. Gives the first line that differs; empty when they
    /// are equal.
    Result<std::string> compare_index();
    /// Makes the index again from the ledger. Gives what `compare_index` found before.
    Result<std::string> rebuild_index();

    /// Checkpoint under which everything that is signed stands, and the number of entries beyond it.
    struct Standing {
        std::optional<ledger::Checkpoint> checkpoint;
        std::string note;
        std::uint64_t entries = 0;
    };
    Result<Standing> standing();

private:
    Node(std::filesystem::path directory, const domain::Schema& schema)
        : directory_(std::move(directory)), schema_(schema) {}
    static Result<void> fill(
        const InitRequest& request,
        const NodeConfig& config,
        const Stores& stores,
        const domain::Schema& schema
    );
    Result<void> check_may_sign();
    Result<void> log_schema();
    Result<void> make_index_again();
    Result<std::uint64_t> catch_up();

    std::filesystem::path directory_;
    std::filesystem::path keys_;
    const domain::Schema& schema_;
    Stores stores_;
    NodeConfig config_;
    std::optional<FileLock> lock_;
    std::unique_ptr<ledger::LedgerStore> store_;
    std::optional<ledger::Vault> vault_;
    std::unique_ptr<ledger::RecordIndex> index_;
    std::unique_ptr<ledger::BatchRows> rows_ahead_;  ///< of a batch in the log, not yet kept in the index
    std::unique_ptr<ledger::Ledger> ledger_;
};

/// Finds records by what a person types, inside a view. Says what is near when nothing fits.
domain::Resolver make_resolver(ledger::RecordView& view, const domain::Schema& schema);

}  // namespace entente::service
