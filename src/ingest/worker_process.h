#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace entente::ingest {

/// Starts this very program again as a process that will confine itself: with the two descriptors as its
/// standard input and output, no other file, no environment, its errors unheard. \param  name     the first
/// word, by which the program knows that it is a worker \param  process  the process; untouched when it could
/// not be started \return 0, or the number of the error of the system
int spawn_worker(const char* name, std::vector<std::string> words, int input, int output, pid_t& process);

}  // namespace entente::ingest
