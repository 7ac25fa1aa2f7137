// One suite that every ledger store passes; a new store adds one line to INSTANTIATE at the end.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <thread>

#include "base/files.h"
#include "base/random.h"
#include "ledger/document.h"
#include "ledger/ledger.h"
#include "ledger/ratchet.h"
#include "ledger/sign.h"
#include "ledger/verify.h"
#include "policy/label.h"
#include "store/memory/memory_ledger_store.h"
#include "store/sqlite/sqlite_ledger_store.h"

namespace entente {
namespace {

using namespace ledger;

struct Kind {
    const char* name;
    std::function<std::unique_ptr<LedgerStore>(const std::filesystem::path&)> make;
    bool survives_reopening;
};

const std::string kLabel = policy::Label::originator_only("AAA", "alfa.example/policy/1").bytes();

class LedgerStoreContract : public testing::TestWithParam<Kind> {
protected:
    LedgerStoreContract()
        : directory_(std::filesystem::temp_directory_path() / ("entente-" + RecordId::random().text())) {
        std::filesystem::create_directory(directory_);
        EXPECT_TRUE(Vault::create(directory_));
        vault_.emplace(*Vault::open(directory_));
        store_ = GetParam().make(directory_);
        ledger_ = *Ledger::open(*store_, *vault_, by_, system_clock());
    }
    ~LedgerStoreContract() override {
        ledger_.reset(), store_.reset();
        std::filesystem::remove_all(directory_);
    }

    static Draft draft(int number, int sealed = 1) {
        Draft d;
        d.kind = "record", d.rec = RecordId::random().text(), d.type = "shock", d.label = kLabel;
        d.clear = json::object{{"kind", "law"}, {"number", number}};
        for (int i = 0; i < sealed; ++i)
            d.sealed.push_back({"note", "note " + std::to_string(number) + "/" + std::to_string(i)});
        return d;
    }
    static Draft batch_entry() {
        Draft d;
        d.kind = "import", d.rec = RecordId::random().text(), d.label = kLabel;
        d.clear = json::object{{"files", json::array{}}, {"source", RecordId::random().text()}};
        return d;
    }
    static Draft row(int number) {
        Draft d = draft(number, number % 3);
        d.kind = "row", d.label.clear(), d.at = "1:" + std::to_string(number + 2);
        return d;
    }
    VerifyReport verified(std::optional<Checkpoint> kept = {}) {
        const auto reader = *store_->read();
        const auto verifier = signer_.verifier();
        VerifyRequest request;
        request.verifier = &verifier, request.vault = &*vault_, request.kept = kept;
        request.ratchet = *ratchet().head();
        return *verify(*reader, request);
    }
    Ratchet ratchet() const { return Ratchet(directory_ / "ratchet"); }

