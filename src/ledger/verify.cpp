#include "ledger/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/codec.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"
#include "ledger/receipts.h"
#include "ledger/sign.h"
#include "policy/label.h"

namespace entente::ledger {
namespace {

constexpr std::size_t kDigestLength = 43;

class Walk {
public:
    Walk(LedgerReader& reader, const VerifyRequest& request) : reader_(reader), request_(request) {}

    Result<VerifyReport> run() {
        ENTENTE_ASSIGN_OR_RETURN(const auto damage, reader_.layout_damage());
        if (!damage.empty()) found({}, damage);
        ENTENTE_RETURN_IF_ERROR(read_labels());
        ENTENTE_RETURN_IF_ERROR(read_checkpoints());
        ENTENTE_RETURN_IF_ERROR(reader_.each_entry(0, [this](const StoredLeaf& entry) { return visit(entry); }));
        report_.entries = frontier_.size();
        report_.root = frontier_.root();
        ENTENTE_RETURN_IF_ERROR(after_entries());
        std::stable_sort(report_.findings.begin(), report_.findings.end(), [](const Finding& a, const Finding& b) {
            return a.index.value_or(UINT64_MAX) < b.index.value_or(UINT64_MAX);
        });
        if (report_.findings.size() > request_.most_findings) report_.findings.resize(request_.most_findings);
        return std::move(report_);
    }

private:
    void found(std::optional<std::uint64_t> index, std::string what) { report_.findings.push_back({index, std::move(what)}); }

    Result<void> read_labels() {
        ENTENTE_ASSIGN_OR_RETURN(const auto labels, reader_.labels());
        for (const auto& [digest, bytes] : labels) {
            known_labels_[digest] = policy::label_digest(bytes) == digest;
            ++report_.labels;
        }
        return {};
    }

    // Heads that the walk will pass: size -> what must hold there.
    Result<void> read_checkpoints() {
        ENTENTE_ASSIGN_OR_RETURN(const auto stored, reader_.checkpoints());
        for (const auto& [size, note] : stored) {
            ++report_.checkpoints;
            const auto checkpoint = request_.verifier ? open_checkpoint(note, *request_.verifier) : Checkpoint::parse(note);
            if (!checkpoint || checkpoint->size != size) found(size > 0 ? std::optional(size - 1) : std::nullopt, fmt::format("the stored checkpoint of size {} is not one that this log signed", size));
            else heads_.emplace(size, Expected{checkpoint->root, "the stored checkpoint", nullptr});
        }
        if (request_.ratchet) heads_.emplace(request_.ratchet->size, Expected{request_.ratchet->root, "the signed head in the ratchet", &report_.ratchet});
        if (request_.kept) heads_.emplace(request_.kept->size, Expected{request_.kept->root, "the checkpoint kept elsewhere", &report_.kept});
        return {};
    }

    Result<void> visit(const StoredLeaf& entry) {
        while (frontier_.size() < entry.position) {
            // A hole is named once, and filled with what is stored of it: nothing. Roots behind it cannot hold.
            found(frontier_.size(), "the entry is missing");
            step(empty_root());
        }
        const auto index = frontier_.size();
        if (entry.position != index) {
            found(entry.position, "the entry stands at a place that another has");
            return {};
        }
        if (joined(step(leaf_hash(entry.bytes))) != entry.hashes) found(index, "the entry does not match its stored hashes");
        const auto scanned = scan(entry.bytes);
        check_label(scanned.lbl, index);
        ENTENTE_RETURN_IF_ERROR(check_sealed(scanned.sd, index, -1));
        if (scanned.kind == "import") return visit_batch(index, entry.bytes);
        if (scanned.kind == "erase") {
            const auto fields = decode(entry.bytes);
            if (fields) erased_.insert(fields->erased.begin(), fields->erased.end());
        }
        return {};
    }

    std::vector<Hash> step(const Hash& leaf) {
        auto hashes = frontier_.append(leaf);
        for (auto [at, end] = heads_.equal_range(frontier_.size()); at != end; ++at) {
            const auto& head = at->second;
            if (head.root == frontier_.root()) {
                last_good_ = std::max(last_good_, frontier_.size());
                if (head.held) *head.held = Checkpoint{request_.verifier ? request_.verifier->name() : "", frontier_.size(), head.root};
            } else {
                found(name_bad_range(), fmt::format("the first {} entries are not those of {}", frontier_.size(), head.name));
            }
        }
        return hashes;
    }

    // Where no single entry contradicts its own hashes, the change lies behind the last head that held.
    std::optional<std::uint64_t> name_bad_range() const {
        for (const auto& finding : report_.findings)
            if (finding.index) return finding.index;
        return last_good_;
    }

