#include "workload.h"

#include <cstdlib>
#include <cstring>
#include <thread>

#include <fmt/format.h>

#include "base/codec.h"
#include "ledger/document.h"
#include "ledger/sign.h"
#include "plants.h"
#include "policy/label.h"
#include "store/sqlite/sqlite_ledger_store.h"

namespace entente::crash {

using namespace ledger;

namespace {

const std::string& label() {
    static const std::string bytes = policy::Label::originator_only("AAA", "alfa.example/policy/1").bytes();
    return bytes;
}

void tell(const Say& say, const std::string& key, const Result<Receipt>& receipt) {
    if (!receipt)
        say("refused " + key);
    else
        say(fmt::format("ack {} {} {}", key, receipt->index, hex(receipt->leaf.view())));
}

void tell_checkpoint(const Say& say, const Result<std::string>& note) {
    if (!note) return;
    const auto checkpoint = Checkpoint::parse(*note);
    if (checkpoint) say(fmt::format("checkpoint {} {}", checkpoint->size, base64(checkpoint->root.view())));
}

Draft batch_entry() {
    Draft d;
    d.kind = "import", d.rec = RecordId::random().text(), d.label = label();
    d.clear = json::object{{"files", json::array{}}, {"source", RecordId::random().text()}};
    d.sealed = {{"file", "contacts.csv"}};
    return d;
}

std::vector<Draft> batch_rows() {
    std::vector<Draft> rows;
    for (int i = 0; i < kBatchRows; ++i) {
        Draft row;
        row.kind = "row", row.rec = RecordId::random().text(), row.type = "shock",
        row.at = fmt::format("1:{}", i + 2);
        row.clear = json::object{{"row", i}};
        row.sealed = {{"note", "from the file"}};
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

Plants Plants::from_environment() {
    const char* name = std::getenv("PLANT");
    const auto is = [name](const char* wanted) { return name && std::strcmp(name, wanted) == 0; };
    return {
        is("ack_before_commit"),
        is("no_idempotency"),
        is("ignore_failed_commit"),
        is("synchronous_normal"),
        is("slow_commit")};
}

const Signer& Node::signer() {
    static const Signer signer("alfa.example/mil/ledger", std::string(32, 'k'));
    return signer;
}

void Node::create(const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory / "keys");
    if (const auto made = Vault::create(directory / "keys"); !made)
        throw std::runtime_error(made.error().message);
    if (const auto node = open(directory); !node) throw std::runtime_error(node.error().message);
}

Result<std::unique_ptr<Node>> Node::open(
    const std::filesystem::path& directory, const Plants& plants, const Say& say
) {
    std::unique_ptr<Node> node(new Node(directory));
    ENTENTE_ASSIGN_OR_RETURN(node->vault_, Vault::open(directory / "keys"));
    ENTENTE_ASSIGN_OR_RETURN(node->store_, store::open_sqlite_ledger_store(directory / "ledger.db"));
    node->store_ = planted(std::move(node->store_), plants, say);
    ENTENTE_ASSIGN_OR_RETURN(
        node->ledger_, Ledger::open(*node->store_, *node->vault_, AccountId::random(), system_clock())
    );
    return node;
}

Result<std::string> Node::sign() {
    return sign_head(*store_, signer(), ratchet_);
}

Result<VerifyReport> Node::verify(const std::optional<Checkpoint>& kept) {
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, store_->read());
    const auto verifier = signer().verifier();
    VerifyRequest request;
    request.verifier = &verifier, request.vault = &*vault_, request.kept = kept;
    ENTENTE_ASSIGN_OR_RETURN(request.signed_heads, ratchet_.heads());
    if (!request.signed_heads.empty()) request.ratchet = request.signed_heads.back();
    return ledger::verify(*reader, request);
}

Draft record(int number) {
    Draft d;
    d.kind = "record", d.rec = RecordId::random().text(), d.type = "shock", d.label = label();
    d.clear = json::object{{"kind", "law"}, {"number", number}};
    for (int i = 0; i < 1 + number % 2; ++i)
        d.sealed.push_back({"note", fmt::format("note {} of record {}", i, number)});
    if (number == kDocument) {
        const std::string bytes(kDocumentBytes, 'x');
        d.type = kDocumentType, (*d.clear)["size"] = bytes.size();
        d.sealed.push_back({std::string(kDigestField), document_digest(std::string(32, 's'), bytes)});
        d.file = std::make_shared<const std::string>(bytes);
    }
    return d;
}

std::string key_of(int number) {
    return fmt::format("k{}", number);
}

void write_all(Node& node, bool batch, const Plants& plants, const Say& say) {
    for (int number = 1; number <= kRecords; ++number) {
        const auto receipt =
            node.ledger().append(record(number), plants.no_idempotency ? "" : key_of(number));
        if (!receipt || !plants.ack_before_commit) tell(say, key_of(number), receipt);
        tell_checkpoint(say, node.sign());
    }
    // A batch has no idempotency key: whoever imports looks first whether it is there.
    const auto reader = node.store().read();
    const auto batches = reader ? (*reader)->batches() : std::unexpected(reader.error());
    if (!batch || !batches || !batches->empty()) return;
    tell(say, "batch", node.ledger().append_batch(batch_entry(), batch_rows()));
    tell_checkpoint(say, node.sign());
}

std::string writer_key(int writer, int number) {
    return fmt::format("w{}-{}", writer, number);
}

void write_in_threads(Node& node, const Say& say) {
    const auto work = [&](int writer) {
        for (int number = 0; number < kPerWriter; ++number) {
            const auto key = writer_key(writer, number);
            tell(say, key, node.ledger().append(record(number), key));
            if (writer == 0 && number % 10 == 9) tell_checkpoint(say, node.sign());
        }
    };
    std::vector<std::jthread> others;
    for (int writer = 1; writer < kWriters; ++writer) others.emplace_back(work, writer);
    work(0);
}

}  // namespace entente::crash
