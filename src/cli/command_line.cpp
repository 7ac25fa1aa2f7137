#include "cli/command_line.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#ifndef ENTENTE_VERSION
#define ENTENTE_VERSION "0.1.0"
#endif

namespace entente::cli {

CLI::Validator a_number(unsigned least) {
    return CLI::Validator(
        [least](const std::string& text) {
            const bool digits = !text.empty() && text.size() < 16 &&
                                text.find_first_not_of("0123456789") == std::string::npos;
            if (digits && std::stoull(text) >= least) return std::string();
            return fmt::format("found '{}', expected a whole number from {}", text, least);
        },
        "",
        "number"
    );
}

std::vector<std::string> question_of(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto name = words[i].substr(0, words[i].find('='));
        if (name == "--ascii" || name == "--wide") continue;
        if (name == "--node" || name == "--color" || name == "--save" || name == "--after" ||
            name == "--xlsx" || name == "--parquet") {
            if (name == words[i]) ++i;
            continue;
        }
        out.push_back(words[i]);
    }
    return out;
}

CommandLine::CommandLine()
    : app_(std::make_shared<CLI::App>(
          "Entente: the shared, verifiable record of what two militaries do together.", "entente"
      )) {
    app_->require_subcommand(1);
    app_->set_version_flag("--version", "entente " ENTENTE_VERSION);
    app_->get_formatter()->column_width(28);
    app_->option_defaults()->always_capture_default(false);
    app_->add_option("--node", options_.node, "Directory of the node (or ENTENTE_NODE)")
        ->type_name("DIRECTORY");
    app_->add_option("--color", options_.colour, "auto, always or never; NO_COLOR is respected")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN");
    app_->add_flag("--ascii", options_.ascii, "Plain ASCII marks");
    app_->add_flag("--wide", options_.wide, "All columns, whatever the width of the terminal");
    app_->fallthrough();
    app_->footer(
        "First steps:\n"
        "  entente init --home USA\n"
        "  entente import contacts data/public-record\n"
        "  entente brief USA CHN\n"
        "  entente record engagement --help\n"
        "Exit codes: 0 done, 1 nothing found, 2 wrong command, 3 refused, 4 record damaged, 5 busy."
    );
    add_writing();
    add_documents();
    add_reading();
    add_measures();
    add_identity();
    add_proving();
    add_rest();
}

void CommandLine::keep_typed(const std::vector<std::string>& words) {
    options_.list.typed = question_of(words);
    options_.facets.typed = options_.list.typed;
}

CLI::App* CommandLine::command(const char* name, const char* help, Action action, const char* footer) {
    auto* sub = app_->add_subcommand(name, help);
    sub->footer(footer);
    sub->callback([this, action = std::move(action)] { action_ = action; });
    return sub;
}

CLI::App* CommandLine::words_command(const char* name, const char* help, Action action, const char* footer) {
    auto* sub = app_->add_subcommand(name, help);
    sub->footer(footer);
    sub->fallthrough(false);
    sub->prefix_command();
    sub->set_help_flag();
    sub->callback([this, sub, action = std::move(action)] {
        options_.words = sub->remaining();
        action_ = action;
    });
    return sub;
}

}  // namespace entente::cli
