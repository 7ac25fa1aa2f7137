#include "service/node.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"
#include "base/random.h"
#include "ingest/actor_table.h"
#include "ledger/entry.h"
#include "ledger/sign.h"
#include "policy/label.h"
#include "service/log_schema.h"

namespace entente::service {
namespace {

namespace fs = std::filesystem;

constexpr int kLockWaitMilliseconds = 5000;

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
}

bool is_origin(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_' || c == '/';
    });
    const auto slash = text.find('/');
    return plain && text.size() <= 200 && slash != std::string_view::npos && slash > 0 &&
           !text.ends_with('/');
}

/// Names of nations are no secret, and whoever is shown a record must be able to read who took part.
std::string label_for_all_nations(const NodeConfig& config) {
    auto label = policy::Label::originator_only(config.home, config.policy);
    for (const auto& actor : ingest::all_actors())
        if (actor.kind == "nation" && actor.code != config.home) label.releasable_to->push_back(actor.code);
    return label.bytes();
}

ledger::Draft system_draft(const char* kind, const std::string& label, json::object f) {
    ledger::Draft draft;
    draft.kind = kind;
    draft.rec = RecordId::random().text();
    draft.label = label;
    draft.clear = std::move(f);
    return draft;
}

Result<NodeConfig> read_config(ledger::LedgerStore& store) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
    auto bytes = reader->entry_bytes(0);
    if (!bytes)
        return fail(
            ErrorCode::not_found,
            "node",
            "found a ledger without a first entry",
            "bring back the ledger.db that belongs to these keys; remove nothing"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, ledger::decode(*bytes));
    if (entry.kind != "config" || !entry.f)
        return fail(ErrorCode::corrupt, "node", "found a first entry that is no config");
    const auto& f = *entry.f;
    return NodeConfig{text_at(f, "origin"), text_at(f, "home"), text_at(f, "policy"), text_at(f, "account")};
}

std::string applied_line(const std::string& dump) {
    const auto at = dump.find("state|'applied'");
    return at == std::string::npos ? std::string() : dump.substr(at, dump.find('\n', at) - at);
}

// The first line in which two dumps differ, as it should be; empty when they are equal.
std::string first_difference(const std::string& present, const std::string& expected) {
    if (present == expected) return {};
    std::istringstream have(present), want(expected);
    for (std::string line, other; std::getline(want, line);)
        if (!std::getline(have, other) || line != other) return line.substr(0, 160);
    return "it holds rows that the log does not";
}

}  // namespace

namespace {

// A directory that this run makes is its own alone; one that is there must be empty and private already.
Result<bool> take_directory(const fs::path& path, const char* field) {
    std::error_code ec;
    if (!fs::exists(path, ec)) {
        fs::create_directories(path, ec);
        if (!ec) fs::permissions(path, fs::perms::owner_all, ec);
        if (ec)
            return fail(
                ErrorCode::unavailable,
                field,
                fmt::format("could not make {}: {}", path.string(), ec.message())
            );
        return true;
    }
    if (!fs::is_directory(path, ec))
        return fail(ErrorCode::conflict, field, fmt::format("found {} to be no directory", path.string()));
    if (!fs::is_empty(path, ec) || ec)
        return fail(
            ErrorCode::conflict,
            field,
            fmt::format("found files in {}, expected a new or empty directory", path.string())
        );
    if ((fs::status(path, ec).permissions() & (fs::perms::group_all | fs::perms::others_all)) !=
        fs::perms::none)
        return fail(
            ErrorCode::conflict,
            field,
            fmt::format("found {} open to others", path.string()),
            fmt::format("chmod 700 {}", path.string())
        );
    return false;
}

Result<NodeConfig> check_request(const InitRequest& request) {
    if (fs::exists(request.directory / "ledger.db"))
        return fail(
            ErrorCode::conflict,
            "node",
            fmt::format("found a node in {} already", request.directory.string()),
            "entente list, or another --node DIRECTORY"
        );
    const auto home = ingest::find_actor(request.home);
    if (!home || home->kind != "nation")
        return fail(
            ErrorCode::invalid_argument,
            "home",
            fmt::format(
                "found '{}', expected the code of a nation such as USA{}",
                request.home,
                ingest::nearest_actors(request.home)
            )
        );
    const std::string origin =
        request.origin.empty()
            ? fmt::format("entente.example/{}/{}/ledger", lower(home->code), base32(random_bytes(5)))
            : request.origin;
    if (!is_origin(origin))
        return fail(
            ErrorCode::invalid_argument,
            "origin",
            fmt::format(
                "found '{}', expected an address without scheme, such as mod.example/mil/ledger", origin
            )
        );
    const auto keys = fs::weakly_canonical(request.keys), directory = fs::weakly_canonical(request.directory);
    if (keys == directory || keys.string().starts_with(directory.string() + "/"))
        return fail(
            ErrorCode::invalid_argument,
            "keys",
            "found a directory inside the node's, expected one outside: a copy of the data must not hold its "
            "keys"
        );
    return NodeConfig{
        origin, home->code, origin.substr(0, origin.find('/')) + "/policy/1", AccountId::random().text()};
}

}  // namespace

