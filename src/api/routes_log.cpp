#include "api/call.h"
#include "api/common_parameters.h"
#include "base/codec.h"

namespace entente::api {
namespace {

Result<Reply> show_checkpoint(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node->standing());
    json::object out{{"entries", standing.entries}, {"origin", node->config().origin}};
    if (!standing.checkpoint) {
        out["reason"] = "nothing is signed yet";
        return json_reply(std::move(out));
    }
    out["size"] = standing.checkpoint->size;
    out["root"] = base64(standing.checkpoint->root.view());
    out["note"] = standing.note;
    out["unsigned"] = standing.entries - standing.checkpoint->size;
    return json_reply(std::move(out));
}

}  // namespace

void add_log_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/checkpoint",
         .name = "showCheckpoint",
         .command = "checkpoint",
         .summary = "The state of the log under which everything that is signed stands",
         .reply = "Checkpoint",
         .answer = show_checkpoint}
    );
}

}  // namespace entente::api
