#include "api/checkpoint_json.h"

#include "base/codec.h"

namespace entente::api {

Result<json::object> checkpoint_json(service::Node& node) {
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, node.standing());
    json::object out{{"entries", standing.entries}, {"origin", node.config().origin}};
    if (!standing.checkpoint) {
        out["reason"] = "nothing is signed yet";
        return out;
    }
    out["size"] = standing.checkpoint->size;
    out["root"] = base64(standing.checkpoint->root.view());
    out["note"] = standing.note;
    out["unsigned"] = standing.entries - standing.checkpoint->size;
    ENTENTE_ASSIGN_OR_RETURN(const auto verifier, node.verifier());
    out["vkey"] = verifier.vkey();
    return out;
}

}  // namespace entente::api
