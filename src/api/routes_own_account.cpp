// One's own account: its sessions and its password.
#include <fmt/format.h>

#include "accounts/account_name.h"
#include "api/access.h"
#include "api/account_json.h"
#include "api/body.h"
#include "api/common_parameters.h"
#include "api/people.h"
#include "api/problem.h"

namespace entente::api {
namespace {

Result<void> log_act(Call& call, People& people, const char* route, const std::string& act) {
    return people.log().append(
        {.account = call.visitor().account,
         .route = route,
         .what = "account",
         .detail = act,
         .peer = people.from(call.request()).peer,
         .status = 200}
    );
}

Result<Reply> list_sessions(Call& call) {
    json::array items;
    if (const auto& visitor = call.visitor(); !visitor.account.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
        ENTENTE_ASSIGN_OR_RETURN(const auto all, people->sessions().of(accounts::key_of(visitor.account)));
        for (const auto& one : all)
            items.push_back(json::object{
                {"id", accounts::Sessions::id_of(one.token)},
                {"began", seconds_of(one.began)},
                {"seen", seconds_of(one.seen)},
                {"peer", one.peer},
                {"browser", one.browser},
                {"this_one", one.token == visitor.session}});
    }
    return json_reply(json::object{{"items", std::move(items)}});
}

Result<Reply> end_sessions(Call& call) {
    std::size_t ended = 0;
    if (const auto& visitor = call.visitor(); !visitor.account.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
        ENTENTE_ASSIGN_OR_RETURN(
            ended,
            people->sessions().end_others(
                accounts::key_of(visitor.account), call.text("id"), visitor.session.value_or(Hash{})
            )
        );
        people->close_what_ended();
        if (ended > 0)
            ENTENTE_RETURN_IF_ERROR(
                log_act(call, *people, "endSessions", fmt::format("ended {} own sessions", ended))
            );
    }
    if (ended == 0 && !call.text("id").empty())
        return fail(ErrorCode::not_found, "id", "found no session of yours with that id");
    return json_reply(json::object{{"ended", ended}});
}

Result<Reply> change_password(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"old", "new"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto old, needed_text(body, "old"));
    ENTENTE_ASSIGN_OR_RETURN(const auto wanted, needed_text(body, "new"));
    const auto& visitor = call.visitor();
    if (!visitor.session)
        return fail(ErrorCode::conflict, "", "found nobody signed in, expected the owner of an account");
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto owner, people->sessions().recognise(visitor.account, old, people->from(call.request()))
    );
    // Whoever found a browser open tries no more often than whoever signs in.
    if (!owner && owner.error().kind == accounts::Refusal::Kind::wrong)
        return problem_reply(403, "Not allowed", "The present password is another one.");
    if (!owner) {
        auto out = problem_reply(429, "Too many tries", "Too many wrong passwords. Wait, then try again.");
        out.headers.emplace_back("Retry-After", std::to_string(owner.error().retry_after));
        return out;
    }
    auto changed = people->accounts().change_own_password(*owner, wanted, *visitor.session);
    if (!changed && changed.error().field == "password") changed.error().field = "new";
    ENTENTE_RETURN_IF_ERROR(std::move(changed));
    people->close_what_ended();
    ENTENTE_RETURN_IF_ERROR(log_act(call, *people, "changeOwnPassword", "another password of one's own"));
    return json_reply(json::object{{"changed", true}});
}

}  // namespace

void add_own_account_routes(Routes& out) {
    constexpr std::size_t kMostBody = 8192;
    out.push_back(
        {.method = "GET",
         .path = "/api/account/sessions",
         .name = "listOwnSessions",
         .command = "",
         .summary = "Where one is signed in",
         .reply = "OwnSessions",
         .tells_nothing = true,
         .answer = list_sessions}
    );
    out.push_back(
        {.method = "DELETE",
         .path = "/api/account/sessions",
         .name = "endOwnSessions",
         .command = "",
         .summary = "End one session, or all but this one",
         .parameters = {{"id", Kind::text, "Of the list; all but this one where none is given"}},
         .reply = "EndedSessions",
         .most_body = kMostBody,
         .tells_nothing = true,
         .answer = end_sessions}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/account/password",
         .name = "changeOwnPassword",
         .command = "",
         .summary = "Take another password; the other sessions end",
         .body = "OwnPassword",
         .reply = "Changed",
         .most_body = kMostBody,
         .tells_nothing = true,
         .answer = change_password}
    );
}

}  // namespace entente::api
