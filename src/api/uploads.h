#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "api/temporary_file.h"
#include "base/result.h"

namespace entente::api {

/// Files that were handed over and not taken in yet. Each is forgotten an hour after it was last asked for.
/// Thread-safety  all functions
class Uploads {
public:
    struct Upload {
        Upload(const std::string& file_name) : name(file_name), file(file_name) {}
        std::string name;
        TemporaryFile file;
        std::chrono::steady_clock::time_point used{};
    };

    /// Keeps bytes under the name that the file had.
    /// Errors  invalid_argument: no name · unavailable: no room
    /// \return  its id
    Result<std::string> keep(const std::string& name, const std::string& bytes);
    /// Errors  not_found
    Result<std::shared_ptr<const Upload>> find(const std::string& id);
    void drop(const std::string& id);

private:
    std::mutex lock_;
    std::map<std::string, std::shared_ptr<Upload>> uploads_;
};

}  // namespace entente::api
