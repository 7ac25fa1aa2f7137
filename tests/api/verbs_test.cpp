// Every verb of the command line is one of the API and the other way round, or there is a reason why not. What grows on
// one side alone fails here.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "api/route.h"
#include "cli/app.h"

namespace entente::tests {
namespace {

using Reasons = std::map<std::string, std::string>;

const Reasons& commands_alone() {
    static const Reasons all{
        {"init", "makes the node that a server serves"},
        {"serve", "is the server"},
        {"completion", "is about the shell"},
        {"import contacts",
         "reads a folder of the computer that keeps the node; over the API each file goes by a map"},
    };
    return all;
}

const Reasons& routes_alone() {
    static const Reasons all{
        {"showSession", "a command has no session"},
        {"search", "`list --text` and `show` are the questions that it asks"},
        {"health", "a command that answers is well"},
        {"metrics", "they are of a server that runs"},
        {"signIn", "whoever types at the node is its owner"},
        {"signOut", "the same"},
        {"setUp", "at the node the first account is made by `account add`"},
        {"listen", "a command ends with its answer"},
        {"listTasks", "what takes long is seen by whoever typed it"},
        {"showTask", "the same"},
        {"stopTask", "Ctrl-C"},
        {"listOwnSessions", "a command has no session"},
        {"endOwnSessions", "the same"},
        {"changeOwnPassword", "whoever types at the node sets any: `account password`"},
    };
    return all;
}

/// The command of which a route is the same: the longest whose words begin the text.
const cli::CommandWords* command_of(const std::vector<cli::CommandWords>& all, const std::string& text) {
    const cli::CommandWords* out = nullptr;
    for (const auto& command : all)
        if ((text + " ").starts_with(command.name + " ") && (!out || command.name.size() > out->name.size()))
            out = &command;
    return out;
}

TEST(Verbs, EveryCommandHasARouteOrAReason) {
    const auto commands = cli::whole_commands();
    std::set<std::string> reached;
    for (const auto& route : api::all_routes())
        for (const auto& text : api::commands_of(route)) {
            const auto* command = command_of(commands, text);
            ASSERT_NE(command, nullptr) << route.name << ": there is no command " << text;
            reached.insert(command->name);
        }
    ASSERT_GT(commands.size(), 40U);
    for (const auto& command : commands)
        EXPECT_NE(reached.contains(command.name), commands_alone().contains(command.name))
            << command.name << ": a route or a reason, and not both";
    for (const auto& [name, reason] : commands_alone()) {
        const auto* command = command_of(commands, name);
        EXPECT_TRUE(command && command->name == name) << "there is no command " << name;
        EXPECT_FALSE(reason.empty());
    }
}

TEST(Verbs, EveryRouteHasACommandOrAReason) {
    std::set<std::string> names;
    for (const auto& route : api::all_routes()) {
        EXPECT_NE(route.command.empty(), !routes_alone().contains(route.name))
            << route.name << ": a command or a reason, and not both";
        EXPECT_TRUE(names.insert(route.name).second) << route.name << " twice";
    }
    for (const auto& [name, reason] : routes_alone()) {
        EXPECT_TRUE(names.contains(name)) << "there is no route " << name;
        EXPECT_FALSE(reason.empty());
    }
}

TEST(Verbs, OptionsThatARouteNamesAreThere) {
    const auto commands = cli::whole_commands();
    std::size_t named = 0;
    for (const auto& route : api::all_routes())
        for (const auto& text : api::commands_of(route)) {
            const auto* command = command_of(commands, text);
            ASSERT_NE(command, nullptr) << text;
            std::istringstream words(text);
            for (std::string word; words >> word;) {
                if (!word.starts_with("--")) continue;
                ++named;
                EXPECT_NE(std::ranges::find(command->options, word), command->options.end())
                    << route.name << ": " << text;
            }
        }
    EXPECT_GT(named, 4U);
}

}  // namespace
}  // namespace entente::tests
