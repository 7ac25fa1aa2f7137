// Who changed what, entry by entry.
#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "accounts/accounts.h"
#include "cli/commands.h"
#include "service/changes.h"

namespace entente::cli {
namespace {

using Names = std::map<std::string, std::string>;

/// Nobody may have an account yet; then there is no file, and none is made for looking.
Result<Names> names_of_accounts(const Session& session) {
    if (!std::filesystem::exists(session.node / "accounts.db")) return Names{};
    ENTENTE_ASSIGN_OR_RETURN(const auto store, session.open_accounts());
    return accounts::Accounts(*store, system_clock()).names();
}

/// An account is named by its name or by the beginning of its id.
Result<std::string> account_called(const std::string& typed, const Names& names, const std::string& own) {
    if (typed.empty()) return typed;
    for (const auto& [id, name] : names)
        if (name == typed || id == typed) return id;
    if (typed == own || typed == "node") return own;
    return fail(
        ErrorCode::not_found,
        "account",
        fmt::format("found no account called '{}'", typed),
        "entente account list; node stands for commands that were typed here"
    );
}

std::string author_of(const std::string& by, const Names& names, const std::string& own) {
    if (by == own) return "this node";
    const auto found = names.find(by);
    return found == names.end() ? by.substr(0, 8) : found->second;
}

std::string what_of(const service::ChangeInWords& one, const domain::Schema& schema) {
    const auto* type = schema.find(one.change.type);
    std::string out = one.title;
    if (one.change.number)
        out = fmt::format("{} {}", type ? type->name : one.change.type, one.handle) +
              (one.title.empty() || one.title == one.handle ? "" : ": " + one.title);
    if (one.change.rows)
        out += fmt::format(
            "{}{} record{}", out.empty() ? "" : ", ", one.change.rows, one.change.rows == 1 ? "" : "s"
        );
    return out + (one.reason.empty() ? "" : fmt::format(" ({})", one.reason));
}

}  // namespace

Result<Exit> run_changes(const Session& session, const ChangesOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto view, node->view());
    ENTENTE_ASSIGN_OR_RETURN(const auto names, names_of_accounts(session));
    const auto& own = node->config().account;
    ENTENTE_ASSIGN_OR_RETURN(const auto account, account_called(options.account, names, own));
    ENTENTE_ASSIGN_OR_RETURN(
        const auto changes,
        service::list_changes(
            *view, session.schema, {.before = options.before, .account = account, .limit = options.limit}
        )
    );
    if (options.json) {
        auto out = service::changes_json(changes);
        for (auto& item : out)
            item.as_object()["author"] =
                author_of(std::string(item.as_object().at("account").as_string()), names, own);
        print(pretty_json(out) + "\n");
        return changes.empty() ? Exit::nothing_found : Exit::done;
    }
    std::vector<Row> rows;
    for (const auto& one : changes)
        rows.push_back(
            {{fmt::format("{}", one.change.index),
              one.change.t.substr(0, 10) + " " + one.change.t.substr(11, 5),
              isolated(harmless(author_of(one.change.by, names, own)), session.style),
              one.act,
              isolated(harmless(what_of(one, session.schema)), session.style)},
             one.change.number || one.change.rows ? Tone::plain : Tone::dim,
             false}
        );
    print(lay_out(
              {{"entry", Align::right}, {"recorded (UTC)"}, {"by"}, {"act"}, {"what"}},
              rows,
              false,
              session.style
    )
              .text);
    if (changes.size() == options.limit && changes.back().change.index > 0)
        say(fmt::format("Earlier ones: entente changes --before {}\n", changes.back().change.index));
    return changes.empty() ? Exit::nothing_found : Exit::done;
}

}  // namespace entente::cli
