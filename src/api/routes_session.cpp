#include <fmt/format.h>

#include "api/account_json.h"
#include "api/body.h"
#include "api/people.h"
#include "api/problem.h"
#include "api/session_json.h"

namespace entente::api {
namespace {

Result<Reply> show_session(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto out, session_json(call, call.visitor()));
    return json_reply(std::move(out));
}

/// The answer to somebody who is signed in from now on.
Result<Reply> signed_in(Call& call, People& people, const accounts::Session& session, const char* how) {
    // Whoever signs in again leaves no session behind that nobody thinks of.
    if (call.visitor().session) ENTENTE_RETURN_IF_ERROR(people.sessions().sign_out(*call.visitor().session));
    ENTENTE_RETURN_IF_ERROR(people.log().append(
        {.account = session.account.name,
         .route = how,
         .what = "account",
         .detail = "signed in",
         .peer = people.from(call.request()).peer,
         .status = 200}
    ));
    ENTENTE_ASSIGN_OR_RETURN(auto body, session_json(call, People::visitor_of(session)));
    auto out = json_reply(std::move(body));
    out.headers.emplace_back("Set-Cookie", people.cookie(session.token));
    out.logged = true;
    return out;
}

/// What is said is the same whether there is such an account; what is logged is not.
Result<Reply> refused(Call& call, People& people, const std::string& name, const accounts::Refusal& why) {
    const bool wrong = why.kind == accounts::Refusal::Kind::wrong;
    auto out = wrong ? problem_reply(401, "Not signed in", "The name or the password is wrong.")
                     : problem_reply(
                           429,
                           "Too many tries",
                           fmt::format("Wait {} minutes, then try again.", (why.retry_after + 59) / 60)
                       );
    if (!wrong) out.headers.emplace_back("Retry-After", std::to_string(why.retry_after));
    const auto account = people.accounts().find(name);
    auto kept = people.log().append(
        {.route = "signIn",
         .what = "denied",
         .detail = account ? "as " + account->name : "by an unknown name",
         .peer = people.from(call.request()).peer,
         .status = out.status}
    );
    out.logged = kept.has_value();
    return out;
}

Result<Reply> sign_in(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"name", "password"}));
    ENTENTE_ASSIGN_OR_RETURN(const auto name, needed_text(body, "name"));
    ENTENTE_ASSIGN_OR_RETURN(const auto password, needed_text(body, "password"));
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto outcome, people->sessions().sign_in(name, password, people->from(call.request()))
    );
    if (!outcome) return refused(call, *people, name, outcome.error());
    return signed_in(call, *people, *outcome, "signIn");
}

Result<Reply> sign_out(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    if (const auto& session = call.visitor().session) {
        ENTENTE_RETURN_IF_ERROR(people->sessions().sign_out(*session));
        ENTENTE_RETURN_IF_ERROR(people->log().append(
            {.account = call.visitor().account,
             .route = "signOut",
             .what = "account",
             .detail = "signed out",
             .peer = people->from(call.request()).peer,
             .status = 200}
        ));
        people->close_what_ended();
    }
    ENTENTE_ASSIGN_OR_RETURN(auto body, session_json(call, Visitor{}));
    auto out = json_reply(std::move(body));
    out.headers.emplace_back("Set-Cookie", people->no_cookie());
    out.headers.emplace_back("Clear-Site-Data", "\"cache\"");
    return out;
}

Result<Reply> set_up(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(check_members(body, {"token", "name", "password", "display_name", "language"}));
    accounts::NewAccount wanted;
    ENTENTE_ASSIGN_OR_RETURN(const auto token, needed_text(body, "token"));
    ENTENTE_ASSIGN_OR_RETURN(wanted.name, needed_text(body, "name"));
    ENTENTE_ASSIGN_OR_RETURN(wanted.password, needed_text(body, "password"));
    ENTENTE_ASSIGN_OR_RETURN(const auto display_name, text_of(body, "display_name"));
    ENTENTE_ASSIGN_OR_RETURN(const auto language, text_of(body, "language"));
    wanted.display_name = display_name.value_or(""), wanted.language = language.value_or("");
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto account, people->accounts().set_up(token, wanted));
    ENTENTE_RETURN_IF_ERROR(people->log().append(
        {.account = account.name,
         .route = "setUp",
         .what = "account",
         .detail = "made " + account.name + ", administrator, by the set-up token",
         .peer = people->from(call.request()).peer,
         .status = 200}
    ));
    people->close_what_ended();  // the demonstration is over
    ENTENTE_ASSIGN_OR_RETURN(
        const auto session, people->sessions().begin(account, people->from(call.request()))
    );
    return signed_in(call, *people, session, "setUp");
}

Result<Reply> listen(Call& call) {
    Reply out;
    out.events =
        call.work().topics().subscribe({"news", "task"}, call.request().header("Last-Event-ID").value_or(""));
    if (auto* people = call.people()) people->watch(out.events, call.visitor());
    return out;
}

}  // namespace

void add_session_routes(Routes& out) {
    constexpr std::size_t kMostBody = 8192;
    out.push_back(
        {.method = "GET",
         .path = "/api/session",
         .name = "showSession",
         .command = "",
         .summary = "Who asks, whose node it is, and how far the record is signed",
         .allowed = kAnyone,
         .reply = "Session",
         .answer = show_session}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/session",
         .name = "signIn",
         .command = "",
         .summary = "Sign in: a session begins, and a cookie bears it",
         .allowed = kAnyone,
         .body = "SignIn",
         .reply = "Session",
         .most_body = kMostBody,
         .answer = sign_in}
    );
    out.push_back(
        {.method = "DELETE",
         .path = "/api/session",
         .name = "signOut",
         .command = "",
         .summary = "Sign out: this session ends",
         .allowed = kAnyone,
         .reply = "Session",
         .most_body = kMostBody,
         .answer = sign_out}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/set-up",
         .name = "setUp",
         .command = "",
         .summary = "Make the first account, an administrator, with the token that `serve --set-up` printed",
         .allowed = kAnyone,
         .body = "SetUp",
         .reply = "Session",
         .most_body = kMostBody,
         .answer = set_up}
    );
    out.push_back(
        {.method = "GET",
         .path = "/api/events",
         .name = "listen",
         .command = "",
         .summary = "Server-sent events: entries that came, and how long tasks move",
         .forms = {"text/event-stream"},
         .answer = listen}
    );
}

}  // namespace entente::api
