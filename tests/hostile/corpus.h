// Files that somebody might hand in out of malice or by mistake, made on the spot: none is stored.
#pragma once

#include <string>
#include <vector>

namespace entente::hostile {

struct Case {
    std::string name;  // of the file; its ending counts
    std::string bytes;
    std::string says;        // must stand in what the program answers; the place, mostly
    bool whole_file = true;  // false: only rows are set aside, and the others could be kept
};

/// Every case; `small` ones first.
std::vector<Case> corpus();

}  // namespace entente::hostile
