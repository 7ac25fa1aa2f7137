// 400 random edits of a stopped ledger, each on a fresh copy. verify, given a checkpoint that somebody else
// kept and the ratchet, must find every one and name the first entry that is wrong. Deleting an idempotency
// key is outside the promise. ENTENTE_SEED repeats a run; ENTENTE_TAMPER_ROUNDS makes it longer.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "base/id.h"
#include "edits.h"
#include "store/sqlite/sqlite_ledger_store.h"

namespace entente::tamper {
namespace {

using namespace ledger;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

class Tamper : public testing::Test {
protected:
    Tamper()
        : directory_(
              std::filesystem::temp_directory_path() / ("entente-tamper-" + RecordId::random().text())
          ) {
        std::filesystem::create_directory(directory_);
        sample_.emplace(build_sample(directory_));
    }
    ~Tamper() override { std::filesystem::remove_all(directory_); }

    std::filesystem::path fresh_copy() const {
        const auto copy = directory_ / "copy.db";
        for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(copy.string() + tail);
        std::filesystem::copy_file(sample_->ledger, copy);
        return copy;
    }

    Result<VerifyReport> verify_copy(const std::filesystem::path& copy, bool kept = true, bool ratchet = true)
        const {
        ENTENTE_ASSIGN_OR_RETURN(const auto store, store::open_sqlite_ledger_store(copy));
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, store->read());
        ENTENTE_ASSIGN_OR_RETURN(auto vault, Vault::open(sample_->keys));
        const auto verifier = sample_->signer.verifier();
        VerifyRequest request;
        request.verifier = &verifier, request.vault = &vault;
        if (kept) request.kept = sample_->kept;
        if (ratchet)
            request.ratchet = sample_->signed_heads.back(), request.signed_heads = sample_->signed_heads;
        return verify(*reader, request);
    }

    // Makes an edit of this kind; one that happens to change nothing is no edit and is drawn again.
    Edit edited(const EditKind& kind, std::filesystem::path& copy, Random& random) const {
        for (;;) {
            copy = fresh_copy();
            RawDatabase database(copy);
            const auto before = database.dump();
            auto edit = kind.make(*sample_, database, random);
            if (database.dump() != before) return edit;
        }
    }

    std::filesystem::path directory_;
    std::optional<Sample> sample_;
};

std::string shown(const VerifyReport& report) {
    std::string out;
    for (const auto& finding : report.findings)
        out +=
            fmt::format("\n    {}: {}", finding.index ? std::to_string(*finding.index) : "-", finding.what);
    return out;
}

bool fits(const Place& place, std::optional<std::uint64_t> first_bad) {
    if (place.kind == Place::Kind::any) return true;
    if (place.kind == Place::Kind::none) return !first_bad;
    return first_bad && *first_bad >= place.lowest && *first_bad <= place.highest;
}

TEST_F(Tamper, TheUntouchedLedgerIsClean) {
    const auto report = verify_copy(fresh_copy());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->findings.empty()) << shown(*report);
    EXPECT_EQ(report->entries, sample_->size);
    EXPECT_EQ(report->rows, sample_->batch_rows);
    EXPECT_TRUE(report->kept && report->ratchet && report->sealed_values_opened);
}

TEST_F(Tamper, EveryEditIsFoundAndTheFirstBadEntryNamed) {
    const auto seed = from_environment(
        "ENTENTE_SEED",
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count())
    );
    const auto rounds = from_environment("ENTENTE_TAMPER_ROUNDS", 1);
    Random random(seed);
    int edits = 0, missed = 0, misplaced = 0, exact = 0;
    for (const auto& kind : edit_kinds()) {
        const int wanted = kind.count * static_cast<int>(rounds);
        int found = 0;
        for (int i = 0; i < wanted; ++i) {
            std::filesystem::path copy;
            const auto edit = edited(kind, copy, random);
            const auto report = verify_copy(copy, edit.kept, edit.ratchet);
            ++edits;
            if (!report) {
                ADD_FAILURE() << "verify gave up: " << kind.name << ", " << edit.what << ": "
                              << report.error().message;
                ++missed;
                continue;
            }
            if (report->findings.empty()) {
                ADD_FAILURE() << "not found: " << kind.name << ", " << edit.what;
                ++missed;
                continue;
            }
            ++found;
            if (!fits(edit.place, report->first_bad())) {
                ADD_FAILURE() << "wrong place: " << kind.name << ", " << edit.what
                              << fmt::format(
                                     ", expected {}",
                                     edit.place.kind == Place::Kind::none
                                         ? "none"
                                         : fmt::format("{} to {}", edit.place.lowest, edit.place.highest)
                                 )
                              << shown(*report);
                ++misplaced;
            }
            exact += edit.place.kind == Place::Kind::between && edit.place.lowest == edit.place.highest;
        }
        std::cout << fmt::format("tamper: {:<36}{:>4} of {:>4} found\n", kind.name, found, wanted);
    }
    std::cout << fmt::format(
        "tamper: seed {}: {} edits, {} missed, {} misplaced; {} had to be named to the entry\n",
        seed,
        edits,
        missed,
        misplaced,
        exact
    );
    EXPECT_EQ(edits, 400 * static_cast<int>(rounds));
}

// The forgeries are good ones: without anything from outside, nothing about them is wrong.
TEST_F(Tamper, AKeyHoldersRewriteIsFoundOnlyThroughWhatOthersKept) {
    Random random(1);
    const auto kind = std::find_if(edit_kinds().begin(), edit_kinds().end(), [](const EditKind& k) {
        return std::string_view(k.name) == "rewritten by the key holder";
    });
    ASSERT_NE(kind, edit_kinds().end());
    for (int i = 0; i < 10; ++i) {
        std::filesystem::path copy;
        const auto edit = edited(*kind, copy, random);
        const auto alone = verify_copy(copy, false, false);
        ASSERT_TRUE(alone);
        EXPECT_TRUE(alone->findings.empty()) << edit.what << shown(*alone);
        EXPECT_FALSE(verify_copy(copy, edit.kept, edit.ratchet)->findings.empty()) << edit.what;
    }
}

}  // namespace
}  // namespace entente::tamper