Result<void> Node::create(const InitRequest& request, const Stores& stores, const domain::Schema& schema) {
    ENTENTE_ASSIGN_OR_RETURN(const auto config, check_request(request));
    ENTENTE_ASSIGN_OR_RETURN(const bool made_directory, take_directory(request.directory, "node"));
    const auto undo = [](const fs::path& path, bool made) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(path, ignored)) fs::remove_all(entry.path(), ignored);
        if (made) fs::remove(path, ignored);
    };
    const auto made_keys = take_directory(request.keys, "keys");
    if (!made_keys) {
        undo(request.directory, made_directory);
        return std::unexpected(made_keys.error());
    }
    auto done = fill(request, config, stores, schema);
    if (!done) {
        // Both directories were empty before: what is in them is of this run.
        undo(request.directory, made_directory);
        undo(request.keys, *made_keys);
    }
    return done;
}

Result<void> Node::fill(
    const InitRequest& request, const NodeConfig& config, const Stores& stores, const domain::Schema& schema
) {
    const auto keys = fs::weakly_canonical(request.keys);
    const ledger::Signer signer(config.origin, random_bytes(32));
    ENTENTE_RETURN_IF_ERROR(ledger::Vault::create(keys));
    ENTENTE_RETURN_IF_ERROR(replace_file(keys / "log.key", signer.skey() + "\n", 0600));
    std::unique_ptr<Node> node(new Node(request.directory, schema));
    node->keys_ = keys;
    node->stores_ = stores;
    node->config_ = config;
    ENTENTE_ASSIGN_OR_RETURN(
        auto lock, FileLock::acquire(request.directory / "writer.lock", kLockWaitMilliseconds)
    );
    node->lock_.emplace(std::move(lock));
    ENTENTE_ASSIGN_OR_RETURN(node->store_, stores.ledger(request.directory / "ledger.db"));
    ENTENTE_ASSIGN_OR_RETURN(auto vault, ledger::Vault::open(keys));
    node->vault_.emplace(std::move(vault));
    ENTENTE_ASSIGN_OR_RETURN(
        node->ledger_,
        ledger::Ledger::open(*node->store_, *node->vault_, *AccountId::parse(config.account), system_clock())
    );
    const auto label = node->default_label();
    ENTENTE_RETURN_IF_ERROR(node->ledger_->append(system_draft(
        "config",
        label,
        {{"account", config.account},
         {"home", config.home},
         {"origin", config.origin},
         {"policy", config.policy}}
    )));
    ENTENTE_RETURN_IF_ERROR(node->ledger_->append(
        system_draft("key", label, {{"use", "log"}, {"vkey", signer.verifier().vkey()}})
    ));
    ENTENTE_RETURN_IF_ERROR(log_declarations(*node->ledger_, schema, {}, label));
    auto [batch, rows] = ingest::actor_batch(label_for_all_nations(config));
    ENTENTE_RETURN_IF_ERROR(node->ledger_->append_batch(batch, rows));
    ENTENTE_ASSIGN_OR_RETURN(node->index_, stores.index(request.directory / stores.index_name));
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const auto note, node->settle());
    // Last: with it the node is one.
    return replace_file(
        request.directory / "node.json",
        pretty_json(json::object{{"format", 1}, {"keys", keys.string()}}) + "\n"
    );
}

