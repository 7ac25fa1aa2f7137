#include "ledger/sign.h"

#include <fmt/format.h>

#include "base/codec.h"
#include "ledger/entry.h"

namespace entente::ledger {

std::unexpected<Error> BatchCheck::wrong(std::string_view what) const {
    return fail(ErrorCode::corrupt, "entry", fmt::format("entry {}: {}", index_, what));
}

Result<void> BatchCheck::add(const StoredLeaf& row) {
    if (row.position != tree_.size()) return wrong(fmt::format("row {} is missing", tree_.size()));
    if (joined(tree_.append(leaf_hash(row.bytes))) != row.hashes)
        return wrong(fmt::format("row {} does not match its hash", row.position));
    return {};
}

Result<std::uint64_t> BatchCheck::finish(std::string_view entry_bytes) const {
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, decode(entry_bytes));
    const auto* rows = entry.f ? entry.f->if_contains("rows") : nullptr;
    if (!rows || !rows->is_int64() || static_cast<std::uint64_t>(rows->get_int64()) != tree_.size())
        return wrong(fmt::format("found {} rows, which is not what its entry says", tree_.size()));
    if (text_at(*entry.f, "root") != base64(tree_.root().view()))
        return wrong("its rows do not match the root that its entry states");
    return tree_.size();
}

Result<std::uint64_t> check_batch(LedgerReader& reader, std::uint64_t index, std::string_view entry_bytes) {
    BatchCheck batch(index);
    ENTENTE_RETURN_IF_ERROR(reader.each_row(index, [&](const StoredLeaf& row) { return batch.add(row); }));
    return batch.finish(entry_bytes);
}

namespace {

// Heads that a crash between the ratchet and the store left without their checkpoint; they get it with the
// next one.
Result<std::vector<Checkpoint>> without_checkpoint(
    LedgerReader& reader, const std::vector<Checkpoint>& heads
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto latest, reader.latest_checkpoint());
    std::vector<Checkpoint> out;
    for (auto head = heads.rbegin(); head != heads.rend() && (!latest || head->size > latest->size); ++head) {
        ENTENTE_ASSIGN_OR_RETURN(const auto frontier, read_frontier(head->size, stored_hashes(reader)));
        if (frontier.root() != head->root)
            return fail(
                ErrorCode::corrupt,
                "ledger",
                fmt::format(
                    "the record differs from the one signed at {} entries: refusing to sign", head->size
                ),
                "entente verify"
            );
        out.push_back(*head);
    }
    return out;
}

}  // namespace

Result<std::string> sign_head(LedgerStore& store, const Signer& signer, const Ratchet& ratchet) {
    const std::string origin = signer.verifier().name();
    Checkpoint next{origin, 0, {}};
    std::vector<Checkpoint> forgotten;
    {
        ENTENTE_ASSIGN_OR_RETURN(const auto reader, store.read());
        ENTENTE_ASSIGN_OR_RETURN(const auto head, reader->head());
        if (head.size == 0)
            return fail(ErrorCode::not_found, {}, "the record is empty: there is nothing to sign");
        ENTENTE_ASSIGN_OR_RETURN(const auto heads, ratchet.heads());
        const auto* signed_head = heads.empty() ? nullptr : &heads.back();
        const std::uint64_t from = signed_head ? signed_head->size : 0;
        ENTENTE_ASSIGN_OR_RETURN(const auto latest, reader->latest_checkpoint());
        if (latest && latest->size > from)
            return fail(
                ErrorCode::conflict,
                "ratchet",
                fmt::format(
                    "the record holds a checkpoint of {} entries, but the ratchet knows of {} only: refusing "
                    "to sign",
                    latest->size,
                    from
                ),
                "bring the ratchet file back from a copy of the keys"
            );
        if (head.size < from) return std::unexpected(ratchet.advance({origin, head.size, {}}).error());
        ENTENTE_ASSIGN_OR_RETURN(auto frontier, read_frontier(from, stored_hashes(*reader)));
        if (signed_head && frontier.root() != signed_head->root)
            return fail(
                ErrorCode::corrupt,
                "ledger",
                fmt::format("the record differs from the one signed at {} entries: refusing to sign", from),
                "entente verify"
            );
        ENTENTE_RETURN_IF_ERROR(reader->each_entry(from, [&](const StoredLeaf& entry) -> Result<void> {
            const auto index = frontier.size();
            if (entry.position != index)
                return fail(
                    ErrorCode::corrupt, "entry", fmt::format("entry {} is missing: refusing to sign", index)
                );
            if (joined(frontier.append(leaf_hash(entry.bytes))) != entry.hashes)
                return fail(
                    ErrorCode::corrupt,
                    "entry",
                    fmt::format("entry {} does not match its hash: refusing to sign", index)
                );
            if (scan(entry.bytes).kind == "import") {
                ENTENTE_ASSIGN_OR_RETURN(
                    [[maybe_unused]] const auto rows, check_batch(*reader, index, entry.bytes)
                );
            }
            return {};
        }));
        if (frontier.size() != head.size)
            return fail(
                ErrorCode::corrupt,
                "entry",
                fmt::format("entry {} is missing: refusing to sign", frontier.size())
            );
        ENTENTE_ASSIGN_OR_RETURN(forgotten, without_checkpoint(*reader, heads));
        next.size = frontier.size();
        next.root = frontier.root();
    }
    ENTENTE_RETURN_IF_ERROR(ratchet.advance(next));
    auto note = signer.sign(next.text());
    ENTENTE_ASSIGN_OR_RETURN(const auto transaction, store.write());
    for (const auto& head : forgotten)
        ENTENTE_RETURN_IF_ERROR(transaction->put_checkpoint({head.size, signer.sign(head.text())}));
    ENTENTE_RETURN_IF_ERROR(transaction->put_checkpoint({next.size, note}));
    ENTENTE_RETURN_IF_ERROR(transaction->commit());
    return note;
}

}  // namespace entente::ledger
