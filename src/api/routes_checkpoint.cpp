// The head of the log: to sign it, and to show that it continues an older one.
#include "api/body.h"
#include "api/call.h"
#include "api/checkpoint_json.h"
#include "service/proof_json.h"

namespace entente::api {
namespace {

/// Signs what lies beyond the checkpoint.
Result<Reply> sign_checkpoint(Call& call) {
    return call.write([&](service::Node& node) -> Result<Reply> {
        ENTENTE_RETURN_IF_ERROR(node.settle());
        ENTENTE_ASSIGN_OR_RETURN(auto out, checkpoint_json(node));
        return json_reply(std::move(out));
    });
}

Result<Reply> prove_growth(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"kept"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto kept, needed_text(body, "kept"));
    ENTENTE_ASSIGN_OR_RETURN(const auto proof, service::prove_consistency(*node, kept));
    return json_reply(json::object{
        {"from", proof.from.size},
        {"to", proof.to.size},
        {"path", service::hashes_json(proof.path)},
        {"checkpoint", proof.note}});
}

}  // namespace

void add_checkpoint_routes(Routes& out) {
    out.push_back(
        {.method = "POST",
         .path = "/api/checkpoint",
         .name = "signCheckpoint",
         .command = "checkpoint --sign",
         .summary = "Sign the present head of the log, where entries lie beyond the last checkpoint",
         .allowed = kKeepers,
         .reply = "Checkpoint",
         .answer = sign_checkpoint}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/checkpoint/growth",
         .name = "proveGrowth",
         .command = "proof --from",
         .summary = "Proof that the log only grew since a checkpoint that somebody kept",
         .body = "KeptCheckpoint",
         .reply = "Growth",
         .answer = prove_growth}
    );
}

}  // namespace entente::api
