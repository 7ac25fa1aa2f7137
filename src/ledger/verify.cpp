#include "ledger/verify.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/codec.h"
#include "ledger/document_check.h"
#include "ledger/entry.h"
#include "ledger/receipts.h"
#include "ledger/sealed_check.h"
#include "ledger/sign.h"
#include "policy/label.h"

namespace entente::ledger {
namespace {

class Walk {
public:
    Walk(LedgerReader& reader, const VerifyRequest& request) : reader_(reader), request_(request) {}

    Result<VerifyReport> run() {
        ENTENTE_RETURN_IF_ERROR(noted(read_layout()));
        ENTENTE_RETURN_IF_ERROR(noted(read_labels()));
        ENTENTE_RETURN_IF_ERROR(noted(read_checkpoints()));
        expect_outside_heads();
        ENTENTE_RETURN_IF_ERROR(noted(read_leaves()));
        report_.root = frontier_.root();
        ENTENTE_RETURN_IF_ERROR(noted(judge_sealed()));
        ENTENTE_RETURN_IF_ERROR(noted(judge_documents()));
        judge_stored_hashes();
        judge_heads();
        judge_labels();
        ENTENTE_RETURN_IF_ERROR(noted(check_strays()));
        ENTENTE_RETURN_IF_ERROR(noted(check_head()));
        ENTENTE_RETURN_IF_ERROR(noted(check_receipts()));
        std::stable_sort(
            report_.findings.begin(),
            report_.findings.end(),
            [](const Finding& a, const Finding& b) {
                return a.index.value_or(UINT64_MAX) < b.index.value_or(UINT64_MAX);
            }
        );
        if (report_.findings.size() > request_.most_findings) report_.findings.resize(request_.most_findings);
        return std::move(report_);
    }

private:
    enum class Source : std::uint8_t { stored, ratchet, kept };
    struct Head {
        Hash root;
        Source source;
    };
    struct FailedHead {
        std::uint64_t size;
        Source source;
    };
    // Entries [begin, end] whose common hash, stored beside `end`, is another than the one computed.
    struct Doubt {
        std::uint64_t begin;
        std::uint64_t end;
    };

    static const char* name_of(Source source) {
        constexpr const char* kNames[] = {
            "the stored checkpoint", "the signed head in the ratchet", "the checkpoint kept elsewhere"};
        return kNames[static_cast<std::size_t>(source)];
    }

    void found(std::optional<std::uint64_t> index, std::string what) {
        report_.findings.push_back({index, std::move(what)});
    }
    // A finding that lies in the entry itself, or in what hangs on it.
    void found_bad(std::uint64_t index, std::string what) {
        bad_.insert(index);
        found(index, std::move(what));
    }

    // What is wrong with the content is a finding; only a store that cannot be read at all is an error.
    Result<void> noted(Result<void> outcome) {
        if (outcome || (outcome.error().code != ErrorCode::corrupt && !layout_damaged_)) return outcome;
        found({}, outcome.error().message);
        return {};
    }

    Result<void> read_layout() {
        auto damage = reader_.layout_damage();
        layout_damaged_ = !damage ? damage.error().code == ErrorCode::corrupt : !damage->empty();
        if (!damage) return std::unexpected(std::move(damage).error());
        if (layout_damaged_) found({}, *damage);
        return {};
    }

    Result<void> read_labels() {
        ENTENTE_ASSIGN_OR_RETURN(const auto labels, reader_.labels());
        for (const auto& [digest, bytes] : labels)
            labels_[digest].genuine = policy::label_digest(bytes) == digest;
        report_.labels = labels.size();
        return {};
    }

    Result<void> read_checkpoints() {
        ENTENTE_ASSIGN_OR_RETURN(const auto stored, reader_.checkpoints());
        std::set<std::uint64_t> sizes;
        for (const auto& [size, note] : stored) {
            ++report_.checkpoints;
            sizes.insert(size);
            const auto checkpoint =
                request_.verifier ? open_checkpoint(note, *request_.verifier) : Checkpoint::parse(note);
            if (!checkpoint || checkpoint->size != size)
                found(
                    {}, fmt::format("the stored checkpoint of size {} is not one that this log signed", size)
                );
            else
                heads_.emplace(size, Head{checkpoint->root, Source::stored});
        }
        // The ratchet is written before the store, so a crash may leave the newest head without its
        // checkpoint.
        for (std::size_t i = 0; i + 1 < request_.signed_heads.size(); ++i)
            if (const auto size = request_.signed_heads[i].size; !sizes.contains(size))
                found({}, fmt::format("the stored checkpoint of size {} is missing", size));
        return {};
    }

