// What one may mean by a few words.
#include <fmt/format.h>

#include "api/call.h"
#include "api/common_parameters.h"
#include "base/clock.h"
#include "service/search.h"

namespace entente::api {
namespace {

constexpr std::uint64_t kUsual = 10, kMost = 50;

Result<Reply> search(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const view, call.view());
    ENTENTE_ASSIGN_OR_RETURN(auto* const node, call.node());
    service::SearchRequest request;
    request.words = call.text("q"), request.actors = call.words("actor"), request.day = call.text("day");
    request.today = today();
    ENTENTE_ASSIGN_OR_RETURN(const auto limit, call.whole("limit"));
    if (limit && (*limit == 0 || *limit > kMost))
        return fail(
            ErrorCode::invalid_argument, "limit", fmt::format("found {}, expected 1 to {}", *limit, kMost)
        );
    request.limit = limit.value_or(kUsual);
    const auto home = call.text("home").empty() ? node->config().home : call.text("home");
    // Home is an actor that everybody sees; one that may not be seen has no ties to go to.
    if (const auto id = service::make_resolver(*view, call.schema())({"actor"}, home)) request.home = *id;
    ENTENTE_ASSIGN_OR_RETURN(auto out, service::search(*view, call.schema(), request));
    out["as_of"] = call.size_json(*view);
    ENTENTE_ASSIGN_OR_RETURN(out["known_at"], call.known_at());
    return json_reply(std::move(out));
}

}  // namespace

void add_search_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/search",
         .name = "search",
         .command = "",
         .summary = "What one may mean by a few words: ties to go to, records by words and by name, dates",
         .parameters =
             {{"q", Kind::text, "As typed: china, usa chn 2022, c0304, @smith, #maritime, 2024-05", true},
              {"home",
               Kind::actor,
               "Whose ties are meant where one name is typed; the node's where none is given"},
              {"actor",
               Kind::text,
               "Codes that the words mean in the language of whoever types, with commas between",
               false,
               true},
              {"day", Kind::day, "The day that they mean in that language"},
              {"limit", Kind::whole, "At most so many of a kind; 10 where none is given, 50 at most"},
              as_of()},
         .reply = "Found",
         .answer = search}
    );
}

}  // namespace entente::api