    std::filesystem::path directory_;
    AccountId by_ = AccountId::random();
    Signer signer_{"alfa.example/mil/ledger", std::string(32, 'k')};
    std::optional<Vault> vault_;
    std::unique_ptr<LedgerStore> store_;
    std::unique_ptr<Ledger> ledger_;
};

TEST_P(LedgerStoreContract, AppendsVerifiesAndGoesOnAfterReopening) {
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(ledger_->append(draft(i, i % 4))->index, static_cast<std::uint64_t>(i));
    ASSERT_TRUE(sign_head(*store_, signer_, ratchet()));
    auto report = verified();
    EXPECT_TRUE(report.findings.empty()) << report.findings[0].what;
    EXPECT_EQ(report.entries, 20U);
    EXPECT_EQ(report.sealed_values, 30U);
    if (!GetParam().survives_reopening) return;
    ledger_.reset(), store_.reset();
    store_ = GetParam().make(directory_);
    ledger_ = *Ledger::open(*store_, *vault_, by_, system_clock());
    EXPECT_EQ(ledger_->append(draft(20))->index, 20U);
    EXPECT_TRUE(verified().findings.empty());
}

TEST_P(LedgerStoreContract, BatchIsOneEntryAndItsRowsAreProvable) {
    std::vector<Draft> rows;
    for (int i = 0; i < 50; ++i) rows.push_back(row(i));
    ASSERT_TRUE(ledger_->append(draft(0)));
    const auto receipt = ledger_->append_batch(batch_entry(), rows);
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_EQ(receipt->index, 1U);
    const auto report = verified();
    EXPECT_TRUE(report.findings.empty()) << report.findings[0].what;
    EXPECT_EQ(report.rows, 50U);
    const auto reader = *store_->read();
    const auto read = stored_batch_hashes(*reader, 1);
    const auto root = *subtree_root(0, 50, read);
    for (std::uint64_t at = 0; at < 50; ++at) {
        const auto leaf = leaf_hash(*reader->row_bytes(1, at));
        EXPECT_TRUE(verify_inclusion(leaf, at, 50, *inclusion_proof(at, 50, read), root));
    }
}

TEST_P(LedgerStoreContract, RefusedRowLeavesNothing) {
    auto bad = row(1);
    bad.sealed.push_back({"note", "bell \a"});
    const auto receipt = ledger_->append_batch(batch_entry(), {row(0), bad});
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(verified().entries, 0U);
    EXPECT_TRUE(verified().findings.empty());
    EXPECT_EQ(ledger_->append(draft(0))->index, 0U);
}

TEST_P(LedgerStoreContract, OneKeyHasOneEffect) {
    const auto same = draft(1);
    const auto first = ledger_->append(same, "key-1");
    const auto again = ledger_->append(same, "key-1");
    ASSERT_TRUE(first && again);
    EXPECT_FALSE(first->repeated);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->index, first->index);
    EXPECT_EQ(again->leaf, first->leaf);
    EXPECT_EQ(ledger_->append(draft(2), "key-1").error().code, ErrorCode::conflict);
    EXPECT_EQ(verified().entries, 1U);
}

TEST_P(LedgerStoreContract, EightWritersLoseNothing) {
    std::vector<std::jthread> writers;
    for (int w = 0; w < 8; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < 25; ++i)
                EXPECT_TRUE(ledger_->append(draft(w * 100 + i), std::to_string(w) + "-" + std::to_string(i)));
        });
    writers.clear();
    const auto report = verified();
    EXPECT_EQ(report.entries, 200U);
    EXPECT_TRUE(report.findings.empty());
}

TEST_P(LedgerStoreContract, RecordedTimeNeverFalls) {
    struct Jumping final : Clock {
        mutable std::int64_t at = 1'000'000'000'000'000;
        Instant now() const override { return {at -= 5'000'000}; }
    } clock;
    ledger_.reset();
    ledger_ = *Ledger::open(*store_, *vault_, by_, clock);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(ledger_->append(draft(i)));
    const auto reader = *store_->read();
    Instant last{};
    ASSERT_TRUE(reader->each_entry(0, [&](const StoredLeaf& leaf) -> Result<void> {
        const auto t = *decode(leaf.bytes)->t;
        EXPECT_GE(t, last);
        last = t;
        return {};
    }));
}

TEST_P(LedgerStoreContract, AReaderSeesOneStateAndNothingIsOverwritten) {
    ASSERT_TRUE(ledger_->append(draft(0)));
    const auto reader = *store_->read();
    EXPECT_EQ(reader->head()->size, 1U);
    ASSERT_TRUE(ledger_->append(draft(1)));
    EXPECT_EQ(reader->head()->size, 1U);
    EXPECT_EQ((*store_->read())->head()->size, 2U);
    const auto transaction = *store_->write();
    EXPECT_FALSE(transaction->put_entry(1, "x", "y"));
}

TEST_P(LedgerStoreContract, RatchetRefusesAShorterOrDifferentHistory) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(ledger_->append(draft(i)));
    ASSERT_TRUE(sign_head(*store_, signer_, ratchet()));
    const auto other_directory = directory_ / "other";
    std::filesystem::create_directory(other_directory);
    const auto other = GetParam().make(other_directory);
    auto shorter = *Ledger::open(*other, *vault_, by_, system_clock());
    ASSERT_TRUE(shorter->append(draft(7)));
    EXPECT_EQ(sign_head(*other, signer_, ratchet()).error().code, ErrorCode::conflict);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(shorter->append(draft(i)));
    EXPECT_EQ(sign_head(*other, signer_, ratchet()).error().code, ErrorCode::corrupt);
    EXPECT_TRUE(sign_head(*store_, signer_, ratchet()));
}