    void expect_outside_heads() {
        for (const auto& head : request_.signed_heads)
            if (head != request_.ratchet) heads_.emplace(head.size, Head{head.root, Source::ratchet});
        if (request_.ratchet)
            heads_.emplace(request_.ratchet->size, Head{request_.ratchet->root, Source::ratchet});
        if (request_.kept) heads_.emplace(request_.kept->size, Head{request_.kept->root, Source::kept});
    }

    Result<void> read_leaves() {
        ENTENTE_ASSIGN_OR_RETURN(auto boxes, reader_.all_boxes());
        sealed_.emplace(
            std::move(boxes),
            request_.vault,
            [this](std::optional<std::uint64_t> index, std::string what) {
                index ? found_bad(*index, std::move(what)) : found({}, std::move(what));
            }
        );
        return reader_.each_entry(0, [this](const StoredLeaf& entry) { return visit(entry); });
    }

    Result<void> visit(const StoredLeaf& entry) {
        const auto index = entry.position;
        ++report_.entries;
        if (index > end_) miss(index);
        end_ = index + 1;
        check_hashes(entry);
        const auto scanned = scan(entry.bytes);
        check_label(scanned.lbl, index);
        if (scanned.kind == "import") return visit_batch(entry, scanned.sd);
        documents_.entry(entry, scanned.kind);
        if (scanned.kind == "erase")
            if (const auto fields = decode(entry.bytes)) sealed_->erase(fields->erased);
        return sealed_->leaf(index, -1, scanned.sd);
    }

    // Behind a hole no hash of the tree can be computed; the leaves themselves still can be checked.
    void miss(std::uint64_t until) {
        found_bad(
            end_,
            until - end_ == 1 ? std::string("the entry is missing")
                              : fmt::format("the entries to {} are missing", until - 1)
        );
        tree_broken_ = true;
        sealed_->lose_count();
    }

    void check_hashes(const StoredLeaf& entry) {
        const Hash leaf = leaf_hash(entry.bytes);
        if (entry.hashes.substr(0, leaf.bytes.size()) != leaf.view()) {
            found_bad(entry.position, "the entry does not match its stored hash");
            sealed_->lose_count();
        }
        if (tree_broken_) return;
        compare(frontier_.append(leaf), entry);
        for (auto [at, end] = heads_.equal_range(frontier_.size()); at != end; ++at) meet(at->second);
    }

    void compare(const std::vector<Hash>& hashes, const StoredLeaf& entry) {
        constexpr std::size_t kLength = sizeof(Hash);
        if (entry.hashes.size() != hashes.size() * kLength)
            return found_bad(entry.position, "the entry does not have the hashes that belong to it");
        for (std::size_t level = 1; level < hashes.size(); ++level)
            if (entry.hashes.substr(level * kLength, kLength) != hashes[level].view())
                return doubts_.push_back({entry.position + 1 - (std::uint64_t{1} << level), entry.position});
    }

    void meet(const Head& head) {
        const auto size = frontier_.size();
        if (head.root != frontier_.root()) return failed_.push_back({size, head.source});
        last_good_ = size;
        if (head.source == Source::stored) return;
        last_good_outside_ = size;
        (head.source == Source::kept ? report_.kept : report_.ratchet) =
            Checkpoint{request_.verifier ? request_.verifier->name() : "", size, head.root};
    }

    Result<void> visit_batch(const StoredLeaf& entry, std::string_view digests) {
        const auto index = entry.position;
        batches_.insert(index);
        ENTENTE_RETURN_IF_ERROR(sealed_->hold_back(index));
        BatchCheck batch(index);
        Result<void> good;
        ENTENTE_RETURN_IF_ERROR(reader_.each_row(index, [&](const StoredLeaf& row) {
            if (good) good = batch.add(row);
            if (!good) sealed_->lose_count();
            const auto scanned = scan(row.bytes);
            check_label(scanned.lbl, index);
            return sealed_->leaf(index, static_cast<std::int64_t>(row.position), scanned.sd);
        }));
        if (good) {
            auto rows = batch.finish(entry.bytes);
            if (rows)
                report_.rows += *rows;
            else
                good = std::unexpected(std::move(rows).error());
        }
        if (!good) {
            sealed_->lose_count();
            found_bad(index, good.error().message);
        }
        sealed_->release(index, digests);
        return {};
    }

    void check_label(std::string_view digest, std::uint64_t index) {
        if (digest.empty()) return;
        auto label = labels_.find(digest);
        if (label == labels_.end()) return found_bad(index, "its label is missing");
        if (!label->second.genuine && !label->second.used)
            found_bad(index, "its label does not match its digest");
        label->second.used = true;
    }

    // Judgements that need the whole walk.

    bool any_bad(std::uint64_t begin, std::uint64_t end) const {
        const auto at = bad_.lower_bound(begin);
        return at != bad_.end() && *at <= end;
    }

