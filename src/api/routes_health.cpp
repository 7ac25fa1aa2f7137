// For whoever keeps the node running: whether it answers, and what it is busy with.
#include "api/call.h"

namespace entente::api {
namespace {

Result<Reply> health(Call& call) {
    // A node that cannot be read is not well, whatever else answers.
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_RETURN_IF_ERROR(node->standing());
    auto out = json_reply(json::object{{"status", "ok"}});
    out.cached = false;
    return out;
}

Result<Reply> metrics(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(const auto stands, node->standing());
    Metrics::Standing standing;
    standing.entries = stands.entries;
    standing.unsigned_entries = stands.entries - (stands.checkpoint ? stands.checkpoint->size : 0);
    std::tie(standing.readers_idle, standing.answers_remembered) = call.work().kept();
    auto out = bytes_reply("text/plain; version=0.0.4; charset=utf-8", call.work().metrics().text(standing));
    out.cached = false;
    return out;
}

}  // namespace

void add_health_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/healthz",
         .name = "health",
         .command = "",
         .summary = "Whether the node can be read; nothing else",
         .allowed = kAnyone,
         .reply = "Health",
         .answer = health}
    );
    out.push_back(
        {.method = "GET",
         .path = "/metrics",
         .name = "metrics",
         .command = "",
         .summary =
             "What the server did and how the log stands, as Prometheus reads it; from this computer without "
             "signing in",
         .allowed = kAuditors,
         .forms = {"text/plain"},
         .this_machine = true,
         .answer = metrics}
    );
}

}  // namespace entente::api
