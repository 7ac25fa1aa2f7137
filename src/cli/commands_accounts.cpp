// Who may sign in, and what the access log says.
#include <algorithm>

#include <fmt/format.h>

#include "accounts/access_log.h"
#include "accounts/accounts.h"
#include "accounts/acts.h"
#include "api/account_json.h"
#include "cli/commands.h"
#include "cli/read_password.h"

namespace entente::cli {
namespace {

Result<accounts::Role> role_of(const std::string& typed) {
    if (const auto role = accounts::parse_role(typed)) return *role;
    return fail(
        ErrorCode::invalid_argument,
        "role",
        fmt::format("found '{}', expected reader, officer, approver, administrator or auditor", typed)
    );
}

/// Says what was done and keeps it in the access log.
Result<Exit> done(accounts::AccountStore& store, const std::string& command, const std::string& act) {
    accounts::AccessLog log(store, system_clock());
    ENTENTE_RETURN_IF_ERROR(
        log.append({.account = "(owner)", .route = command, .what = "account", .detail = act})
    );
    print(fmt::format("{}{}.\n", std::string(1, static_cast<char>(std::toupper(act[0]))), act.substr(1)));
    return Exit::done;
}

Result<Exit> change(
    const Session& session,
    const std::string& name,
    const std::string& command,
    const accounts::AccountChange& change
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    ENTENTE_ASSIGN_OR_RETURN(
        const auto account, accounts::Accounts(*store, system_clock()).change(name, change)
    );
    return done(*store, command, "changed " + accounts::in_words(account.name, change));
}

std::string day_and_minute(Instant instant) {
    auto text = to_text(instant).substr(0, std::string_view("2026-11-21T20:00").size());
    std::ranges::replace(text, 'T', ' ');
    return text;
}

/// The table without the columns that are empty in all rows.
void print_table(std::vector<Column> columns, std::vector<Row> rows, const Style& style) {
    for (std::size_t i = columns.size(); i-- > 0;) {
        if (!std::ranges::all_of(rows, [&](const Row& row) { return row.cells[i].empty(); })) continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        columns.erase(columns.begin() + at);
        for (auto& row : rows) row.cells.erase(row.cells.begin() + at);
    }
    print(lay_out(columns, rows, false, style).text);
}

Row row_of(const accounts::Account& account, const Style& style) {
    return {
        {isolated(harmless(account.name), style),
         std::string(to_text(account.role)),
         account.nation.empty() ? "home" : account.nation,
         account.disabled ? "disabled" : "",
         day_and_minute(account.created).substr(0, 10),
         account.last_sign_in ? day_and_minute(*account.last_sign_in) : "never",
         isolated(harmless(account.display_name), style)},
        account.disabled ? Tone::dim : Tone::plain};
}

/// An act upon accounts says itself what it was; of the rest, what was asked goes before.
std::string what_exactly(const accounts::AccessLine& line) {
    if (line.what == "account" || line.route.empty()) return line.detail;
    return line.detail.empty() ? line.route : line.route + " " + line.detail;
}

Row row_of(const accounts::AccessLine& line, const Style& style) {
    return {
        {fmt::format("{}", line.number),
         day_and_minute(line.at),
         line.account.empty() ? "nobody" : isolated(harmless(line.account), style),
         line.what,
         line.status == 0 ? "" : fmt::format("{}", line.status),
         isolated(harmless(what_exactly(line)), style),
         isolated(harmless(line.record), style),
         line.peer},
        Tone::plain};
}

}  // namespace

Result<Exit> run_account_add(const Session& session, const AccountOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto role, role_of(options.role));
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    accounts::Accounts all(*store, system_clock());
    ENTENTE_ASSIGN_OR_RETURN(const bool any, all.any());
    if (!any && (role != accounts::Role::administrator || !options.nation.empty()))
        return fail(
            ErrorCode::invalid_argument,
            "role",
            fmt::format("found {}, expected administrator: the first account makes the others", options.role),
            fmt::format("entente account add {} --role administrator", options.name)
        );
    ENTENTE_ASSIGN_OR_RETURN(const auto password, read_password(options.name));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto account,
        all.add(
            {.name = options.name,
             .password = password,
             .role = role,
             .display_name = options.display_name,
             .nation = options.nation,
             .language = options.language}
        )
    );
    ENTENTE_ASSIGN_OR_RETURN(
        const auto exit, done(*store, "account add", "made " + accounts::in_words(account))
    );
    if (!any) say("From now on whoever opens the app signs in; there is no demonstration any more.\n");
    return exit;
}

