#include <algorithm>

#include <fmt/format.h>

#include "cli/app.h"
#include "cli/commands.h"
#include "cli/field_options.h"

namespace entente::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

std::string bash_completion(const std::vector<CommandWords>& commands) {
    std::vector<std::string> names;
    std::string cases;
    for (const auto& command : commands) {
        names.push_back(command.name);
        cases += fmt::format("    {}) words=\"{}\" ;;\n", command.name, joined(command.options));
    }
    return fmt::format(
        "_entente() {{\n  local words cur=\"${{COMP_WORDS[COMP_CWORD]}}\" command=\"\" i\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do case \"${{COMP_WORDS[i]}}\" in --node|--color) ((i++)) ;; "
        "-*) ;; *) command=\"${{COMP_WORDS[i]}}\"; break ;; esac; done\n"
        "  case \"$command\" in\n    '') words=\"{} --node --color --ascii --wide --help --version\" ;;\n{}  "
        "esac\n"
        "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n  [ ${{#COMPREPLY[@]}} -gt 0 ] || "
        "COMPREPLY=($(compgen -f -- \"$cur\"))\n}}\ncomplete -F _entente entente\n",
        joined(names),
        cases
    );
}

std::string zsh_completion(const std::vector<CommandWords>& commands) {
    return "autoload -U +X bashcompinit && bashcompinit\n" + bash_completion(commands);
}

std::string fish_completion(const std::vector<CommandWords>& commands) {
    std::string out = "complete -c entente -f\n";
    for (const auto& command : commands) {
        out += fmt::format(
            "complete -c entente -n __fish_use_subcommand -a {} -d '{}'\n",
            command.name,
            command.help.substr(0, command.help.find('\''))
        );
        for (const auto& option : command.options)
            out += option.starts_with("--")
                       ? fmt::format(
                             "complete -c entente -n '__fish_seen_subcommand_from {}' -l {}\n",
                             command.name,
                             option.substr(2)
                         )
                       : fmt::format(
                             "complete -c entente -n '__fish_seen_subcommand_from {}' -a {}\n",
                             command.name,
                             option
                         );
    }
    return out;
}

// Types and their fields complete behind `record`.
std::vector<CommandWords> with_fields(std::vector<CommandWords> commands, const domain::Schema& schema) {
    for (auto& command : commands) {
        if (command.name != "record" && command.name != "supersede" && command.name != "list" &&
            command.name != "facets")
            continue;
        for (const auto& type : schema.types()) {
            if (command.name != "supersede") command.options.push_back(type.type);
            if (command.name == "list") continue;
            if (command.name == "facets") {
                for (const auto& field : type.fields)
                    if (std::find(command.options.begin(), command.options.end(), field.name) ==
                        command.options.end())
                        command.options.push_back(field.name);
                continue;
            }
            for (const auto& field : type.fields) {
                const auto option = "--" + option_name(field);
                if (std::find(command.options.begin(), command.options.end(), option) ==
                    command.options.end())
                    command.options.push_back(option);
            }
        }
        if (command.name == "supersede")
            command.options.insert(command.options.end(), {"--reason", "--remark"});
    }
    return commands;
}

}  // namespace

Result<Exit> run_codes(const Session& session, const std::string& name) {
    std::vector<Row> rows;
    if (name.empty()) {
        for (const auto& list : session.schema.lists())
            rows.push_back({{list.list, std::to_string(list.codes.size()), list.help}, Tone::plain, false});
        print(
            lay_out(
                {{"list"}, {"codes", Align::right}, {"what", Align::left, 0, 30}}, rows, false, session.style
            )
                .text
        );
        return Exit::done;
    }
    const auto* list = session.schema.list(name);
    if (!list)
        return fail(
            ErrorCode::not_found, "list", fmt::format("found no list called '{}'", name), "entente codes"
        );
    for (const auto& code : list->codes) {
        const auto parent = code.attributes.find("parent");
        rows.push_back(
            {{code.code, code.name, parent == code.attributes.end() ? "" : parent->second},
             Tone::plain,
             false}
        );
    }
    const bool parents = !list->parent_list.empty();
    std::vector<Column> columns{{"code"}, {"name"}};
    if (parents)
        columns.push_back({"under"});
    else
        for (auto& row : rows) row.cells.pop_back();
    print(lay_out(columns, rows, false, session.style).text);
    return Exit::done;
}

Result<Exit> run_completion(const Session& session, const std::string& shell) {
    const auto commands = with_fields(command_words(), session.schema);
    print(
        shell == "fish"  ? fish_completion(commands)
        : shell == "zsh" ? zsh_completion(commands)
                         : bash_completion(commands)
    );
    return Exit::done;
}

}  // namespace entente::cli
