#include "service/proofs.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/codec.h"

namespace entente::service {
namespace {

// Sizes below the head are proved against the tree of that size: the stored hashes serve every size.
std::string tlog_proof(std::uint64_t index, const std::vector<Hash>& path, const std::string& note) {
    std::string text = fmt::format("c2sp.org/tlog-proof@v1\nindex {}\n", index);
    for (const auto& hash : path) text += base64(hash.view()) + "\n";
    return text + "\n" + note;
}

Result<ledger::Revision> find_revision(
    ledger::RecordView& view, const domain::Schema& schema, const std::string& id, std::uint32_t number
) {
    std::string rec;
    if (const auto any = view.resolve_any(id); any && any->size() == 1)
        rec = any->front().first;
    else {
        ENTENTE_ASSIGN_OR_RETURN(rec, make_resolver(view, schema)({}, id));
    }
    ENTENTE_ASSIGN_OR_RETURN(auto history, view.history(rec));
    for (auto& revision : history)
        if (number == 0 ? &revision == &history.back() : revision.number == number)
            return std::move(revision);
    return fail(
        ErrorCode::not_found,
        "revision",
        fmt::format("found {} revisions of {}, expected one numbered {}", history.size(), id, number)
    );
}

}  // namespace

Result<RecordProof> prove_record(Node& node, const std::string& id, std::uint32_t number) {
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node.view());
    RecordProof proof;
    ENTENTE_ASSIGN_OR_RETURN(proof.revision, find_revision(*view, node.schema(), id, number));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node.standing());
    const auto index = proof.revision.index;
    if (!standing.checkpoint || standing.checkpoint->size <= index)
        return fail(
            ErrorCode::conflict,
            {},
            fmt::format("entry {} lies beyond the last checkpoint", index),
            "entente checkpoint --sign"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(proof.entry, reader->entry_bytes(index));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto path,
        ledger::inclusion_proof(index, standing.checkpoint->size, ledger::stored_hashes(*reader))
    );
    proof.tlog_proof = tlog_proof(index, path, standing.note);
    check(
        ledger::verify_inclusion(
            ledger::leaf_hash(proof.entry), index, standing.checkpoint->size, path, standing.checkpoint->root
        ),
        "a proof that is handed out holds"
    );
    if (proof.revision.row >= 0) {
        const auto row = static_cast<std::uint64_t>(proof.revision.row);
        ENTENTE_ASSIGN_OR_RETURN(proof.row, reader->row_bytes(index, row));
        ENTENTE_ASSIGN_OR_RETURN(const auto entry, parse_json(proof.entry));
        proof.rows = static_cast<std::uint64_t>(entry.as_object().at("f").as_object().at("rows").as_int64());
        ENTENTE_ASSIGN_OR_RETURN(
            proof.row_path,
            ledger::inclusion_proof(row, proof.rows, ledger::stored_batch_hashes(*reader, index))
        );
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto boxes, reader->boxes(index, proof.revision.row));
    for (const auto& [address, box] : boxes) {
        ENTENTE_ASSIGN_OR_RETURN(auto text, node.vault().open_box(address, box));
        proof.disclosures.push_back(std::move(text));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, node.verifier());
    proof.vkey = verifier.vkey();
    return proof;
}

Result<ConsistencyProof> prove_consistency(Node& node, const std::string& old_note) {
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, node.verifier());
    ConsistencyProof proof;
    ENTENTE_ASSIGN_OR_RETURN(proof.from, ledger::open_checkpoint(old_note, verifier));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node.standing());
    if (!standing.checkpoint || standing.checkpoint->size < proof.from.size || proof.from.size == 0)
        return fail(
            ErrorCode::conflict,
            "checkpoint",
            fmt::format(
                "found a checkpoint of {} entries, expected one of 1 to {}",
                proof.from.size,
                standing.checkpoint ? standing.checkpoint->size : 0
            )
        );
    proof.to = *standing.checkpoint;
    proof.note = standing.note;
    ENTENTE_ASSIGN_OR_RETURN(const auto reader, node.store().read());
    ENTENTE_ASSIGN_OR_RETURN(
        proof.path, ledger::consistency_proof(proof.from.size, proof.to.size, ledger::stored_hashes(*reader))
    );
    return proof;
}

}  // namespace entente::service
