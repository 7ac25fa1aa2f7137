#pragma once

#include <filesystem>
#include <string>

namespace entente::api {

/// A name in a directory of its own that only its owner may enter; gone with the object, whatever is there by then.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace entente::api
