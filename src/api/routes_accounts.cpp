// Accounts, for those who keep them.
#include <fmt/format.h>

#include "accounts/acts.h"
#include "api/access.h"
#include "api/account_json.h"
#include "api/body.h"
#include "api/common_parameters.h"
#include "api/people.h"

namespace entente::api {
namespace {

Result<Reply> list_accounts(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto all, people->accounts().list());
    json::array items;
    for (const auto& account : all) items.push_back(account_json(account));
    return json_reply(json::object{{"items", std::move(items)}});
}

Result<void> check_not_a_demonstration(const Call& call) {
    if (!call.visitor().demonstration) return {};
    return fail(
        ErrorCode::forbidden,
        "",
        "In a demonstration nobody is known. The first account is made with a set-up token.",
        "entente serve --set-up"
    );
}

Result<accounts::Role> role_called(const std::string& typed) {
    if (const auto role = parse_role(typed)) return *role;
    return fail(
        ErrorCode::invalid_argument,
        "role",
        fmt::format("found '{}', expected reader, officer, approver, administrator or auditor", typed)
    );
}

Result<void> log_act(Call& call, People& people, const std::string& route, const std::string& act) {
    return people.log().append(
        {.account = actor_of(call.visitor()),
         .route = route,
         .what = "account",
         .detail = act,
         .peer = people.from(call.request()).peer,
         .status = 200}
    );
}

Result<Reply> add_account(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(
        check_members(body, {"name", "password", "role", "display_name", "nation", "language"})
    );
    accounts::NewAccount wanted;
    ENTENTE_ASSIGN_OR_RETURN(wanted.name, needed_text(body, "name"));
    ENTENTE_ASSIGN_OR_RETURN(wanted.password, needed_text(body, "password"));
    ENTENTE_ASSIGN_OR_RETURN(const auto role, needed_text(body, "role"));
    ENTENTE_ASSIGN_OR_RETURN(wanted.role, role_called(role));
    ENTENTE_ASSIGN_OR_RETURN(const auto display_name, text_of(body, "display_name"));
    ENTENTE_ASSIGN_OR_RETURN(const auto nation, text_of(body, "nation"));
    ENTENTE_ASSIGN_OR_RETURN(const auto language, text_of(body, "language"));
    wanted.display_name = display_name.value_or(""), wanted.nation = nation.value_or("");
    wanted.language = language.value_or("");
    ENTENTE_RETURN_IF_ERROR(check_not_a_demonstration(call));
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto account, people->accounts().add(wanted));
    ENTENTE_RETURN_IF_ERROR(log_act(call, *people, "addAccount", "made " + accounts::in_words(account)));
    return json_reply(account_json(account), 201);
}

Result<Reply> change_account(Call& call) {
    ENTENTE_ASSIGN_OR_RETURN(const auto body, call.body());
    ENTENTE_RETURN_IF_ERROR(
        check_members(body, {"role", "disabled", "password", "display_name", "nation", "language"})
    );
    accounts::AccountChange change;
    ENTENTE_ASSIGN_OR_RETURN(const auto role, text_of(body, "role"));
    if (role) {
        ENTENTE_ASSIGN_OR_RETURN(change.role, role_called(*role));
    }
    ENTENTE_ASSIGN_OR_RETURN(change.disabled, truth_of(body, "disabled"));
    ENTENTE_ASSIGN_OR_RETURN(change.password, text_of(body, "password"));
    ENTENTE_ASSIGN_OR_RETURN(change.display_name, text_of(body, "display_name"));
    ENTENTE_ASSIGN_OR_RETURN(change.nation, text_of(body, "nation"));
    ENTENTE_ASSIGN_OR_RETURN(change.language, text_of(body, "language"));
    ENTENTE_RETURN_IF_ERROR(check_not_a_demonstration(call));
    ENTENTE_ASSIGN_OR_RETURN(auto* const people, people_for(call));
    ENTENTE_ASSIGN_OR_RETURN(const auto account, people->accounts().change(call.text("name"), change));
    people->close_what_ended();
    ENTENTE_RETURN_IF_ERROR(log_act(call, *people, "changeAccount", accounts::in_words(account.name, change))
    );
    return json_reply(account_json(account));
}

}  // namespace

void add_account_routes(Routes& out) {
    constexpr std::size_t kMostBody = 8192;
    out.push_back(
        {.method = "GET",
         .path = "/api/accounts",
         .name = "listAccounts",
         .command = "account list",
         .summary = "All accounts of the node",
         .allowed = kAuditors,
         .reply = "Accounts",
         .list = "items",
         .answer = list_accounts}
    );
    out.push_back(
        {.method = "POST",
         .path = "/api/accounts",
         .name = "addAccount",
         .command = "account add",
         .summary = "Make an account",
         .allowed = kAdministrators,
         .body = "NewAccount",
         .reply = "Account",
         .most_body = kMostBody,
         .answer = add_account}
    );
    out.push_back(
        {.method = "PATCH",
         .path = "/api/accounts/{name}",
         .name = "changeAccount",
         .command = "account role; account disable; account enable; account password",
         .summary = "Give an account another role, password or name, disable or enable it; its sessions end",
         .allowed = kAdministrators,
         .parameters = {in_path("name", Kind::text, "Name of the account")},
         .body = "AccountChange",
         .reply = "Account",
         .most_body = kMostBody,
         .answer = change_account}
    );
}

}  // namespace entente::api
