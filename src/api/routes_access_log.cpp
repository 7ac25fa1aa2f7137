#include "api/account_json.h"
#include "api/common_parameters.h"
#include "api/people.h"

namespace entente::api {
namespace {

constexpr std::size_t kMostLines = 1000, kUsualLines = 100;

Result<Reply> show_access_log(Call& call) {
    accounts::AccessFilter filter;
    filter.account = call.text("account"), filter.what = call.text("what");
    ENTENTE_ASSIGN_OR_RETURN(filter.below, call.whole("before"));
    ENTENTE_ASSIGN_OR_RETURN(const auto limit, call.whole("limit"));
    filter.limit = std::min<std::size_t>(limit.value_or(kUsualLines), kMostLines);
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto lines, people->log().lines(filter));
    ENTENTE_ASSIGN_OR_RETURN(const auto head, people->log().head());
    json::array items;
    for (const auto& line : lines) items.push_back(access_line_json(line));
    const bool more = filter.limit > 0 && lines.size() == filter.limit && lines.back().number > 1;
    json::object out{
        {"items", std::move(items)},
        {"next", more ? json::value(lines.back().number) : json::value(nullptr)},
        {"lines", head.lines},
        {"head", head.text()}};
    return json_reply(std::move(out));
}

Result<Reply> check_access_log(Call& call) {
    std::optional<accounts::AccessHead> kept;
    if (const auto typed = call.text("kept"); !typed.empty()) {
        kept = accounts::AccessHead::parse(typed);
        if (!kept)
            return fail(
                ErrorCode::invalid_argument, "kept", "found '" + typed + "', expected `head` as it was given"
            );
    }
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    const auto found = people->log().verify(kept);
    if (!found && found.error().code != ErrorCode::corrupt) return std::unexpected(found.error());
    json::object out{{"holds", found.has_value()}};
    if (found)
        out["lines"] = found->lines, out["head"] = found->text();
    else
        out["finding"] = found.error().message;
    return json_reply(std::move(out));
}

}  // namespace

void add_access_log_routes(Routes& out) {
    out.push_back(
        {.method = "GET",
         .path = "/api/access-log",
         .name = "showAccessLog",
         .command = "access-log",
         .summary = "What was refused or carried away, and acts upon accounts; the latest first",
         .allowed = kAuditors,
         .parameters =
             {{"account", Kind::text, "Of this account alone"},
              {"what",
               Kind::one_of,
               "Of this kind alone",
               false,
               false,
               {"denied", "export", "personal", "view_as", "account"}},
              {"before", Kind::whole, "Lines below this number: `next` of the page before"},
              {"limit", Kind::whole, "At most so many lines; 100 where nothing is said, 1000 at most"}},
         .reply = "AccessLog",
         .list = "items",
         .answer = show_access_log}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/access-log/check",
         .name = "checkAccessLog",
         .command = "access-log --verify",
         .summary = "Whether no line of the access log was changed, each being bound to the one before",
         .allowed = kAuditors,
         .parameters = {{"kept", Kind::text, "A `head` from earlier: the log must still go through it"}},
         .reply = "AccessLogChecked",
         .answer = check_access_log}
    );
}

}  // namespace entente::api
