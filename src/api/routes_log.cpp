#include <fmt/format.h>

#include "api/authors.h"
#include "api/call.h"
#include "api/checkpoint_json.h"
#include "api/common_parameters.h"
#include "service/changes.h"

namespace entente::api {
namespace {

constexpr std::size_t kShown = 50, kMostShown = 200;

Result<Reply> show_checkpoint(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    ENTENTE_ASSIGN_OR_RETURN(auto out, checkpoint_json(*node));
    return json_reply(std::move(out));
}

Result<Reply> list_changes(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(const auto before, call.whole("before"));
    ENTENTE_ASSIGN_OR_RETURN(const auto limit, call.whole("limit"));
    ENTENTE_ASSIGN_OR_RETURN(const Authors authors, Authors::of(call));
    ledger::ChangesQuery query{.before = before, .account = {}, .limit = limit.value_or(kShown)};
    if (query.limit < 1 || query.limit > kMostShown)
        return fail(
            ErrorCode::invalid_argument,
            "limit",
            fmt::format("found {}, expected 1 to {}", query.limit, kMostShown)
        );
    ENTENTE_ASSIGN_OR_RETURN(query.account, authors.id_of(call.text("account")));
    ENTENTE_ASSIGN_OR_RETURN(const auto changes, service::list_changes(*view, call.schema(), query));
    auto items = service::changes_json(changes);
    for (auto& item : items) authors.name(item.as_object());
    const bool more = changes.size() == query.limit && changes.back().change.index > 0;
    json::object out{
        {"items", std::move(items)},
        {"next", more ? json::value(changes.back().change.index) : json::value(nullptr)}};
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
    out.push_back(
        {.method = "GET",
         .path = "/api/changes",
         .name = "listChanges",
         .command = "changes",
         .summary = "Who changed what: the entries that came, the latest first",
         .parameters =
             {{"account",
               Kind::text,
               "Of this account alone, by its name; (node) for what was typed at the node"},
              {"before", Kind::whole, "Entries below this number, as `next` says"},
              {"limit", Kind::whole, "So many, at most 200; 50 where none is given"}},
         .reply = "ChangeList",
         .list = "items",
         .answer = list_changes}
    );
}

}  // namespace entente::api