Result<std::unique_ptr<Node>> Node::open(
    const fs::path& directory, Access access, const Stores& stores, const domain::Schema& schema
) {
    auto settings = read_file(directory / "node.json");
    if (!settings)
        return fail(
            ErrorCode::not_found,
            "node",
            fmt::format("found no node in {}", directory.string()),
            "entente init --home USA, or name another: --node DIRECTORY"
        );
    const auto value = parse_json(*settings);
    if (!value || !value->is_object() || text_at(value->get_object(), "keys").empty() ||
        !value->get_object().if_contains("format") || value->get_object().at("format") != json::value(1))
        return fail(
            ErrorCode::corrupt,
            "node.json",
            fmt::format("found no settings of format 1 in {}", (directory / "node.json").string()),
            "it holds {\"format\": 1, \"keys\": \"DIRECTORY OF THE KEYS\"}"
        );
    std::unique_ptr<Node> node(new Node(directory, schema));
    node->keys_ = text_at(value->get_object(), "keys");
    node->stores_ = stores;
    if (access == Access::write) {
        ENTENTE_ASSIGN_OR_RETURN(
            auto lock, FileLock::acquire(directory / "writer.lock", kLockWaitMilliseconds)
        );
        node->lock_.emplace(std::move(lock));
    }
    if (!fs::exists(directory / "ledger.db"))
        return fail(
            ErrorCode::not_found,
            "node",
            fmt::format("found no ledger.db in {}", directory.string()),
            "bring it back from a copy, and leave the keys as they are"
        );
    ENTENTE_ASSIGN_OR_RETURN(node->store_, stores.ledger(directory / "ledger.db"));
    ENTENTE_ASSIGN_OR_RETURN(node->config_, read_config(*node->store_));
    auto vault = ledger::Vault::open(node->keys_);
    if (!vault)
        return fail(
            vault.error().code,
            "keys",
            fmt::format("could not open the keys in {}: {}", node->keys_.string(), vault.error().message),
            "put them back, or correct node.json"
        );
    node->vault_.emplace(*std::move(vault));
    ENTENTE_ASSIGN_OR_RETURN(node->index_, stores.index(directory / stores.index_name));
    if (access == Access::write) {
        const auto account = AccountId::parse(node->config_.account);
        if (!account) return fail(ErrorCode::corrupt, "node", "found a config without an account");
        ENTENTE_ASSIGN_OR_RETURN(
            node->ledger_, ledger::Ledger::open(*node->store_, *node->vault_, *account, system_clock())
        );
        ENTENTE_RETURN_IF_ERROR(node->check_may_sign());
        ENTENTE_RETURN_IF_ERROR(node->log_schema());
    }
    return node;
}

// What cannot be signed must not be written: a lost key, or a history that is not the one signed before, is
// found first.
Result<void> Node::check_may_sign() {
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const auto key, signer());
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, store_->read());
    ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
    ENTENTE_ASSIGN_OR_RETURN(const auto signed_head, ratchet().head());
    ENTENTE_ASSIGN_OR_RETURN(const auto latest, reader->latest_checkpoint());
    const std::uint64_t signed_size = signed_head ? signed_head->size : 0;
    if (latest && latest->size > signed_size)
        return fail(
            ErrorCode::conflict,
            "ratchet",
            fmt::format(
                "the record holds a checkpoint of {} entries, but the ratchet knows of {} only: nothing was "
                "written",
                latest->size,
                signed_size
            ),
            "bring the ratchet file back from a copy of the keys"
        );
    if (!signed_head) return {};
    if (head.size < signed_size)
        return fail(
            ErrorCode::conflict,
            "ratchet",
            fmt::format(
                "the record holds {} entries, but {} were signed before: nothing was written",
                head.size,
                signed_size
            ),
            "bring back the missing entries; entente verify tells more"
        );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto frontier, ledger::read_frontier(signed_size, ledger::stored_hashes(*reader))
    );
    if (frontier.root() != signed_head->root)
        return fail(
            ErrorCode::corrupt,
            "ledger",
            fmt::format(
                "the record differs from the one signed at {} entries: nothing was written", signed_size
            ),
            "entente verify"
        );
    return {};
}

// Declarations that this program knows and the log does not are put on the record before anything is written
// with them.
Result<void> Node::log_schema() {
    const auto declared = [&]() -> Result<std::vector<ledger::SystemEntry>> {
        ENTENTE_ASSIGN_OR_RETURN(const auto read, view());
        return read->system_entries("schema");
    };
    auto known = declared();
    if (!known && known.error().code == ErrorCode::corrupt) {
        // Damage that catching up did not meet.
        ENTENTE_RETURN_IF_ERROR(make_index_again());
        known = declared();
    }
    if (!known) return std::unexpected(std::move(known).error());
    return log_declarations(*ledger_, schema_, *known, default_label());
}

// The index is disposable: damage to it is mended from the ledger; damage to the ledger comes back and is
// told.
Result<void> Node::make_index_again() {
    ENTENTE_RETURN_IF_ERROR(index_->clear());
    ENTENTE_RETURN_IF_ERROR(index_->rebuild(*store_, *vault_));
    return {};
}

std::string Node::default_label() const {
    return policy::Label::originator_only(config_.home, config_.policy).bytes();
}

Result<void> Node::write_as(std::string_view account) {
    auto id = AccountId::parse(account);
    if (!id) return fail(ErrorCode::invalid_argument, "account", "found no id of an account");
    ledger().write_as(*std::move(id));
    return {};
}

ledger::Ledger& Node::ledger() {
    check(ledger_ != nullptr, "a node that is written to was opened for writing");
    return *ledger_;
}

