#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente {

/// Whole content of a file.
/// Errors  not_found · unavailable: cannot be read
Result<std::string> read_file(const std::filesystem::path& path);

/// Puts a file in place whole or not at all: written under a temporary name beside it, flushed, renamed, and
/// the directory flushed. `mode` as in chmod.
Result<void> replace_file(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);

/// Makes a new file, flushed, or none at all; never touches one that is there, nor follows a link.
/// Errors  conflict: something of that name is there · unavailable
Result<void> create_file(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);

/// Appends `content` to a file (made with `mode` when absent) and flushes it before returning. After an error
/// the file may end in a part of `content`.
Result<void> append_file(const std::filesystem::path& path, std::string_view content, unsigned mode = 0600);

/// Flushes a directory, so that names made or removed in it survive a power cut.
Result<void> flush_directory(const std::filesystem::path& path);

/// An exclusive lock on a file, held while the object lives; the system drops it when the process ends in any
/// way.
class FileLock {
public:
    /// Waits at most `wait_milliseconds`.
    /// Errors  unavailable: somebody else holds it
    static Result<FileLock> acquire(const std::filesystem::path& path, int wait_milliseconds);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace entente
