#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "base/codec.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/print_record.h"
#include "ledger/disclosure.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"
#include "ledger/sign.h"
#include "service/proof_json.h"
#include "service/verify_node.h"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;
using service::hashes_json;
using service::proof_json;

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

// The lines of a file; a missing one is no lines.
std::vector<std::string> lines_of(const fs::path& file) {
    std::vector<std::string> out;
    std::istringstream in(read_file(file).value_or(""));
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

Result<std::vector<Hash>> hashes_of(const std::vector<std::string>& lines, std::size_t first) {
    std::vector<Hash> out;
    for (std::size_t i = first; i < lines.size() && !lines[i].empty(); ++i) {
        const auto bytes = from_base64(lines[i]);
        const auto hash = bytes ? Hash::from_bytes(*bytes) : std::nullopt;
        if (!hash)
            return fail(ErrorCode::corrupt, "proof", fmt::format("found '{}', expected a hash", lines[i]));
        out.push_back(*hash);
    }
    return out;
}

// A row is proved by its path to the root that its import entry states.
Result<std::string> check_row(const fs::path& directory, const std::string& entry) {
    ENTENTE_ASSIGN_OR_RETURN(auto row, read_file(directory / "row.json"));
    const auto lines = lines_of(directory / "row.path");
    std::uint64_t number = 0, rows = 0;
    std::string word, of;
    std::istringstream head(lines.empty() ? "" : lines[0]);
    if (!(head >> word >> number >> of >> rows))
        return fail(ErrorCode::corrupt, "row.path", "found no 'row N of M'");
    ENTENTE_ASSIGN_OR_RETURN(const auto path, hashes_of(lines, 1));
    ENTENTE_ASSIGN_OR_RETURN(const auto fields, ledger::decode(entry));
    const auto bytes = from_base64(fields.f ? text_at(*fields.f, "root") : "");
    const auto root = bytes ? Hash::from_bytes(*bytes) : std::nullopt;
    if (!root || !ledger::verify_inclusion(ledger::leaf_hash(row), number, rows, path, *root))
        return fail(ErrorCode::corrupt, "row", "the row is not in the batch that the entry states");
    return row;
}

// Says what a proof directory shows, and of whom; the key that came with it is named, because it proves
// nothing by itself.
Result<Exit> check_proof(const fs::path& directory) {
    ENTENTE_ASSIGN_OR_RETURN(const auto entry, read_file(directory / "entry.json"));
    ENTENTE_ASSIGN_OR_RETURN(const auto text, read_file(directory / "entry.tlog-proof"));
    const auto keys = lines_of(directory / "vkey");
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, ledger::Verifier::parse(keys.empty() ? "" : keys[0]));
    const auto lines = lines_of(directory / "entry.tlog-proof");
    constexpr std::string_view kIndex = "index ";
    if (lines.size() < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || !lines[1].starts_with(kIndex) ||
        lines[1].size() > 25)
        return fail(ErrorCode::corrupt, "entry.tlog-proof", "found no c2sp.org/tlog-proof@v1");
    const auto index = std::strtoull(lines[1].c_str() + kIndex.size(), nullptr, 10);
    ENTENTE_ASSIGN_OR_RETURN(const auto path, hashes_of(lines, 2));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto checkpoint, ledger::open_checkpoint(text.substr(text.find("\n\n") + 2), verifier)
    );
    if (!ledger::verify_inclusion(ledger::leaf_hash(entry), index, checkpoint.size, path, checkpoint.root))
        return fail(ErrorCode::corrupt, "entry", "the entry is not in the tree of the checkpoint");
    std::string leaf = entry;
    if (fs::exists(directory / "row.json")) {
        ENTENTE_ASSIGN_OR_RETURN(leaf, check_row(directory, entry));
    }
    print(fmt::format(
        "The proof holds: entry {} of the first {} of {}.\n{}\n",
        index,
        checkpoint.size,
        checkpoint.origin,
        leaf
    ));
    ENTENTE_ASSIGN_OR_RETURN(const auto fields, ledger::decode(leaf));
    for (const auto& line : lines_of(directory / "disclosures")) {
        const ledger::Disclosure disclosure{line};
        if (std::find(fields.sd.begin(), fields.sd.end(), disclosure.digest()) == fields.sd.end())
            return fail(ErrorCode::corrupt, "disclosures", "found a disclosure that is not of this record");
        ENTENTE_ASSIGN_OR_RETURN(const auto value, disclosure.open());
        print(fmt::format("{}: {}\n", value.name, value.value));
    }
    say(fmt::format("Signed by {}\nCompare this key with one that you had from the owner.\n", verifier.vkey())
    );
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
    if (!options.check.empty()) return check_proof(options.check);
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