    Result<void> visit_batch(std::uint64_t index, std::string_view bytes) {
        batches_.insert(index);
        auto rows = check_batch(reader_, index, bytes);
        if (!rows && rows.error().code != ErrorCode::corrupt) return std::unexpected(rows.error());
        if (!rows) found(index, rows.error().message);
        else report_.rows += *rows;
        return reader_.each_row(index, [&](const StoredLeaf& row) -> Result<void> {
            const auto scanned = scan(row.bytes);
            check_label(scanned.lbl, index);
            return check_sealed(scanned.sd, index, static_cast<std::int64_t>(row.position));
        });
    }

    void check_label(std::string_view digest, std::uint64_t index) {
        if (digest.empty()) return;
        const auto label = known_labels_.find(std::string(digest));
        const bool first_use = used_labels_.emplace(digest).second;
        if (label == known_labels_.end()) found(index, "its label is missing");
        else if (!label->second && first_use) found(index, "its label does not match its digest");
    }

    Result<void> check_sealed(std::string_view digests, std::uint64_t index, std::int64_t row) {
        if (digests.empty()) return {};
        std::vector<std::string_view> open;
        for (std::size_t at = 1; at + kDigestLength < digests.size() + 1; at += kDigestLength + 3) open.push_back(digests.substr(at, kDigestLength));
        const auto first_key = next_key_;
        next_key_ += open.size();
        ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader_.boxes(index, row));
        report_.sealed_values += boxes.size();
        const std::string where = row < 0 ? "" : fmt::format("row {}: ", row);
        for (const auto& [address, box] : boxes) {
            if (address.key != first_key + address.slot) {
                found(index, where + "a sealed value names another data key");
                continue;
            }
            if (!request_.vault) continue;
            const auto text = request_.vault->open_box(address, box);
            const auto match = text ? std::find(open.begin(), open.end(), Disclosure{*text}.digest()) : open.end();
            if (match == open.end()) found(index, where + "a sealed value is not the one that was recorded");
            else open.erase(match);
        }
        if (request_.vault)
            for (const auto digest : open) missing_.emplace(std::string(digest), std::pair(index, where));
        else if (boxes.size() != open.size()) unopened_missing_ += open.size() - std::min(boxes.size(), open.size());
        return {};
    }

    Result<void> after_entries() {
        for (const auto& [digest, place] : missing_) {
            if (erased_.contains(digest)) ++report_.erased_values;
            else found(place.first, place.second + "a sealed value is gone, and no erasure is on record");
        }
        report_.sealed_values_opened = request_.vault != nullptr;
        if (!request_.vault && unopened_missing_ > erased_.size()) found({}, fmt::format("{} sealed values are gone, and {} erasures are on record", unopened_missing_, erased_.size()));
        ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader_.box_count());
        if (boxes != report_.sealed_values) found({}, fmt::format("found {} sealed values, of which {} belong to an entry", boxes, report_.sealed_values));
        for (const auto& [digest, genuine] : known_labels_)
            if (!used_labels_.contains(digest)) found({}, "a label is stored that no entry carries");
        ENTENTE_ASSIGN_OR_RETURN(const auto batches, reader_.batches());
        for (const auto index : batches)
            if (!batches_.contains(index)) found(index, "rows are stored under an entry that is no import");
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader_.head());
        if (head.size != report_.entries) found(std::min(head.size, report_.entries), fmt::format("the head says {} entries, found {}", head.size, report_.entries));
        if (head.next_key != next_key_) found({}, fmt::format("the head says {} data keys were used, found {}", head.next_key, next_key_));
        for (auto at = heads_.upper_bound(report_.entries); at != heads_.end(); ++at)
            found(report_.entries, fmt::format("{} speaks of {} entries, found {}: the end is missing", at->second.name, at->first, report_.entries));
        return check_receipts();
    }

    Result<void> check_receipts() {
        if (!request_.vault) return {};
        ENTENTE_ASSIGN_OR_RETURN(const auto receipts, reader_.receipts());
        for (const auto& [key, receipt] : receipts)
            if (!receipt_is_genuine(*request_.vault, key, receipt) || receipt.index >= report_.entries)
                found(std::min(receipt.index, report_.entries), "an idempotency key was changed");
        return {};
    }

    struct Expected {
        Hash root;
        std::string name;
        std::optional<Checkpoint>* held;
    };

    LedgerReader& reader_;
    const VerifyRequest& request_;
    VerifyReport report_;
    Frontier frontier_;
    std::multimap<std::uint64_t, Expected> heads_;
    std::uint64_t last_good_ = 0;
    std::uint64_t next_key_ = 0;
    std::uint64_t unopened_missing_ = 0;
    std::map<std::string, bool> known_labels_;
    std::unordered_set<std::string> used_labels_;
    std::unordered_set<std::string> erased_;
    std::unordered_map<std::string, std::pair<std::uint64_t, std::string>> missing_;
    std::set<std::uint64_t> batches_;
};

}  // namespace

std::optional<std::uint64_t> VerifyReport::first_bad() const {
    for (const auto& finding : findings)
        if (finding.index) return finding.index;
    return std::nullopt;
}

Result<VerifyReport> verify(LedgerReader& reader, const VerifyRequest& request) { return Walk(reader, request).run(); }

}  // namespace entente::ledger
