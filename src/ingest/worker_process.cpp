#include "ingest/worker_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace entente::ingest {

int spawn_worker(const char* name, std::vector<std::string> words, int input, int output, pid_t& process) {
    std::vector<char*> pointers{const_cast<char*>(name)};
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    char* const environment[] = {nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    pid_t started = -1;
    const int code =
        ::posix_spawn(&started, "/proc/self/exe", &actions, nullptr, pointers.data(), environment);
    posix_spawn_file_actions_destroy(&actions);
    if (code == 0) process = started;
    return code;
}

}  // namespace entente::ingest
