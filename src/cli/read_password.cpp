#include "cli/read_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "cli/session.h"

namespace entente::cli {
namespace {

/// What is typed does not appear, as long as it lives.
class WithoutEcho {
public:
    WithoutEcho() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~WithoutEcho() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    WithoutEcho(const WithoutEcho&) = delete;
    WithoutEcho& operator=(const WithoutEcho&) = delete;

private:
    termios before_{};
    bool changed_ = false;
};

std::string line() {
    std::string out;
    std::getline(std::cin, out);
    if (!out.empty() && out.back() == '\r') out.pop_back();
    return out;
}

}  // namespace

Result<std::string> read_password(const std::string& whose) {
    const auto nothing = [] {
        return fail(
            ErrorCode::invalid_argument,
            "password",
            "found nothing, expected one on a terminal or as the first line of standard input"
        );
    };
    if (::isatty(STDIN_FILENO) == 0) {
        auto typed = line();
        if (typed.empty()) return nothing();
        return typed;
    }
    std::string typed, again;
    {
        const WithoutEcho quiet;
        say(fmt::format("Password of {}: ", whose));
        typed = line();
        say("\nOnce more: ");
        again = line();
        say("\n");
    }
    if (typed.empty()) return nothing();
    if (typed != again)
        return fail(ErrorCode::invalid_argument, "password", "found something else the second time");
    return typed;
}

}  // namespace entente::cli