Draft document(const std::string& bytes) {
    Draft d;
    d.kind = "record", d.rec = RecordId::random().text(), d.type = kDocumentType, d.label = kLabel;
    d.clear = json::object{{"size", bytes.size()}};
    d.sealed = {{"title", "A title"}, {"digest", document_digest(random_bytes(32), bytes)}};
    d.file = std::make_shared<const std::string>(bytes);
    return d;
}

TEST_P(LedgerStoreContract, ADocumentIsReadBackWholeOrNotAtAll) {
    std::string bytes(2 * kChunkBytes + 17, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 % 251);
    ASSERT_TRUE(ledger_->append(draft(0)));
    ASSERT_TRUE(ledger_->append(document(bytes)));
    ASSERT_TRUE(ledger_->append(document(std::string(kChunkBytes, 'x'))));
    ASSERT_TRUE(ledger_->append(draft(3)));
    const auto reader = *store_->read();
    EXPECT_EQ(read_document(*reader, *vault_, 1).value(), bytes);
    EXPECT_EQ(read_document(*reader, *vault_, 2).value(), std::string(kChunkBytes, 'x'));
    EXPECT_EQ(read_document(*reader, *vault_, 0).error().code, ErrorCode::not_found);
    EXPECT_EQ(reader->chunk_places()->size(), 2U);
    const auto report = verified();
    EXPECT_TRUE(report.findings.empty()) << report.findings[0].what;
    EXPECT_EQ(report.documents, 2U);
    EXPECT_EQ(report.document_bytes, bytes.size() + kChunkBytes);
    EXPECT_EQ(report.sealed_values, 1U + 2U + 2U + 1U);  // chunks are none
}

TEST_P(LedgerStoreContract, AChunkOpensAtItsOwnPlaceOnly) {
    const std::string bytes(3 * kChunkBytes, 'x');
    ASSERT_TRUE(ledger_->append(document(bytes)));
    const auto reader = *store_->read();
    const auto chunk = **reader->chunk(0, 1);
    const ChunkAddress place{0, 1, 3, chunk.address.key};
    EXPECT_TRUE(vault_->open_chunk(place, chunk.box));
    for (const auto& other :
         {ChunkAddress{1, 1, 3, place.key},
          ChunkAddress{0, 0, 3, place.key},
          ChunkAddress{0, 1, 2, place.key},
          ChunkAddress{0, 1, 3, place.key - 1}})
        EXPECT_EQ(vault_->open_chunk(other, chunk.box).error().code, ErrorCode::corrupt);
    EXPECT_FALSE(vault_->open_box({0, kChunkRow, 1, place.key}, chunk.box));  // nor as a sealed value
}

// Whoever may write the store and has no keys: each change is found on reading and by verify.
TEST_P(LedgerStoreContract, ChunksWithoutTheirDocumentAreFound) {
    ASSERT_TRUE(ledger_->append(draft(0)));
    ASSERT_TRUE(ledger_->append(document(std::string(10, 'x'))));
    {
        const auto reader = *store_->read();
        auto chunk = **reader->chunk(1, 0);
        auto transaction = *store_->write();
        chunk.address.slot = 1;  // behind the last of its own document
        ASSERT_TRUE(transaction->put_box(chunk));
        chunk.address.index = 0;  // at an entry that is no document
        ASSERT_TRUE(transaction->put_box(chunk));
        ASSERT_TRUE(transaction->commit());
    }
    const auto report = verified();
    ASSERT_EQ(report.findings.size(), 2U);
    EXPECT_EQ(report.findings[0].index, 0U);
    EXPECT_EQ(report.findings[0].what, "bytes of a file are stored that belong to no document");
    EXPECT_EQ(report.findings[1].index, 1U);
    EXPECT_NE(report.findings[1].what.find("a chunk follows the last one"), std::string::npos);
    const auto reader = *store_->read();
    EXPECT_EQ(read_document(*reader, *vault_, 1).error().code, ErrorCode::corrupt);
}

std::string name_of(const testing::TestParamInfo<Kind>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Stores,
    LedgerStoreContract,
    testing::Values(
        Kind{"memory", [](const std::filesystem::path&) { return store::make_memory_ledger_store(); }, false},
        Kind{
            "sqlite",
            [](const std::filesystem::path& directory) {
                return *store::open_sqlite_ledger_store(directory / "ledger.db");
            },
            true}
    ),
    name_of
);

}  // namespace
}  // namespace entente