Result<ledger::Signer> Node::signer() const {
    ENTENTE_ASSIGN_OR_RETURN(const auto text, read_file(keys_ / "log.key"));
    ENTENTE_ASSIGN_OR_RETURN(auto signer, ledger::Signer::parse(text));
    if (signer.verifier().name() != config_.origin)
        return fail(
            ErrorCode::conflict,
            "keys",
            fmt::format("found the key of {}, expected that of {}", signer.verifier().name(), config_.origin)
        );
    return signer;
}

Result<ledger::Verifier> Node::verifier() const {
    ENTENTE_ASSIGN_OR_RETURN(const auto key, signer());
    return key.verifier();
}

Result<ledger::Receipt> Node::append_batch(ledger::Draft& batch, const ledger::RowProducer& next) {
    if (catch_up())
        if (auto rows = index_->take_rows(batch.label)) rows_ahead_ = *std::move(rows);
    const auto receipt = ledger().append_batch(
        batch,
        [&](ledger::Draft& row) -> Result<bool> {
            ENTENTE_ASSIGN_OR_RETURN(const bool more, next(row));
            if (!more && rows_ahead_) rows_ahead_->end();
            return more;
        },
        [&](ledger::WrittenRow row) {
            if (rows_ahead_ && !rows_ahead_->put(ledger::revision_of(std::move(row), schema_)))
                rows_ahead_.reset();
        }
    );
    if (!receipt) rows_ahead_.reset();
    return receipt;
}

// What could not be taken along is read from the log, which tells of damage if there is any.
Result<std::uint64_t> Node::catch_up() {
    if (const auto rows = std::exchange(rows_ahead_, nullptr)) (void)rows->keep(*store_);
    return index_->catch_up(*store_, *vault_);
}

Result<std::unique_ptr<ledger::RecordView>> Node::view(std::optional<std::uint64_t> as_of) {
    const auto caught_up = catch_up();
    if (!caught_up && caught_up.error().code != ErrorCode::corrupt) return std::unexpected(caught_up.error());
    if (!caught_up) ENTENTE_RETURN_IF_ERROR(make_index_again());
    return index_->read(context(), as_of);
}

Result<std::unique_ptr<ledger::RecordView>> Node::view_of_partner(
    const std::string& nation, std::optional<std::uint64_t> as_of
) {
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const auto up_to_date, view());
    return index_->read(policy::AuthzContext::partner(nation, config_.policy), as_of);
}

Result<std::string> Node::settle() {
    ENTENTE_ASSIGN_OR_RETURN(const auto key, signer());
    ENTENTE_ASSIGN_OR_RETURN(auto note, ledger::sign_head(*store_, key, ratchet()));
    ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const auto size, catch_up());
    return note;
}

Result<std::string> Node::compare_index() {
    const auto aside = directory_ / (stores_.index_name + ".check-" + RecordId::random().text().substr(0, 8));
    const auto compare = [&]() -> Result<std::string> {
        ENTENTE_ASSIGN_OR_RETURN(const auto fresh, stores_.index(aside));
        for (int attempt = 0;; ++attempt) {
            ENTENTE_ASSIGN_OR_RETURN(const auto expected_size, fresh->catch_up(*store_, *vault_));
            const auto size = catch_up();
            // Somebody may append between the two: compare like with like.
            if (size && *size != expected_size && attempt < 5) continue;
            ENTENTE_ASSIGN_OR_RETURN(const auto expected, fresh->dump());
            const auto present = size ? index_->dump() : Result<std::string>(std::unexpected(size.error()));
            // Another command may have brought the index further between the two: look again.
            if (present && attempt < 20 && applied_line(*present) != applied_line(expected)) continue;
            return present ? first_difference(*present, expected) : present.error().message;
        }
    };
    auto difference = compare();
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(aside.string() + suffix, ignored);
    return difference;
}

Result<std::string> Node::rebuild_index() {
    ENTENTE_ASSIGN_OR_RETURN(auto difference, compare_index());
    if (index_->rebuild(*store_, *vault_)) return difference;
    // Not even readable any more: begin with an empty file.
    ENTENTE_RETURN_IF_ERROR(index_->clear());
    ENTENTE_RETURN_IF_ERROR(index_->rebuild(*store_, *vault_));
    return difference.empty() ? std::string("it could not be read") : difference;
}

Result<Node::Standing> Node::standing() {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, store_->read());
    ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
    ENTENTE_ASSIGN_OR_RETURN(const auto latest, reader->latest_checkpoint());
    Standing standing;
    standing.entries = head.size;
    if (!latest) return standing;
    ENTENTE_ASSIGN_OR_RETURN(const auto key, verifier());
    ENTENTE_ASSIGN_OR_RETURN(standing.checkpoint, ledger::open_checkpoint(latest->note, key));
    standing.note = latest->note;
    return standing;
}

}  // namespace entente::service
