#include <CLI/CLI.hpp>

#include "cli/command_line.h"

namespace entente::cli {

void CommandLine::add_accounts() {
    auto& o = options_.account;
    auto* account = app_->add_subcommand("account", "Who may sign in: accounts of this node");
    account->require_subcommand(1);
    account->footer(
        "Example:\n  entente account add jsmith --role administrator\n"
        "A password is typed on the terminal, or is the first line of standard input. The first account ends "
        "the "
        "demonstration. Roles: reader, officer, approver, administrator, auditor."
    );
    using Run = Result<Exit> (*)(const Session&, const AccountOptions&);
    const auto about_one = [&](const char* name, const char* help, Run run) {
        auto* sub = account->add_subcommand(name, help);
        sub->callback([this, run] {
            action_ = [this, run](const Session& s) { return run(s, options_.account); };
        });
        sub->add_option("name", o.name, "Name of the account")->required()->type_name("NAME");
        return sub;
    };
    auto* add = about_one("add", "Make an account", run_account_add);
    add->add_option("--role", o.role, "What it may do (reader)")->type_name("ROLE");
    add->add_option("--display-name", o.display_name, "Name as pages show it")->type_name("TEXT");
    add->add_option("--nation", o.nation, "It sees by the eyes of this nation alone; home when left out")
        ->type_name("CODE");
    add->add_option("--language", o.language, "Language of its pages, such as fr")->type_name("TAG");
    auto* list = account->add_subcommand("list", "All accounts");
    list->add_flag("--json", o.json, "Print them as JSON");
    list->callback([this] {
        action_ = [this](const Session& s) { return run_account_list(s, options_.account.json); };
    });
    about_one("role", "Give it another role; its sessions end", run_account_role)
        ->add_option("role", o.role, "reader, officer, approver, administrator or auditor")
        ->required()
        ->type_name("ROLE");
    about_one("disable", "It may not sign in any more; its sessions end", run_account_disable);
    about_one("enable", "It may sign in again; ends a lock-out, too", run_account_enable);
    about_one("password", "Give it another password; its sessions end", run_account_password);
}

void CommandLine::add_access_log() {
    auto& o = options_.access_log;
    auto* log = command(
        "access-log",
        "What was refused or carried away, and acts upon accounts; the latest first",
        [this](const Session& s) { return run_access_log(s, options_.access_log); },
        "Examples:\n  entente access-log --what denied\n  entente access-log --verify\n"
        "Each line holds the digest of the one before; --verify checks them all and prints the last one's."
    );
    log->add_option("--account", o.account, "Of this account alone")->type_name("NAME");
    log->add_option("--what", o.what, "denied, export, personal, view_as or account")
        ->check(CLI::IsMember({"denied", "export", "personal", "view_as", "account"}))
        ->type_name("KIND");
    log->add_option("--before", o.before, "Lines below this number")->type_name("LINE")->check(a_number(1));
    log->add_option("--limit", o.limit, "At most so many lines (20)")->type_name("N")->check(a_number(1));
    log->add_flag("--verify", o.verify, "Check that no line was changed");
    log->add_option("--kept", o.kept, "What --verify printed earlier: the log must still go through it")
        ->type_name("N:DIGEST");
    log->add_flag("--json", o.json, "Print the lines as JSON");
}

}  // namespace entente::cli
