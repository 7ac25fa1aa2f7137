#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace entente::service {

/// A ZIP archive that is written, one member after another. The dates of its members are those of no day (1 January
/// 1980), so that the same members give the same bytes.
class ZipFile {
public:
    /// Errors  unavailable
    static Result<std::unique_ptr<ZipFile>> create(const std::filesystem::path& file);
    ~ZipFile();
    ZipFile(const ZipFile&) = delete;
    ZipFile& operator=(const ZipFile&) = delete;

    /// Errors  unavailable: disk full and the like
    Result<void> add(const std::string& name, const std::string& bytes);
    /// The archive is whole once this has returned.
    /// Errors  unavailable
    Result<void> finish();

private:
    explicit ZipFile(void* archive) : archive_(archive) {}
    void* archive_;
};

}  // namespace entente::service
