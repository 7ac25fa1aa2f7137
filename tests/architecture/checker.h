// Reads the includes of a source tree and says which of them break the rules of its structure.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace entente::architecture {

/// One allowed breach of a rule. It must still occur, or it is a finding itself.
struct Exception {
    std::string file;     // from the root, e.g. "src/cli/main.cpp"
    std::string include;  // as written, e.g. "store/x.h"
    std::string reason;
};

struct Rules {
    /// Every module and the modules directly below it; it also sees what those see.
    std::map<std::string, std::set<std::string>> below;
    std::vector<Exception> exceptions;
};

struct Finding {
    std::string file;
    std::size_t line = 0;  // 0: the rule is about the file or folder as a whole
    std::string rule;
    std::string text;
};

/// The findings in `root`/src, in the order of their files.
std::vector<Finding> check(const std::filesystem::path& root, const Rules& rules);

/// "src/domain/x.h:3: [upward] domain does not see store"
std::string to_string(const Finding& finding);

}  // namespace entente::architecture
