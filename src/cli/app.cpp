#include "cli/app.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/check.h"
#include "base/utf8.h"
#include "cli/command_line.h"

namespace entente::cli {
namespace {

std::string default_node() {
    if (const char* node = std::getenv("ENTENTE_NODE"); node && *node) return node;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return std::string(data) + "/entente/node";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + "/.local/share/entente/node";
}

// Position of the word that names a saved question; past the end when none does.
std::size_t saved_name_at(const std::vector<std::string>& words) {
    const auto question = question_of(words);
    if (question.size() < 2 || (question[0] != "list" && question[0] != "facets")) return words.size();
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].starts_with('@') && question[1] == words[i]) return i;
    return words.size();
}

// `record --help` and the like: CLI11 leaves the words to us.
bool wants_general_help(const CLI::App& app, const std::vector<std::string>& words) {
    const auto subs = app.get_subcommands();
    return !subs.empty() && subs[0]->get_name() == "record" &&
           (words.empty() || words[0] == "--help" || words[0] == "-h");
}

// What to say when the first word is no command; empty when it is one, or when there is none.
std::string unknown_command(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        if (word == "--node" || word == "--color") {
            ++i;
            continue;
        }
        if (word.starts_with("-")) continue;
        std::vector<std::pair<std::size_t, std::string>> near;
        for (const auto& command : command_words()) {
            if (word == command.name) return {};
            near.emplace_back(edit_distance(word, command.name), command.name);
        }
        if (word == "reference") return {};
        std::sort(near.begin(), near.end());
        return fmt::format(
            "found no command '{}'. Nearest: {}, {}.\n  Try: entente --help\n",
            word,
            near[0].second,
            near[1].second
        );
    }
    return {};
}

}  // namespace

std::vector<CommandWords> whole_commands() {
    CommandLine line;
    std::vector<CommandWords> out;
    const auto all = [](const CLI::App*) { return true; };
    const auto add = [&](const CLI::App* command, const std::string& name) {
        CommandWords words{name, command->get_description(), {}};
        for (const auto* option : command->get_options())
            for (const auto& word : option->get_lnames()) words.options.push_back("--" + word);
        out.push_back(std::move(words));
    };
    for (const auto* command : line.app().get_subcommands(all)) {
        const auto inner = command->get_subcommands(all);
        if (inner.empty()) add(command, command->get_name());
        for (const auto* one : inner) add(one, command->get_name() + " " + one->get_name());
    }
    return out;
}

std::vector<CommandWords> command_words() {
    CommandLine line;
    std::vector<CommandWords> out;
    for (const auto* sub : line.app().get_subcommands([](const CLI::App*) { return true; })) {
        if (sub->get_name() == "reference") continue;
        CommandWords words{sub->get_name(), sub->get_description(), {}};
        for (const auto* option : sub->get_options())
            if (!option->get_lnames().empty()) words.options.push_back("--" + option->get_lnames()[0]);
        for (const auto* inner : sub->get_subcommands([](const CLI::App*) { return true; }))
            words.options.push_back(inner->get_name());
        out.push_back(std::move(words));
    }
    return out;
}

// Of several ways to print one only could be heard; which were asked for together.
std::vector<std::string> ways_to_print(const CLI::App& app) {
    std::vector<std::string> out;
    for (const char* way :
         {"--json", "--csv", "--ndjson", "--markdown", "--svg", "--pdf", "--xlsx", "--parquet"})
        if (const auto* option = app.get_option_no_throw(way); option && option->count() > 0)
            out.emplace_back(way);
    for (const auto* sub : app.get_subcommands())
        if (auto inner = ways_to_print(*sub); inner.size() > out.size()) out = std::move(inner);
    return out;
}

// Reads the words; a number is the exit code of whoever could not, or only wanted help.
std::optional<int> read_words(CommandLine& line, std::vector<std::string> words) {
    line.keep_typed(words);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    try {
        line.app().parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        const int code = line.app().exit(error);
        return code == 0 ? 0 : static_cast<int>(Exit::wrong_command);
    }
    if (const auto ways = ways_to_print(line.app()); ways.size() > 1) {
        say(fmt::format(
            "{}: found several of {}, expected one.\n",
            line.app().get_subcommands().front()->get_name(),
            fmt::join(ways, ", ")
        ));
        return static_cast<int>(Exit::wrong_command);
    }
    return std::nullopt;
}

// Puts the words of a saved question in the place of its name; what was typed besides stands behind them.
Result<std::vector<std::string>> with_saved(
    const Session& session, std::vector<std::string> words, std::size_t at
) {
    ENTENTE_ASSIGN_OR_RETURN(const auto saved, saved_words(session, words[at].substr(1)));
    const auto command = std::find(words.begin(), words.end(), question_of(words).front());
    if (saved.front() != *command)
        return fail(
            ErrorCode::invalid_argument,
            words[at],
            fmt::format("found a question for {}, expected one for {}", saved.front(), *command)
        );
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    const auto place = std::find(words.begin(), words.end(), saved.front());
    words.insert(place + 1, saved.begin() + 1, saved.end());
    return words;
}

int run(
    int count,
    char** arguments,
    const service::Stores& stores,
    const OpenAccounts& accounts,
    const domain::Schema& schema
) {
    auto line = std::make_unique<CommandLine>();
    if (count == 1) {
        print(line->app().help());
        return static_cast<int>(Exit::wrong_command);
    }
    if (const auto unknown = unknown_command(count, arguments); !unknown.empty()) {
        say(unknown);
        return static_cast<int>(Exit::wrong_command);
    }
    std::vector<std::string> words(arguments + 1, arguments + count);
    if (const auto code = read_words(*line, words)) return *code;
    const auto session_for = [&](const Options& options) {
        return Session{
            stores,
            schema,
            options.node.empty() ? default_node() : options.node,
            detect_style({options.colour, options.ascii, options.wide}),
            accounts};
    };
    if (const auto at = saved_name_at(words); at < words.size()) {
        auto whole = with_saved(session_for(line->options()), words, at);
        if (!whole) {
            say_error(whole.error());
            return static_cast<int>(exit_of(whole.error().code));
        }
        line = std::make_unique<CommandLine>();
        if (const auto code = read_words(*line, *std::move(whole))) return *code;
    }
    const auto& options = line->options();
    if (wants_general_help(line->app(), options.words)) {
        print(line->app().get_subcommands()[0]->help("entente"));
        return options.words.empty() ? static_cast<int>(Exit::wrong_command) : 0;
    }
    const Session session = session_for(options);
    try {
        const auto result = line->action()(session);
        if (result && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)) {
            say("The answer could not be written out: the disk is full, or nobody reads.\n");
            return static_cast<int>(Exit::busy);
        }
        if (result) return static_cast<int>(*result);
        say_error(result.error());
        return static_cast<int>(exit_of(result.error().code));
    } catch (const BugError& bug) {
        say("Entente broke a promise of its own. What was acknowledged before is kept, nothing else. Report "
            "it with this line:\n");
        say(fmt::format("  {}\n", bug.what()));
        return static_cast<int>(Exit::bug);
    } catch (const std::exception& error) {
        say(fmt::format(
            "Stopped by something unforeseen. What was acknowledged before is kept: {}\n", error.what()
        ));
        return static_cast<int>(Exit::bug);
    }
}

}  // namespace entente::cli
