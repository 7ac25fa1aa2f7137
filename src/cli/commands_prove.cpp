#include <fmt/format.h>

#include "base/codec.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "ledger/sign.h"
#include "service/proofs.h"
#include "service/verify_node.h"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

json::array hashes_json(const std::vector<Hash>& hashes) {
    json::array out;
    for (const auto& hash : hashes) out.push_back(json::string(base64(hash.view())));
    return out;
}

Result<void> write_proof(const fs::path& directory, const service::RecordProof& proof) {
    std::error_code ec;
    if (fs::exists(directory) && !fs::is_empty(directory, ec))
        return fail(
            ErrorCode::conflict,
            "out",
            fmt::format("found files in {}, expected a new or empty directory", directory.string())
        );
    fs::create_directories(directory, ec);
    ENTENTE_RETURN_IF_ERROR(replace_file(directory / "entry.json", proof.entry));
    ENTENTE_RETURN_IF_ERROR(replace_file(directory / "entry.tlog-proof", proof.tlog_proof));
    ENTENTE_RETURN_IF_ERROR(replace_file(directory / "vkey", proof.vkey + "\n"));
    std::string disclosures;
    for (const auto& disclosure : proof.disclosures) disclosures += disclosure + "\n";
    if (!disclosures.empty()) ENTENTE_RETURN_IF_ERROR(replace_file(directory / "disclosures", disclosures));
    if (proof.row.empty()) return {};
    ENTENTE_RETURN_IF_ERROR(replace_file(directory / "row.json", proof.row));
    std::string path = fmt::format("row {} of {}\n", proof.revision.row, proof.rows);
    for (const auto& hash : proof.row_path) path += base64(hash.view()) + "\n";
    return replace_file(directory / "row.path", path);
}

json::object proof_json(const service::RecordProof& proof) {
    json::array disclosures;
    for (const auto& disclosure : proof.disclosures) disclosures.push_back(json::string(disclosure));
    json::object out{
        {"record", proof.revision.rec},
        {"revision", proof.revision.number},
        {"index", proof.revision.index},
        {"entry", proof.entry},
        {"tlog_proof", proof.tlog_proof},
        {"vkey", proof.vkey},
        {"disclosures", disclosures}};
    if (!proof.row.empty()) {
        out["row"] = proof.row;
        out["row_number"] = proof.revision.row;
        out["rows"] = proof.rows;
        out["row_path"] = hashes_json(proof.row_path);
    }
    return out;
}

Result<Exit> prove_growth(const Session& session, service::Node& node, const ProofOptions& options) {
    (void)session;
    ENTENTE_ASSIGN_OR_RETURN(const auto old, read_file(options.from));
    ENTENTE_ASSIGN_OR_RETURN(const auto proof, service::prove_consistency(node, old));
    if (options.json) {
        print(
            pretty_json(json::object{
                {"from", proof.from.size},
                {"to", proof.to.size},
                {"path", hashes_json(proof.path)},
                {"checkpoint", proof.note}}) +
            "\n"
        );
        return Exit::done;
    }
    for (const auto& hash : proof.path) print(base64(hash.view()) + "\n");
    print("\n" + proof.note);
    say(fmt::format(
        "The first {} entries of the present {} are those of the old checkpoint: {} hashes.\n",
        proof.from.size,
        proof.to.size,
        proof.path.size()
    ));
    return Exit::done;
}

}  // namespace

Result<Exit> run_verify(const Session& session, const VerifyOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    service::VerifyNodeRequest request{std::nullopt, options.deep};
    if (!options.checkpoint.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto note, read_file(options.checkpoint));
        request.kept_note = std::move(note);
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto outcome, service::verify_node(*node, request));
    print(options.json ? pretty_json(verify_json(outcome)) + "\n" : render_verify(session, outcome));
    return outcome.report.findings.empty() && outcome.index_difference.empty() ? Exit::done
                                                                               : Exit::record_damaged;
}

Result<Exit> run_checkpoint(const Session& session, const CheckpointOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(
        const auto node, session.open(options.sign ? service::Access::write : service::Access::read)
    );
    if (options.sign) {
        ENTENTE_ASSIGN_OR_RETURN([[maybe_unused]] const auto note, node->settle());
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    if (!standing.checkpoint)
        return fail(ErrorCode::not_found, {}, "found no checkpoint", "entente checkpoint --sign");
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, node->verifier());
    const auto beyond = standing.entries - standing.checkpoint->size;
    if (options.json)
        print(
            pretty_json(json::object{
                {"origin", standing.checkpoint->origin},
                {"size", standing.checkpoint->size},
                {"root", base64(standing.checkpoint->root.view())},
                {"note", standing.note},
                {"vkey", verifier.vkey()},
                {"entries_beyond", beyond}}) +
            "\n"
        );
    else
        print(standing.note);
    say(fmt::format("Key  {}\n", verifier.vkey()));
    if (beyond > 0) say(fmt::format("{} entries lie beyond it: entente checkpoint --sign\n", beyond));
    return Exit::done;
}

Result<Exit> run_proof(const Session& session, const ProofOptions& options) {
    if (options.id.empty() == options.from.empty())
        return fail(
            ErrorCode::invalid_argument,
            {},
            "expected a record, or --from an older checkpoint",
            "entente proof --help"
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    if (!options.from.empty()) return prove_growth(session, *node, options);
    ENTENTE_ASSIGN_OR_RETURN(const auto proof, service::prove_record(*node, options.id, options.revision));
    if (!options.out.empty()) {
        ENTENTE_RETURN_IF_ERROR(write_proof(options.out, proof));
        say(fmt::format(
            "Written to {}: the entry as it is stored, its proof with the checkpoint, the key{}{}.\nGive "
            "disclosures only to those who may read what they open.\n",
            options.out,
            proof.row.empty() ? "" : ", the row and its path in the batch",
            proof.disclosures.empty() ? "" : fmt::format(", {} disclosures", proof.disclosures.size())
        ));
        return Exit::done;
    }
    print(options.json ? pretty_json(proof_json(proof)) + "\n" : proof.tlog_proof);
    if (!options.json && !proof.row.empty())
        say("The record is a row of a batch: --out DIRECTORY writes the row and its path, too.\n");
    return Exit::done;
}

Result<Exit> run_rebuild(const Session& session) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::write));
    ENTENTE_ASSIGN_OR_RETURN(const auto difference, node->rebuild_index());
    ENTENTE_ASSIGN_OR_RETURN(const auto entries, node->index().applied());
    print(fmt::format(
        "Index made again from {} entries. {}\n",
        entries,
        difference.empty() ? "It was equal to the old one." : "The old one differed: " + difference
    ));
    return Exit::done;
}

}  // namespace entente::cli
