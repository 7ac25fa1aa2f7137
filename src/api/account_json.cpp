#include "api/account_json.h"

#include "api/people.h"
#include "base/clock.h"

namespace entente::api {
namespace {

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

Result<People*> people_for(Call& call) {
    if (call.people()) return call.people();
    return fail(ErrorCode::unavailable, "accounts", "found no accounts here");
}

std::string seconds_of(Instant instant) {
    return to_text(instant).substr(0, std::string_view("2026-11-21T20:00:00").size()) + "Z";
}

json::object account_json(const accounts::Account& account) {
    return {
        {"id", account.id},
        {"name", account.name},
        {"display_name", account.display_name.empty() ? account.name : account.display_name},
        {"role", std::string(to_text(account.role))},
        {"nation", account.nation},
        {"language", account.language},
        {"disabled", account.disabled},
        {"created", seconds_of(account.created)},
        {"last_sign_in",
         account.last_sign_in ? json::value(seconds_of(*account.last_sign_in)) : json::value(nullptr)}};
}

json::object access_line_json(const accounts::AccessLine& line) {
    return {
        {"number", line.number},
        {"at", to_text(line.at)},
        {"account", text_or_null(line.account)},
        {"route", line.route},
        {"what", line.what},
        {"detail", line.detail},
        {"status", line.status == 0 ? json::value(nullptr) : json::value(line.status)},
        {"record", text_or_null(line.record)},
        {"peer", line.peer}};
}

}  // namespace entente::api
