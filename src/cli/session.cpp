#include "cli/session.h"

#include <cstdio>

#include <fmt/format.h>

namespace entente::cli {

Exit exit_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
            return Exit::wrong_command;
        case ErrorCode::not_found:
            return Exit::nothing_found;
        case ErrorCode::conflict:
        case ErrorCode::forbidden:
            return Exit::refused;
        case ErrorCode::unavailable:
            return Exit::busy;
        case ErrorCode::corrupt:
            return Exit::record_damaged;
    }
    return Exit::bug;
}

Result<std::unique_ptr<accounts::AccountStore>> Session::open_accounts() const {
    // What is wrong with the node is said first; a file of accounts where no node is would be a riddle.
    ENTENTE_ASSIGN_OR_RETURN(const auto whose, open(service::Access::read));
    return accounts(whose->directory() / "accounts.db");
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}
void say(std::string_view text) {
    std::fflush(stdout);  // what a person sees keeps its order
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void say_error(const Error& error) {
    const bool ended = error.message.ends_with('.') || error.message.ends_with('\n');
    say(fmt::format(
        "{}{}{}\n", error.field.empty() ? "" : error.field + ": ", error.message, ended ? "" : "."
    ));
    if (!error.advice.empty()) say(fmt::format("  Try: {}\n", error.advice));
}

}  // namespace entente::cli
