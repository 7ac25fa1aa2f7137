// crash_writer DIRECTORY [batch|threads]: opens the node there and writes the workload, telling on standard
// output what was acknowledged the moment it was. Made to be killed; run again, it retries everything.
#include <cstring>
#include <string>

#include <unistd.h>

#include "workload.h"

struct sqlite3;

extern "C" {
int __real_sqlite3_exec(sqlite3*, const char*, int (*)(void*, int, char**, char**), void*, char**);
int __wrap_sqlite3_exec(
    sqlite3* database, const char* sql, int (*call)(void*, int, char**, char**), void* with, char** error
) {
    static const bool normal = entente::crash::Plants::from_environment().synchronous_normal;
    std::string text(sql);
    if (const auto at = text.find("synchronous=FULL"); normal && at != std::string::npos)
        text.replace(at, 16, "synchronous=NORMAL");
    return __real_sqlite3_exec(database, text.c_str(), call, with, error);
}
}

namespace {

// Past all buffers: what was said before a kill has been said.
void say(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) ::_exit(3);
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) return 2;
    const auto plants = entente::crash::Plants::from_environment();
    const auto node = entente::crash::Node::open(words[1], plants, say);
    if (!node) {
        say("closed " + node.error().message);
        return 1;
    }
    const auto is = [&](const char* word) { return count > 2 && std::strcmp(words[2], word) == 0; };
    if (is("threads"))
        entente::crash::write_in_threads(**node, say);
    else
        entente::crash::write_all(**node, is("batch"), plants, say);
    say("end");
    return 0;
}