    // A stored hash that does not fit is itself wrong if a signed head vouches for the entries; else one of
    // the entries was changed together with its own hash. What an entry already found explains is not said
    // again.
    void judge_stored_hashes() {
        for (const auto& [begin, end] : doubts_) {
            if (end < last_good_)
                found_bad(end, "the hashes stored beside the entry were changed");
            else if (const auto from = std::max(begin, last_good_); !any_bad(from, end))
                found_bad(
                    from,
                    from == end
                        ? std::string("the entry was changed, and its hashes with it")
                        : fmt::format("one of the entries to {} was changed, and its hashes with it", end)
                );
        }
    }

    // Where no entry contradicts its hashes, the change lies behind the last head that held. Against a head
    // from outside only heads from outside count: whoever holds the key can sign all others again.
    void judge_heads() {
        const bool key_holder = std::none_of(failed_.begin(), failed_.end(), [](const FailedHead& head) {
            return head.source == Source::stored;
        });
        const auto behind = key_holder ? last_good_outside_ : last_good_;
        for (const auto& [size, source] : failed_)
            found(
                any_bad(0, size - 1) ? *bad_.begin() : behind,
                fmt::format("the first {} entries are not those of {}", size, name_of(source))
            );
        for (auto at = heads_.upper_bound(end_); at != heads_.end(); ++at)
            found(
                end_,
                fmt::format(
                    "{} speaks of {} entries, found {}: the end is missing",
                    name_of(at->second.source),
                    at->first,
                    end_
                )
            );
    }

    Result<void> judge_sealed() {
        report_.sealed_values_opened = request_.vault != nullptr;
        if (!sealed_) return {};
        ENTENTE_RETURN_IF_ERROR(sealed_->finish());
        report_.sealed_values = sealed_->values();
        report_.erased_values = sealed_->erased_values();
        return {};
    }

    Result<void> judge_documents() {
        ENTENTE_ASSIGN_OR_RETURN(
            const auto read,
            documents_.judge(
                reader_,
                request_.vault,
                [this](std::optional<std::uint64_t> index, std::string what) {
                    index&&* index < end_ ? found_bad(*index, std::move(what)) : found({}, std::move(what));
                }
            )
        );
        report_.documents = read.documents;
        report_.document_bytes = read.bytes;
        return {};
    }

    void judge_labels() {
        for (const auto& [digest, label] : labels_)
            if (!label.used) found({}, "a label is stored that no entry carries");
    }

    Result<void> check_strays() {
        ENTENTE_ASSIGN_OR_RETURN(const auto batches, reader_.batches());
        for (const auto index : batches)
            if (!batches_.contains(index))
                found(
                    index < end_ ? std::optional(index) : std::nullopt,
                    "rows are stored under an entry that is no import"
                );
        return {};
    }

    Result<void> check_head() {
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader_.head());
        if (head.size != end_)
            found(
                std::min(head.size, end_), fmt::format("the head says {} entries, found {}", head.size, end_)
            );
        if (sealed_ && head.next_key != sealed_->next_key())
            found(
                {},
                fmt::format(
                    "the head says {} data keys were used, found {}", head.next_key, sealed_->next_key()
                )
            );
        return {};
    }

    Result<void> check_receipts() {
        if (!request_.vault) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto receipts, reader_.receipts());
        for (const auto& [key, receipt] : receipts)
            if (!receipt_is_genuine(*request_.vault, key, receipt) || receipt.index >= end_)
                found({}, fmt::format("the idempotency key '{}' was changed", key));
        return {};
    }

    struct Label {
        bool genuine = false;
        bool used = false;
    };

    LedgerReader& reader_;
    const VerifyRequest& request_;
    VerifyReport report_;
    bool layout_damaged_ = false;

    Frontier frontier_;
    bool tree_broken_ = false;
    std::uint64_t end_ = 0;  // index behind the last entry seen
    std::multimap<std::uint64_t, Head> heads_;
    std::uint64_t last_good_ = 0;
    std::uint64_t last_good_outside_ = 0;
    std::vector<FailedHead> failed_;
    std::vector<Doubt> doubts_;
    std::set<std::uint64_t> bad_;

    std::optional<SealedCheck> sealed_;
    DocumentCheck documents_;
    std::map<std::string, Label, std::less<>> labels_;
    std::set<std::uint64_t> batches_;
};

}  // namespace

std::optional<std::uint64_t> VerifyReport::first_bad() const {
    for (const auto& finding : findings)
        if (finding.index) return finding.index;
    return std::nullopt;
}

Result<VerifyReport> verify(LedgerReader& reader, const VerifyRequest& request) {
    return Walk(reader, request).run();
}

}  // namespace entente::ledger
