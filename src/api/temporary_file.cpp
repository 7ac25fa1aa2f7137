#include "api/temporary_file.h"

#include <cstdlib>

#include "base/check.h"

namespace entente::api {

TemporaryFile::TemporaryFile(const std::string& name) {
    std::string pattern = (std::filesystem::temp_directory_path() / "entente-XXXXXX").string();
    check(mkdtemp(pattern.data()) != nullptr, "a temporary directory can be made");
    path_ = std::filesystem::path(pattern) / std::filesystem::path(name).filename();
}

TemporaryFile::~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove_all(path_.parent_path(), ignored);
}

}  // namespace entente::api