Result<Exit> run_account_list(const Session& session, bool as_json) {
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    ENTENTE_ASSIGN_OR_RETURN(const auto all, accounts::Accounts(*store, system_clock()).list());
    if (as_json) {
        json::array list;
        for (const auto& account : all) list.push_back(api::account_json(account));
        print(pretty_json(list) + "\n");
        return all.empty() ? Exit::nothing_found : Exit::done;
    }
    if (all.empty()) {
        say("No account yet: the app is a demonstration on this computer alone.\n"
            "  Try: entente account add NAME --role administrator\n");
        return Exit::nothing_found;
    }
    std::vector<Row> rows;
    for (const auto& account : all) rows.push_back(row_of(account, session.style));
    print_table(
        {{"account"},
         {"role"},
         {"sees as"},
         {"state"},
         {"made", Align::left, 2},
         {"last sign-in"},
         {"name", Align::left, 1, 8}},
        std::move(rows),
        session.style
    );
    return Exit::done;
}

Result<Exit> run_account_role(const Session& session, const AccountOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto role, role_of(options.role));
    return change(session, options.name, "account role", {.role = role});
}

Result<Exit> run_account_disable(const Session& session, const AccountOptions& options) {
    return change(session, options.name, "account disable", {.disabled = true});
}

Result<Exit> run_account_enable(const Session& session, const AccountOptions& options) {
    return change(session, options.name, "account enable", {.disabled = false});
}

Result<Exit> run_account_password(const Session& session, const AccountOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto password, read_password(options.name));
    return change(session, options.name, "account password", {.password = password});
}

namespace {

Result<Exit> verify_log(accounts::AccessLog& log, const std::string& kept) {
    std::optional<accounts::AccessHead> head;
    if (!kept.empty()) {
        head = accounts::AccessHead::parse(kept);
        if (!head)
            return fail(
                ErrorCode::invalid_argument,
                "kept",
                fmt::format(
                    "found '{}', expected a number, a colon and a digest, as --verify printed it", kept
                )
            );
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto found, log.verify(head));
    print(found.text() + "\n");
    say(fmt::format(
        "{} lines, each bound to the one before{}. Keep the line above elsewhere: it shows a tail that was "
        "cut off.\n",
        found.lines,
        head ? fmt::format("; line {} is the one that was kept", head->lines) : ""
    ));
    return Exit::done;
}

}  // namespace

Result<Exit> run_access_log(const Session& session, const AccessLogOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    accounts::AccessLog log(*store, system_clock());
    if (options.verify || !options.kept.empty()) return verify_log(log, options.kept);
    accounts::AccessFilter filter;
    filter.account = options.account, filter.what = options.what;
    filter.below = options.before, filter.limit = options.limit.value_or(20);
    ENTENTE_ASSIGN_OR_RETURN(const auto lines, log.lines(filter));
    if (options.json) {
        json::array list;
        for (const auto& line : lines) list.push_back(api::access_line_json(line));
        print(pretty_json(list) + "\n");
        return lines.empty() ? Exit::nothing_found : Exit::done;
    }
    if (lines.empty()) {
        say("Nothing in the access log fits.\n");
        return Exit::nothing_found;
    }
    std::vector<Row> rows;
    for (const auto& line : lines) rows.push_back(row_of(line, session.style));
    print_table(
        {{"line", Align::right},
         {"when (UTC)"},
         {"account", Align::left, 0, 8},
         {"what"},
         {"status", Align::left, 3},
         {"which", Align::left, 0, 24},
         {"record", Align::left, 1, 8},
         {"from", Align::left, 4}},
        std::move(rows),
        session.style
    );
    if (lines.size() == filter.limit && lines.back().number > 1)
        say(fmt::format("Earlier ones: --before {}\n", lines.back().number));
    return Exit::done;
}

}  // namespace entente::cli
