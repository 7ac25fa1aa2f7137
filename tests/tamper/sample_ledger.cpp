#include "sample_ledger.h"

#include <gtest/gtest.h>

#include "ledger/document.h"
#include "ledger/ledger.h"
#include "ledger/ratchet.h"
#include "ledger/sign.h"
#include "policy/label.h"
#include "store/sqlite/sqlite_ledger_store.h"

namespace entente::tamper {
namespace {

using namespace ledger;

constexpr int kSingles = 60;
constexpr int kRows = 40;
constexpr int kBatchAfter = 30;

std::string label(int number) {
    return policy::Label::originator_only(number % 7 == 3 ? "BBB" : "AAA", "alfa.example/policy/1").bytes();
}

class Builder {
public:
    Builder(const std::filesystem::path& directory, Sample& sample)
        : sample_(sample), ratchet_(directory / "ratchet"), vault_(*Vault::open(sample.keys)) {
        store_ = *store::open_sqlite_ledger_store(sample.ledger);
        ledger_ = *Ledger::open(*store_, vault_, AccountId::random(), system_clock());
    }

    void run() {
        for (int number = 0; number < kSingles; ++number) {
            if (number == kBatchAfter) batch();
            single(number);
            if (number % 13 == 7) sign();
            if (number == 40) sample_.kept = sign();
        }
        sign();
        sample_.size = (*store_->read())->head()->size;
    }

private:
    void single(int number) {
        Draft d;
        d.rec = RecordId::random().text(), d.type = "shock", d.label = label(number);
        d.kind = number % 5 == 3 ? "supersede" : number % 11 == 10 ? "retract" : "record";
        if (d.kind != "record") d.rec = last_rec_, d.prev = last_leaf_, d.reason = "correction";
        if (d.kind != "retract") d.clear = json::object{{"kind", "law"}, {"number", number}};
        for (int i = 0; i < number % 4; ++i)
            d.sealed.push_back({"note", "note " + std::to_string(number) + "/" + std::to_string(i)});
        if (number % 20 == 6) {  // a document with its bytes
            const std::string bytes(3000, static_cast<char>('a' + number / 20));
            d.type = kDocumentType, (*d.clear)["size"] = bytes.size();
            d.sealed.push_back({std::string(kDigestField), document_digest(std::string(32, 's'), bytes)});
            d.file = std::make_shared<const std::string>(bytes);
        }
        const auto receipt = ledger_->append(d, number % 3 == 0 ? "key-" + std::to_string(number) : "");
        ASSERT_TRUE(receipt) << receipt.error().message;
        last_rec_ = d.rec, last_leaf_ = receipt->leaf;
    }

    // The import entry seals something itself, so that entry and rows both hold boxes.
    void batch() {
        Draft d;
        d.kind = "import", d.rec = RecordId::random().text(), d.label = label(0);
        d.clear = json::object{{"files", json::array{}}, {"source", RecordId::random().text()}};
        d.sealed = {{"file", "contacts.csv"}, {"file", "shocks.csv"}};
        std::vector<Draft> rows;
        for (int number = 0; number < kRows; ++number) {
            Draft row;
            row.kind = "row", row.rec = RecordId::random().text(), row.type = "shock";
            row.at = "1:" + std::to_string(number + 2);
            row.clear = json::object{{"kind", "law"}, {"number", number}};
            if (number % 9 == 4) row.label = label(3);
            for (int i = 0; i < number % 3; ++i)
                row.sealed.push_back({"note", "row " + std::to_string(number)});
            rows.push_back(row);
        }
        const auto receipt = ledger_->append_batch(d, rows);
        ASSERT_TRUE(receipt) << receipt.error().message;
        sample_.batch = receipt->index, sample_.batch_rows = kRows;
    }

    Checkpoint sign() {
        const auto note = sign_head(*store_, sample_.signer, ratchet_);
        EXPECT_TRUE(note) << note.error().message;
        sample_.signed_heads.push_back(*open_checkpoint(*note, sample_.signer.verifier()));
        return sample_.signed_heads.back();
    }

    Sample& sample_;
    Ratchet ratchet_;
    Vault vault_;
    std::unique_ptr<LedgerStore> store_;
    std::unique_ptr<Ledger> ledger_;
    std::string last_rec_;
    Hash last_leaf_;
};

}  // namespace

Sample build_sample(const std::filesystem::path& directory) {
    Sample sample{
        directory / "ledger.db",
        directory / "keys",
        Signer("alfa.example/mil/ledger", std::string(32, 'k')),
        {},
        {},
        0,
        0,
        0};
    std::filesystem::create_directories(sample.keys);
    EXPECT_TRUE(Vault::create(sample.keys));
    Builder(directory, sample).run();
    return sample;
}

}  // namespace entente::tamper
